"""Codes: reading a seed, the code of a window, a command in the seed's place, one code once."""

from __future__ import annotations

import asyncio
import base64
import sys
import time
from pathlib import Path

import psutil
import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login import totp
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.programs import environment_without_secrets, join_command, split_command
from upstox_browser_login.redaction import redactor
from upstox_browser_login.totp import (
    FRESH_SECONDS,
    CommandSource,
    Seed,
    SeedError,
    SeedSource,
    choose_window,
    read_seed,
)

SEED = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"

# RFC 6238, appendix B: 8 digits, and seeds as long as the digest.
RFC = {
    "sha1": b"12345678901234567890",
    "sha256": b"12345678901234567890123456789012",
    "sha512": b"1234567890123456789012345678901234567890123456789012345678901234",
}
VECTORS = [
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]


@pytest.mark.parametrize(("at", "sha1", "sha256", "sha512"), VECTORS)
def test_vectors_of_rfc_6238(at: int, sha1: str, sha256: str, sha512: str) -> None:
    for digest, code in (("sha1", sha1), ("sha256", sha256), ("sha512", sha512)):
        secret = base64.b32encode(RFC[digest]).decode()
        assert Seed(secret, 8, 30, digest).code(at // 30) == code


# -- seeds, as people paste them -------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        SEED,
        SEED.lower(),
        f"  {SEED}\n",
        " ".join(SEED[i : i + 4] for i in range(0, 32, 4)),
        "-".join(SEED[i : i + 4] for i in range(0, 32, 4)).lower(),
        SEED[:16] + "\u00a0" + SEED[16:],
        SEED[:16] + "\u200b" + SEED[16:],
        f"{SEED}====",
        f"otpauth://totp/Upstox:9876501234?secret={SEED}&issuer=Upstox",
        f"OTPAUTH://TOTP/Upstox?SECRET={SEED.lower()}",
        f"otpauth://totp/x?secret={'%20'.join((SEED[:16], SEED[16:]))}",
        f"otpauth://totp/x?secret={SEED}&digits=6&period=30&algorithm=SHA1",
        f"otpauth://totp/x?secret={SEED}&algorithm=sha-1",
    ],
)
def test_one_seed_in_many_forms(pasted: str) -> None:
    assert read_seed(pasted) == Seed(SEED)


def test_an_address_may_say_more() -> None:
    text = f"otpauth://totp/x?secret={SEED}&period=60&algorithm=SHA256"
    assert read_seed(text) == Seed(SEED, 6, 60, "sha256")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("JBSWY3DPEHPK3PXP", "refused by pyotp.*112"),
        ("not a seed, but words!", "base32"),
        ("0189018901890189018901890189", "base32"),
        (SEED[:22], "is too short"),
        (f"otpauth://totp/x?secret={SEED[:16]}", "is too short"),
        (SEED[:-1], "is not whole: a piece of it is missing"),
        (SEED[:-4], "is not whole: a piece of it is missing"),
        (SEED[:-5], "is not whole: a piece of it is missing"),
        (SEED * 2, "was pasted twice"),
        (f"{SEED.lower()} {SEED}", "was pasted twice"),
        (f"otpauth://totp/x?secret={SEED}{SEED}", "was pasted twice"),
        (f"{SEED[:16]}\u2013{SEED[16:]}", "dashes that are no plain hyphens"),
        (f"{SEED[:16]}\u2014{SEED[16:]}", "dashes that are no plain hyphens"),
        (f"otpauth://totp/x?secret={SEED[:16]}\u2212{SEED[16:]}", "dashes that are no plain"),
        ("482913", "is a code, not the seed"),
        (f"otpauth://totp/x?secret={SEED}&digits=7", "6 digits"),
        ("otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8", "Google Authenticator"),
        (f"otpauth://hotp/x?secret={SEED}&counter=1", "counter"),
        ("otpauth://totp/x?issuer=Upstox", "without a secret"),
        (f"otpauth://totp/x?secret={SEED}&digits=six", "not a number"),
        (f"otpauth://totp/x?secret={SEED}&digits=5", "6 digits"),
        (f"otpauth://totp/x?secret={SEED}&digits=8", "6 digits"),
        (f"otpauth://totp/x?secret={SEED}&period=0", "5 to 300"),
        (f"otpauth://totp/x?secret={SEED}&algorithm=MD5", "algorithm"),
        (f"otpauth://[{SEED}]/x", "cannot be read"),
    ],
)
def test_what_is_no_seed_says_why_and_not_what(text: str, reason: str) -> None:
    with pytest.raises(SeedError, match=reason) as caught:
        read_seed(text)
    for word in (SEED, "JBSWY3DPEHPK3PXP", "CjEKCkhlbGxvId6tvu8"):
        assert word not in str(caught.value)


@given(st.one_of(st.text(), st.text().map(lambda text: f"otpauth://{text}")))
def test_any_text_is_a_seed_or_a_seed_error(text: str) -> None:
    told = ""
    try:
        assert read_seed(text).code(1).isdigit()
    except SeedError as error:
        told = str(error)
    rest = text.strip().removeprefix("otpauth:").strip("/")
    assert len(rest) < 8 or rest not in told


@given(st.binary(min_size=14, max_size=28))
def test_the_codes_are_pyotps(raw: bytes) -> None:
    secret = base64.b32encode(raw).decode()
    code = read_seed(secret).code(60_000_000)
    assert code == pyotp.TOTP(secret).at(1_800_000_000)
    assert len(code) == 6


def test_a_seed_does_not_show_itself() -> None:
    assert SEED not in repr(Seed(SEED))


async def test_a_code_is_a_secret_from_birth() -> None:
    code = await SeedSource(Seed(SEED)).code(60_000_000)
    assert redactor.redact(f"[{code}]") == "[[redacted]]"


# -- windows ---------------------------------------------------------------------------------------

TIMES = st.floats(min_value=0, max_value=4e9, allow_nan=False)
PERIODS = st.sampled_from([5, 30, 60, 300])


@given(TIMES, st.integers(-5, 5) | st.none(), PERIODS)
def test_a_window_is_fresh_and_new(now: float, ahead: int | None, period: int) -> None:
    """Whatever the time: enough is left of the window when its code is used, and it is new."""
    last = None if ahead is None else int(now // period) + ahead
    choice = choose_window(now, last, period)
    used_at = now + choice.wait
    assert choice.wait >= 0
    assert int(used_at // period) == choice.window
    assert last is None or choice.window > last
    assert (choice.window + 1) * period - used_at >= min(FRESH_SECONDS, period - 0.5) - 1e-6


@given(TIMES, PERIODS)
def test_no_window_is_skipped_without_need(now: float, period: int) -> None:
    choice = choose_window(now, None, period)
    assert choice.wait <= FRESH_SECONDS + 0.5
    assert choice.window - now // period in {0, 1}


@pytest.mark.parametrize(
    ("now", "last", "window", "wait"),
    [
        (300.0, None, 10, 0.0),
        (324.9, None, 10, 0.0),
        (325.0, None, 10, 0.0),
        (325.1, None, 11, 5.4),
        (329.9, None, 11, 0.6),
        (310.0, 9, 10, 0.0),
        (310.0, 10, 11, 20.5),
        (329.0, 10, 11, 1.5),
        (310.0, 11, 12, 50.5),
    ],
)
def test_choices(now: float, last: int | None, window: int, wait: float) -> None:
    choice = choose_window(now, last)
    assert choice.window == window
    assert choice.wait == pytest.approx(wait)


# -- commands --------------------------------------------------------------------------------------


KILLED = 9 if sys.platform == "win32" else -9
"""The exit status of a program that is ended by force; Windows knows no signals."""


def command(code: str) -> str:
    return join_command([sys.executable, "-c", code])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"C:\op\op.exe item get x", [r"C:\op\op.exe", "item", "get", "x"]),
        (
            r'"C:\Program Files\op\op.exe" item get "my upstox" --otp',
            [r"C:\Program Files\op\op.exe", "item", "get", "my upstox", "--otp"],
        ),
        (r'op --config "C:\My Things\"', ["op", "--config", "C:\\My Things\\"]),
        ('op ""', ["op", ""]),
        ("op 'my upstox'", ["op", "'my upstox'"]),
    ],
)
def test_words_of_a_command_on_windows(text: str, words: list[str]) -> None:
    """Backslashes are a path's, and the quotes that keep its words together are no part of it."""
    assert split_command(text, posix=False) == words


def test_words_of_a_command_elsewhere() -> None:
    """As a shell reads them."""
    assert split_command(r"""pass "a b" 'c d' e\ f""", posix=True) == ["pass", "a b", "c d", "e f"]


@pytest.mark.parametrize("posix", [True, False])
def test_a_quote_that_is_left_open(*, posix: bool) -> None:
    with pytest.raises(ValueError, match="quotation"):
        split_command('op "my upstox', posix=posix)


@pytest.mark.parametrize("printed", ["'123456'", "'123 456\\n'", "'123-456'", "'123456\\r\\n'"])
async def test_a_command_prints_the_code(printed: str) -> None:
    code = await CommandSource(command(f"print({printed}, end='')")).code(0)
    assert code == "123456"
    assert redactor.redact(f"[{code}]") == "[[redacted]]"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("raise SystemExit(3)", "exit status 3"),
        ("print('123456'); raise SystemExit(1)", "exit status 1"),
        ("print()", "not a code"),
        ("print('12345')", "not a code"),
        ("print('code: hunter2hunter2')", "not a code"),
        ("import sys; sys.stdout.buffer.write('١٢٣٤٥٦'.encode())", "not a code"),
        ("import sys; sys.stdout.buffer.write(bytes([255]) * 6)", "not a code"),
        ("print('123456' * 100_000)", "not a code"),
        ("import os; os.kill(os.getpid(), 9)", f"exit status {KILLED}"),
    ],
)
async def test_a_command_that_does_not(text: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason) as caught:
        await CommandSource(command(text)).code(0)
    assert "hunter2" not in str(caught.value)
    assert "by hand" in caught.value.hint


@pytest.mark.parametrize("text", ["/no/such/program", "''", "'a\0b'"])
async def test_a_command_that_is_none(text: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot be run"):
        await CommandSource(text).code(0)


def marked(folder: Path) -> list[psutil.Process]:
    """Processes whose command line names `folder`, which is of this test alone."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        words = process.info["cmdline"] or []
        if process.info["status"] != psutil.STATUS_ZOMBIE and any(
            folder.name in word for word in words
        ):
            found.append(process)
    return found


def until_gone(folder: Path, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while marked(folder):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


async def test_a_command_that_hangs_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(totp, "COMMAND_TIMEOUT", 0.3)
    with pytest.raises(ConfigurationError, match="did not finish"):
        await CommandSource(command(f"import time; '{tmp_path.name}'; time.sleep(100)")).code(0)
    assert until_gone(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="sh")
async def test_a_child_that_keeps_the_output_open_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(totp, "COMMAND_TIMEOUT", 0.3)
    began = time.monotonic()
    with pytest.raises(ConfigurationError, match="did not finish"):
        await CommandSource("sh -c 'sleep 61 & echo 123456'").code(0)
    assert time.monotonic() - began < 60


async def test_a_cancelled_command_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(totp, "COMMAND_TIMEOUT", 100.0)
    began = time.monotonic()
    source = CommandSource(command(f"import time; '{tmp_path.name}'; time.sleep(100)"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await source.code(0)
    assert time.monotonic() - began < 60
    assert until_gone(tmp_path)


async def test_a_command_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of the environment are read in any case, so they are hidden in any."""
    for name in ("UPSTOX_PIN_CODE", "upstox_client_secret", "Upstox_Password"):
        monkeypatch.setenv(name, "hunter2")
    monkeypatch.setenv("PASSWORD_STORE_DIR", "/somewhere")
    assert "hunter2" not in environment_without_secrets().values()
    assert environment_without_secrets()["PASSWORD_STORE_DIR"] == "/somewhere"
    text = "import os; print('654321' if 'hunter2' in os.environ.values() else '123456')"
    assert await CommandSource(command(text)).code(0) == "123456"


async def test_a_command_gets_no_input() -> None:
    """It would wait for ever where nobody sits."""
    code = "import sys; print('123456' if sys.stdin.read() == '' else 'input')"
    assert await CommandSource(command(code)).code(0) == "123456"

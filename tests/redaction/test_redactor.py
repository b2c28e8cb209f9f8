"""Secrets are taken out in every spelling, from texts, data and errors."""

from __future__ import annotations

import base64
import gc
import html
import json
import re
import shlex
import string
import threading
import time
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.redaction import MASK, PASSING, Redactor, beginning, redactor
from upstox_browser_login.redaction.redactor import SLICE
from upstox_browser_login.redaction.spellings import loose_forms, part_forms

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


secrets = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=6, max_size=40),
    st.text(string.digits, min_size=6, max_size=12),
    st.text(string.ascii_letters + string.digits + "-_.+/=", min_size=6, max_size=60),
)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "quote": quote,
    "quote safe": lambda text: quote(text, safe=""),
    "encodeURIComponent": lambda text: quote(text, safe="!'()*"),
    "quote twice": lambda text: quote(quote(text, safe=""), safe=""),
    "quote_plus": quote_plus,
    "json": json.dumps,
    "JSON.stringify": lambda text: json.dumps(text, ensure_ascii=False),
    "json in json": lambda text: json.dumps(json.dumps(text)),
    "html": html.escape,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "HEX": lambda text: text.encode().hex().upper(),
    "UTF-16": lambda text: text.encode("utf-16-le").decode("latin-1"),
    "UTF-16, the high byte first": lambda text: text.encode("utf-16-be").decode("latin-1"),
    "UTF-16 in json": lambda text: json.dumps(text.encode("utf-16-le").decode("latin-1")),
    "UTF-16 in base64": lambda text: base64.b64encode(text.encode("utf-16-le")).decode(),
    "UTF-16 in hex": lambda text: text.encode("utf-16-be").hex(),
}


def knowing(*given_secrets: str) -> Redactor:
    redactor = Redactor()
    redactor.register_all(given_secrets, "secret")
    return redactor


@given(secret=secrets, before=texts, after=texts)
@example(secret="[redacted]", before="", after="")
@example(secret="redact", before="", after="")
@example(secret="000000", before="0", after="0")
@example(secret="a/b\"c'd&e<\x7f", before="\u2028", after="\xa0")
def test_every_spelling_is_found_and_removed(secret: str, before: str, after: str) -> None:
    """Whatever stands around it. One redactor for all: its patterns are what takes time here."""
    redactor = knowing(secret)
    assert secret not in redactor.redact(before + secret + after)
    for name, spelled in SPELLINGS.items():
        written = spelled(before + secret + after)
        assert redactor.find(written) == {"secret"}, name
        assert redactor.find(written.encode()) == {"secret"}, name
        assert redactor.knows(written), name
        clean = redactor.redact(written)
        assert not redactor.find(clean), name
        assert spelled(secret).strip('"') not in clean or "base64" in name, name
        assert not redactor.find(redactor.redact_bytes(written.encode())), name
        data = redactor.redact_data({"a": [written], written: 1})
        assert not redactor.find(json.dumps(data)), name


def test_digits_are_found_in_reverse() -> None:
    redactor = knowing("135792", "not a number")
    assert redactor.redact("pin=297531&x=1297531") == "pin=[redacted]&x=1297531"
    assert redactor.redact("rebmun a ton") == "rebmun a ton"


APART: dict[str, Callable[[str], str]] = {
    "digits": lambda pin: json.dumps([int(digit) for digit in pin]),
    "digits without blanks": lambda pin: f"[{','.join(pin)}]",
    "digits in a longer array": lambda pin: f"[7,{','.join(pin)},9]",
    "digits on lines of their own": lambda pin: json.dumps([*pin], indent=2),
    "texts": lambda pin: json.dumps([*pin]),
    "texts in a text": lambda pin: json.dumps(json.dumps([*pin])),
    "lines in a text": lambda pin: json.dumps(json.dumps([*pin], indent=1)),
    "for an address": lambda pin: f"?pin={quote(','.join(pin))}",
    "texts for an address": lambda pin: quote(json.dumps([*pin]), safe=""),
    "pairs": lambda pin: ",".join(pin[at : at + 2] for at in range(0, len(pin), 2)),
    "pairs in an array": lambda pin: json.dumps([pin[at : at + 2] for at in range(0, len(pin), 2)]),
    "threes": lambda pin: "/".join(pin[at : at + 3] for at in range(0, len(pin), 3)),
    "points": ".".join,
    "bars": "_".join,
    "blanks": "  ".join,
    "nothing that is seen": "\u200b".join,
    "nothing that is seen, in JSON": lambda pin: json.dumps("\u200d".join(pin)),
    "nothing that is seen, in an address": lambda pin: quote("\u200c".join(pin)),
    "blanks in an address": lambda pin: quote("  ".join(pin)),
    "references in an address": lambda pin: quote("".join(f"&#{ord(each)};" for each in pin)),
    "codes": lambda pin: json.dumps([*pin.encode()]),
    "bytes": lambda pin: json.dumps(dict(enumerate(pin.encode()))),
    "escapes": lambda pin: json.dumps("".join(f"\\u00{ord(each):x}" for each in pin)),
    "references": lambda pin: "".join(f"&#x{ord(each):x};" for each in pin),
    "a member each": lambda pin: json.dumps({f"d{at}": each for at, each in enumerate(pin)}),
    "a member each, in a text": lambda pin: json.dumps(
        json.dumps([{"v": int(each)} for each in pin])
    ),
    "a form's member each": lambda pin: "&".join(f"d{at}={each}" for at, each in enumerate(pin)),
    "a form's list": lambda pin: "&".join(f"pin%5B{at}%5D={each}" for at, each in enumerate(pin)),
    "a part each": lambda pin: "".join(
        f'--x\r\nContent-Disposition: form-data; name="p"\r\n\r\n{each}\r\n' for each in pin
    ),
    "Devanagari": lambda pin: pin.translate(script("\u0966")),
    "full width": lambda pin: pin.translate(script("\uff10")),
    "raised": lambda pin: "".join(
        "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[int(e)] for e in pin
    ),
    "lowered": lambda pin: pin.translate(script("\u2080")),
    "in circles": lambda pin: "".join(
        "\u24ea\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u2467\u2468"[int(e)] for e in pin
    ),
    "bold": lambda pin: pin.translate(script("\U0001d7ce")),
    "of one width, in JSON": lambda pin: json.dumps(pin.translate(script("\U0001d7f6"))),
    "soft hyphens": "\u00ad".join,
    "soft hyphens in JSON": lambda pin: json.dumps("\u00ad".join(pin)),
    "marks of direction": "\u200e".join,
    "underlined": lambda pin: "".join(f"{each}\u0332" for each in pin),
    "Tamil in JSON": lambda pin: json.dumps(pin.translate(script("\u0be6"))),
    "Arabic in an address": lambda pin: quote(pin.translate(script("\u0660"))),
}
"""A number as a page may hide it in what it sends."""


def script(zero: str) -> dict[int, str]:
    """Digits of the script that has this digit 0."""
    return {ord("0") + digit: chr(ord(zero) + digit) for digit in range(10)}


@given(number=st.text(string.digits, min_size=6, max_size=10))
@example(number="024680")
@example(number="9876501234")
def test_a_number_in_pieces_or_in_other_digits_is_found_and_removed(number: str) -> None:
    redactor = knowing(number)
    for way, apart in APART.items():
        written = f'{{"a": {apart(number)}}}'
        for text in (written, written.encode()):
            assert redactor.find(text) == {"secret"}, way
            assert redactor.knows(text), way
        clean = redactor.redact(written)
        assert apart(number).strip('[]"') not in clean, way
        assert not redactor.find(clean), way
        assert not redactor.find(redactor.redact_bytes(written.encode())), way


@given(number=st.text(string.digits, min_size=6, max_size=10), before=st.lists(st.integers()))
def test_an_array_of_digits_stays_an_array(number: str, before: list[int]) -> None:
    """In what is read as JSON: so that the line of a trace stays one."""
    redactor = knowing(number)
    for digits in ([int(digit) for digit in number], [*number]):
        clean = redactor.redact_data({"x": [*before, "pin", *digits, None]})
        assert not redactor.find(json.dumps(clean))
        assert len(clean["x"]) == len(before) + len(digits) + 2


@pytest.mark.parametrize(
    "text",
    ["[10, 24, 68.0]", "10:24:68", "0.246801", "[102,46,80]", "02,46,801", "2,4,6,8", "0,2,4,6,8"],
)
def test_numbers_that_only_look_like_it_stay(text: str) -> None:
    assert knowing("024680").redact(text) == text


@given(st.lists(secrets, min_size=1, max_size=8), texts)
def test_many_secrets_at_once(several: list[str], between: str) -> None:
    """Prefixes, suffixes and overlaps of each other among them."""
    redactor = knowing(*several)
    clean = redactor.redact(between.join(several))
    assert not redactor.find(clean)
    assert not any(secret in clean for secret in several)


@given(st.text(string.digits, min_size=4, max_size=5), texts)
def test_a_short_pin_goes_where_it_stands_alone(pin: str, around: str) -> None:
    redactor = knowing(pin)
    for written in (
        f"{around} {pin} {around}",
        f'{{"pin":"{pin}"}}',
        json.dumps(f"PIN\n{pin}\n"),
        f"pin%3D{pin}%26",
        base64.b64encode(pin.encode()).decode(),
    ):
        assert redactor.find(written), written
        assert not redactor.find(redactor.redact(written))


def test_a_text_without_four_digits_needs_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    """A login tells "done in 0.1 s" while the page waits; to compile the pattern takes longer."""
    redactor = knowing("024680", "9876501234", "eyJ0eXAi.not-a-number")
    compiled: list[str] = []
    monkeypatch.setattr(re, "compile", lambda text, *_: compiled.append(text))
    assert redactor.redact("TOTP code: done in 0.1 s, after 2 tries") == (
        "TOTP code: done in 0.1 s, after 2 tries"
    )
    assert not redactor.find("step 3 of 3")
    assert not redactor.knows("98****")
    assert compiled == []


@given(
    st.sampled_from(["0246", "4219", "024680", "0000", "9876501234", "9800001234"]),
    st.text("0123456789*xX-., ()\u2022\u00a0abc", max_size=24),
)
@example("9876501234", "98****123")
@example("0246", "2 4-6")
def test_no_pattern_of_a_number_fits_a_text_of_fewer_digits(number: str, text: str) -> None:
    """Nor one of its beginnings and ends, which only evidence knows."""
    few = "".join(re.split(r"(\d)", text)[:6])
    for pattern in loose_forms(number) + part_forms(number):
        assert re.search(pattern, few) is None


@pytest.mark.parametrize("number", ["024680", "9876501234"])
def test_a_number_within_a_longer_one(number: str) -> None:
    """A page may put a digit before it; of six digits and more, few numbers have it by chance."""
    redactor = knowing(number)
    for written in (f"1{number}", f"{number}7", f'{{"at": 1{number}99}}'):
        assert redactor.find(written) == {"secret"}
        assert number not in redactor.redact(written)


@pytest.mark.parametrize(
    ("pin", "written"),
    [("024680", "24680"), ("024680", '{"pin":24680}'), ("001234", "1234"), ("01234", "n=1234&")],
)
def test_a_number_that_was_read_as_one_has_no_leading_zeros(pin: str, written: str) -> None:
    redactor = knowing(pin)
    assert redactor.find(written) == {"secret"}
    assert not re.search(r"\d", redactor.redact(written))


@pytest.mark.parametrize("text", ["124680", "0.24680", "x24680", "246801", "n24680n"])
def test_other_numbers_are_none_without_leading_zeros(text: str) -> None:
    assert knowing("024680").redact(text) == text


def test_a_short_pin_leaves_other_numbers_alone() -> None:
    redactor = knowing("2468")
    for text in ("12468", "24680", "width:2468px", "1.2468", "a2468"):
        assert redactor.redact(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "123-456",
        "123 456",
        "12-34-56",
        "1 2 3 4 5 6",
        "123%20456",
        "123&nbsp;456",
        "123\u00a0456",
        "123\u2013456",
        "x123456y",
    ],
)
def test_grouped_digits(written: str) -> None:
    assert not set("123456") & set(knowing("123456").redact(written).replace(MASK, ""))


@pytest.mark.parametrize(
    ("secret", "written"),
    [
        *(
            ("9876501234", written)
            for written in (
                "9,876,501,234",
                "9,87,65,01,234",
                "9'876'501'234",
                "9\u202f876\u202f501\u202f234",
                "(987) 650-1234",
                "(98765) 01234",
                "987.650.1234",
                "987 - 650 - 1234",
                "987) 650/1234",
                "(987)%20650-1234",
                "987%2C650%2C1234",
            )
        ),
        *(("024680", written) for written in ("24,680", "24 680", "24%2C680", "24,680.00")),
        *(("739105", written) for written in ("739,105", "7,39,105", "7\u00a039\u00a0105")),
        ("1739105", "17,39,105"),
        ("4829", "4,829"),
    ],
)
def test_a_number_that_was_grouped(secret: str, written: str) -> None:
    """By what reads it as an amount, as one does in India too, or by what shows phone numbers."""
    redactor = knowing(secret)
    for text in (f"PIN: {written}.", json.dumps({"message": f"no\n{written}"}), f"n={written}&x"):
        assert redactor.find(text) == {"secret"}, text
        assert redactor.find(text.encode()) == {"secret"}, text
        assert not re.search(r"[1-9]\D{0,3}[1-9]", redactor.redact(text)), text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "124,680",
            "24,680,000",
            "1,24,680",
            "24,681",
            "2,46,80",
            "x24,680",
            "24,6801",
            "1.24,680",
        ),
        "9,876,501,235",
    ],
)
def test_other_amounts_stay(text: str) -> None:
    assert knowing("024680", "9876501234").redact(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "98****3210",
        "98XXXX3210",
        "98\u2022\u2022\u2022\u20223210",
        json.dumps("98\u2022\u2022\u2022\u20223210"),
        "+91 98765 43210",
        "987-654-3210",
        "98******10",
    ],
)
def test_masked_mobile(written: str) -> None:
    redactor = knowing("9876543210")
    assert "10" not in redactor.redact(written)
    assert redactor.find(written)
    assert redactor.find(written.encode())


@pytest.mark.parametrize(
    "shape", [str.lower, lambda s: " ".join(s[i : i + 4] for i in (0, 4, 8, 12))]
)
def test_a_seed_as_apps_show_it(shape: Callable[[str], str]) -> None:
    seed = "GEZDGNBVGY3TQOJQ"
    assert knowing(seed).find(f"seed {shape(seed)}.")


def test_ordinary_text_is_left_alone() -> None:
    redactor = knowing("9876543210", "246813", "s3cr3t-value")
    text = "You have entered an incorrect PIN [1017106]. Resend OTP (2:00s) 6-digit"
    assert redactor.redact(text) == text
    assert not redactor.find(text)


def test_the_kind_is_told_for_every_spelling() -> None:
    redactor = Redactor()
    redactor.register("123456", "TOTP code")
    redactor.register("s3cr3t/value", "client secret")
    assert redactor.find("123-456 and s3cr3t%2Fvalue") == {"TOTP code", "client secret"}


@pytest.mark.parametrize("number", [45.75700000000052, 1000000, 14.32400000000007, 3.000000001])
def test_a_pin_of_zeros_is_blanked_within_numbers(number: float) -> None:
    redactor = Redactor()
    redactor.register("000000", "pin code")
    blanked = redactor.blank_number(number)
    assert not redactor.knows(json.dumps(blanked))
    assert type(blanked) is type(number)
    assert blanked == pytest.approx(number, rel=0.2)


def test_numbers_keep_their_type_unless_they_are_the_secret() -> None:
    redactor = knowing("246813")
    assert redactor.redact_data(246813) == MASK
    assert redactor.redact_data(1246813.5) == 1000000.5
    assert redactor.redact_data(12468139) == 10000009
    assert redactor.redact_data([True, None, 1.5]) == [True, None, 1.5]


def test_a_copy_learns_alone() -> None:
    first = knowing("s3cr3t-value")
    second = first.copy_with_digests()
    second.register("cookie-value", "cookie")
    assert second.find("s3cr3t-value cookie-value") == {"secret", "cookie"}
    assert not first.find("cookie-value")


def test_too_short_or_empty_is_not_registered() -> None:
    redactor = knowing("", "abc")
    assert redactor.redact("abc") == "abc"
    assert not redactor.find("abc")


def test_surrogates_do_not_stop_it() -> None:
    """A file name or an environment variable that is no UTF-8."""
    redactor = knowing("pass\udc80word")
    assert redactor.redact("x pass\udc80word") == f"x {MASK}"


def test_two_megabytes_take_little_time() -> None:
    """Some tenths of a second of processor time; 30 secrets, among them tokens."""
    redactor = knowing(
        "9876543210", "2468", "123456", *(f"token-{n}-" + "aZ9_" * 40 for n in range(25))
    )
    text = '{"type":"log","time":1148.161,"message":"attempting click action"}\n' * 30_000
    assert len(text) > 2_000_000
    started = time.process_time()
    assert redactor.redact(text) == text
    assert time.process_time() - started < 3


def test_no_place_in_a_long_text_is_overlooked() -> None:
    """It is searched in slices; a secret may lie across two, and in any step of four bytes."""
    redactor = knowing("aBcDeFgHiJ")
    for before in range(SLICE - 12, SLICE + 6):
        text = "x" * before + "aBcDeFgHiJ" + "y" * 20
        assert redactor.knows(text)
        assert "aBcD" not in redactor.redact(text)
        assert not redactor.knows(text.replace("J", "K"))


def test_what_is_forgotten_is_gone() -> None:
    """Also from the patterns that `re` keeps: a process may stay for years."""
    redactor = knowing("246813")
    first, last = "871000", f"{871000 + PASSING['TOTP code'] + 9}"
    for number in range(int(first), int(last) + 1):
        redactor.register(str(number), "TOTP code")
        redactor.redact("nothing of that kind")
    assert not redactor.knows(first)
    assert redactor.knows(last)
    assert redactor.knows("246813")
    *_, spelled = loose_forms(first)
    patterns = [each for each in gc.get_objects() if isinstance(each, re.Pattern)]
    assert not any(spelled[1:] in str(each.pattern) for each in patterns)


def test_threads_may_register_and_redact() -> None:
    redactor = Redactor()

    def work(number: int) -> None:
        for each in range(20):
            secret = f"secret-{number}-{each}"
            redactor.register(secret, "secret")
            assert secret not in redactor.redact(f"a {secret} b")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(redactor.secrets()) == 80


def test_threads_may_register_and_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known grows while its kinds are gone through, one after the other."""
    redactor = knowing("9876501234")
    fullmatch, main = re.fullmatch, threading.current_thread()

    def slowly(pattern: str, text: str) -> re.Match[str] | None:
        """Another thread has its turn in between."""
        if threading.current_thread() is main:
            other = threading.Thread(target=redactor.register, args=("8765012349", "number"))
            other.start()
            other.join()
        return fullmatch(pattern, text)

    monkeypatch.setattr(re, "fullmatch", slowly)
    assert redactor.find("call 98****1234") == {"secret"}


class AskedFor:
    """A lock that tells when another thread than the test's own asks for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._main = threading.current_thread()
        self.asked = threading.Event()

    def __enter__(self) -> None:
        if threading.current_thread() is not self._main:
            self.asked.set()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class Between(dict[str, object]):
    """What is registered; another thread has its turn as soon as there is more."""

    def __init__(self, turn: Callable[[], None]) -> None:
        self._turn = turn

    def __setitem__(self, secret: str, learnt: object) -> None:
        super().__setitem__(secret, learnt)
        self._turn()


def register_one(redactor: Redactor, secret: str) -> None:
    redactor.register(secret, "access token")


def register_exactly(redactor: Redactor, secret: str) -> None:
    redactor.register_exactly([secret], "name")


@pytest.mark.parametrize("register", [register_one, register_exactly])
def test_a_secret_that_another_thread_registers_too_is_redacted_at_once(
    register: Callable[[Redactor, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    redactor, lock = knowing("s3cr3t-value"), AskedFor()
    redactor.redact("so that there is an older pattern")
    told: list[str] = []

    def work() -> None:
        register(redactor, "an0ther-secret")
        told.append(redactor.redact("an0ther-secret"))
        lock.asked.set()

    thread = threading.Thread(target=work)

    def turn() -> None:
        if thread.ident is None:
            thread.start()
            assert lock.asked.wait(60)  # it waits for the lock, or has redacted already

    monkeypatch.setattr(redactor, "_lock", lock)
    monkeypatch.setattr(redactor, "_secrets", Between(turn))
    register(redactor, "an0ther-secret")
    thread.join(60)
    assert told == [MASK]


def failing() -> None:
    try:
        raise OSError(2, "no s3cr3t-value", "/tmp/s3cr3t-value")  # noqa: S108, TRY301
    except OSError as error:
        error.add_note("about s3cr3t-value")
        raise UpstoxError("bad s3cr3t-value", hint="try s3cr3t-value") from error


def test_errors_are_redacted_in_place_with_all_they_carry() -> None:
    redactor = knowing("s3cr3t-value")
    with pytest.raises(UpstoxError) as caught:
        failing()
    cause = caught.value.__cause__
    assert isinstance(cause, OSError)
    group = ExceptionGroup("some", [ValueError({"key": ["s3cr3t-value", b"s3cr3t-value"]})])
    redactor.error(caught.value)
    redactor.error(group)
    for each in (caught.value, cause, *group.exceptions):
        assert "s3cr3t" not in str(each) + repr(each) + repr(vars(each))
    assert cause.errno == 2


def test_no_half_of_a_secret_is_left_where_a_text_is_cut() -> None:
    secret = "Gk3v-9tYpQ2w-Xc7Lr5"
    redactor.register(secret, "password")
    assert beginning(f"the word is {secret}!", 20) == f"the word is {MASK}"[:20]
    assert beginning("x" * 30 + secret, 20) == "x" * 20
    assert beginning(secret, 20) == secret  # nothing is cut: it is redacted where it leaves


def test_the_signature_of_a_web_token_is_a_secret_by_itself() -> None:
    """Of a token whose beginning was cut off, it is what would be left."""
    made = Redactor()
    head, claims, signature = (
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJzdWIiOiI3QUJDMTIifQ",
        "SflKxwRJSMeKKF2QT4fw",
    )
    made.register(f"{head}.{claims}.{signature}", "access token")
    assert made.redact(f"…{claims[3:]}.{signature} ") == f"…{claims[3:]}.{MASK} "
    made.register(f"{head}.{claims}.short", "access token")
    assert made.redact("short") == "short"


@pytest.mark.parametrize(
    "secret", ['it\'s-"q"-9t', "p\u00e4ss-w\u00f6rd", "don't-tell-9", "back\\slash'\""]
)
@pytest.mark.parametrize(
    "spell", [repr, ascii, lambda s: repr(s.encode()), shlex.quote, lambda s: json.dumps(repr(s))]
)
def test_what_python_and_the_shell_make_of_a_secret_is_known(
    secret: str, spell: Callable[[str], str]
) -> None:
    made = Redactor()
    made.register(secret, "password")
    assert made.find(f"x={spell(secret)}, y") == {"password"}

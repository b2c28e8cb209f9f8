"""Values that a command prints or the keyring keeps: fetched once, when needed, and never told."""

from __future__ import annotations

import pickle
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.harness import NOT_THERE, printing_file
from tests.store.conftest import MemoryKeyring
from upstox_browser_login.errors import ConfigurationError, UpstoxError, UpstoxUnavailableError
from upstox_browser_login.programs import join_command
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings, check, examine, variable
from upstox_browser_login.settings.deferred import COMMAND_SECONDS, fetching_within, forget_fetched
from upstox_browser_login.settings.model import DEFERRABLE, is_secret
from upstox_browser_login.settings.names import COMMANDS

from .conftest import SETTABLE, VALUES, Refusal
from .given import printing, runs

PIN = "UPSTOX_PIN_CODE_COMMAND"
SHOWN = "s3cret-in-the-output"


def told(name: str = "pin_code") -> str:
    """What is said where a setting cannot be fetched."""
    with pytest.raises(ConfigurationError) as caught:
        getattr(Settings(), name)
    assert caught.value.exit_code == 3
    assert SHOWN not in f"{caught.value!r} {caught.value}"
    return caught.value.message


def test_every_secret_setting_may_be_a_command() -> None:
    """All but those that are commands themselves; and what belongs to the account."""
    secret = {name for name in SETTABLE if is_secret(name)} - set(COMMANDS)
    assert secret | {"client_id", "redirect_uri"} == set(DEFERRABLE)


@pytest.mark.parametrize("name", DEFERRABLE)
def test_a_command_gives_the_value(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{variable(name)}_COMMAND", printing(f"\ufeff {VALUES[name]}\r\n"))
    found = Settings()
    assert found.is_set(name)
    assert runs() == 0
    assert getattr(found, name) == getattr(Settings(**{name: VALUES[name]}), name)
    assert found.deferred(name) is None


def test_it_is_run_once_a_process_and_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PIN, printing("0042"))
    found = Settings()
    assert pickle.loads(pickle.dumps(found)).deferred("pin_code") is not None  # noqa: S301
    assert "0042" not in repr(found)
    assert runs() == 0
    for settings in (found, Settings(), found.model_copy(update={"headed": True})):
        assert settings.secret("pin_code") == "0042"
    assert runs() == 1
    assert redactor.redact("PIN 0042") == "PIN [redacted]"
    forget_fetched()
    assert Settings().secret("pin_code") == "0042"
    assert runs() == 2


def test_an_option_goes_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PIN, printing("0042"))
    assert Settings(pin_code="1234").secret("pin_code") == "1234"
    assert runs() == 0


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (printing(SHOWN, then="raise SystemExit(3)"), f"{PIN} ended with exit status 3."),
        (printing(SHOWN), f"which {PIN} gives: must be 4 to 6 digits."),
        (printing(f"'{SHOWN}'"), f"which {PIN} gives: is in quotes; leave them out."),
        (printing(" \n"), f"{PIN} printed nothing."),
        (printing("\0\0"), f"What {PIN} printed cannot be read: line 1 of it has NUL bytes"),
        ("/no/such/program", f"{PIN} cannot be run: {NOT_THERE}."),
        ("'open", f"{PIN} cannot be run: ValueError."),
    ],
)
def test_a_command_that_gives_nothing_of_use(
    command: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting and the exit status are named, the output never is."""
    monkeypatch.setenv(PIN, command)
    assert message in told()


def test_a_value_that_breaks_its_rule_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Such as what a password manager that is locked prints in its place."""
    kept = tmp_path / "pin"
    kept.write_text("Please unlock.")
    monkeypatch.setenv(PIN, printing_file(kept))
    assert "must be 4 to 6 digits" in told()
    kept.write_text("0042")
    found = Settings()
    assert found.secret("pin_code") == "0042"
    kept.write_text("Please unlock.")
    found.fetch_anew("pin_code", since=time.monotonic())
    found.fetch()
    assert found.secret("pin_code") == "0042"
    kept.write_text("1234")
    found.fetch_anew("pin_code", since=time.monotonic())
    assert found.secret("pin_code") == "1234"


def test_a_login_uses_what_other_settings_of_the_process_have_fetched_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "pin"
    kept.write_text("0042")
    monkeypatch.setenv(PIN, printing_file(kept))
    first, second = Settings(), Settings()
    assert first.secret("pin_code") == second.secret("pin_code") == "0042"
    kept.write_text("1234")
    first.fetch_anew("pin_code", since=time.monotonic())
    second.fetch()
    assert second.secret("pin_code") == "1234"


def test_it_runs_without_a_shell_and_without_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_CLIENT_SECRET", "a-cl1ent-secret")
    code = "import os, sys; print(sys.argv[1], *(n for n in os.environ if n.startswith('UPSTOX')))"
    line = join_command([sys.executable, "-c", code, "$HOME;echo"])
    monkeypatch.setenv("UPSTOX_PASSWORD_COMMAND", line)
    assert Settings().secret("password") == "$HOME;echo"


def test_a_command_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert COMMAND_SECONDS >= 30, "a person has to have time for a password manager's question"
    monkeypatch.setattr("upstox_browser_login.settings.deferred.COMMAND_SECONDS", 0.2)
    monkeypatch.setenv(PIN, join_command([sys.executable, "-c", "import time; time.sleep(60)"]))
    assert "did not finish within" in told()


def test_the_code_and_the_seed_are_still_one_of_two(
    refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`UPSTOX_TOTP_COMMAND` prints the code, `UPSTOX_TOTP_SECRET_COMMAND` the seed."""
    monkeypatch.setenv("UPSTOX_TOTP_SECRET_COMMAND", printing(VALUES["totp_secret"]))
    assert Settings().secret("totp_secret") == VALUES["totp_secret"]
    monkeypatch.setenv("UPSTOX_TOTP_COMMAND", "pass otp upstox")
    assert "UPSTOX_TOTP_SECRET and UPSTOX_TOTP_COMMAND are both set" in refusal()


# -- check-env -------------------------------------------------------------------------------------


def test_check_env_runs_nothing_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PIN, printing(SHOWN))
    monkeypatch.setenv("UPSTOX_CLIENT_SECRET_COMMAND", "/no/such/program")
    found = {each.name: each for each in check()}
    assert (found["UPSTOX_PIN_CODE"].state, found["UPSTOX_PIN_CODE"].by) == ("set", "command")
    wrong = found["UPSTOX_CLIENT_SECRET"]
    assert (wrong.state, wrong.problem) == (
        "invalid",
        "UPSTOX_CLIENT_SECRET_COMMAND names a program that is not there, or may not be run",
    )
    assert runs() == 0
    found = {each.name: each for each in examine(fetch=True).findings}
    assert found["UPSTOX_PIN_CODE"].state == "invalid"
    assert "must be 4 to 6 digits" in (found["UPSTOX_PIN_CODE"].problem or "")
    assert SHOWN not in repr(found)


# -- the keyring -----------------------------------------------------------------------------------


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_the_keyring_gives_the_value(
    memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.entries["a-service", "UPSTOX_PIN_CODE"] = "0042"
    monkeypatch.setenv("UPSTOX_PIN_CODE_KEYRING", "a-service")
    assert Settings().secret("pin_code") == "0042"
    monkeypatch.setenv("UPSTOX_PASSWORD_KEYRING", "a-service")
    assert "names an entry that the keyring does not have" in told("password")


def test_a_keyring_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setitem(sys.modules, "keyring.errors", None)
    monkeypatch.setenv("UPSTOX_PIN_CODE_KEYRING", "a-service")
    assert told() == (
        "UPSTOX_PIN_CODE_KEYRING: the keyring needs the package keyring, which is not installed."
    )


@pytest.fixture
def silent(memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A keyring that does not answer before the event is set; it has then been asked."""
    memory.entries["a-service", "UPSTOX_PIN_CODE"] = "0042"
    monkeypatch.setenv("UPSTOX_PIN_CODE_KEYRING", "a-service")
    asked, answer, read = threading.Event(), threading.Event(), MemoryKeyring.get_password

    def waits(memory: MemoryKeyring, service: str, username: str) -> str | None:
        asked.set()
        answer.wait(60)
        return read(memory, service, username)

    monkeypatch.setattr(MemoryKeyring, "get_password", waits)
    yield asked
    answer.set()


@pytest.mark.usefixtures("silent")
def test_a_keyring_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upstox_browser_login.settings.deferred.KEYRING_SECONDS", 0.2)
    assert "UPSTOX_PIN_CODE_KEYRING: the keyring did not answer within" in told()


# -- the limit of a login --------------------------------------------------------------------------


@pytest.mark.usefixtures("silent")
def test_a_keyring_that_does_not_answer_counts_for_the_limit() -> None:
    until = time.monotonic() + 0.2
    with (
        fetching_within(0.2, lambda: until - time.monotonic()),
        pytest.raises(UpstoxUnavailableError, match="fetching UPSTOX_PIN_CODE_KEYRING") as caught,
    ):
        Settings().secret("pin_code")
    assert caught.value.code == "TIMEOUT"
    assert time.monotonic() < until + 20


def test_a_wait_for_another_thread_that_fetches_counts_for_the_limit(
    silent: threading.Event,
) -> None:
    """That thread has no limit, or a later one."""
    threading.Thread(target=Settings().secret, args=("pin_code",), daemon=True).start()
    assert silent.wait(10)
    with (
        fetching_within(0.2, lambda: 0.2),
        pytest.raises(UpstoxUnavailableError) as caught,
    ):
        Settings().secret("pin_code")
    assert caught.value.code == "TIMEOUT"


@pytest.mark.timeout(30)
def test_a_command_is_ended_for_a_login_that_is_called_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PIN, join_command([sys.executable, "-c", "import time; time.sleep(60)"]))
    cancelled = threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    with (
        fetching_within(60, lambda: 60, cancelled),
        pytest.raises(UpstoxError, match="was cancelled"),
    ):
        Settings().secret("pin_code")

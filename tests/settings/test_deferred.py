"""Values that a command prints or the keyring keeps: fetched once, when needed, and never told."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.harness import NOT_THERE
from tests.store.conftest import MemoryKeyring
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.dotenv import line
from upstox_browser_login.programs import join_command
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings, check, examine, variable
from upstox_browser_login.settings.deferred import COMMAND_SECONDS, forget_fetched
from upstox_browser_login.settings.model import DEFERRABLE, is_secret
from upstox_browser_login.settings.names import COMMANDS

from .conftest import SETTABLE, VALUES, Refusal
from .test_sources import written

PIN = "UPSTOX_PIN_CODE_COMMAND"
SHOWN = "s3cret-in-the-output"


@pytest.fixture(autouse=True)
def nothing_fetched() -> None:
    forget_fetched()


def printing(text: str, *, then: str = "") -> str:
    """A command that prints `text`, and counts how often it is run in the file `runs`."""
    count = "open('runs', 'a').write('x')"
    code = f"import sys; {count}; sys.stdout.buffer.write(bytes({[*text.encode()]})); {then}"
    return join_command([sys.executable, "-c", code])


def runs() -> int:
    return len(Path("runs").read_text(encoding="utf-8")) if Path("runs").exists() else 0


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


@pytest.mark.parametrize("endings", [("", "_COMMAND"), ("_FILE", "_COMMAND"), ("", "_KEYRING")])
def test_two_ways_in_one_place_are_an_error(
    endings: tuple[str, str], refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"UPSTOX_PIN_CODE{ending}" for ending in endings]
    for name in names:
        monkeypatch.setenv(name, "0042")
    assert (
        f"UPSTOX_PIN_CODE: {names[0]} and {names[1]} are both set in the environment; "
        "keep one of them"
    ) in refusal()
    assert runs() == 0


def test_the_code_and_the_seed_are_still_one_of_two(
    refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`UPSTOX_TOTP_COMMAND` prints the code, `UPSTOX_TOTP_SECRET_COMMAND` the seed."""
    monkeypatch.setenv("UPSTOX_TOTP_SECRET_COMMAND", printing(VALUES["totp_secret"]))
    assert Settings().secret("totp_secret") == VALUES["totp_secret"]
    monkeypatch.setenv("UPSTOX_TOTP_COMMAND", "pass otp upstox")
    assert "UPSTOX_TOTP_SECRET and UPSTOX_TOTP_COMMAND are both set" in refusal()


# -- what a `.env` that nobody has named may not do ------------------------------------------------


def test_a_stray_env_file_runs_no_command(caplog: pytest.LogCaptureFixture) -> None:
    """Nor do commands vouch for other settings that run something."""
    path = written(Path(".env"), {"browser_path": "/opt/evil"})
    with path.open("a") as file:
        file.write(line(PIN, printing("0042")) + "\n")
    found = Settings()
    assert found.pin_code is None
    assert found.browser_path is None
    assert f"{PIN}, UPSTOX_BROWSER_PATH of {path.absolute()} are ignored" in caplog.text
    assert runs() == 0
    assert Settings(env_file=path).secret("pin_code") == "0042"


def test_a_stray_env_file_sends_no_entry_of_the_keyring_elsewhere() -> None:
    """It may name the user's entry, and not the browser that it would be typed in."""
    path = written(Path(".env"), {"password": "bait", "browser_url": "wss://evil.example/"})
    assert Settings().browser_url is not None
    with path.open("a") as file:
        file.write("UPSTOX_PIN_CODE_KEYRING=upstox-browser-login:default\n")
    assert Settings().browser_url is None
    assert Settings().is_set("pin_code")


BAIT = {"password": "bait", "browser_url": "wss://evil.example/", "token_store": "redis://evil"}
"""What somebody else's `.env` may say: a credential of no use, and where the others should go."""


@pytest.mark.parametrize("way", ["_FILE", "_COMMAND"])
def test_a_stray_env_file_leads_no_credential_of_others_elsewhere(
    way: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A path or a command in it gives the user's own PIN: then it says not where that goes."""
    path = written(Path(".env"), BAIT)
    assert Settings().browser_url is not None
    Path("pin").write_text("0042", encoding="utf-8")
    with path.open("a") as file:
        file.write(line(f"UPSTOX_PIN_CODE{way}", "pin" if way == "_FILE" else printing("0042")))
    found = Settings()
    assert found.secret("pin_code") == "0042"
    assert found.browser_url is None
    assert found.secret("token_store") == "file"
    assert "UPSTOX_TOKEN_STORE, UPSTOX_BROWSER_URL of " in caplog.text
    assert Settings(env_file=path).browser_url is not None


def test_a_command_that_prints_codes_is_not_a_credential_of_the_file() -> None:
    path = written(Path(".env"), BAIT)
    with path.open("a") as file:
        file.write(line("UPSTOX_TOTP_COMMAND", printing("123456")) + "\n")
    assert Settings().is_set("totp_command")
    assert Settings().browser_url is None
    assert Settings(env_file=path).browser_url is not None


@pytest.mark.parametrize("way", ["_FILE", "_COMMAND"])
def test_the_tokens_owner_stands_in_the_file_itself(way: str) -> None:
    """A number from elsewhere is the user's own, whose tokens are read."""
    path = written(Path(".env"), {"client_id": "app", "token_store": "redis://evil"})
    with path.open("a") as file:
        file.write(line("UPSTOX_USERNAME", VALUES["username"]) + "\n")
    assert Settings().secret("token_store") == "redis://evil"
    Path("number").write_text(VALUES["username"], encoding="utf-8")
    given = "number" if way == "_FILE" else printing(VALUES["username"])
    path.write_text(path.read_text().replace("UPSTOX_USERNAME=", "UPSTOX_WAS="))
    with path.open("a") as file:
        file.write(line(f"UPSTOX_USERNAME{way}", given) + "\n")
    assert Settings().secret("token_store") == "file"


def test_a_file_whose_path_an_env_file_gives_vouches_for_no_program() -> None:
    """`/etc/hostname` would do as somebody's PIN: the path proves nothing."""
    Path("pin").write_text("0042", encoding="utf-8")
    Path(".env").write_text(
        f"UPSTOX_PIN_CODE_FILE=pin\nUPSTOX_BROWSER_PATH={sys.executable}\n", encoding="utf-8"
    )
    assert Settings().secret("pin_code") == "0042"
    assert Settings().browser_path is None


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


# -- a folder of secrets ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As systemd's `LoadCredential` and Docker's secrets make one."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "UPSTOX_PIN_CODE").write_text("0042\n")
    (folder / "upstox_password").write_text("of the folder")
    (folder / "other").write_text("x")
    return folder


def test_a_folder_of_secrets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(Path(".env"), {"password": "of the env file", "pin_code": "9999"})
    monkeypatch.setenv("UPSTOX_SECRETS_DIR", str(folder))
    found = Settings()
    assert (found.secret("pin_code"), found.secret("password")) == ("0042", "of the folder")
    monkeypatch.setenv("UPSTOX_PASSWORD", "of the environment")
    assert Settings().secret("password") == "of the environment"
    assert Settings(password="of an option").secret("password") == "of an option"


def test_a_folder_of_secrets_that_a_named_file_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("UPSTOX_PIN_CODE", "1111")
    path = written(Path("mine.env"), {"secrets_dir": str(folder), "password": "of the file"})
    found = Settings(env_file=path)
    assert (found.secret("pin_code"), found.secret("password")) == ("0042", "of the file")
    written(Path(".env"), {"secrets_dir": str(folder), "client_secret": "mine"})
    assert Settings().password is None
    assert "UPSTOX_SECRETS_DIR of " in caplog.text


def test_the_folder_of_the_environment_is_not_that_of_a_named_account(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And that it is left out is said, since it may be what was meant."""
    monkeypatch.setenv("UPSTOX_SECRETS_DIR", str(folder))
    path = written(Path("mine.env"), {"username": VALUES["username"]})
    assert Settings(env_file=path).pin_code is None
    (line,) = caplog.messages
    assert "UPSTOX_PIN_CODE" in line
    assert "UPSTOX_PASSWORD" in line
    assert f"of the folder {folder} are ignored: the account's settings are those of /" in line


def test_a_folder_of_secrets_that_is_not_there(
    folder: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = "The system cannot find" if sys.platform == "win32" else "No such"
    told = refusal(secrets_dir="/no/where")
    assert f"UPSTOX_SECRETS_DIR: cannot be looked into: {reason}" in told
    (folder / "UPSTOX_PIN_CODE").write_text("")
    monkeypatch.setenv("UPSTOX_SECRETS_DIR", str(folder))
    assert "UPSTOX_PIN_CODE: the file UPSTOX_PIN_CODE of UPSTOX_SECRETS_DIR is empty" in refusal()


def test_a_secret_of_which_two_files_speak(
    folder: Path, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPSTOX_SECRETS_DIR", str(folder))
    (folder / "UPSTOX_PIN_CODE").write_text("0042")
    if (folder / "upstox_pin_code").exists():
        pytest.skip("here both names are of one file")
    (folder / "upstox_pin_code").write_text("0043")
    told = refusal()
    assert "UPSTOX_PIN_CODE and upstox_pin_code of UPSTOX_SECRETS_DIR; keep one of them" in told
    assert os.environ["UPSTOX_SECRETS_DIR"]

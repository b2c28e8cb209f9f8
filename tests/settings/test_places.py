"""Where a value comes from, and which place comes first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness import A_FOLDER
from upstox_browser_login.settings import Settings, check, variable
from upstox_browser_login.settings.deferred import Deferred
from upstox_browser_login.settings.env_file import Unread
from upstox_browser_login.settings.places import Place, Places, content_of

from .conftest import VALUES, Refusal, refused
from .given import runs, written


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


PLACES = ("argument", "environment", "file variable", "env file", "file variable in env file")


def put(place: str, value: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Say at one place that the client id is `value`."""
    secret = folder / f"secret-{value}"
    secret.write_text(f"{value}\n")
    env_file = folder / ".env"
    match place:
        case "argument":
            return {"client_id": value}
        case "environment":
            monkeypatch.setenv("UPSTOX_CLIENT_ID", value)
        case "file variable":
            monkeypatch.setenv("UPSTOX_CLIENT_ID_FILE", str(secret))
        case "env file":
            env_file.write_text(f"UPSTOX_CLIENT_ID={value}\n")
        case "file variable in env file":
            env_file.write_text(f"UPSTOX_CLIENT_ID_FILE={secret}\n")
    return {}


PAIRS = [
    (stronger, weaker)
    for at, stronger in enumerate(PLACES)
    for weaker in PLACES[at + 1 :]
    # Both set at one place is an error.
    if (stronger, weaker) not in {(PLACES[1], PLACES[2]), (PLACES[3], PLACES[4])}
]


@pytest.mark.parametrize(("stronger", "weaker"), PAIRS)
def test_precedence(stronger: str, weaker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two places the one that stands first wins."""
    values = {
        **put(weaker, "weaker", Path.cwd(), monkeypatch),
        **put(stronger, "stronger", Path.cwd(), monkeypatch),
    }
    assert Settings(**values).client_id == "stronger"


@pytest.mark.parametrize("where", ["environment", "env file"])
def test_name_and_name_file_both_set(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Path("pin")
    secret.write_text("024680", encoding="utf-8")
    if where == "environment":
        monkeypatch.setenv("UPSTOX_PIN_CODE", "135790")
        monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", str(secret))
    else:
        Path(".env").write_text(
            f"UPSTOX_PIN_CODE=135790\nUPSTOX_PIN_CODE_FILE={secret}\n", encoding="utf-8"
        )
    told = str(refused())
    assert "UPSTOX_PIN_CODE and UPSTOX_PIN_CODE_FILE are both set" in told
    assert "135790" not in told
    assert {each.state for each in check() if each.name == "UPSTOX_PIN_CODE"} == {"invalid"}


@pytest.mark.parametrize("content", ["024680", "024680\n", "024680\r\n"])
def test_name_file_without_its_line_end(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pin").write_bytes(content.encode())
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "pin")
    assert Settings().secret("pin_code") == "024680"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        (b"\xff\xff", "not UTF-8"),
        ("folder", A_FOLDER),
    ],
)
def test_name_file_that_cannot_be_read(
    content: bytes | str | None, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("run-secrets-pin")
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", str(path))
    told = str(refused())
    assert "UPSTOX_PIN_CODE_FILE" in told
    assert reason in told
    assert [each.state for each in check() if each.name == "UPSTOX_PIN_CODE"] == ["invalid"]
    # Where something stronger says it, the file is nobody's business.
    assert Settings(pin_code="0000").secret("pin_code") == "0000"


def test_name_file_of_a_value_that_breaks_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pin").write_text("not-digits-at-all", encoding="utf-8")
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "pin")
    told = str(refused())
    assert "UPSTOX_PIN_CODE: must be 4 to 6 digits" in told
    assert "not-digits-at-all" not in told


def test_empty_variables_are_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files and shells export names without values."""
    for name in Settings.model_fields:
        monkeypatch.setenv(variable(name), "")
        monkeypatch.setenv(f"{variable(name)}_FILE", "")
    assert Settings() == Settings(state_dir=Settings().state_dir)
    assert {each.state for each in check()} == {"missing", "default"}


HERE = Place(
    "the environment",
    {"UPSTOX_PIN_CODE": "0042", "UPSTOX_PASSWORD_COMMAND": "pass x"},
    {"password"},
)
FILE, SECRETS = Place(".env", {}), Place("UPSTOX_SECRETS_DIR", {})


def test_a_place_says_by_which_variable_a_setting_is_set() -> None:
    assert HERE.has("pin_code") == ["UPSTOX_PIN_CODE"]
    assert HERE.has("username") == []
    assert HERE.is_by("pin_code", "")
    assert HERE.is_by("password", "_COMMAND")
    assert HERE.value("pin_code") == "0042"
    assert HERE.value("password") == Deferred(
        "command", "UPSTOX_PASSWORD_COMMAND", "pass x", "UPSTOX_PASSWORD"
    )


def test_only_some_settings_may_be_a_command() -> None:
    place = Place("the environment", {"UPSTOX_TIMEOUT_COMMAND": "date"}, {"password"})
    assert place.has("timeout") == []


def test_three_ways_in_one_place_are_all_named() -> None:
    names = ["UPSTOX_PASSWORD", "UPSTOX_PASSWORD_FILE", "UPSTOX_PASSWORD_KEYRING"]
    place = Place(".env", dict.fromkeys(names, "x"), {"password"})
    assert place.conflict("password") == (
        "UPSTOX_PASSWORD, UPSTOX_PASSWORD_FILE and UPSTOX_PASSWORD_KEYRING are all set in .env; "
        "keep one of them"
    )
    assert place.conflict("pin_code") is None


@pytest.mark.parametrize(
    ("chosen", "field", "order"),
    [
        (False, "pin_code", [HERE, FILE]),
        # A named file is the account's, and nothing else is.
        (True, "pin_code", [FILE]),
        (True, "timeout", [HERE, FILE]),
    ],
)
def test_the_order_of_places(chosen: bool, field: str, order: list[Place]) -> None:
    assert Places(HERE, FILE, chosen).of(field) == order


def test_a_folder_of_secrets_comes_behind_the_place_that_names_it() -> None:
    assert Places(HERE, FILE, False, SECRETS, HERE).of("pin_code") == [HERE, SECRETS, FILE]
    assert Places(HERE, FILE, True, SECRETS, HERE).of("pin_code") == [FILE]
    assert Places(HERE, FILE, True, SECRETS, None).of("pin_code") == [SECRETS, FILE]


@given(st.binary(max_size=200))
def test_any_content_of_a_file_is_text_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("content") / "pin"
    path.write_bytes(content)
    found = content_of(path, "the file")
    assert isinstance(found, Unread) or found

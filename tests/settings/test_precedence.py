"""Where a value comes from, and which place comes first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.harness import A_FOLDER
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.settings import Settings, check, profile_file, variable

from .given import refusal

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
    told = refusal()
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
    told = refusal()
    assert "UPSTOX_PIN_CODE_FILE" in told
    assert reason in told
    assert [each.state for each in check() if each.name == "UPSTOX_PIN_CODE"] == ["invalid"]
    # Where something stronger says it, the file is nobody's business.
    assert Settings(pin_code="0000").secret("pin_code") == "0000"


def test_name_file_of_a_value_that_breaks_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pin").write_text("not-digits-at-all", encoding="utf-8")
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "pin")
    told = refusal()
    assert "UPSTOX_PIN_CODE: must be 4 to 6 digits" in told
    assert "not-digits-at-all" not in told


def test_empty_variables_are_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files and shells export names without values."""
    for name in Settings.model_fields:
        monkeypatch.setenv(variable(name), "")
        monkeypatch.setenv(f"{variable(name)}_FILE", "")
    assert Settings() == Settings(state_dir=Settings().state_dir)
    assert {each.state for each in check()} == {"missing", "default"}


def test_unknown_variables_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_ANALYTICS_TOKEN", "x" * 20)
    Path(".env").write_text(
        "UPSTOX_SOMETHING=1\nOTHER=2\naccess_token=abc\nUPSTOX_PIN_CODE=0042\n", encoding="utf-8"
    )
    assert Settings().secret("pin_code") == "0042"


def test_names_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("upstox_pin_code", "0042")
    assert Settings().secret("pin_code") == "0042"


def test_env_file_is_the_one_of_the_current_folder() -> None:
    Path(".env").write_text("export UPSTOX_PIN_CODE='0042' # mine\n", encoding="utf-8")
    Path("other.env").write_text("UPSTOX_PIN_CODE=0043\n", encoding="utf-8")
    assert Settings().secret("pin_code") == "0042"
    assert Settings(env_file="other.env").secret("pin_code") == "0043"
    assert Settings(env_file=Path("other.env").absolute()).username is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "does not exist"), (b"\xff\xfe\x00", "not UTF-8"), ("folder", "is a folder")],
)
def test_env_file_that_cannot_be_read(content: bytes | str | None, reason: str) -> None:
    path = Path("mine.env")
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    for call in (Settings, check):
        with pytest.raises(ConfigurationError, match=reason) as caught:
            call(env_file=path)
        assert "mine.env" in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_env_file_that_may_not_be_read() -> None:
    path = Path("mine.env")
    path.touch(mode=0)
    with pytest.raises(ConfigurationError, match="Permission denied"):
        Settings(env_file=path)


def test_profile_replaces_the_env_file() -> None:
    Path(".env").write_text("UPSTOX_PIN_CODE=0042\nUPSTOX_TIMEOUT=90\n", encoding="utf-8")
    path = profile_file("second")
    path.parent.mkdir(parents=True)
    path.write_text("UPSTOX_PIN_CODE=0043\n")
    found = Settings(profile="second")
    assert found.secret("pin_code") == "0043"
    assert found.timeout == 60
    assert found.profile == "second"
    assert Settings().profile is None


def test_profile_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It chooses the file that the variables stand in."""
    monkeypatch.setenv("UPSTOX_PROFILE", "second")
    assert Settings().profile is None


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 65, "a\0", "a b"])
def test_names_that_are_no_profile(name: str) -> None:
    with pytest.raises(ConfigurationError, match="profile's name"):
        Settings(profile=name)


def test_profile_that_does_not_exist() -> None:
    with pytest.raises(ConfigurationError, match="does not exist"):
        Settings(profile="nobody")

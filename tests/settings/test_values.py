"""What is done to every value of every setting, by whatever way it came."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import SecretStr

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.programs import join_command
from upstox_browser_login.settings import Settings, check, variable

from .conftest import SETTABLE, VALUES, Refusal

T = TypeVar("T")

DIRT = {
    "a line end of Windows": ("", "\r\n"),
    "a line break": ("\n", "\n"),
    "blanks": (" \t", "  "),
    "a byte order mark": ("\ufeff", ""),
    "zero width": ("\u200b", "\u200d\u2060"),
    "no break": ("\u00a0", "\u202f"),
    "a direction mark": ("\u202a", "\u200e"),
}
QUOTES = ["'{}'", '"{}"', "\u201c{}\u201d", "\u2018{}\u2019", "`{}`", "\u00ab{}\u00bb"]
WAYS = ["argument", "secret argument", "environment", "NAME_FILE", "env file"]


def each_or_one(kinds: Iterable[T], way: str, name: str) -> Iterable[T]:
    """All kinds for an argument; by another way, of which all values go on alike, one in turn."""
    found = [*kinds]
    turn = (WAYS.index(way) + SETTABLE.index(name)) % len(found)
    return found if way == "argument" else [found[turn]]


UNEXPANDED = ["$HOME/x", "${HOME}/x", "%USERPROFILE%/x", "$env:HOME/x"]


def given(way: str, name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Set a setting by one of the ways; what is left to give as an argument."""
    match way:
        case "argument":
            return {name: value}
        case "secret argument":
            secret = Settings.model_fields[name].annotation in {SecretStr, SecretStr | None}
            return {name: SecretStr(value) if secret else value}
        case "environment":
            monkeypatch.setenv(variable(name), value)
        case "NAME_FILE":
            Path("secret").write_text(value, "utf-8", newline="")
            monkeypatch.setenv(f"{variable(name)}_FILE", "secret")
        case "env file":
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            # A credential beside it, without which some settings of such a file are left out.
            beside = "" if name == "password" else "UPSTOX_PASSWORD=x\n"
            text = f'{beside}{variable(name)}="{escaped}"\n'
            Path(".env").write_text(text, "utf-8", newline="")
            if name == "secrets_dir":
                return {"env_file": ".env"}  # one that nobody has named may not say this
    return {}


def test_every_setting_is_tried_here() -> None:
    """A new setting has to be added to `VALUES`, so that the tests below go over it too."""
    assert set(VALUES) == set(SETTABLE)


@pytest.mark.parametrize("name", SETTABLE)
@pytest.mark.parametrize("way", WAYS)
def test_dirt_at_the_ends_goes(way: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = getattr(Settings(**{name: VALUES[name]}), name)
    for before, after in each_or_one(DIRT.values(), way, name):
        with monkeypatch.context() as changes:
            values = given(way, name, f"{before}{VALUES[name]}{after}", changes)
            assert getattr(Settings(**values), name) == clean


@pytest.mark.parametrize("name", SETTABLE)
@pytest.mark.parametrize("way", WAYS)
def test_quotes_are_refused(
    way: str, name: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the env file's own syntax: there the outer pair is taken off first."""
    for quotes in each_or_one(QUOTES, way, name):
        with monkeypatch.context() as changes:
            values = given(way, name, f" {quotes.format(VALUES[name])}\n", changes)
            if name in {"after_login", "browser_args", "totp_command"}:
                assert getattr(Settings(**values), name) is not None
            else:
                assert f"{variable(name)}: is in quotes; leave them out" in refusal(**values)


@pytest.mark.parametrize("name", SETTABLE)
def test_nothing_but_dirt_is_refused(name: str, refusal: Refusal) -> None:
    assert f"{variable(name)}: must not be empty" in refusal(**{name: " \u200b\ufeff\r\n"})


@pytest.mark.parametrize(
    ("name", "value", "cause"),
    [
        ("username", "98765 0123", "there is a space in it"),
        ("pin_code", "12\u200b34", "there is an invisible character in it"),
        ("pin_code", "12\r\n34", "there is a line break in it"),
        ("pin_code", "'1234", "it begins with a quote"),
        ("timeout", "90\u201d", "it ends with a quote"),
        ("pin_code", "\u0967\u0968\u0969\u096a", "it has digits of another script"),
        ("redirect_uri", "https://a.example/b c", "there is a space in it"),
    ],
)
def test_a_broken_rule_names_what_is_odd(
    name: str, value: str, cause: str, refusal: Refusal
) -> None:
    told = refusal(**{name: value})
    assert told.removesuffix(".").endswith(f"; {cause}")
    assert value not in told


# -- paths -----------------------------------------------------------------------------------------

PATHS = [name for name in SETTABLE if name.endswith(("_dir", "_path", "_file"))]


def test_settings_that_are_paths_have_the_type_of_a_path() -> None:
    """By which `~` in them is expanded."""
    assert {"trace_dir", "state_dir", "browser_path"} <= set(PATHS)
    for name in PATHS:
        assert isinstance(getattr(Settings(**{name: VALUES[name]}), name), Path)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("way", WAYS)
def test_a_tilde_is_expanded(way: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("~/some/place").expanduser().mkdir(parents=True)
    values = given(way, name, "~/some/place", monkeypatch)
    assert getattr(Settings(**values), name) == Path.home() / "some" / "place"


@pytest.mark.parametrize("path", UNEXPANDED)
def test_variables_are_not_expanded(
    path: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    steered: list[dict[str, Any]] = [
        *({name: Path(path)} for name in PATHS),
        {"token_store": f"sqlite:///{path}"},
        {"token_store": f"unix://{path}"},
        {"totp_command": join_command([path, "otp"])},
    ]
    for values in steered:
        assert "begins with a variable, which is not expanded here" in refusal(**values)
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", path)
    assert "UPSTOX_PIN_CODE_FILE begins with a variable, which is not expanded" in refusal()
    assert "which is not expanded here" in refusal(env_file=path)


def test_a_tilde_in_stores_commands_and_files(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path.home()
    (home / "pin").write_text("0042\n")
    (home / "mine.env").write_text("UPSTOX_PIN_CODE_FILE=~/pin\n")
    assert Settings(env_file="~/mine.env").secret("pin_code") == "0042"
    monkeypatch.setenv("UPSTOX_PIN_CODE_FILE", "~/pin")
    assert Settings().secret("pin_code") == "0042"
    for given_, read in (
        ("sqlite:///~/t.db", f"sqlite:///{home}/t.db"),
        ("unix://~/r.sock", f"unix://{home}/r.sock"),
        ("unix://me:pass@~/r.sock?db=1", f"unix://me:pass@{home}/r.sock?db=1"),
        ("sqlite:///relative.db", "sqlite:///relative.db"),
    ):
        assert Settings(token_store=given_).token_store.get_secret_value() == read


@pytest.mark.skipif(sys.platform == "win32", reason="single quotes keep no words together there")
def test_a_tilde_in_a_command() -> None:
    home = Path.home()
    command = Settings(totp_command="~/bin/otp 'my upstox' ~").totp_command
    assert command is not None
    assert command.get_secret_value() == f"{home}/bin/otp 'my upstox' '~'"


def test_a_home_folder_that_is_not_known(refusal: Refusal) -> None:
    assert "that home folder is not known" in refusal(trace_dir="~nobody-of-this-name/traces")


@pytest.mark.parametrize("way", WAYS)
def test_a_relative_state_folder(
    way: str, refusal: Refusal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In another folder the record of refused PINs would be another one."""
    values = given(way, "state_dir", "state", monkeypatch)
    assert refusal(**values) == (
        "Settings that break a rule: UPSTOX_STATE_DIR: must be an absolute path."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there a home folder is always known")
def test_a_user_without_a_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs under a number: no traceback, and no folder named `~`."""
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", {"nobody": None}.__getitem__)
    (found,) = (each for each in check() if each.name == "UPSTOX_STATE_DIR")
    assert (found.state, found.problem) == (
        "invalid",
        "must be set, since this user has no home folder",
    )
    assert Settings(state_dir=tmp_path).state_dir == tmp_path
    with pytest.raises(ConfigurationError, match="no home folder"):
        Settings(profile="papa")

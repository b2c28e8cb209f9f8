"""`accounts list|remove`: what a user keeps for each profile."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from tests.store.conftest import MemoryKeyring
from upstox_browser_login.files.dotenv import line
from upstox_browser_login.ledger import LOGGED_OUT, Ledger
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings, profile_file
from upstox_browser_login.settings.deferred import forget_fetched
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key

from .conftest import Call, linux

NUMBER = "9876501234"


@pytest.fixture
def papa(
    upstox: Replica, call: Call, code: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A profile with a valid token."""
    path = profile(upstox, monkeypatch)
    done = call("exchange", "--profile", "papa", code())
    assert done.status == 0, done.err
    return path


def profile(upstox: Replica, monkeypatch: pytest.MonkeyPatch, **changes: str) -> Path:
    """A profile's file; what is in it is no longer in the environment."""
    path = profile_file("papa")
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {**upstox.settings(), **changes}
    path.write_text("".join(f"{line(name, each)}\n" for name, each in values.items() if each))
    for name in upstox.settings():
        if name != "UPSTOX_API_BASE_URL":
            monkeypatch.delenv(name)
    return path


def test_tokens_are_looked_for_where_options_say(
    papa: Path, call: Call, ask: Call, code: Callable[..., str], tmp_path: Path
) -> None:
    elsewhere = ("--token-store", f"sqlite:///{tmp_path}/t.db", "--state-dir", tmp_path / "other")

    def state(*words: object) -> str:
        return str(ask("accounts", "list", *words).data["accounts"][0]["token"])

    assert (state(), state(*elsewhere)) == ("valid", "none")
    assert call("exchange", "--profile", "papa", *elsewhere, code()).status == 0
    assert state(*elsewhere) == "valid"
    removed = ask("accounts", "remove", *elsewhere, "--yes", "papa").data["removed"]
    assert str(tmp_path / "t.db") in removed[0]
    assert not papa.exists()


def test_profiles_are_listed_without_a_number(
    papa: Path, call: Call, ask: Call, upstox: Replica
) -> None:
    (papa.parent / "broken.env").write_text("UPSTOX_PIN_CODE=abc\n")
    (papa.parent / "empty.env").touch()
    (papa.parent / "..no-name.env").touch()
    done = call("accounts", "list")
    assert done.status == 0, done.err
    shown = done.out + done.err
    number = upstox.account.mobile
    assert not [each for each in (number, number[:4], number[-4:]) if each in shown]
    assert f"papa\n  settings: {papa}\n  token:    dies at 03:30" in done.out
    found = {each["name"]: each for each in ask("accounts", "list").data["accounts"]}
    assert {name: each["token"] for name, each in found.items()} == {
        "papa": "valid",
        "broken": "unknown",
        "empty": "unknown",
    }
    assert "UPSTOX_PIN_CODE: must be 4 to 6 digits" in found["broken"]["problem"]
    kept_in = Path(found["papa"]["kept_in"])
    assert kept_in.is_dir(), "the number can be found from a token's name"
    assert "[redacted]" not in shown
    removed = ask("accounts", "remove", "papa", "--yes").data["removed"]
    assert removed == [f"the token in {kept_in}", str(papa)]


def test_one_profile_can_be_listed_alone(papa: Path, ask: Call) -> None:
    (papa.parent / "mama.env").touch()
    found = ask("accounts", "list", "--profile", "papa").data["accounts"]
    assert [each["name"] for each in found] == ["papa"]
    assert ask("accounts", "list", "--profile", "nobody").code == "CONFIGURATION"


@pytest.mark.usefixtures("papa")
def test_a_profile_has_a_token_of_its_own(call: Call) -> None:
    done = call("token", "--profile", "papa")
    assert done.status == 0, done.err
    assert len(done.out.splitlines()) == 1
    assert call("token", "--no-login").status != 0


def test_nothing_is_run_to_list_them(
    upstox: Replica,
    call: Call,
    ask: Call,
    code: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A number that a command gives is known by what it led to the last time."""
    program = f"open('runs', 'a').write('x'); print({upstox.account.mobile!r})"
    given = join_command([sys.executable, "-c", program])
    forget_fetched()
    profile(upstox, monkeypatch, UPSTOX_USERNAME="", UPSTOX_USERNAME_COMMAND=given)
    assert ask("accounts", "list").data["accounts"][0]["token"] == "unknown"
    assert not Path("runs").exists()
    assert call("exchange", "--profile", "papa", code()).status == 0
    Path("runs").unlink()
    forget_fetched()
    assert ask("accounts", "list").data["accounts"][0]["token"] == "valid"
    assert not Path("runs").exists()


def test_none_at_all(call: Call) -> None:
    assert "configure --profile NAME" in call("accounts", "list").out


def test_a_record_not_there_is_not_told(
    upstox: Replica, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has logged in with this profile."""
    profile(upstox, monkeypatch)
    done = call("accounts", "remove", "papa", "--yes")
    assert done.status == 0, done.err
    assert "record of past logins" not in done.out


@pytest.mark.usefixtures("papa")
def test_the_token_of_a_removed_profile_is_not_taken_for_lost(call: Call) -> None:
    """By the daily login of another profile of the same account."""
    settings = Settings(profile="papa")
    ledger = Ledger(open_ledger_documents(settings), account_key(settings))
    ledger.succeeded()
    assert call("accounts", "remove", "papa", "--yes").status == 0
    assert [each.outcome for each in ledger.history()] == ["succeeded", LOGGED_OUT]


@linux
def test_its_daily_login_is_told_when_one_is_removed(
    papa: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise that would go on with settings that are gone."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(papa.parents[2]))
    unit = papa.parents[2] / "systemd/user/upstox-browser-login-papa.service"
    unit.parent.mkdir(parents=True)
    unit.touch()
    done = call("accounts", "remove", "papa", "--yes")
    assert done.status == 0
    assert str(unit) in done.err
    assert "`upstox-browser-login service uninstall --for systemd --profile papa`" in done.err


@pytest.mark.parametrize("other", [("--profile", "mama"), ("--env-file", "my.env")])
def test_another_profile_than_the_one_to_be_removed_is_not_passed_over(
    papa: Path, ask: Call, other: tuple[str, str]
) -> None:
    Path("my.env").touch()
    papa.with_name("mama.env").touch()
    done = ask("accounts", "remove", "papa", "--yes", *other)
    assert done.status == 2
    assert other[0] in done.object["error"]["message"]
    assert papa.exists()
    assert ask("accounts", "remove", "papa", "--yes", "--profile", "papa").status == 0


def test_removing_one_leaves_the_record_of_past_logins(
    papa: Path, upstox: Replica, call: Call, ask: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says so: a refused PIN counts at Upstox whatever profile it came from."""
    memory = MemoryKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", memory)
    assert keyring.get_keyring() is memory
    memory.entries["upstox-browser-login:settings-x", "UPSTOX_PASSWORD"] = "gone"
    memory.entries["somebody-else", "UPSTOX_PIN_CODE"] = "stays"
    with papa.open("a", encoding="utf-8") as file:
        file.write("UPSTOX_PASSWORD_KEYRING=upstox-browser-login:settings-x\n")
    state = Settings(profile="papa").state_dir
    ledger = state / "ledger" / "ledger-of-some-account.json"
    ledger.parent.mkdir()
    ledger.write_text("{}")
    assert call("accounts", "remove", "papa").status == 2, "it asks, and nobody is there"
    assert papa.exists()
    settings = Settings(profile="papa")
    done = call("accounts", "remove", "papa", "--yes")
    assert done.status == 0, done.err
    assert not papa.exists()
    assert ledger.exists()
    assert f"Kept: {ledger.parent}" in done.out
    assert "lives on at Upstox" in done.err
    assert "logout --profile papa` would have revoked it." in done.err
    assert "answer no" not in done.err, "nobody is asked"
    assert open_store(settings).load(token_key(settings)) is None
    assert list(memory.entries.values()) == ["stays"]
    assert upstox.account.mobile not in done.out + done.err
    gone = ask("accounts", "remove", "papa", "--yes")
    assert (gone.status, gone.code) == (3, "CONFIGURATION")
    assert ask("accounts", "remove", "../papa", "--yes").status == 3
    assert json.dumps(gone.object)

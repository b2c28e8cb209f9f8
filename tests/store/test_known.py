"""The remembered names of a token and an account: nothing is run, and nothing given away."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from upstox_browser_login.programs import join_command
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.deferred import forget_fetched
from upstox_browser_login.store import account_key, known_account_key, known_token_key, token_key

NUMBER = "9876501234"


def command(number: str) -> str:
    code = f"open('runs', 'a').write('x'); print({number!r})"
    return join_command([sys.executable, "-c", code])


def runs() -> int:
    return len(Path("runs").read_text(encoding="utf-8")) if Path("runs").exists() else 0


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    forget_fetched()
    monkeypatch.setenv("UPSTOX_USERNAME_COMMAND", command(NUMBER))
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "an-app")
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def plain_key(state: Path) -> str:
    return token_key(Settings(username=NUMBER, client_id="an-app", state_dir=state))


def test_the_second_process_runs_nothing(state: Path) -> None:
    assert token_key(Settings()) == plain_key(state)
    assert runs() == 1
    forget_fetched()  # as a new process
    settings = Settings()
    assert token_key(settings) == plain_key(state)
    assert runs() == 1
    settings.require("username")
    assert token_key(settings) == plain_key(state)
    assert runs() == 2


def test_an_account_is_known_once_it_was_looked_up(state: Path) -> None:
    plain = account_key(Settings(username=NUMBER, state_dir=state))
    assert known_account_key(Settings()) is None
    assert account_key(Settings()) == plain
    assert runs() == 1
    forget_fetched()  # as a new process
    assert known_account_key(Settings()) == plain
    assert runs() == 1
    assert account_key(Settings()) == plain, "who writes looks it up"
    assert runs() == 2


def test_a_name_that_is_remembered_is_in_no_message(state: Path) -> None:
    """Whoever has it finds the number, also where that was not fetched by this process."""
    names = [token_key(Settings()), account_key(Settings())]
    forget_fetched()  # as a new process
    redactor.forget()
    assert [known_token_key(Settings()), known_account_key(Settings())] == names
    for name in names:
        assert name not in redactor.redact(f"{state}/tokens/{name}.json")


def test_other_settings_have_another_name(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token_key(Settings())
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "another-app")
    assert token_key(Settings()) == token_key(
        Settings(username=NUMBER, client_id="another-app", state_dir=state)
    )


def test_a_number_that_has_changed_is_known_after_a_login(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A login fetches everything, and what it finds is remembered in place of what was."""
    Path("number").write_text(NUMBER, encoding="utf-8")
    monkeypatch.setenv(
        "UPSTOX_USERNAME_COMMAND",
        join_command([sys.executable, "-c", "print(open('number').read())"]),
    )
    before = token_key(Settings())
    Path("number").write_text("6000000001", encoding="utf-8")
    forget_fetched()
    assert token_key(Settings()) == before
    settings = Settings()
    settings.fetch()
    after = token_key(settings)
    assert after != before
    forget_fetched()
    assert token_key(Settings()) == after


@pytest.mark.parametrize("by_command", [False, True])
def test_the_names_of_token_and_account_change_together(
    state: Path, monkeypatch: pytest.MonkeyPatch, *, by_command: bool
) -> None:
    """`unlock` asks for the account alone; a later `logout` is about that account's token."""
    Path("number").write_text(NUMBER, encoding="utf-8")
    monkeypatch.setenv(
        "UPSTOX_USERNAME_COMMAND",
        join_command([sys.executable, "-c", "print(open('number').read())"]),
    )
    if by_command:
        monkeypatch.delenv("UPSTOX_CLIENT_ID")
        command_of_key = join_command([sys.executable, "-c", "print('an-app')"])
        monkeypatch.setenv("UPSTOX_CLIENT_ID_COMMAND", command_of_key)
    token_key(Settings())
    Path("number").write_text("6000000001", encoding="utf-8")
    forget_fetched()
    account = account_key(Settings())
    forget_fetched()
    known = known_token_key(Settings())
    assert known is None if by_command else known not in {None, plain_key(state)}
    assert token_key(Settings()) == token_key(
        Settings(username="6000000001", client_id="an-app", state_dir=state)
    )
    assert known_account_key(Settings()) == account


def test_the_files_give_neither_name_nor_number_away(state: Path) -> None:
    settings = Settings()
    name, account = token_key(settings), account_key(settings)
    both = [*(state / "names").iterdir()]
    assert len(both) == 2
    for kept in both:
        data = kept.read_bytes()
        for known in (name, account, NUMBER):
            assert known.encode() not in data
            assert known not in kept.name
        assert bytes.fromhex(name) not in data
        assert bytes.fromhex(account) not in data
        if sys.platform != "win32":
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
            assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 100])
def test_what_is_damaged_is_fetched_anew(state: Path, data: bytes) -> None:
    token_key(Settings())
    names = [*(state / "names").iterdir()]
    for kept in names:
        kept.write_bytes(data)
    forget_fetched()
    assert token_key(Settings()) == plain_key(state)
    assert runs() == 2
    assert [len(kept.read_bytes()) for kept in names] == [32, 32]


def test_a_state_folder_that_cannot_be_written_is_no_obstacle(state: Path) -> None:
    state.write_text("a file in the way", encoding="utf-8")
    assert len(token_key(Settings())) == 32

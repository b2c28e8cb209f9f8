"""Commands that give settings, as the program runs them: as seldom as can be."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from upstox_browser_login.ledger import Ledger
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.deferred import forget_fetched
from upstox_browser_login.store import account_key, open_ledger_documents
from upstox_browser_login.token import Token

from .conftest import Call, plain

SECRETS = ("USERNAME", "PIN_CODE", "TOTP_SECRET", "CLIENT_ID", "CLIENT_SECRET", "REDIRECT_URI")


@pytest.fixture
def commands(upstox: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Every setting of the account is a command; which of them were run."""
    log = tmp_path / "run"
    log.touch()
    values = upstox.settings()
    for name in SECRETS:
        code = f"open({str(log)!r}, 'a').write('{name} '); print({values[f'UPSTOX_{name}']!r})"
        monkeypatch.delenv(f"UPSTOX_{name}")
        monkeypatch.setenv(f"UPSTOX_{name}_COMMAND", join_command([sys.executable, "-c", code]))
    forget_fetched()
    yield log
    forget_fetched()


def test_a_valid_token_is_printed_without_running_anything(
    stored: Token, call: Call, commands: Path
) -> None:
    """Once number and API key are known, in this process or an earlier one."""
    assert call("token", "--no-login").out.strip() == plain(stored)
    assert set(commands.read_text(encoding="utf-8").split()) == {"USERNAME", "CLIENT_ID"}
    commands.write_text("", encoding="utf-8")
    forget_fetched()
    assert call("token", "--no-login").out.strip() == plain(stored)
    assert commands.read_text(encoding="utf-8") == ""


def test_check_env_shows_commands_and_runs_none(
    stored: Token, call: Call, ask: Call, commands: Path
) -> None:
    del stored
    done = call("check-env")
    assert done.status == 0, done.err
    assert "UPSTOX_PIN_CODE                set (by a command)" in done.out
    assert "A login can start, as far as one can tell without --fetch." in done.out
    found = {each["name"]: each["by"] for each in ask("check-env").data["settings"]}
    assert found["UPSTOX_USERNAME"] == "command"
    assert commands.read_text(encoding="utf-8") == ""
    done = call("check-env", "--fetch")
    assert done.out.endswith("A login can start.\n")
    assert set(commands.read_text(encoding="utf-8").split()) == set(SECRETS)
    assert len(commands.read_text(encoding="utf-8").split()) == len(SECRETS)


def test_status_fetches_no_credential(stored: Token, call: Call, commands: Path) -> None:
    """Once number and API key are known it runs nothing, as `profile` and `check-env`."""
    del stored
    assert call("status").status == 0
    assert set(commands.read_text(encoding="utf-8").split()) == {"USERNAME", "CLIENT_ID"}
    commands.write_text("", encoding="utf-8")
    for command in (["status"], ["status", "--check"], ["profile"], ["check-env"]):
        forget_fetched()
        assert call(*command).status == 0
        assert commands.read_text(encoding="utf-8") == "", command


def test_a_block_is_told_without_fetching_the_pin(
    stored: Token,
    call: Call,
    ask: Call,
    commands: Path,
    upstox: Replica,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether it is still that PIN, the command that the hint names finds out."""
    del stored
    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.sending_pin(upstox.account.pin)
    ledger.pin_refused(upstox.account.pin)
    call("status")  # by which the names are known
    commands.write_text("", encoding="utf-8")
    for command in ("status", "check-env"):
        forget_fetched()
        blocked = ask(command).data["blocked"]
        assert blocked["reason"].startswith("Upstox refused a PIN at ")
        assert "UPSTOX_PIN_CODE_COMMAND" in blocked["hint"]
        assert "`upstox-browser-login check-env --fetch` looks whether it" in blocked["hint"]
    assert commands.read_text(encoding="utf-8") == ""
    assert ask("check-env", "--fetch").data["blocked"] is not None
    corrected = join_command([sys.executable, "-c", "print(135790)"])
    monkeypatch.setenv("UPSTOX_PIN_CODE_COMMAND", corrected)
    forget_fetched()
    assert ask("check-env", "--fetch").data["blocked"] is None


def test_auth_url_fetches_no_secret(call: Call, commands: Path) -> None:
    assert call("auth-url").status == 0
    assert set(commands.read_text(encoding="utf-8").split()) == {"CLIENT_ID", "REDIRECT_URI"}


def test_exec_withholds_what_gives_secrets(
    stored: Token, upstox: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del stored, upstox
    from upstox_browser_login.cli.exec_ import environment
    from upstox_browser_login.settings import Settings

    given = {
        "UPSTOX_PIN_CODE_COMMAND": "op read pin",
        "UPSTOX_PASSWORD_KEYRING": "a-service",
        "UPSTOX_SECRETS_DIR": "/run/secrets",
        "UPSTOX_TIMEOUT": "90",
    }
    kept = environment(given, "a-token", Settings())
    assert kept == {"UPSTOX_TIMEOUT": "90", "UPSTOX_ACCESS_TOKEN": "a-token"}
    assert json.dumps(kept)

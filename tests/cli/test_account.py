"""`status`, `logout`, `profile`, `funds`, `unlock`: with what is stored."""

from __future__ import annotations

import pytest

from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import seams
from upstox_browser_login.token import Token

from .conftest import Call

# -- profile and funds ---------------------------------------------------------------------------


def test_profile(ask: Call, call: Call, stored: Token) -> None:
    del stored
    assert ask("profile").data["user_name"] == "ASHA RAO"
    text = call("profile").out
    assert "user name:    ASHA RAO\n" in text
    assert "is active:    yes\n" in text


def test_funds(ask: Call, call: Call, stored: Token, upstox: Replica) -> None:
    del stored
    assert "equity" in ask("funds").data
    assert "available margin:       48,749.50" in call("funds").out
    assert ask("funds", "--segment", "COM").status == 0
    assert upstox.log.of("funds")[-1].query == {"segment": "COM"}
    assert "available_to_trade" in ask("funds", "--v3").data
    assert "available to trade:" in call("funds", "--v3").out
    assert call("funds", "--v3", "--segment", "SEC").status == 2
    assert call("funds", "--segment", "XYZ").status == 2


def test_funds_at_night(ask: Call, stored: Token, upstox: Replica) -> None:
    del stored
    upstox.set("funds-closed")
    done = ask("funds")
    assert (done.status, done.code) == (9, "MAINTENANCE")


@pytest.mark.parametrize("command", ["profile", "funds"])
def test_they_never_log_in(ask: Call, upstox: Replica, command: str) -> None:
    assert ask(command).code == "NO_VALID_TOKEN"
    assert len(upstox.log) == 0


@pytest.mark.parametrize("command", ["profile", "funds"])
def test_a_revoked_token(ask: Call, stored: Token, upstox: Replica, command: str) -> None:
    del stored
    upstox.reset()
    done = ask(command)
    assert (done.status, done.code) == (4, "TOKEN_REVOKED")


@pytest.mark.parametrize(
    "words",
    [["exchange", "aB3xY9"], ["profile"], ["funds"], ["logout"], ["request-token"], ["login"]],
    ids=lambda words: words[0],
)
def test_an_untrusted_origin_is_warned_of_once(
    call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """Also by the commands that type nothing, but send a token, a code or the client secret."""

    async def no_login(*_: object) -> None:
        raise UpstoxError("No browser today.")

    del upstox
    monkeypatch.setattr(seams, "log_in", no_login)
    monkeypatch.setenv("UPSTOX_API_BASE_URL", "https://upstox.invalid")
    monkeypatch.setenv("UPSTOX_ALLOW_UNTRUSTED_ORIGIN", "true")
    done = call(*words)
    assert done.status not in {0, 3}
    assert done.err.count("UPSTOX_ALLOW_UNTRUSTED_ORIGIN is set") == 1
    assert "upstox.invalid" in done.err


@pytest.mark.parametrize("words", [("status",), ("profile",), ("logout",), ("token", "--no-login")])
def test_a_store_in_memory_sends_nobody_to_log_in(
    ask: Call, upstox: Replica, words: tuple[str, ...]
) -> None:
    """Each such login would send a PIN, and its token would be gone for the next command."""
    del upstox
    done = ask(*words, "--token-store", "memory")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert (
        "--token-store=memory keeps a token for the process alone" in (done.object["error"]["hint"])
    )

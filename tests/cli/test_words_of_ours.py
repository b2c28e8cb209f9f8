"""Secrets that are ordinary words leave our own keys and words alone."""

from __future__ import annotations

from datetime import UTC, datetime

from upstox_browser_login.cli.login import details
from upstox_browser_login.cli.obtain import login_data, token_data
from upstox_browser_login.cli.results import Theirs, envelope
from upstox_browser_login.errors import TokenExchangeError
from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult, StepTime
from upstox_browser_login.token import Token

from .conftest import KEYS, Call

NOW = datetime(2026, 10, 7, 4, 0, tzinfo=UTC)


def test_a_password_that_is_a_word_of_ours_spoils_no_json() -> None:
    """`redis://:redis@localhost` is what many a compose file has."""
    for secret in ("redis", "store", "login", "Bearer", "data", "exchange", "code"):
        redactor.register(secret, "password in an address")
    token = Token.from_reply({"access_token": "opaque-token", "user_name": "redis"}, issued_at=NOW)
    result = LoginResult(token, "login", "redis", (StepTime("exchange", 1.0),))
    value = envelope(
        "login", exit_code=0, data={**login_data(result, show_token=False)}, error=None
    )
    assert value["data"]["store"] == "redis"
    assert value["data"]["source"] == "login"
    assert value["data"]["steps"] == [{"step": "exchange", "seconds": 1.0}]
    assert value["data"]["user_name"] == MASK, "what Upstox says is redacted all the same"
    value = envelope("token", exit_code=0, data=token_data(result), error=None)
    assert value["data"]["token_type"] == "Bearer"


def test_generate_token_prints_the_lines_that_users_of_upstox_totp_read() -> None:
    reply = {
        "access_token": "opaque-token",
        "user_id": "BAT123",
        "user_name": "Batman",
        "user_type": "individual",
        "broker": "UPSTOX",
        "email": "batman@mail.example",
        "products": ["D", "I", "CO"],
        "exchanges": ["NSE_EQ", "BSE_EQ"],
        "is_active": True,
    }
    assert details(Token.from_reply(reply, issued_at=NOW)) == [
        "Access Token: opaque-token",
        "User ID: BAT123",
        "User Name: Batman",
        "User Type: individual",
        "Broker: UPSTOX",
        "Email: batman@mail.example",
        "Products: D, I, CO",
        "Exchanges: NSE_EQ, BSE_EQ",
        "Is Active: True",
        "Expires At: 2026-10-08 03:30:00 IST",
    ]
    unknown = details(Token.from_reply({"access_token": "opaque-token"}, issued_at=NOW))
    assert {"User ID: -", "Products: -", "Is Active: -"} <= set(unknown)


def test_keys_and_steps_of_an_error_stay() -> None:
    redactor.register_all(("code", "exchange", "message"), "password in an address")
    error = TokenExchangeError("the exchange failed", code="CODE_REJECTED", step="exchange")
    value = envelope("login", exit_code=9, data=None, error=error)["error"]
    assert set(value) == {"code", "message", "hint", "step", "upstox_code", "trace"}
    assert value["step"] == "exchange"
    assert value["message"] == f"the {MASK} failed"


def test_keys_that_upstox_chose_are_redacted() -> None:
    redactor.register("r3pl1cas3cret", "client secret")
    data = Theirs({"r3pl1cas3cret": {"a r3pl1cas3cret": 1}})
    value = envelope("profile", exit_code=0, data=data, error=None)
    assert value["data"] == {MASK: {f"a {MASK}": 1}}


def test_a_strangers_address_spoils_no_json(ask: Call, upstox: Replica) -> None:
    for address in ("https://x.example/", upstox.account.redirect_uri):
        done = ask("exchange", f"{address}?code=true&state=data")
        assert done.status != 0
        assert set(done.object) == KEYS
    assert redactor.redact("true data") == "true data"

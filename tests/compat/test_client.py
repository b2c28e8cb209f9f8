"""`UpstoxTOTP` beyond the examples: what each parameter does, and what is wrong with it."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Iterator
from typing import Any

import httpx2
import pyotp
import pytest
from pydantic import SecretStr

from tests.compat.conftest import World
from upstox_browser_login import (
    ConfigurationError,
    CredentialsRejectedError,
    Token,
    UpstoxTOTP,
)
from upstox_browser_login.store import open_store, token_key

GOOD = {
    "username": "9876501234",
    "password": "correct horse 7",
    "pin_code": "024680",
    "totp_secret": "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA",
    "client_id": "an-app",
    "client_secret": "a-secret",
    "redirect_uri": "https://callback.invalid/upstox?tenant=7",
}


@pytest.fixture
def quiet() -> Iterator[logging.Logger]:
    """The library's logger, put back afterwards."""
    logger = logging.getLogger("upstox_browser_login")
    level, handlers = logger.level, logger.handlers[:]
    yield logger
    logger.level, logger.handlers = level, handlers
    logging.getLogger("upstox_browser_login.session").manager._clear_cache()  # type: ignore[attr-defined]


def test_the_signature_is_the_older_one() -> None:
    parameters = inspect.signature(UpstoxTOTP).parameters
    assert list(parameters)[: len(GOOD) + 2] == [*GOOD, "debug", "sleep_time"]
    assert {each.kind for each in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("username", "12345", "10 digits"),
        ("username", "1876501234", "10 digits"),
        ("password", "", "empty"),
        ("pin_code", "12", "4 to 6 digits"),
        ("pin_code", SecretStr("1234567"), "4 to 6 digits"),
        ("pin_code", 24680, "must be a string"),
        ("totp_secret", "not base32!", "base32"),
        ("totp_secret", "JBSWY3DPEHPK3PXP", "refused by pyotp"),
        ("client_id", " ", "empty"),
        ("client_secret", SecretStr(""), "empty"),
        ("redirect_uri", "callback", "absolute http"),
        ("sleep_time", 99, "100"),
        ("sleep_time", 10_001, "10000"),
    ],
)
def test_every_parameter_has_its_rule(name: str, value: Any, rule: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"(?i)UPSTOX_{name}.*{rule}") as caught:
        UpstoxTOTP(**(GOOD | {name: value}))
    given = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    if len(given) > 5:
        assert given not in str(caught.value)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("name", [name for name in GOOD if name != "password"])
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"UPSTOX_{name.upper()} is not set"):
        UpstoxTOTP(**{each: value for each, value in GOOD.items() if each != name})  # type: ignore[arg-type]


@pytest.mark.usefixtures("bare")
def test_a_password_is_not_needed() -> None:
    assert UpstoxTOTP(**{**GOOD, "password": None}).settings.password is None  # type: ignore[arg-type]


@pytest.mark.usefixtures("bare")
def test_an_env_file_has_to_be_there() -> None:
    with pytest.raises(ConfigurationError, match=r"\.env\.production does not exist"):
        UpstoxTOTP.from_env_file(".env.production")


def test_arguments_go_before_the_environment() -> None:
    assert UpstoxTOTP(client_id="other-app").settings.client_id == "other-app"


def test_nothing_is_shown_of_it() -> None:
    shown = repr(vars(UpstoxTOTP()))
    assert "024680" not in shown
    assert "9876501234" not in shown


def test_sleep_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause by default; the setting and the argument are honoured."""
    assert UpstoxTOTP().settings.sleep_time is None
    assert UpstoxTOTP(sleep_time=1000).settings.sleep_time == 1000
    monkeypatch.setenv("UPSTOX_SLEEP_TIME", "250")
    assert UpstoxTOTP().settings.sleep_time == 250


def test_debug(monkeypatch: pytest.MonkeyPatch, quiet: logging.Logger) -> None:
    UpstoxTOTP()
    assert quiet.level == logging.NOTSET
    monkeypatch.setenv("UPSTOX_DEBUG", "true")
    assert UpstoxTOTP().settings.debug
    assert quiet.level == logging.DEBUG


def test_the_debug_log_is_redacted(caplog: pytest.LogCaptureFixture, quiet: logging.Logger) -> None:
    upx = UpstoxTOTP(debug=True)
    quiet.debug("the PIN is %s", upx.settings.secret("pin_code"))
    assert "the PIN is [redacted]" in caplog.text


@pytest.mark.usefixtures("stored")
def test_debug_shows_without_any_logging_set_up(
    capsys: pytest.CaptureFixture[str], quiet: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    UpstoxTOTP(debug=True)
    quiet.debug("something happens")
    UpstoxTOTP(debug=True)
    assert len(quiet.handlers) == 1
    assert capsys.readouterr().err.count("something happens") == 1


def test_the_request_id_is_of_the_instance() -> None:
    upx = UpstoxTOTP()
    first = upx.generate_request_id()
    upx.reset_session()
    assert upx.generate_request_id() == first
    assert UpstoxTOTP().generate_request_id() != first


def test_the_code_is_the_current_one(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr(world.clock, "time", lambda: 1_790_000_000.0)
    expected = pyotp.TOTP(world.replica.account.totp_secret).at(1_790_000_000)
    assert UpstoxTOTP().generate_totp_secret() == expected


async def test_the_code_of_a_command_in_an_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPSTOX_TOTP_SECRET")
    monkeypatch.setenv("UPSTOX_TOTP_COMMAND", "echo 123 456")
    assert UpstoxTOTP().generate_totp_secret() == "123456"
    await asyncio.sleep(0)


def test_a_session_after_the_end() -> None:
    with UpstoxTOTP() as upx:
        first = upx.session
    upx.close()
    assert isinstance(upx.session, httpx2.Client)
    assert upx.session is not first
    upx.close()


def test_reset_puts_everything_back() -> None:
    with UpstoxTOTP() as upx:
        session = upx.session
        before = (dict(session.headers), session.timeout, session.event_hooks, session.auth)
        session.headers["X-Mine"] = "1"
        session.cookies.set("mine", "1")
        session.params = {"mine": "1"}
        session.timeout = 1
        session.auth = ("me", "secret")
        upx.reset_session()
        after = (dict(session.headers), session.timeout, session.event_hooks, session.auth)
        assert after == before
        assert not session.cookies
        assert not session.params
        assert not session.is_closed


@pytest.mark.usefixtures("sharing", "no_token")
def test_a_failure_is_raised_with_a_way_out(world: World) -> None:
    """`success` is never false: what went wrong is an `UpstoxError`."""
    world.replica.set("bad-client")
    try:
        with pytest.raises(CredentialsRejectedError) as caught:
            UpstoxTOTP().app_token.get_access_token()
    finally:
        world.replica.set("no-otp-limit")
    assert caught.value.code == "CLIENT_REJECTED"
    assert "UPSTOX_CLIENT_ID" in str(caught.value)


def test_the_stored_token_is_handed_out(stored: Token, world: World) -> None:
    """And one that somebody has put in its place since."""
    upx = UpstoxTOTP()
    data = upx.app_token.get_access_token().data
    assert data is not None
    assert data.access_token == stored.access_token.get_secret_value()
    assert stored.extended_token is not None
    assert data.extended_token == stored.extended_token.get_secret_value()
    newer = stored.model_copy(update={"access_token": SecretStr("a.newer.token")})
    open_store(upx.settings).save(token_key(upx.settings), newer)
    data = upx.app_token.get_access_token().data
    assert data is not None
    assert data.access_token == "a.newer.token"
    assert world.state == upx.settings.state_dir

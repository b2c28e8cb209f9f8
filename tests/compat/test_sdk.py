"""The official SDK, with `token.sdk_configuration()`, against the replica."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import upstox_client  # type: ignore[import-untyped]  # has no types
from upstox_client.rest import ApiException  # type: ignore[import-untyped]  # has no types

from tests.compat.conftest import World
from tests.replica.visitor import Visitor
from upstox_browser_login import Settings, Token


@pytest.fixture(autouse=True)
def no_default() -> Iterator[None]:
    """The SDK's configuration is one for the process; each test has its own process, so to say."""
    upstox_client.Configuration.set_default(None)
    yield
    upstox_client.Configuration.set_default(None)


@pytest.fixture
def token() -> Token:
    return Token.from_reply({"access_token": "a.b.c"}, issued_at=datetime.now(UTC))


def client(token: Token) -> Any:
    return upstox_client.ApiClient(token.sdk_configuration())


def test_profile(stored: Token, world: World) -> None:
    user_api = upstox_client.UserApi(client(stored))
    profile = user_api.get_profile(api_version="2.0").data
    account = world.replica.account
    assert (profile.user_id, profile.user_name) == (account.user_id, account.user_name)
    assert profile.broker == "UPSTOX"
    assert profile.is_active is True
    assert "NSE" in profile.exchanges
    assert "D" in profile.products


def test_funds(stored: Token) -> None:
    funds = upstox_client.UserApi(client(stored)).get_user_fund_margin(api_version="2.0").data
    assert funds["equity"].available_margin == 48749.5
    assert funds["equity"].used_margin == 1250.5


def test_logout(stored: Token, world: World) -> None:
    before = world.replica.counts.logouts
    api = client(stored)
    assert upstox_client.LoginApi(api).logout(api_version="2.0").status == "success"
    assert world.replica.counts.logouts == before + 1
    with pytest.raises(ApiException) as caught:
        upstox_client.UserApi(api).get_profile(api_version="2.0")
    assert caught.value.status == 401
    assert b"UDAPI100050" in caught.value.body


def test_authorize(token: Token, world: World) -> None:
    """`LoginApi.authorize`, as its document shows it: it leads to the login page, and no further.

    The SDK sends no response_type, and takes the page for an answer without a value.
    """
    account = world.replica.account
    login_api = upstox_client.LoginApi(client(token))
    before = len(world.replica.log)
    answer = login_api.authorize(
        client_id=account.client_id,
        redirect_uri=account.redirect_uri,
        api_version="2.0",
        state="random_state_value",
    )
    assert answer is None
    dialog, page = world.replica.log.snapshot()[before:]
    assert dialog.path == "/v2/login/authorization/dialog"
    assert dialog.query["state"] == "random_state_value"
    assert "response_type" not in dialog.query
    assert (page.origin, page.path) == ("login", "/login/v2/oauth/authorize")
    with pytest.raises(ApiException) as caught:
        login_api.authorize(
            client_id="your_client_id", redirect_uri=account.redirect_uri, api_version="2.0"
        )
    assert b"UDAPI100068" in caught.value.body


def test_exchange(token: Token, visitor: Visitor, world: World) -> None:
    """`LoginApi.token`, with the code of a browser."""
    world.clock.offset += 30
    account = world.replica.account
    reply = upstox_client.LoginApi(client(token)).token(
        api_version="2.0",
        code=visitor.code(),
        client_id=account.client_id,
        client_secret=account.client_secret,
        redirect_uri=account.redirect_uri,
        grant_type="authorization_code",
    )
    assert reply.user_id == account.user_id
    assert visitor.user("/v2/user/profile", reply.access_token).status_code == 200


def test_indie_token_request(token: Token, world: World) -> None:
    account = world.replica.account
    world.replica._world.notifier_url = "https://notifier.invalid/upstox"
    body = upstox_client.IndieUserTokenRequest(client_secret=account.client_secret)
    api = upstox_client.LoginApi(client(token))
    answer = api.init_token_request_for_indie_user(body, account.client_id)
    assert answer.status == "success"
    assert answer.data.notifier_url == "https://notifier.invalid/upstox"
    assert int(answer.data.authorization_expiry) > 1_700_000_000_000


def test_it_changes_nobody_s_default(token: Token) -> None:
    """Otherwise a sandbox asked for afterwards would be production: real orders, real money."""
    token.sdk_configuration()
    sandbox = upstox_client.Configuration(sandbox=True)
    assert sandbox.sandbox
    assert sandbox.access_token == ""
    mine = token.sdk_configuration()
    assert not mine.sandbox
    assert upstox_client.Configuration().sandbox


def test_a_default_of_the_user_s_is_kept(token: Token) -> None:
    default = upstox_client.Configuration()
    default.proxy = "http://127.0.0.1:3128"
    default.api_key["x"] = "y"
    upstox_client.Configuration.set_default(default)
    mine = token.sdk_configuration()
    assert mine.proxy == "http://127.0.0.1:3128"
    mine.api_key["x"] = "z"
    assert upstox_client.Configuration().api_key == {"x": "y"}
    assert upstox_client.Configuration().access_token == ""


def test_hosts(token: Token, world: World) -> None:
    mine = token.sdk_configuration()
    assert (mine.host, mine.order_host) == (world.replica.api_url,) * 2
    real = token.sdk_configuration(Settings(api_base_url="https://api.upstox.com"))
    assert real.host == "https://api.upstox.com"
    assert real.order_host == "https://api-hft.upstox.com"
    upstox_client.Configuration(sandbox=True)
    real = token.sdk_configuration(Settings(api_base_url="https://api.upstox.com"))
    assert (real.host, real.order_host, real.sandbox) == (
        "https://api.upstox.com",
        "https://api-hft.upstox.com",
        False,
    )


def test_many_add_no_log_handlers(token: Token) -> None:
    first = token.sdk_configuration().logger["package_logger"]
    handlers = first.handlers[:]
    for _ in range(3):
        token.sdk_configuration()
    assert first.handlers == handlers


def test_without_the_sdk() -> None:
    code = (
        "import sys; sys.modules['upstox_client'] = None\n"
        "from datetime import datetime, UTC\n"
        "from upstox_browser_login import Token, ConfigurationError\n"
        "token = Token.from_reply({'access_token': 'abcdef'}, issued_at=datetime.now(UTC))\n"
        "try: token.sdk_configuration()\n"
        "except ConfigurationError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'upstox-browser-login[sdk]'" in done.stdout

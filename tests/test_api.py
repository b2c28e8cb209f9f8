"""The calls with a token: profile, funds, logout."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.harness import Desk, token_of
from tests.test_refusals import envelope
from upstox_browser_login import api
from upstox_browser_login.errors import (
    CredentialsRejectedError,
    NotLoggedInError,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.http import Reply
from upstox_browser_login.replica import Replica


def answer(monkeypatch: pytest.MonkeyPatch, status: int, data: Any) -> None:
    """Let Upstox answer every call like this."""

    async def call(*_: Any, **__: Any) -> Reply:
        return Reply(status, {}, b"<html>" if data is None else json.dumps(data).encode())

    monkeypatch.setattr(api, "call", call)


async def test_profile_funds_and_logout(desk: Desk, replica: Replica) -> None:
    settings, token = desk.settings(replica), token_of(replica)
    assert (await api.profile(settings, token))["user_id"] == replica.account.user_id
    assert "equity" in await api.funds(settings, token, segment="SEC")
    assert "available_to_trade" in await api.funds(settings, token, v3=True)
    assert await api.token_is_alive(settings, token)
    await api.logout(settings, token)
    assert not await api.token_is_alive(settings, token)
    # Dead already: what was wanted.
    await api.logout(settings, token)


@pytest.mark.parametrize(
    ("scenario", "alive"),
    [
        ("static-ip", True),
        ("http=profile:500", None),
        ("garbage=profile", None),
        ("html=profile:401", None),
    ],
)
async def test_whether_a_token_is_alive(scenario: str, alive: bool | None, desk: Desk) -> None:
    """Only Upstox's own word kills it: trouble on the way is no answer."""
    with Replica(scenario, clock=desk.clock.time) as replica:
        asked = api.token_is_alive(desk.settings(replica), token_of(replica))
        if alive is None:
            with pytest.raises(UpstoxError):
                await asked
        else:
            assert await asked is alive


@pytest.mark.parametrize("code", ["UDAPI100050", "UDAPI1154", "UDAPI100500", None])
async def test_only_a_dead_token_is_revoked_already(
    code: str | None, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gateway's 401 on `logout` leaves the token alive, and so does a static IP rule's."""
    answer(monkeypatch, 401, None if code is None else envelope(code))
    done = api.logout(desk.settings(replica), token_of(replica))
    if code == "UDAPI100050":
        await done
    else:
        with pytest.raises(UpstoxError) as caught:
            await done
        assert caught.value.exit_code != NotLoggedInError.exit_code


async def test_an_error_in_a_success(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP 200 around an error envelope."""
    settings, token = desk.settings(replica), token_of(replica)
    answer(monkeypatch, 200, envelope("UDAPI100072", "Closed for the night"))
    with pytest.raises(UpstoxUnavailableError, match="Closed for the night") as caught:
        await api.funds(settings, token)
    assert caught.value.upstox_code == "UDAPI100072"
    answer(monkeypatch, 200, envelope("UDAPI100069", "No such app"))
    with pytest.raises(CredentialsRejectedError, match="No such app") as rejected:
        await api.request_token(settings)
    assert (rejected.value.upstox_code, rejected.value.step) == ("UDAPI100069", "exchange")
    answer(monkeypatch, 200, envelope("UDAPI100050"))
    assert not await api.token_is_alive(settings, token)


@pytest.mark.parametrize("asked", ["profile", "funds", "logout", "alive"])
@pytest.mark.parametrize(
    ("status", "data"), [(200, None), (200, [1]), (200, "yes"), (403, None), (404, {})]
)
async def test_a_bad_body_is_trouble_at_upstox(
    asked: str,
    status: int,
    data: Any,
    desk: Desk,
    replica: Replica,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And no error of an exchange: there was none."""
    answer(monkeypatch, status, data)
    calls: dict[str, Any] = {
        "profile": api.profile,
        "funds": api.funds,
        "logout": api.logout,
        "alive": api.token_is_alive,
    }
    with pytest.raises(UpstoxUnavailableError) as caught:
        await calls[asked](desk.settings(replica), token_of(replica))
    assert (caught.value.code, caught.value.exit_code) == ("SERVER_ERROR", 9)


@pytest.mark.parametrize("data", [{}, {"data": None}, {"data": []}])
async def test_an_answer_without_data_is_trouble_at_upstox(
    data: Any, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, 200, data)
    for asked in (api.profile, api.funds):
        with pytest.raises(UpstoxUnavailableError, match="has no data"):
            await asked(desk.settings(replica), token_of(replica))
    with pytest.raises(TokenExchangeError, match="has no data"):
        await api.request_token(desk.settings(replica))

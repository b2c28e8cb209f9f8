"""Who gets the token, and what a dead one leads to, whichever client asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from tests.auth.sending import (
    DIALOG,
    FUNDS,
    PROFILE,
    Send,
    dead_token,
    keep,
    sent_tokens,
    token_of,
)
from tests.harness import Desk, variants
from tests.replica.visitor import Visitor
from upstox_browser_login import (
    ConfigurationError,
    Httpx2Auth,
    HttpxAuth,
    RequestsAuth,
    Settings,
    Token,
    UpstoxError,
)
from upstox_browser_login.auth.bearer import Bearer, header_of, means_dead_token
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult, seams
from upstox_browser_login.store import open_store, token_key


def test_the_first_request_logs_in(send: Send, replica: Replica, logins: list[Token]) -> None:
    for _ in range(2):
        answer = send("GET", replica.api_url + PROFILE)
        assert answer.status == 200
        assert answer.data["data"]["user_id"] == replica.account.user_id
    assert len(logins) == 1
    assert sent_tokens(replica) == [header_of(logins[0])] * 2


def test_a_dead_token_is_replaced_once(
    send: Send, replica: Replica, desk: Desk, settings: Settings, logins: list[Token]
) -> None:
    dead = dead_token(desk)
    keep(settings, dead)
    answer = send("GET", replica.api_url + PROFILE)
    assert (answer.status, answer.history) == (200, [401])
    assert sent_tokens(replica) == [header_of(dead), header_of(logins[0])]
    assert send("GET", replica.api_url + PROFILE).status == 200
    assert len(logins) == 1


@pytest.mark.parametrize("replica", [("html=profile:401",)], indirect=True)
@pytest.mark.parametrize("minutes", [3, *variants(0)])
def test_a_gateway_s_refusal_is_no_reason_to_log_in(
    send: Send,
    replica: Replica,
    desk: Desk,
    settings: Settings,
    logins: list[Token],
    minutes: int,
) -> None:
    """Nor to throw the token away: Upstox has said nothing of it."""
    for number in range(5):
        answer = send("GET", replica.api_url + PROFILE)
        assert (answer.status, answer.history) == (401, [])
        if number == 0:
            desk.clock.offset += 60 * minutes
    assert len(logins) == 1
    assert open_store(settings).load(token_key(settings)) == logins[0]


@pytest.mark.parametrize("replica", [("html=funds:401",)], indirect=True)
@pytest.mark.parametrize("dead", [True, False])
def test_a_refusal_without_a_code_is_confirmed(
    send: Send,
    replica: Replica,
    visitor: Visitor,
    desk: Desk,
    settings: Settings,
    logins: list[Token],
    dead: bool,
) -> None:
    token = dead_token(desk)
    if not dead:
        living = token_of(visitor.token(), desk).access_token
        token = token.model_copy(update={"access_token": living})
    keep(settings, token)
    answer = send("GET", replica.api_url + FUNDS)
    assert (answer.status, answer.history) == (401, [401] if dead else [])
    assert sent_tokens(replica) == [header_of(token)]  # asked once
    assert len(logins) == dead


def test_a_new_token_is_not_replaced(
    send: Send, replica: Replica, desk: Desk, settings: Settings, logins: list[Token]
) -> None:
    """What refuses it would refuse the next one too."""
    token = token_of("dead.token.here", desk)
    keep(settings, token)
    assert send("GET", replica.api_url + PROFILE).status == 401
    assert sent_tokens(replica) == [header_of(token)]
    assert open_store(settings).load(token_key(settings)) == token
    assert logins == []


@pytest.mark.parametrize("skew", [-600.0, 0.0, 600.0])
@pytest.mark.parametrize(("minutes", "young"), [(1, True), (3, False)])
def test_how_new_a_token_is_does_not_depend_on_this_machine_s_clock(
    settings: Settings, skew: float, minutes: int, *, young: bool
) -> None:
    """Otherwise a machine whose clock is slow would log in for every request that is refused."""
    by_upstox = datetime.now(UTC) + timedelta(seconds=skew)
    token = Token.from_reply(
        {"access_token": "a.live.token"}, issued_at=by_upstox - timedelta(minutes=minutes)
    )
    token = token.model_copy(update={"clock_skew": skew})
    assert Bearer(settings).is_young(token) is young


@pytest.mark.parametrize("replica", [("static-ip",)], indirect=True)
def test_other_refusals_are_the_caller_s(send: Send, replica: Replica, logins: list[Token]) -> None:
    answer = send("GET", replica.api_url + PROFILE)
    assert answer.status >= 400
    assert answer.history == []
    assert len(logins) == 1


def test_a_token_that_somebody_has_replaced_stays(
    send: Send,
    replica: Replica,
    visitor: Visitor,
    desk: Desk,
    settings: Settings,
    logins: list[Token],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another process noticed first: its token is used, not thrown away."""
    keep(settings, dead_token(desk))
    newer = token_of(visitor.token(), desk)
    forget = Bearer.forget

    def forget_late(self: Bearer, dead: Token) -> None:
        keep(settings, newer)
        forget(self, dead)

    monkeypatch.setattr(Bearer, "forget", forget_late)
    assert send("GET", replica.api_url + PROFILE).status == 200
    assert sent_tokens(replica)[-1] == header_of(newer)
    assert logins == []


def test_many_threads_replace_it_once(
    replica: Replica, desk: Desk, settings: Settings, logins: list[Token]
) -> None:
    keep(settings, dead_token(desk))
    with (
        httpx2.Client(auth=Httpx2Auth(settings), trust_env=False) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        statuses = pool.map(lambda _: client.get(replica.api_url + PROFILE).status_code, range(16))
        assert set(statuses) == {200}
    assert len(logins) == 1


def test_other_hosts_do_not_get_it(send: Send, replica: Replica, logins: list[Token]) -> None:
    assert send("GET", f"{replica.third_party_url}/pixel.gif").status == 200
    assert logins == []
    (entry,) = replica.log
    assert "authorization" not in entry.headers


@pytest.mark.parametrize("replica", [("http=authorize:401",)], indirect=True)
@pytest.mark.usefixtures("logins")
def test_a_redirect_does_not_take_it_along(
    send: Send, replica: Replica, desk: Desk, settings: Settings
) -> None:
    """Nor is the 401 of the other host one about the token."""
    token = token_of("a.live.token", desk)
    keep(settings, token)
    account = replica.account
    query = f"client_id={account.client_id}&redirect_uri={account.redirect_uri}&response_type=code"
    answer = send("GET", f"{replica.api_url}{DIALOG}?{query.replace('?', '%3F')}")
    assert (answer.status, answer.history) == (401, [302])
    assert sent_tokens(replica, "dialog") == [header_of(token)]
    assert sent_tokens(replica, "authorize") == [None]


@pytest.mark.parametrize(
    ("base", "url", "expected"),
    [
        ("https://api.upstox.com", "https://api.upstox.com/v2/user/profile", True),
        ("https://api.upstox.com", "https://api.upstox.com:443/v2/order/place", True),
        ("https://api.upstox.com", "HTTPS://API.UPSTOX.COM/v2", True),
        ("https://api.upstox.com", "https://api-hft.upstox.com/v3/order/place", True),
        ("https://api.upstox.com", "https://api-v2.upstox.com/v2/user/profile", True),
        ("https://api.upstox.com", "http://api.upstox.com/v2/user/profile", False),
        ("https://api.upstox.com", "https://api.upstox.com:8443/v2", False),
        ("https://api.upstox.com", "https://api.upstox.com.evil.example/v2", False),
        ("https://api.upstox.com", "https://api.upstox.com@evil.example/v2", False),
        ("https://api.upstox.com", "https://upstox.com/", False),
        ("https://api.upstox.com", "https://api-sandbox.upstox.com/v2/order/place", False),
        ("https://api.upstox.com", "https://api.upstox.com:port/", False),
        ("https://api.upstox.com", "/v2/user/profile", False),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/v2", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8001/v2", False),
        ("http://127.0.0.1:8000", "http://localhost:8000/v2", False),
        ("http://127.0.0.1:8000", "https://api-hft.upstox.com/v3/order/place", False),
    ],
)
def test_the_api_is_its_origin(base: str, url: str, *, expected: bool) -> None:
    assert Bearer(Settings(api_base_url=base)).is_for_api(url) is expected


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, b'{"status":"error","errors":[{"errorCode":"UDAPI100050"}]}', True),
        (401, b"<html>Unauthorized</html>", False),
        (401, b"", False),
        (401, b'{"status":"error","errors":[{"errorCode":"UDAPI100067"}]}', False),
        (403, b'{"status":"error","errors":[{"errorCode":"UDAPI100050"}]}', False),
        (200, b"", False),
    ],
)
def test_which_answers_mean_a_dead_token(status: int, body: bytes, *, expected: bool) -> None:
    headers = {"Content-Type": "application/json; charset=UTF-8"}
    assert means_dead_token(status, headers, body) is expected


def test_a_login_that_fails_is_its_own_error(
    send: Send, settings: Settings, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_login(*_: object) -> LoginResult:
        raise UpstoxError("The page is on fire.")

    monkeypatch.setattr(seams, "log_in", no_login)
    assert settings.username is not None
    with pytest.raises(UpstoxError, match="on fire"):
        send("GET", replica.api_url + PROFILE)
    assert len(replica.log) == 0


def test_settings_are_checked_when_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_API_BASE_URL", "https://evil.example")
    for auth in (Httpx2Auth, HttpxAuth, RequestsAuth):
        with pytest.raises(ConfigurationError):
            auth()

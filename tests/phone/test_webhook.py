"""The token that is approved on the phone, and all the messages that are not it."""

from __future__ import annotations

import socket
from collections.abc import Callable

import httpx2
import pytest

from tests.phone.conftest import stored
from upstox_browser_login.api import TokenRequest
from upstox_browser_login.errors import (
    ConfigurationError,
    StoreError,
    UpstoxUnavailableError,
)
from upstox_browser_login.phone import inbox
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import expiry_of

from .conftest import PATH, Hall, until


def test_the_approved_token_is_checked_stored_and_returned(hall: Hall) -> None:
    """It comes in a message for this app, and answers on the profile."""
    waiting = hall.wait()
    assert hall.replica.approve_token_request() == 200
    result = waiting.result(60)

    token = stored(hall)
    assert token == result.token
    assert token is not None
    assert token.user_id == hall.replica.account.user_id
    assert token.user_name == hall.replica.account.user_name
    assert token.expires_at == expiry_of(hall.desk.clock.now())
    assert (result.source, result.store, hall.checks()) == ("login", "file", 1)
    with socket.create_server(("127.0.0.1", hall.port)):
        pass  # nobody listens any more


def test_the_token_never_lives_longer_than_the_rule_or_the_message(hall: Hall) -> None:
    """A message may promise a year; 03:30 holds. It may promise less; that holds as well."""
    now = hall.desk.clock.time()
    waiting = hall.wait()
    long = hall.message(access_token=hall.good_token(), expires_at=int((now + 1e8) * 1000))
    assert hall.post(long) == 200
    assert waiting.result(60).token.expires_at <= expiry_of(hall.desk.clock.now())

    hall.asked.clear()
    waiting = hall.wait()
    short = hall.message(access_token=hall.good_token(), expires_at=str(int((now + 90) * 1000)))
    assert hall.post(short) == 200
    assert abs(waiting.result(60).token.expires_at.timestamp() - now - 90) < 1


@pytest.mark.parametrize("hall", [("slow=token-request:1",)], indirect=True)
def test_the_ear_is_open_before_the_question_is_asked(hall: Hall) -> None:
    """A message that comes before Upstox has answered the request is not missed."""
    waiting = hall.begin()
    until(lambda: bool(hall.replica.log))
    assert not hall.asked.is_set()
    assert hall.post(hall.message(access_token=hall.good_token())) == 200
    assert hall.asked.is_set()
    assert waiting.result(60).token.user_id == hall.replica.account.user_id


def test_without_approval_it_ends_with_the_request(hall: Hall) -> None:
    """At the authorization's expiry, by the clock on the wall."""
    waiting = hall.wait()
    end = hall.requests[0].expires_at
    hall.desk.clock.offset += (end - hall.desk.clock.now()).total_seconds() - 30
    with pytest.raises(TimeoutError):
        waiting.result(1)
    hall.desk.clock.offset += 31
    with pytest.raises(UpstoxUnavailableError, match="not approved in time") as caught:
        waiting.result(60)
    assert caught.value.code == "TIMEOUT"
    with socket.create_server(("127.0.0.1", hall.port)):
        pass


@pytest.mark.parametrize("hall", [("slow=profile:1.5",)], indirect=True)
def test_a_message_that_came_in_time_is_looked_into(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request ends while Upstox is being asked: the token counts."""
    monkeypatch.setattr("upstox_browser_login.replica.state.TOKEN_REQUEST_LIFE", 60.0)
    waiting = hall.wait()
    post = hall.pool.submit(hall.post, hall.message(access_token=hall.good_token()))
    until(lambda: hall.checks() == 1)
    hall.desk.clock.offset += 61
    assert post.result(60) == 200
    waiting.result(60)


async def test_no_flood_keeps_the_request_open(hall: Hall) -> None:
    """What comes after the end is not looked into any more."""
    owner = hall.replica.account.user_id
    box = inbox.Inbox(hall.settings, keep=lambda _: None, clock=hall.desk.clock, owner=owner)
    box.expect(TokenRequest(hall.desk.clock.now(), f"https://example.org{PATH}"))
    assert box.close()
    transport = httpx2.ASGITransport(app=box)
    async with httpx2.AsyncClient(transport=transport, base_url="https://example.org") as client:
        assert (await client.post(PATH, json=hall.message())).status_code == 410
    assert hall.checks() == 0


def test_the_first_use_wants_to_know_whose_token(hall: Hall) -> None:
    """Or whoever knows the path could plant a token of his own account."""
    with pytest.raises(ConfigurationError, match="whose token to wait for") as caught:
        hall.wait(user_id=None).result(60)
    assert caught.value.exit_code == 3
    assert "--user-id" in caught.value.hint
    assert hall.replica._world.state.token_request is None


@pytest.mark.parametrize("named", ["OWNER1", "7ABC12"])
def test_a_stranger_cannot_plant_a_token_of_his_own(named: str, hall: Hall) -> None:
    """His token is good at Upstox, which knows whose it is; in whoever's name he sends it."""
    waiting = hall.wait(user_id="OWNER1")
    assert hall.post(hall.message(access_token=hall.good_token(), user_id=named)) == 403
    assert hall.checks() == (named == "OWNER1")
    assert not waiting.done()
    assert stored(hall) is None


@pytest.mark.parametrize("spelled", [str.upper, str.lower])
def test_the_user_can_be_named(spelled: Callable[[str], str], hall: Hall) -> None:
    """In small letters too: a message that is refused is lost, and the approval with it."""
    waiting = hall.wait(user_id=spelled(hall.replica.account.user_id))
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)


@pytest.mark.parametrize("path", ["/behind/", "behind"])
def test_the_path_can_be_named_where_a_proxy_changes_it(path: str, hall: Hall) -> None:
    waiting = hall.wait(path=path)
    message = hall.message(access_token=hall.good_token())
    assert hall.post(message) == 404
    assert hall.post(message, path="/behind") == 200
    waiting.result(60)


def test_a_damaged_stored_token_is_moved_aside(hall: Hall) -> None:
    """As at a login: it is a wish for a new one. It does not tell whose it was."""
    settings = hall.settings
    store = open_store(settings)
    store.documents.write(token_key(settings), b"{damaged")
    with pytest.raises(ConfigurationError, match="whose token to wait for"):
        hall.wait(user_id=None).result(60)
    waiting = hall.wait()
    assert hall.replica.approve_token_request() == 200
    assert waiting.result(60).token == stored(hall)
    assert "damaged; it is kept as" in hall.notes.warnings[0]


def test_no_damaged_token_is_moved_while_a_login_may_be_storing_a_new_one(hall: Hall) -> None:
    settings = hall.settings.model_copy(update={"timeout": 0.1})
    store, key = open_store(settings), token_key(settings)
    store.documents.write(key, b"{damaged")
    with store.lock(key, 0), pytest.raises(UpstoxUnavailableError, match="Another login"):
        hall.begin(settings).result(10)
    assert store.documents.read(key) == b"{damaged"
    assert not hall.notes.warnings


def test_a_token_that_cannot_be_stored_is_an_error(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sender is not told that all is well."""
    waiting = hall.wait()

    def full(*_: object) -> None:
        raise StoreError("The disk is full.", code="STORE_UNWRITABLE")

    monkeypatch.setattr("upstox_browser_login.store.tokens.TokenStore.save", full)
    assert hall.replica.approve_token_request() == 500
    with pytest.raises(StoreError):
        waiting.result(60)

"""The token that is approved on the phone, and all the messages that are not it."""

from __future__ import annotations

import itertools
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from upstox_browser_login.api import TokenRequest
from upstox_browser_login.errors import (
    ConfigurationError,
    CredentialsRejectedError,
    StoreError,
    UpstoxUnavailableError,
)
from upstox_browser_login.phone import inbox, listener
from upstox_browser_login.phone.listener import Address
from upstox_browser_login.redaction import redactor
from upstox_browser_login.replica import Replica
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import Token, expiry_of

from .conftest import PATH, Hall, until


def stored(hall: Hall) -> Token | None:
    settings = hall.settings
    return open_store(settings).load(token_key(settings))


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


def test_what_is_not_the_message_is_refused_and_logged(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    """Bad, foreign and unknown messages: each has its status, and none of them is repeated."""
    caplog.set_level(logging.DEBUG)
    waiting = hall.wait()
    now = int(hall.desk.clock.time() * 1000)
    good, secret = hall.good_token(), "a-token-that-nobody-may-see-anywhere"
    refused: list[tuple[int, Any, dict[str, Any]]] = [
        (400, b"\xff\xfe\x00", {}),
        (400, b"[" * 60_000, {}),
        (400, [hall.message()], {}),
        (400, hall.message(access_token=""), {}),
        (400, hall.message(access_token="a\r\nX-Other: b"), {}),
        (400, hall.message(access_token="x" * 9000), {}),
        (400, hall.message(access_token={"a": 1}), {}),
        (400, hall.message(user_id=None), {}),
        (400, hall.message(token_type="Basic"), {}),
        (400, hall.message(issued_at="soon"), {}),
        (400, hall.message(issued_at=True), {}),
        (400, hall.message(expires_at="9" * 30), {}),
        (403, hall.message(client_id="somebody-else", access_token=secret), {}),
        (403, hall.message(client_id=None), {}),
        (403, hall.message(client_id="\ud800"), {}),
        (403, hall.message(access_token=secret + "2"), {}),
        (409, hall.message(access_token=secret + "2"), {}),
        (400, hall.message(access_token="data"), {}),
        (403, hall.message(access_token=good, user_id="ZZ9999"), {}),
        (409, hall.message(issued_at=now - 3_600_000), {}),
        (422, hall.message(issued_at=now + 3_600_000), {}),
        (422, hall.message(expires_at=now - 1), {}),
        (422, hall.message(message_type="order_update", access_token=secret + "3"), {}),
        (404, hall.message(), {"path": "/"}),
        (404, hall.message(), {"path": PATH.partition("?")[0]}),
        (405, hall.message(), {"method": "GET"}),
        (405, hall.message(), {"method": "PUT"}),
        (415, hall.message(), {"content_type": "text/plain"}),
        (415, hall.message(), {"content_type": None}),
        (413, b" " * (inbox.MAX_BYTES + 1), {}),
        (413, _chunks(40), {"encode_chunked": True}),
    ]
    for status, body, how in refused:
        before = len(_refusals(caplog))
        answered = hall.post(body, **how)
        # Who is still sending when the answer comes may see the closed door only.
        assert answered == status or (status == 413 and answered == 0), (answered, status, how)
        until(lambda before=before: len(_refusals(caplog)) > before)  # type: ignore[misc]
    assert hall.checks() == 1, "Upstox is asked only about what may be right"
    assert not waiting.done()
    assert stored(hall) is None
    for never in (secret, good, "somebody-else", "order_update"):
        assert never not in caplog.text
    assert hall.replica.approve_token_request() == 200
    assert waiting.result(60).token == stored(hall)


def _refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if "Refused" in each.getMessage()]


def _chunks(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b" " * 2_000


def test_a_message_that_was_refused_is_not_asked_about_again(hall: Hall) -> None:
    """A replay costs Upstox nothing."""
    waiting = hall.wait()
    forged = hall.message()
    assert [hall.post(forged) for _ in range(3)] == [403, 409, 409]
    assert hall.checks() == 1
    assert not waiting.done()


def test_a_message_counts_once(hall: Hall) -> None:
    """Of the same message, sent many times at once, one is taken."""
    waiting = hall.wait()
    message = hall.message(access_token=hall.good_token())

    posts = [hall.pool.submit(hall.post, message) for _ in range(12)]
    statuses = [each.result(60) for each in posts]
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 409, 429, 0}
    assert hall.checks() == 1
    waiting.result(60)


def test_upstox_is_asked_ten_times_a_minute_at_most(hall: Hall) -> None:
    """Strangers must not make us hammer Upstox; the real message waits its turn."""
    waiting = hall.wait()
    forged = [hall.post(hall.message()) for _ in range(inbox.CHECKS_A_MINUTE)]
    assert forged == [403] * inbox.CHECKS_A_MINUTE
    assert hall.desk.clock.slept == []
    assert hall.replica.approve_token_request() == 200
    assert 50 < sum(hall.desk.clock.slept) <= 60
    waiting.result(60)


@pytest.mark.parametrize("hall", [("slow=profile:0.3",)], indirect=True)
def test_one_message_is_checked_at_a_time(hall: Hall) -> None:
    """And few wait their turn: of twenty at once, most are sent away."""
    hall.wait()
    posts = [hall.pool.submit(hall.post, hall.message()) for _ in range(20)]
    statuses = [each.result(60) for each in posts]
    # On a busy machine the first may be answered before the last has come, who takes its place.
    assert 8 <= statuses.count(403) <= 10
    assert statuses.count(403) + statuses.count(429) == 20
    times = [each.time for each in hall.replica.log.of("profile")]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.29


def test_where_upstox_cannot_be_asked_the_message_may_come_again(hall: Hall) -> None:
    """Three tries, then 503; the same message is taken once Upstox answers again."""
    waiting = hall.wait()
    hall.replica.set("http=profile:503")
    message = hall.message(access_token=hall.good_token())
    assert hall.post(message) == 503
    assert hall.checks() == 3
    hall.replica.set("static-ip")
    assert hall.post(message) == 502
    hall.replica.set()
    assert hall.post(message) == 200
    waiting.result(60)


def test_slow_senders_are_cut_off(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers without an end, a body without an end: both have only so long."""
    monkeypatch.setattr(listener, "REQUEST_SECONDS", 0.4)
    waiting = hall.wait()
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    for begun in ("", head, f"{head}Content-Length: 500\r\n\r\n{{", "no HTTP\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", hall.port), timeout=10) as caller:
            caller.sendall(begun.encode())
            received = _rest(caller)
        assert received == b"" or b" 400 " in received
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)


def _rest(caller: socket.socket) -> bytes:
    received = b""
    try:
        while data := caller.recv(4096):
            received += data
    except ConnectionError:
        pass
    return received


def test_many_idle_callers_do_not_keep_the_message_out(hall: Hall) -> None:
    """Where there are too many, the oldest that has not sent its request has to go."""
    waiting = hall.wait()
    with ExitStack() as stack:
        for _ in range(listener.CONNECTIONS + 20):
            caller = socket.create_connection(("127.0.0.1", hall.port), timeout=10)
            stack.enter_context(caller).sendall(b"POST ")
        assert hall.replica.approve_token_request() == 200
        waiting.result(60)


def test_large_headers_are_refused(hall: Hall) -> None:
    hall.wait()
    with socket.create_connection(("127.0.0.1", hall.port), timeout=10) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nX: " + b"x" * 40_000)
        assert b" 400 " in _rest(caller)


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


def test_a_token_of_another_user_than_the_last_is_refused(hall: Hall) -> None:
    """Unsigned messages could hand out a stranger's account; the last token's user is known."""
    now = datetime.now(UTC)
    settings = hall.settings
    last = Token.model_validate(
        {
            "access_token": "the-token-of-yesterday",
            "issued_at": now - timedelta(days=1),
            "expires_at": now - timedelta(hours=5),
            "user_id": "OWNER1",
        }
    )
    open_store(settings).save(token_key(settings), last)
    hall.wait(user_id=None)
    assert hall.replica.approve_token_request() == 403
    assert stored(hall) == last
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


@pytest.mark.parametrize(
    "changes",
    [
        {"access_token": "data"},
        {"client_id": "somebody-else"},
        {"user_id": "ZZ9999"},
        {"message_type": "order_update"},
        {"issued_at": "1"},
        {"expires_at": "1"},
        {"path": "/"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_no_word_of_a_stranger_becomes_a_secret(changes: dict[str, str], hall: Hall) -> None:
    """Our own JSON has such words for its keys, and would print "[redacted]" in their place."""
    hall.wait()
    how = {"path": changes["path"]} if "path" in changes else {}
    words = {"access_token": "ok-and-data-and-error-and-exit_code"} | changes
    words.pop("path", None)
    assert hall.post(hall.message(**words), **how) >= 400
    assert redactor.redact(words["access_token"]) == words["access_token"]
    assert set(redactor.redact_data({"data": 1, "error": 2})) == {"data", "error"}


@pytest.mark.parametrize("hall", [("slow=profile:1",)], indirect=True)
@pytest.mark.parametrize("kind", ["another user", "another time", "the same token", "short"])
def test_posts_that_fail_a_check_take_no_place(kind: str, hall: Hall) -> None:
    """Twenty of them stand at the door while one is checked, and the real message comes in."""
    waiting = hall.wait()
    first = hall.message()
    begun = hall.pool.submit(hall.post, first)
    until(lambda: hall.checks() == 1)
    changes: dict[str, Any] = {
        "another user": {"user_id": "ZZ9999"},
        "another time": {"issued_at": "1"},
        "the same token": {"access_token": first["access_token"]},
        "short": {"access_token": "data"},
    }[kind]
    posts = [hall.pool.submit(hall.post, hall.message(**changes)) for _ in range(20)]
    assert {each.result(60) for each in posts} <= {400, 403, 409}
    assert not begun.done()
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)


def test_the_user_can_be_named(hall: Hall) -> None:
    waiting = hall.wait(user_id=hall.replica.account.user_id)
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)


def test_the_path_can_be_named_where_a_proxy_changes_it(hall: Hall) -> None:
    waiting = hall.wait(path="/behind/")
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


def test_a_request_that_upstox_refuses_leaves_no_socket(hall: Hall) -> None:
    hall.replica.set("bad-client")
    with pytest.raises(CredentialsRejectedError):
        hall.wait().result(60)
    with socket.create_server(("127.0.0.1", hall.port)):
        pass


def test_a_port_in_use_is_told_before_anything_is_asked(hall: Hall) -> None:
    with (
        socket.create_server(("127.0.0.1", hall.port)),
        pytest.raises(ConfigurationError, match="Cannot listen on") as caught,
    ):
        hall.wait().result(60)
    assert "Address already in use" in caught.value.message
    assert not hall.replica.log


def test_it_works_without_a_thread_to_spare_for_signals(hall: Hall) -> None:
    """Nothing of uvicorn's touches the program's signals."""
    import signal

    before = signal.getsignal(signal.SIGTERM)
    waiting = hall.wait()
    assert signal.getsignal(signal.SIGTERM) is before
    assert hall.replica.approve_token_request() == 200
    waiting.result(60)
    assert not [each for each in threading.enumerate() if each.name == "upstox-browser-login"]


@pytest.mark.parametrize(
    ("text", "host", "port", "local"),
    [
        ("127.0.0.1:8787", "127.0.0.1", 8787, True),
        ("localhost:0", "localhost", 0, True),
        ("[::1]:80", "::1", 80, True),
        ("0.0.0.0:8787", "0.0.0.0", 8787, False),
        ("[::]:8787", "::", 8787, False),
        ("example.org:65535", "example.org", 65535, False),
    ],
)
def test_addresses(text: str, host: str, port: int, local: bool) -> None:
    address = Address.of(text)
    assert (address.host, address.port, address.is_local, str(address)) == (host, port, local, text)


@pytest.mark.parametrize("text", ["", "8787", ":8787", "a:b", "a:65536", "::1:80", "a:-1", "a:²"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ConfigurationError, match="no address to listen on"):
        Address.of(text)


@pytest.mark.parametrize("host", ["localhost", "::1", "127.0.0.1"])
def test_it_listens_there(host: str) -> None:
    with Address(host, 0).bound() as sock:
        socket.create_connection(sock.getsockname()[:2], timeout=5).close()


def test_a_host_that_is_not_here(replica: Replica) -> None:
    with pytest.raises(ConfigurationError, match="Cannot listen on"):
        Address("192.0.2.1", 8787).bound()

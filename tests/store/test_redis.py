"""What is special to tokens in Redis."""

from __future__ import annotations

import logging
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import psutil
import pytest
import redis
from redis.lock import Lock

from tests.ports import closed_port
from upstox_browser_login.errors import ConfigurationError, StoreError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.redaction import redactor
from upstox_browser_login.store import redis as store
from upstox_browser_login.store.redis import RedisDocuments

from .conftest import Clock

LOCK = "upstox-browser-login:locks:name"
SECRET = "the-secret-of-this-redis"
Until = Callable[[Callable[[], bool], float], None]


@pytest.fixture
def client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url, decode_responses=True) as client:
        yield client


@pytest.fixture
def documents(redis_url: str, clock: Clock) -> RedisDocuments:
    return RedisDocuments(redis_url, "tokens", now=clock, lease=0.3)


def every_action(documents: RedisDocuments) -> list[Callable[[], object]]:
    return [
        lambda: documents.read("name"),
        lambda: documents.write("name", b"data"),
        lambda: documents.delete("name"),
        lambda: documents.set_aside("name"),
        documents.check_writable,
        lambda: documents.lock("name", 1).__enter__(),
    ]


def test_a_document_leaves_when_it_ends(
    documents: RedisDocuments, client: redis.Redis, clock: Clock
) -> None:
    """The key's life is the token's; a document without an end stays."""
    documents.write("name", b"data", expires_at=clock.now + timedelta(hours=1))
    documents.write("other", b"data")
    assert 3_590_000 < int(client.pttl("upstox-browser-login:tokens:name")) <= 3_600_000
    assert client.pttl("upstox-browser-login:tokens:other") == -1
    documents.write("name", b"data")
    assert client.pttl("upstox-browser-login:tokens:name") == -1


def test_a_document_that_has_ended_goes_at_once(
    documents: RedisDocuments, clock: Clock, until: Until
) -> None:
    """It is no error to write it."""
    documents.write("name", b"data", expires_at=clock.now - timedelta(hours=1))
    until(lambda: documents.read("name") is None, 5)


def test_rooms_are_apart(documents: RedisDocuments, redis_url: str) -> None:
    """The ledger never meets a token."""
    documents.write("name", b"token")
    assert RedisDocuments(redis_url, "ledger").read("name") is None


def test_a_key_of_another_type_can_be_set_aside(
    documents: RedisDocuments, client: redis.Redis
) -> None:
    """Reading it is an error of the store."""
    client.lpush("upstox-browser-login:tokens:name", "x")
    with pytest.raises(StoreError) as caught:
        documents.read("name")
    assert caught.value.code == "STORE_UNREADABLE"
    assert not caught.value.unanswered
    assert caught.value.mended_by_login
    assert "moves the damaged token aside" in caught.value.hint
    assert documents.set_aside("name") is not None
    assert documents.read("name") is None


def test_text_answers_are_taken_as_well(redis_url: str) -> None:
    """Options in the address are redis-py's, this one among them."""
    documents = RedisDocuments(f"{redis_url}?decode_responses=1", "tokens")
    documents.write("name", "Zoë".encode())
    assert documents.read("name") == "Zoë".encode()


def test_the_living_renew_their_lock(
    documents: RedisDocuments, client: redis.Redis, until: Until
) -> None:
    """The key's life goes up again, so that a login may be longer than the lease."""
    with documents.lock("name", 5):
        lives: list[int] = []

        def renewed() -> bool:
            lives.append(int(client.pttl(LOCK)))
            return len(lives) > 1 and lives[-1] > lives[-2]

        until(renewed, 5)
        assert 0 < max(lives) <= 300
    assert not client.exists(LOCK)


def test_a_lost_lock_is_told_and_the_new_holder_left_alone(
    documents: RedisDocuments,
    client: redis.Redis,
    until: Until,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The work goes on: it cannot be undone any more."""
    with documents.lock("name", 5):
        client.set(LOCK, "another")
        until(lambda: "was lost" in caplog.text, 5)
    assert client.get(LOCK) == "another"
    assert "ended before" in caplog.text


def test_a_lock_that_ran_out_is_known_to_be_lost(
    documents: RedisDocuments, client: redis.Redis
) -> None:
    """Whether another has it by now or nobody."""
    for another in (None, "another"):
        with documents.lock("name", 5) as held:
            assert held.is_held()
            client.delete(LOCK)
            if another:
                client.set(LOCK, another)
            assert not held.is_held()
        client.delete(LOCK)
        assert not held.is_held()


def test_a_redis_that_does_not_tell_holds_no_lock(
    documents: RedisDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise redis.ConnectionError("nobody listens")

    with documents.lock("name", 5) as held, monkeypatch.context() as patch:
        patch.setattr(Lock, "owned", fail)
        with pytest.raises(StoreError, match="nobody listens") as caught:
            held.is_held()
        assert caught.value.code == "STORE_UNWRITABLE"


def test_a_ledger_s_writer_that_stood_still_changes_nothing(
    documents: RedisDocuments, client: redis.Redis
) -> None:
    """Its lock ran out and another has had a PIN refused: that entry stays."""
    other = Ledger(documents, "account")

    def stood_still() -> float:
        """The clock is asked between reading and writing."""
        if not other.history():
            client.delete("upstox-browser-login:locks:ledger-account")
            other.pin_refused("1111")
        return time.time()

    late = Ledger(documents, "account", now=stood_still)
    with pytest.raises(StoreError, match="its lock was lost") as caught:
        late.sending_code("123456", 1, 30)
    assert caught.value.code == "STORE_UNWRITABLE"
    assert other.block("1111") is not None
    late.sending_code("123456", 1, 30)
    assert [each.what for each in other.history()] == ["pin", "code"]


def test_a_lock_outlives_a_redis_that_fails_for_a_moment(
    documents: RedisDocuments,
    client: redis.Redis,
    until: Until,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Renewals that fail are tried again, and a release that fails leaves the rest to the lease."""

    def fail(_: object) -> None:
        raise redis.ConnectionError(f"nobody listens, password {SECRET}")

    redactor.register(SECRET, "password")
    with documents.lock("name", 5):
        with monkeypatch.context() as patch:
            patch.setattr(Lock, "reacquire", fail)
            until(lambda: "did not renew" in caplog.text, 5)
        monkeypatch.setattr(Lock, "release", fail)
    assert "did not take a lock back" in caplog.text
    assert SECRET not in caplog.text
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    until(lambda: not client.exists(LOCK), 5)


def test_one_connection_serves_many_stores(redis_url: str, client: redis.Redis) -> None:
    """It takes longer to make one than to ask for a token, and programs ask often."""
    RedisDocuments(redis_url, "tokens").write("name", b"data")
    before = client.info("stats")["total_connections_received"]
    for room in ("tokens", "ledger") * 10:
        RedisDocuments(redis_url, room).read("name")
    assert client.info("stats")["total_connections_received"] == before


def test_a_connection_that_the_server_has_closed_is_made_anew(
    documents: RedisDocuments, client: redis.Redis
) -> None:
    """As servers do with idle ones, and when they are restarted."""
    documents.write("name", b"data")
    assert client.client_kill_filter(_type="normal", skipme=True)
    assert documents.read("name") == b"data"


def test_more_threads_than_a_hundred(documents: RedisDocuments) -> None:
    """Each may need a connection at the same moment; redis-py's own limit is lower."""
    pool = documents._client.connection_pool
    for each in [pool.get_connection() for _ in range(120)]:
        pool.release(each)


def test_nobody_listens(redis_url: str) -> None:
    """Every action says where, never with which password."""
    with closed_port() as port:
        documents = RedisDocuments(f"redis://me:{SECRET}@127.0.0.1:{port}/3", "tokens")
        for action in every_action(documents):
            with pytest.raises(StoreError) as caught:
                action()
            assert caught.value.unanswered
            assert caught.value.message.count(f"127.0.0.1:{port}") == 1
            assert f"127.0.0.1:{port}/3" in caught.value.message
            assert "Errno" not in caught.value.message
            assert "Error " not in caught.value.message
            assert SECRET not in repr(caught.value) + str(caught.value)
            assert "Check that Redis runs there" in caught.value.hint


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that hangs is given up in bounded time."""
    monkeypatch.setattr(store, "SOCKET_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        documents = RedisDocuments(f"redis://127.0.0.1:{server.getsockname()[1]}", "tokens")
        for action in every_action(documents):
            with pytest.raises(StoreError, match=r"no answer within 0\.05 s"):
                action()


@pytest.mark.skipif(sys.platform == "win32", reason="no Redis stands still there")
def test_a_redis_that_stands_still_is_waited_for_once_and_not_at_the_release(
    redis_url: str, client: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A login has a limit of time, and the lock runs out by itself."""
    monkeypatch.setattr(store, "SOCKET_SECONDS", 1.0)
    monkeypatch.setattr(store, "RELEASE_SECONDS", 0.1)
    documents = RedisDocuments(redis_url, "tokens")
    documents.write("name", b"data")
    server = psutil.Process(client.info("server")["process_id"])
    try:
        with documents.lock("name", 5):
            server.suspend()
            began = time.monotonic()
            with pytest.raises(StoreError, match="no answer within 1 s"):
                documents.read("name")
            read = time.monotonic()
        released = time.monotonic()
    finally:
        server.resume()
    assert read - began < 1.9
    assert released - read < 0.9


def test_a_wrong_password(redis_url: str) -> None:
    """The way out is another password, and this one is not shown."""
    documents = RedisDocuments(redis_url.replace("//", f"//me:{SECRET}@"), "tokens")
    for action in every_action(documents):
        with pytest.raises(StoreError) as caught:
            action()
        assert "refused the user or password" in caught.value.message
        assert "UPSTOX_TOKEN_STORE" in caught.value.hint
        assert SECRET not in repr(caught.value) + str(caught.value)


def test_a_redis_that_may_not_be_written(documents: RedisDocuments, client: redis.Redis) -> None:
    """The check finds it before a browser starts; reading goes on."""
    documents.write("name", b"old")
    client.config_set("min-replicas-to-write", 1)
    try:
        for action in (documents.check_writable, lambda: documents.write("name", b"new")):
            with pytest.raises(StoreError, match=r"REPLICAS|replicas") as caught:
                action()
            assert caught.value.code == "STORE_UNWRITABLE"
        assert documents.read("name") == b"old"
    finally:
        client.config_set("min-replicas-to-write", 0)


@pytest.mark.parametrize(
    "rights",
    [
        # Locks are taken by a plain command, but renewed and released by scripts.
        ["~*", "+@all", "-@scripting"],
        ["~upstox-browser-login:tokens:*", "+@all"],
        ["~*", "+@all", "-set", "+set|get"],
        ["%W~upstox-browser-login:tokens:*", "~upstox-browser-login:locks:*", "+@all"],
    ],
    ids=["no scripts", "no locks", "no writes", "no reads"],
)
def test_rights_that_do_not_suffice_are_known_before_a_browser_starts(
    redis_url: str, client: redis.Redis, rights: list[str]
) -> None:
    """The check takes, renews and releases a lock, since a login will."""
    client.execute_command("ACL", "SETUSER", "narrow", "reset", "on", f">{SECRET}", *rights)  # type: ignore[no-untyped-call]
    try:
        address = redis_url.replace("redis://", f"redis://narrow:{SECRET}@")
        with pytest.raises(StoreError, match="permission") as caught:
            RedisDocuments(address, "tokens").check_writable()
        assert caught.value.code == "STORE_UNWRITABLE"
        assert SECRET not in str(caught.value)
    finally:
        client.execute_command("ACL", "DELUSER", "narrow")  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "address",
    [
        f"redis://me:{SECRET}@host:notaport/0",
        f"redis://:{SECRET}@[::1/0",
        f"redis://:{SECRET}@host/0?socket_timeout=soon",
    ],
)
def test_an_address_that_makes_no_sense(address: str) -> None:
    """A configuration error that shows nothing of it."""
    with pytest.raises(ConfigurationError) as caught:
        RedisDocuments(address, "tokens")
    assert SECRET not in repr(caught.value) + str(caught.value)


def test_an_option_that_redis_does_not_know() -> None:
    """Named before anything is contacted."""
    with pytest.raises(ConfigurationError, match="has the option `no_such_option`"):
        RedisDocuments("redis://127.0.0.1:9/0?no_such_option=1", "tokens")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("redis://me:the-secret@example.org", "example.org:6379"),
        ("rediss://example.org:1/2?password=the-secret", "example.org:1/2"),
        ("redis://[::1]:7/", "[::1]:7"),
        ("redis://:the-secret@/1", "localhost:6379/1"),
        ("unix://me:the-secret@/run/redis.sock?db=1", "/run/redis.sock"),
    ],
)
def test_where_shows_no_password(address: str, place: str) -> None:
    """Host, port and database, as a person would look for them."""
    documents = RedisDocuments(address, "tokens")
    assert documents.where("name") == f"key upstox-browser-login:tokens:name of Redis at {place}"

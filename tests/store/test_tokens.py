"""Tokens in stores of every kind."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from upstox_browser_login.errors import StoreError
from upstox_browser_login.store import TokenStore
from upstox_browser_login.store.documents import Documents
from upstox_browser_login.token import Token

from .conftest import Clock, Place

BYTES = st.one_of(
    st.binary(max_size=2000),
    st.text(max_size=500).map(str.encode),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=3),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    ).map(lambda token: json.dumps({"schema": 1, "token": token}).encode()),
)
many = settings(
    # The place of a test may serve all its examples: each replaces what the one before wrote.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def store(documents: Documents) -> TokenStore:
    return TokenStore(documents)


def load_or_refuse(store: TokenStore) -> None:
    """A token, none, or the one error: nothing else may come out of a store."""
    try:
        token = store.load("key")
    except StoreError as error:
        assert error.code == "STORE_UNREADABLE"  # noqa: PT017  (either is right)
    else:
        assert token is None or isinstance(token, Token)


def test_a_token_comes_back_as_it_was(store: TokenStore, place: Place, token: Token) -> None:
    """In another process too, and under its own key only."""
    assert store.load("key") is None
    store.save("key", token)
    again = TokenStore(place.open())
    assert again.load("key") == token
    assert again.load("another") is None
    assert store.kind == place.kind
    assert store.delete("key")
    assert again.load("key") is None


def test_the_rest_is_passed_on(store: TokenStore, token: Token) -> None:
    """Checking, locking, setting aside and where."""
    store.check_writable()
    with store.lock("key", 5) as held:
        assert not held.waited
    store.save("key", token)
    assert "key" in store.where("key")
    assert "damaged" in str(store.set_aside("key"))
    assert store.load("key") is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda text: text[:-20], "damaged"),
        (lambda text: text.replace('"schema":1', '"schema":2'), "schema 2 is not known"),
        (lambda text: text.replace("Z", ""), "has no zone"),
        (lambda _: "", "damaged"),
        (lambda _: "null", "damaged"),
    ],
)
def test_what_is_not_a_token_can_be_moved_aside(
    store: TokenStore, token: Token, change: Callable[[str], str], word: str
) -> None:
    """The error says where and why, shows nothing of it, and `login` is the way out."""
    plain = token.model_copy(update={"user_name": None})
    store.documents.write("key", change(plain.to_json()).encode())
    with pytest.raises(StoreError) as caught:
        store.load("key")
    error = caught.value
    assert error.code == "STORE_UNREADABLE"
    assert word in error.message
    assert store.where("key") in error.message
    assert token.access_token.get_secret_value() not in repr(error) + str(error)
    assert "login" in error.hint
    assert error.__cause__ is None
    assert store.set_aside("key") is not None
    store.save("key", token)
    assert store.load("key") == token


@pytest.mark.parametrize("place", ["file", "sqlite", "redis"], indirect=True)
@many
@given(data=BYTES)
def test_any_document_is_a_token_or_refused(store: TokenStore, data: bytes) -> None:
    """Whatever stands in the file, the row or the key."""
    store.documents.write("key", data)
    load_or_refuse(store)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@many
@given(data=BYTES, offset=st.integers(0, 9000), keep=st.booleans())
def test_any_database_is_a_store_or_refused(
    store: TokenStore, place: Place, token: Token, *, data: bytes, offset: int, keep: bool
) -> None:
    """Bytes in place of the file, and bytes in the middle of a good one; setting aside mends it."""
    path = place.root / "tokens.db"
    path.unlink(missing_ok=True)
    store.save("key", token)
    before = path.read_bytes()
    path.write_bytes(before[:offset] + data + before[offset + len(data) :] if keep else data)
    try:
        store.load("key")
    except StoreError as error:
        assert error.code == "STORE_UNREADABLE"  # noqa: PT017  (either is right)
        if "another program's" in error.message or "no SQLite database" in error.message:
            with pytest.raises(StoreError):
                store.set_aside("key")
            assert path.exists()
            return
        store.set_aside("key")
        store.save("key", token)
        assert store.load("key") == token


def test_the_text_in_a_store_is_what_was_asked_for(tmp_path: Path, place: Place) -> None:
    """The tests above would prove nothing if a store kept something else than it is given."""
    place.open().write("key", b"text")
    if place.kind == "file":
        assert (place.root / "tokens" / "key.json").read_bytes() == b"text"
    elif place.kind == "sqlite":
        with closing(sqlite3.connect(place.root / "tokens.db")) as connection:
            assert connection.execute("SELECT data FROM documents").fetchone() == (b"text",)
    elif place.kind == "redis":
        with redis.Redis.from_url(place.redis_url) as client:
            assert client.get("upstox-browser-login:tokens:key") == b"text"
    else:
        assert place.keyring is not None
        assert list(place.keyring.entries.values()) == ["text"]


@pytest.mark.parametrize("place", ["redis"], indirect=True)
def test_a_clock_that_is_ahead_removes_no_living_token(
    store: TokenStore, token: Token, clock: Clock
) -> None:
    """By this machine's clock the token has died hours ago, and by Upstox's it lives."""
    skew = timedelta(hours=-5.5)
    there = clock.now + skew
    living = token.model_copy(
        update={
            "issued_at": there,
            "expires_at": there + timedelta(hours=3),
            "clock_skew": skew.total_seconds(),
        }
    )
    store.save("key", living)
    time.sleep(0.05)  # Redis is to remove what has one millisecond to live
    assert store.load("key") == living

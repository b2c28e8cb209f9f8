"""What cannot be written is not sent, and a damaged ledger is never an empty one."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.errors import LoginBlockedError, StoreError
from upstox_browser_login.ledger.keeping import OtherVersionError

from .world import NAME, PIN, World


def test_nothing_may_be_sent_that_could_not_be_written(world: World) -> None:
    """A full disk stops the login before the credential leaves."""
    world.memory.full = True
    run = world.run()
    sends: list[Callable[[], None]] = [
        lambda: run.sending_pin(PIN),
        lambda: run.sending_code("123456", world.window, 30),
    ]
    for send in sends:
        with pytest.raises(StoreError) as raised:
            send()
        assert raised.value.code == "STORE_UNWRITABLE"
    world.memory.full = False
    run.sending_pin(PIN)


def test_a_lock_that_is_never_let_go(world: World) -> None:
    """The store's own words speak of a login under way, which would mislead."""
    world.memory.stuck = True
    with pytest.raises(StoreError, match="held by another process") as raised:
        world.run().sending_pin(PIN)
    assert raised.value.code == "STORE_UNWRITABLE"


def test_a_writer_that_stood_still_writes_nothing(world: World) -> None:
    """The lock was a lease and has run out: others may have written since."""
    run = world.run()
    run.sending_code("123456", world.window, 30)
    before = dict(world.memory.kept)
    world.memory.lost = True
    actions: list[Callable[[], object]] = [
        lambda: run.sending_pin(PIN),
        lambda: run.sending_code("654321", world.window + 1, 30),
        run.succeeded,
        run.unlock,
    ]
    for action in actions:
        with pytest.raises(StoreError, match="its lock was lost") as raised:
            action()
        assert raised.value.code == "STORE_UNWRITABLE"
        assert f"memory/{NAME}" in raised.value.message
    assert world.memory.kept == before
    world.memory.lost = False
    run.sending_pin(PIN)


def test_nor_does_it_set_another_s_ledger_aside(world: World) -> None:
    """Somebody else may have begun a new one in the meantime."""
    world.memory.kept[NAME] = b"nonsense"
    world.memory.lost = True
    with pytest.raises(StoreError, match="its lock was lost"):
        world.run().unlock()
    assert world.memory.kept == {NAME: b"nonsense"}


def test_a_login_that_is_alone_no_more_announces_nothing(world: World) -> None:
    """Two logins at once would each send a PIN; outcomes may still be told."""
    alone = True
    run = world.run()
    run.guarded_by(lambda: alone)
    run.sending_code("123456", world.window, 30)
    before = dict(world.memory.kept)
    alone = False
    sends: list[Callable[[], None]] = [
        lambda: run.sending_pin(PIN),
        lambda: run.sending_code("654321", world.window + 1, 30),
    ]
    for send in sends:
        with pytest.raises(StoreError, match="another login may have begun") as raised:
            send()
        assert raised.value.code == "STORE_UNWRITABLE"
        assert "Run again" in raised.value.hint
    assert world.memory.kept == before
    run.code_accepted()
    assert [each.outcome for each in run.history()] == ["accepted"]
    world.run().sending_pin(PIN)


DAMAGED = [
    b"",
    b"{}",
    b"null",
    b"[]",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"version":1}',
    b'{"version":2}',
    b'{"version":true}',
    b"\0" * 300,
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_ledger_is_never_read_as_an_empty_one(world: World, content: bytes) -> None:
    """In doubt we stop, and say where it is and what to do."""
    world.memory.kept[NAME] = content
    run = world.run()
    for use in (
        lambda: run.block(PIN),
        lambda: run.require_allowed(None),
        lambda: run.last_window(30),
        lambda: run.was_sent("123456"),
        lambda: run.sending_pin(PIN),
        run.succeeded,
        run.history,
    ):
        with pytest.raises(StoreError) as raised:
            use()
        assert raised.value.code == "STORE_UNREADABLE"
        assert f"memory/{NAME}" in raised.value.message
        assert "`upstox-browser-login unlock`" in raised.value.hint
    assert world.memory.kept == {NAME: content}


def test_unlock_sets_a_damaged_ledger_aside(world: World) -> None:
    """And begins a new one."""
    world.memory.kept[NAME] = b"nonsense"
    lifted = world.run().unlock()
    assert lifted is not None
    assert "damaged" in lifted.reason
    assert f"memory/{NAME}.damaged" in lifted.reason
    assert world.memory.kept[f"{NAME}.damaged"] == b"nonsense"
    assert world.block(None) is None
    assert [each.what for each in world.run().history()] == ["unlock"]


@pytest.mark.parametrize("version", [0, 3, 100])
def test_a_ledger_of_another_version(world: World, version: int) -> None:
    """Its rules are not known here: nothing is sent, and not even `unlock` forgets what it says."""
    world.run().sending_code("123456", world.window, 30)
    text = world.memory.kept[NAME].decode()
    world.memory.kept[NAME] = text.replace('"version":2', f'"version":{version}').encode()
    before = dict(world.memory.kept)
    for action in (world.block, lambda: world.run().sending_pin(PIN), world.run().unlock):
        with pytest.raises(StoreError, match="another version") as raised:
            action()
        assert raised.value.code == "STORE_UNREADABLE"
        assert "Update upstox-browser-login" in raised.value.hint
    assert world.memory.kept == before


def test_a_ledger_that_says_more_than_its_version_is_damaged(world: World) -> None:
    """What it says more would be lost on writing."""
    world.run().succeeded()
    text = world.memory.kept[NAME].decode()
    world.memory.kept[NAME] = text.replace('"version":2', '"version":2,"more":[]').encode()
    with pytest.raises(StoreError, match="damaged"):
        world.block()


def test_a_store_that_cannot_be_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own advice is passed on; where it has none, that of a damaged token is replaced."""
    for hint, expected in [("Ask root.", "Ask root."), (None, "unlock")]:

        def read(name: str, hint: str | None = hint) -> bytes:
            raise StoreError("Broken.", code="STORE_UNREADABLE", hint=hint)

        monkeypatch.setattr(world.memory, "read", read)
        with pytest.raises(StoreError) as raised:
            world.block()
        assert expected in raised.value.hint


def use(world: World) -> None:
    """Everything that a login may do; only the errors that are promised may come out."""
    for action in (
        lambda: world.run().require_allowed(PIN),
        lambda: world.run().require_allowed(None),
        lambda: world.run().last_window(30),
        lambda: world.run().was_sent("123456"),
        lambda: world.run().sending_code("123456", world.window, 30),
        lambda: world.run().code_refused(final=True),
        lambda: world.run().sending_pin(PIN),
        lambda: world.run().pin_refused(PIN),
        lambda: world.run().rate_limited(None, "1017069"),
        lambda: world.run().account_locked(),
        lambda: world.run().history(),
        lambda: world.run().succeeded(),
    ):
        with suppress(StoreError, LoginBlockedError):
            action()


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """A ledger of noise is damaged, and unlock is the way out."""
    world = World()
    world.memory.kept[NAME] = content
    with pytest.raises(StoreError):
        world.block()
    use(world)
    assert world.memory.kept[NAME] == content
    world.run().unlock()
    assert world.block() is None


def written() -> bytes:
    """Make a ledger in which every member holds something."""
    world = World()
    run = world.run()
    run.sending_code("123456", world.window, 30)
    run.code_refused(final=True)
    run.rate_limited(None, "1017069")
    run.pin_refused(PIN)
    run.account_locked()
    return world.memory.kept[NAME]


TEXT = st.text("0fz\n\0\u0966\U0001f600", max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
def test_any_change_of_one_member(data: st.DataObject) -> None:
    """Such a ledger is refused or works; it never fails in another way.

    Where the version is what has changed, it may be one that only another program can read.
    """
    document = json.loads(written())
    place = document
    while True:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else [0]))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    if data.draw(st.booleans()):
        place[key] = data.draw(JSON)
    else:
        del place[key]
    world = World()
    world.memory.kept[NAME] = json.dumps(document).encode()
    use(world)
    try:
        world.run().unlock()
    except OtherVersionError:
        assert json.loads(world.memory.kept[NAME])["version"] not in (1, 2)
        return
    assert world.block() is None


@given(st.data())
def test_a_torn_document_is_damaged(data: st.DataObject) -> None:
    """Whichever byte it ends after."""
    content = written()
    world = World()
    world.memory.kept[NAME] = content[: data.draw(st.integers(0, len(content) - 1))]
    with pytest.raises(StoreError):
        world.block()

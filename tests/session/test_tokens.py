"""Tokens outside a login: exchanged by hand, revoked at Upstox, forgotten here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from tests.harness import Desk, token_of
from tests.replica.visitor import Visitor
from upstox_browser_login.errors import (
    NotLoggedInError,
    StoreError,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.ledger import LOGGED_OUT, Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.session.tokens import ByHand, forget, logout, logout_here
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key
from upstox_browser_login.token import Token


@pytest.fixture
def settings(desk: Desk, replica: Replica) -> Settings:
    return desk.settings(replica)


@pytest.fixture
def visitor(desk: Desk, replica: Replica) -> Iterator[Visitor]:
    with ExitStack() as stack:
        client = stack.enter_context(httpx2.Client(trust_env=False))

        class Time:
            def __call__(self) -> float:
                return desk.clock.time()

            def advance(self, seconds: float) -> None:
                desk.clock.offset += seconds

        yield Visitor(replica, client, Time())  # type: ignore[arg-type]


def by_hand(settings: Settings) -> tuple[ByHand, list[str]]:
    warnings: list[str] = []
    return ByHand(settings, warn=warnings.append, again="begin again"), warnings


def answer_to(visitor: Visitor, url: str) -> str:
    """What a person does at the dialog; the address that the browser ends on."""
    visitor.dialog(state=parse_qs(urlsplit(url).query)["state"][0])
    visitor.otp()
    visitor.verify()
    visitor.pin()
    hop = visitor.client.get(visitor.approve()["data"]["redirectUri"])
    return str(hop.headers["location"])


def stored(settings: Settings) -> Token | None:
    return open_store(settings).load(token_key(settings))


def kept(settings: Settings, replica: Replica) -> Token:
    """The token of a login that the ledger knows of."""
    token = token_of(replica)
    ledger_of(settings).succeeded()
    open_store(settings).save(token_key(settings), token)
    return token


def ledger_of(settings: Settings) -> Ledger:
    return Ledger(open_ledger_documents(settings), account_key(settings))


def thrown_away(settings: Settings) -> bool:
    """Whether the daily login will know that the token was not lost."""
    return ledger_of(settings).history()[-1].outcome == LOGGED_OUT


# -- by hand ---------------------------------------------------------------------------------------


def test_an_address_becomes_a_token_that_is_stored(
    settings: Settings, visitor: Visitor, desk: Desk
) -> None:
    manual, warnings = by_hand(settings)
    result = manual.exchange(answer_to(visitor, manual.url()), clock=desk.clock)
    assert stored(settings) == result.token
    assert (result.source, result.store) == ("login", "file")
    assert [each.step for each in result.steps] == ["exchange", "store"]
    assert warnings == []


def test_another_process_may_take_the_answer_once_the_state_is_kept(
    settings: Settings, visitor: Visitor, replica: Replica, desk: Desk
) -> None:
    first, _ = by_hand(settings)
    address = answer_to(visitor, first.url())
    with pytest.raises(TokenExchangeError) as raised:
        by_hand(settings)[0].exchange(address, clock=desk.clock)
    assert raised.value.code == "STATE_MISMATCH"
    assert "begin again" in raised.value.hint.lower()
    first.keep_state()
    by_hand(settings)[0].exchange(address, clock=desk.clock)
    with pytest.raises(TokenExchangeError) as raised:
        by_hand(settings)[0].exchange(address, clock=desk.clock)
    assert raised.value.code == "STATE_MISMATCH"
    assert replica.counts.exchanges == 1


def test_a_code_that_upstox_refuses_says_how_to_begin_again(settings: Settings, desk: Desk) -> None:
    with pytest.raises(TokenExchangeError) as raised:
        by_hand(settings)[0].exchange("aB3xY9", clock=desk.clock)
    assert raised.value.code == "CODE_REJECTED"
    assert "begin again" in raised.value.hint


def test_a_token_of_nobody_known_is_returned_and_not_stored(
    settings: Settings, visitor: Visitor, desk: Desk
) -> None:
    """Tokens are filed by mobile number."""
    code = visitor.code()
    nobody = settings.model_copy(update={"username": None})
    result = by_hand(nobody)[0].exchange(code, clock=desk.clock)
    assert (result.store, [each.step for each in result.steps]) == ("none", ["exchange"])
    assert stored(settings) is None


def test_nothing_is_spent_where_the_token_could_not_be_stored(
    settings: Settings, replica: Replica, desk: Desk
) -> None:
    settings.state_dir.parent.mkdir(parents=True, exist_ok=True)
    in_the_way = settings.state_dir.with_name("a-file")
    in_the_way.touch()
    with pytest.raises(StoreError):
        by_hand(settings.model_copy(update={"state_dir": in_the_way}))[0].exchange(
            "aB3xY9", clock=desk.clock
        )
    assert replica.counts.exchanges == 0


def test_a_damaged_token_is_set_aside_for_the_new_one_and_told(
    settings: Settings, visitor: Visitor, replica: Replica, desk: Desk
) -> None:
    kept(settings, replica)
    (file,) = (settings.state_dir / "tokens").glob("*.json")
    file.write_text("{")
    manual, warnings = by_hand(settings)
    manual.exchange(visitor.code(), clock=desk.clock)
    assert stored(settings) is not None
    assert len(warnings) == 1


def test_no_damaged_token_is_set_aside_while_a_login_may_be_storing_a_new_one(
    settings: Settings, replica: Replica, desk: Desk
) -> None:
    kept(settings, replica)
    (file,) = (settings.state_dir / "tokens").glob("*.json")
    file.write_text("{")
    manual, warnings = by_hand(settings.model_copy(update={"timeout": 0.1}))
    with (
        open_store(settings).lock(token_key(settings), 0),
        pytest.raises(UpstoxUnavailableError, match="Another login is under way"),
    ):
        manual.exchange("aB3xY9", clock=desk.clock)
    assert (file.read_text(), warnings) == ("{", [])
    assert replica.counts.exchanges == 0


# -- logout ----------------------------------------------------------------------------------------


def test_a_logout_revokes_the_token_and_removes_it(
    settings: Settings, replica: Replica, desk: Desk
) -> None:
    kept(settings, replica)
    done = logout(settings, clock=desk.clock)
    assert (done.revoked, done.removed) == (True, True)
    assert (replica.counts.logouts, stored(settings)) == (1, None)
    assert thrown_away(settings)


def test_a_token_that_has_expired_is_removed_without_asking(
    settings: Settings, replica: Replica, desk: Desk
) -> None:
    token = kept(settings, replica)
    old = token.model_copy(update={"expires_at": desk.clock.now() - timedelta(seconds=1)})
    open_store(settings).save(token_key(settings), old)
    done = logout(settings, clock=desk.clock)
    assert (done.revoked, done.removed) == (False, True)
    assert replica.counts.logouts == 0
    assert not thrown_away(settings)


def test_a_token_that_lives_by_upstox_s_clock_is_revoked(
    settings: Settings, replica: Replica, desk: Desk
) -> None:
    """It has expired by this machine's clock alone, which is a day ahead."""
    token = kept(settings, replica).model_copy(update={"clock_skew": -86_400.0})
    open_store(settings).save(token_key(settings), token)
    desk.clock.offset += 86_400
    done = logout(settings, clock=desk.clock)
    assert (done.revoked, replica.counts.logouts) == (True, 1)


def test_a_token_stays_stored_where_upstox_could_not_be_told(
    settings: Settings, replica: Replica, desk: Desk
) -> None:
    token = kept(settings, replica)
    replica.set("http=logout:503")
    with pytest.raises(UpstoxError) as raised:
        logout(settings, clock=desk.clock)
    assert "still stored" in raised.value.message
    assert "logout --local" in raised.value.hint
    assert stored(settings) == token
    assert not thrown_away(settings)


def test_a_damaged_token_can_only_be_removed_here(
    settings: Settings, replica: Replica, desk: Desk
) -> None:
    kept(settings, replica)
    (file,) = (settings.state_dir / "tokens").glob("*.json")
    file.write_text("{")
    with pytest.raises(StoreError) as raised:
        logout(settings, clock=desk.clock)
    assert "logout --local" in raised.value.hint
    assert logout_here(settings, clock=desk.clock).removed
    assert replica.counts.logouts == 0
    assert thrown_away(settings)


@pytest.mark.parametrize("replaced", [True, False])
def test_a_logout_leaves_nothing_that_was_set_aside(
    settings: Settings, replica: Replica, desk: Desk, *, replaced: bool
) -> None:
    """A token of a newer version is whole, and lives until 03:30."""
    kept(settings, replica)
    (file,) = (settings.state_dir / "tokens").glob("*.json")
    file.replace(file.with_name(f"{file.name}.damaged"))
    if replaced:
        kept(settings, replica)
        logout(settings, clock=desk.clock)
    else:
        with pytest.raises(NotLoggedInError):
            logout(settings, clock=desk.clock)
    assert list(file.parent.iterdir()) == []


def test_who_has_no_token_has_nothing_to_log_out_of(settings: Settings, desk: Desk) -> None:
    for leave in (logout, logout_here):
        with pytest.raises(NotLoggedInError, match="nothing to log out of"):
            leave(settings, clock=desk.clock)


def test_only_the_token_that_is_meant_is_forgotten(settings: Settings, replica: Replica) -> None:
    first = kept(settings, replica)
    second = kept(settings, replica)
    assert not forget(settings, first)
    assert stored(settings) == second
    assert forget(settings, second)
    assert stored(settings) is None
    assert not forget(settings, second)

"""Only the login's own calls say something of the customer, and the newest of them counts."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call, Traffic, in_words


def test_the_newest_word_counts_and_only_of_trusted_hosts() -> None:
    def call(number: str, at: float, status: str, *, of_upstox: bool = True) -> Call:
        answer = Answer(200, ok=True, facts={"customerStatus": status})
        call = Call(number, 1.0, "POST", "h", "/login/p", "data", of_upstox, posts=True)
        return replace(call, answer=answer, answered_at=at)

    calls = (call("1", 9.0, "ACTIVE"), call("2", 5.0, "DORMANT"))
    assert Traffic(calls).facts == {"customerStatus": "ACTIVE"}
    foreign = call("3", 20.0, "DORMANT", of_upstox=False)
    assert Traffic((*calls, foreign)).facts == {"customerStatus": "ACTIVE"}


@pytest.mark.parametrize(
    ("about", "is_believed"),
    [
        ({"path": "/login/open/v9/auth", "posts": True}, True),
        ({"path": "/graphql", "posts": True, "carries": frozenset({"mobile"})}, True),
        ({"path": "/graphql", "carries": frozenset({"code"})}, True),
        # A banner, the page's settings, a list of offers, a foreign host.
        ({"path": "/graphql", "posts": True}, False),
        ({"path": "/login/open/v1/offers"}, False),
        ({"path": "/settings.json"}, False),
        ({"path": "/login/open", "posts": True, "trusted": False}, False),
    ],
)
def test_only_the_logins_own_calls_say_something_of_the_customer(
    about: dict[str, Any], is_believed: bool
) -> None:
    answer = Answer(200, ok=True, facts={"userType": "LEAD", "isTotpEnabled": False})
    call = Call("1", 1.0, "POST", "service.upstox.com", "/", "data", trusted=True, answer=answer)
    facts = Traffic((replace(call, **about),)).facts
    assert facts == (answer.facts if is_believed else {})


@pytest.mark.parametrize(
    ("failure", "words"),
    [("ERR_CONNECTION_RESET", "connection reset"), ("no answer", "no answer")],
)
def test_a_network_error_is_told_in_words(failure: str, words: str) -> None:
    assert in_words(failure) == words

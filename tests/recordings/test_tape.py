"""Which answer a request gets: in sequence, by what matters in it, and none if nobody knows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recordings.bundles import recorded
from upstox_browser_login.evidence.values import MOST_VALUES
from upstox_browser_login.recordings.bundle import Bundle, Exchange, read_bundle
from upstox_browser_login.recordings.tape import (
    MOST_TEXT,
    Asked,
    Tape,
    Unknown,
    calls_of,
    differences,
    fields_of,
    key_of,
    miscounted,
)

NAMES = frozenset({"otp", "state"})


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(recorded("wrong-code-once"))


def asked_as(bundle: Bundle, each: Exchange) -> Asked:
    headers = {name.lower(): value for name, value in each.request.headers}
    return Asked(each.method, each.url, bundle.body(each.request.body), headers)


def test_the_same_call_gets_its_answers_in_sequence(bundle: Bundle) -> None:
    tape = Tape(bundle)
    verify = [x for x in bundle.exchanges if x.method == "POST" and "totp/verify" in x.url]
    given = [tape.answer(asked_as(bundle, verify[0])) for _ in verify]
    assert given == verify
    more = tape.answer(asked_as(bundle, verify[0]))
    assert isinstance(more, Unknown)
    assert "recorded only 2 times" in str(more)
    assert tape.unknown == [more]


def test_a_get_may_be_repeated(bundle: Bundle) -> None:
    tape = Tape(bundle)
    config = next(x for x in bundle.exchanges if "login-config" in x.url)
    assert [tape.answer(asked_as(bundle, config)) for _ in range(3)] == [config] * 3


def test_a_call_that_nobody_recorded_fails_by_name(bundle: Bundle) -> None:
    found = Tape(bundle).answer(Asked("POST", "https://service.upstox.com/login/v9/pin?code=1"))
    assert str(found) == (
        "POST https://service.upstox.com/login/v9/pin (no such call was recorded)"
    )


def test_other_fields_than_recorded_are_named(bundle: Bundle) -> None:
    sent = next(x for x in bundle.exchanges if x.method == "POST" and "otp/generate" in x.url)
    whole = asked_as(bundle, sent)
    data = json.loads(whole.body)
    data["data"]["captcha"] = "x"
    found = Tape(bundle).answer(Asked("POST", whole.url, json.dumps(data).encode(), whole.headers))
    assert "recorded with other fields: data.captcha is new" in str(found)


def test_this_runs_own_state_is_told_back(bundle: Bundle) -> None:
    dialog = bundle.exchanges[0]
    state = fields_of(Asked("GET", dialog.url))["?state"]
    own = "MyOwnStateOfThisRun-0123456789"
    tape = Tape(bundle)
    assert tape.answer(Asked("GET", dialog.url.replace(state, own))) == dialog
    last = next(
        value
        for x in bundle.exchanges
        if x.response is not None
        for name, value in x.response.headers
        if name.lower() == "location" and value.startswith(bundle.about.redirect_uri)
    )
    assert state in last
    assert own in tape.told_back(last)
    assert state not in tape.told_back(last)


@pytest.mark.parametrize(
    ("recorded", "asked", "told"),
    [
        ({"otp": "123456"}, {"otp": "654321"}, []),
        ({"data.otp": "123456"}, {"data.otp": "654321"}, []),
        ({"pin": "MTIzNDU2"}, {"pin": "NjU0MzIx"}, ["pin has another value"]),
        ({"mobile": "9876543210"}, {"mobile": "9876543211"}, ["mobile has another value"]),
        (
            {"id": "6d1f1a1e-1f7d-4a8e-9d5c-0a1b2c3d4e5f"},
            {"id": "0d1f1a1e-1f7d-4a8e-9d5c-0a1b2c3d4e50"},
            [],
        ),
        ({"at": "1767584400123"}, {"at": "1797584400456"}, []),
        ({"?cb": "0.7236472817"}, {"?cb": "0.1902846351"}, []),
        ({"ratio": "0.75"}, {"ratio": "0.25"}, ["ratio has another value"]),
        ({"kind": "totp"}, {"kind": "sms"}, ["kind has another value"]),
        ({"a": "1"}, {"b": "1"}, ["b is new", "a is missing"]),
    ],
)
def test_only_what_matters_makes_a_difference(
    recorded: dict[str, str], asked: dict[str, str], told: list[str]
) -> None:
    assert differences(recorded, asked, NAMES) == told


def test_versions_tell_calls_apart_and_numbers_do_not() -> None:
    one = key_of("GET", "https://api.upstox.com/v2/user/1234567/profile?x=1")
    assert one == key_of("GET", "https://api.upstox.com/v2/user/7654321/profile")
    assert one != key_of("GET", "https://api.upstox.com/v3/user/1234567/profile")


def test_calls_are_counted_but_for_heartbeats(tmp_path: Path) -> None:
    beat = Exchange(n=0, method="POST", url="https://x.upstox.com/beat")
    once = Exchange(n=1, method="POST", url="https://x.upstox.com/pin")
    recorded_calls = calls_of([beat] * 5 + [once])
    asked = recorded_calls.copy()
    asked[key_of("POST", beat.url)] = 9
    assert miscounted(recorded_calls, asked) == []
    asked[key_of("POST", once.url)] = 0
    assert miscounted(recorded_calls, asked) == [
        "POST https://x.upstox.com/pin was asked never, recorded once"
    ]


def test_a_query_of_very_many_fields_breaks_nothing() -> None:
    query = "&".join(f"a{n}=1" for n in range(5_000))
    assert len(fields_of(Asked("GET", f"https://a.b/?{query}"))) == 1_000


def test_a_body_of_very_many_values_cannot_fill_the_memory() -> None:
    """A recording of anybody's may hold one, and so may a request of its page."""
    many = Asked(
        "POST", "https://a.invalid/?a=1", json.dumps([[]] * 30_000 + [7] * 30_000).encode()
    )
    assert len(fields_of(many)) == 1 + MOST_VALUES
    long = Asked("POST", "https://a.invalid/?a=1", json.dumps(["x" * MOST_TEXT]).encode())
    assert fields_of(long) == {"?a": "1"}

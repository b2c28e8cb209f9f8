"""The token: when it dies, what a reply makes of it, and how it is written down."""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import jwt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.token import IST, Token, claims_of, expiry_of

KEY = "a key that is long enough for HS256, all the same"


def ist(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=IST)


def jwt_of(**claims: Any) -> str:
    return jwt.encode(claims, KEY, algorithm="HS256")


# -- 03:30 in India --------------------------------------------------------------------------------

LIVES = [
    ("2026-10-06T00:00:00", "2026-10-06T03:30:00"),
    ("2026-10-06T02:29:00", "2026-10-06T03:30:00"),
    ("2026-10-06T02:30:00", "2026-10-06T03:30:00"),
    ("2026-10-06T03:29:59", "2026-10-06T03:30:00"),
    ("2026-10-06T03:29:59.999999", "2026-10-06T03:30:00"),
    ("2026-10-06T03:30:00", "2026-10-07T03:30:00"),
    ("2026-10-06T03:30:01", "2026-10-07T03:30:00"),
    ("2026-10-06T20:00:00", "2026-10-07T03:30:00"),
    ("2026-10-06T23:59:59", "2026-10-07T03:30:00"),
    ("2026-12-31T23:59:00", "2027-01-01T03:30:00"),
    ("2028-02-28T12:00:00", "2028-02-29T03:30:00"),
]
ZONES = ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"]


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine somewhere."""
    if sys.platform == "win32":
        pytest.skip("no tzset")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(("issued", "dies"), LIVES)
def test_a_token_dies_at_half_past_three(issued: str, dies: str, zone: str) -> None:
    """Wherever the machine stands, and whichever zone the time is written in."""
    at = ist(issued)
    assert expiry_of(at) == ist(dies)
    assert expiry_of(at.astimezone(UTC)) == ist(dies)
    assert expiry_of(at.astimezone(ZoneInfo(zone))) == ist(dies)
    token = Token.from_reply({"access_token": "opaque"}, issued_at=at.astimezone())
    assert token.expires_at == ist(dies)
    assert token.issued_at == at


TIMES = st.datetimes(
    datetime.fromisoformat("2020-01-01"),
    datetime.fromisoformat("2060-01-01"),
    timezones=st.sampled_from([UTC, IST]),
)


@given(TIMES)
def test_life_is_a_day_at_most(issued: datetime) -> None:
    dies = expiry_of(issued)
    assert timedelta(0) < dies - issued <= timedelta(days=1)
    assert dies.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%H:%M:%S.%f") == "03:30:00.000000"


@given(TIMES, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_later_token_never_dies_earlier(issued: datetime, later: timedelta) -> None:
    assert expiry_of(issued + later) >= expiry_of(issued)


def test_margin() -> None:
    token = Token.from_reply({"access_token": "x"}, issued_at=ist("2026-10-06T20:00:00"))
    end = ist("2026-10-07T03:30:00")
    assert token.is_valid(end - timedelta(seconds=61))
    assert not token.is_valid(end - timedelta(seconds=60))
    assert token.is_valid(end - timedelta(seconds=1), margin=0)
    assert not token.is_valid(end, margin=0)
    assert not token.is_valid(end - timedelta(hours=1), margin=3600)
    assert token.seconds_left(end + timedelta(seconds=5)) == -5


def test_a_machine_that_is_behind_holds_it_for_dead_earlier() -> None:
    """Its 03:20 was Upstox's 03:30 when the token was issued, and is taken to be so still."""
    token = Token.from_reply({"access_token": "x"}, issued_at=ist("2026-10-06T20:00:00"))
    behind = token.model_copy(update={"clock_skew": 600.0})
    end = ist("2026-10-07T03:20:00")
    assert behind.seconds_left(end) == 0
    assert not behind.is_valid(end - timedelta(seconds=60))
    assert behind.is_valid(end - timedelta(seconds=61))
    assert behind.expires_at == token.expires_at


def test_a_machine_that_is_ahead_does_not_hold_it_for_alive() -> None:
    """Its clock may have been set right since, and then the token would be dead."""
    token = Token.from_reply({"access_token": "x"}, issued_at=ist("2026-10-06T20:00:00"))
    ahead = token.model_copy(update={"clock_skew": -600.0})
    for now in (ISSUED, NEXT):
        assert ahead.seconds_left(now) == token.seconds_left(now)


@pytest.mark.parametrize("ahead", [timedelta(days=30 * 365), timedelta(days=2), timedelta(hours=9)])
def test_an_opaque_token_of_a_wrong_clock_does_not_live_for_ever(ahead: timedelta) -> None:
    """The clock was that far ahead, and has been set right since: nobody knows when it dies."""
    now = ist("2026-10-06T20:00:00")
    token = Token.from_reply({"access_token": "opaque"}, issued_at=now + ahead)
    assert token.seconds_left(now) == 0
    assert not token.is_valid(now, margin=0)


@pytest.mark.parametrize("now", ["03:29:57", "03:26:00", "20:00:00"])
def test_a_clock_that_is_a_little_behind_throws_no_token_away(now: str) -> None:
    """Upstox's day may have begun a little before ours."""
    here = ist(f"2026-10-06T{now}")
    token = Token.from_reply({"access_token": "opaque"}, issued_at=here + timedelta(minutes=4))
    assert token.is_valid(here)


# -- what the token says of itself -----------------------------------------------------------------

ISSUED = ist("2026-10-06T09:00:00")
NEXT = ist("2026-10-07T03:30:00")


def from_jwt(**claims: Any) -> Token:
    return Token.from_reply({"access_token": jwt_of(**claims)}, issued_at=ISSUED)


def test_an_earlier_exp_counts() -> None:
    early = ISSUED + timedelta(hours=1)
    assert from_jwt(exp=int(early.timestamp())).expires_at == early


@pytest.mark.parametrize(
    "exp",
    [
        int(NEXT.timestamp()),
        int((NEXT + timedelta(days=1)).timestamp()),
        int(NEXT.timestamp()) * 1000,
        10**30,
        1e300,
        float("inf"),
        float("nan"),
        True,
        "soon",
        None,
        [],
    ],
)
def test_any_other_exp_does_not(exp: Any) -> None:
    """Later ones, milliseconds, and what is no time at all."""
    token = json.dumps({"exp": exp})
    text = jwt_of() if exp is None else _jwt_with(token)
    found = Token.from_reply({"access_token": text}, issued_at=ISSUED)
    assert found.expires_at == NEXT


def _jwt_with(payload: str) -> str:
    """A token whose payload PyJWT itself would refuse to write."""
    return jwt.api_jws.encode(payload.encode(), KEY, algorithm="HS256")


def test_the_user_is_read_from_the_token_where_the_reply_is_silent() -> None:
    assert from_jwt(sub="7ABC12").user_id == "7ABC12"
    reply = {"access_token": jwt_of(sub="7ABC12"), "user_id": "7XYZ99"}
    assert Token.from_reply(reply, issued_at=ISSUED).user_id == "7XYZ99"
    odd = {"access_token": jwt_of(sub="7ABC12"), "user_id": 5}
    assert Token.from_reply(odd, issued_at=ISSUED).user_id == "7ABC12"
    assert from_jwt(sub=["no", "text"]).user_id is None


@given(st.text())
@example("a.b.c")
@example("\ud800.e30.")
@example("eyJhbGciOiJub25lIn0.W10.")
def test_any_text_is_opaque_at_worst(text: str) -> None:
    assert isinstance(claims_of(text), dict)


# -- replies ---------------------------------------------------------------------------------------

REPLY = {
    "email": "asha.rao@mail.invalid",
    "exchanges": ["NSE", "BSE"],
    "products": ["D", "I"],
    "broker": "UPSTOX",
    "user_id": "7ABC12",
    "user_name": "ASHA RAO",
    "order_types": ["MARKET"],
    "user_type": "individual",
    "poa": False,
    "is_active": True,
    "access_token": "the-access-token",
    "extended_token": "the-extended-token",
}


def test_a_whole_reply() -> None:
    token = Token.from_reply(REPLY, issued_at=ISSUED)
    assert token.access_token.get_secret_value() == "the-access-token"
    assert token.extended_token is not None
    assert token.extended_token.get_secret_value() == "the-extended-token"
    assert (token.user_id, token.user_name, token.broker) == ("7ABC12", "ASHA RAO", "UPSTOX")
    assert (token.exchanges, token.products) == (("NSE", "BSE"), ("D", "I"))
    assert (token.poa, token.ddpi, token.is_active) == (False, None, True)
    assert token.token_type == "Bearer"
    for text in (repr(token), str(token), f"{token.model_dump()}"):
        assert "the-access-token" not in text
        assert "the-extended-token" not in text
    for secret in ("the-access-token", "the-extended-token"):
        assert redactor.redact(f"<{secret}>") == f"<{MASK}>"


@pytest.mark.parametrize("name", sorted(set(REPLY) - {"access_token"}))
@pytest.mark.parametrize("value", [None, {"an": "object"}, 7.5, [[]]])
def test_odd_members_are_left_out(name: str, value: Any) -> None:
    """Real accounts have come without `poa`, `ddpi` and `is_active`, or with null there."""
    token = Token.from_reply({**REPLY, name: value}, issued_at=ISSUED)
    assert token.access_token.get_secret_value() == "the-access-token"
    left = getattr(token, name)
    assert left == type(token).model_fields[name].default
    assert token.issued_at == ISSUED


def test_the_reply_does_not_choose_its_own_times() -> None:
    reply = {**REPLY, "issued_at": "2000-01-01T00:00:00Z", "expires_at": "2099-01-01T00:00:00Z"}
    token = Token.from_reply({**reply, "clock_skew": 7}, issued_at=ISSUED)
    assert (token.issued_at, token.expires_at, token.clock_skew) == (ISSUED, NEXT, 0)


@pytest.mark.parametrize("value", [None, "", "   ", 7, True, ["x"], {"x": 1}, "\ud800", "a b", "é"])
def test_a_reply_without_a_token(value: Any) -> None:
    with pytest.raises(ValueError, match="access_token") as caught:
        Token.from_reply({**REPLY, "access_token": value}, issued_at=ISSUED)
    assert "the-extended-token" not in str(caught.value)
    with pytest.raises(ValueError, match="no access_token"):
        Token.from_reply({}, issued_at=ISSUED)


ANY_TEXT = st.text(st.characters(exclude_categories=()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*Token.model_fields, "expires_in", "something_new"])


@given(st.dictionaries(NAMES, JSON), TIMES)
def test_any_reply_is_a_token_or_a_value_error(reply: dict[str, Any], issued: datetime) -> None:
    try:
        token = Token.from_reply(reply, issued_at=issued)
    except ValueError:
        return
    assert token.access_token.get_secret_value() == reply["access_token"]
    assert token.expires_at <= expiry_of(issued)
    assert Token.from_json(token.to_json()) == token


def test_half_an_emoji_in_a_name_can_be_stored() -> None:
    """JavaScript cuts names by halves of characters."""
    token = Token.from_reply({**REPLY, "user_name": "ASHA \ud83d"}, issued_at=ISSUED)
    assert token.user_name == "ASHA ?"
    assert Token.from_json(token.to_json()) == token
    token = from_jwt(sub="7ABC1\ud83d")
    assert token.user_id == "7ABC1?"
    assert Token.from_json(token.to_json()) == token


# -- as it is stored -------------------------------------------------------------------------------


def test_round_trip() -> None:
    token = Token.from_reply(REPLY, issued_at=ISSUED)
    text = token.to_json()
    assert "the-access-token" in text
    assert json.loads(text)["schema"] == 1
    for form in (text, text.encode()):
        again = Token.from_json(form)
        assert again == token
        assert again.access_token == token.access_token


def test_the_clock_s_skew_is_kept() -> None:
    """A token that was stored before it was measured has none."""
    token = Token.from_reply(REPLY, issued_at=ISSUED).model_copy(update={"clock_skew": -120.0})
    assert Token.from_json(token.to_json()).clock_skew == -120
    old = json.loads(token.to_json())
    del old["token"]["clock_skew"]
    assert Token.from_json(json.dumps(old)).clock_skew == 0


def test_what_is_read_is_known_to_the_redactor() -> None:
    stored = {
        "access_token": "another-token",
        "extended_token": "another-extended",
        "issued_at": "2026-10-06T09:00:00+05:30",
        "expires_at": "2026-10-07T03:30:00+05:30",
    }
    Token.from_json(json.dumps({"schema": 1, "token": stored}))
    for secret in ("another-token", "another-extended"):
        assert redactor.redact(f"<{secret}>") == f"<{MASK}>"


STORED = json.loads(Token.from_reply(REPLY, issued_at=ISSUED).to_json())


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        json.dumps(STORED).encode()[:-20],
        json.dumps({**STORED, "schema": 2}).encode(),
        json.dumps({**STORED, "schema": None}).encode(),
        json.dumps({"schema": 1, "token": None}).encode(),
        json.dumps({"schema": 1, "token": {}}).encode(),
        json.dumps({**STORED, "token": {**STORED["token"], "access_token": ""}}).encode(),
        json.dumps({**STORED, "token": {**STORED["token"], "expires_at": "never"}}).encode(),
        json.dumps(
            {**STORED, "token": {**STORED["token"], "expires_at": "2026-10-07T03:30:00"}}
        ).encode(),
        json.dumps({**STORED, "token": {**STORED["token"], "issued_at": 10**400}}).encode(),
        b"[" * 100_000,
    ],
)
def test_what_is_damaged_is_a_value_error_without_the_token(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"valid|zone|schema") as caught:
        Token.from_json(damaged)
    assert "the-access-token" not in str(caught.value)


@given(st.binary() | st.text() | JSON.map(json.dumps))
def test_any_bytes_are_a_value_error(data: bytes | str) -> None:
    with pytest.raises(ValueError, match="valid"):
        Token.from_json(data)


@given(st.dictionaries(st.sampled_from([*Token.model_fields]), JSON))
def test_any_object_is_a_token_or_a_value_error(stored: dict[str, Any]) -> None:
    text = json.dumps({"schema": 1, "token": {**STORED["token"], **stored}})
    try:
        token = Token.from_json(text)
    except ValueError:
        return
    assert token.is_valid(token.issued_at) in {True, False}


def test_times_with_any_zone_are_kept() -> None:
    zone = timezone(timedelta(hours=-7))
    token = Token.from_reply(REPLY, issued_at=ISSUED.astimezone(zone))
    assert Token.from_json(token.to_json()).issued_at == ISSUED


def test_what_is_unpickled_is_known_to_the_redactor() -> None:
    """A token may come from another process."""
    reply = {"access_token": "opaque-0123456789", "extended_token": "longer-0123456789"}
    pickled = pickle.dumps(Token.from_reply(reply, issued_at=datetime.now(UTC)))
    redactor.forget()
    pickle.loads(pickled)  # noqa: S301  (our own)
    for text in reply.values():
        assert redactor.redact(f"<{text}>") == f"<{MASK}>"

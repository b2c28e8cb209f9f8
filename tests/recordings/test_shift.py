"""Times in headers and bodies move to the replay's own, and nothing else does."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.recordings.shift import Shift
from upstox_browser_login.recordings.times import EPOCH

YEAR = timedelta(days=366)
SHIFT = Shift(EPOCH, YEAR, frozenset({"exp", "createdAt"}))
AT = int(EPOCH.timestamp())
MOVED = int((EPOCH + YEAR).timestamp())


@pytest.mark.parametrize(
    ("name", "value", "moved"),
    [
        ("Date", "Mon, 05 Jan 2026 03:40:00 GMT", "Wed, 06 Jan 2027 03:40:00 GMT"),
        ("expires", "0", "0"),
        ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (
            "Set-Cookie",
            "a=1; Path=/; Expires=Mon, 05 Jan 2026 04:40:00 GMT; Secure",
            "a=1; Path=/; Expires=Wed, 06 Jan 2027 04:40:00 GMT; Secure",
        ),
        ("set-cookie", f"exp={AT}; Path=/", f"exp={MOVED}; Path=/"),
        (
            "set-cookie",
            "exp=2026-01-05T03%3A45%3A00Z; Path=/",
            "exp=2027-01-06T03%3A45%3A00Z; Path=/",
        ),
        ("set-cookie", "exp=never%3F; Path=/", "exp=never%3F; Path=/"),
        ("x-id", "1767584400", "1767584400"),
    ],
)
def test_times_of_headers(name: str, value: str, moved: str) -> None:
    assert SHIFT.headers([(name, value)]) == [(name, moved)]


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        (f'{{"exp": {AT}, "n": {AT}}}', f'{{"exp": {MOVED}, "n": {AT}}}'),
        (f'{{"createdAt":"{AT}000"}}', f'{{"createdAt":"{MOVED}000"}}'),
        ('{"createdAt":"2026-01-05T03:40:00.250Z"}', '{"createdAt":"2027-01-06T03:40:00.250Z"}'),
        ('{"createdAt":"2026-01-05"}', '{"createdAt":"2026-01-05"}'),
        ('{"createdAt":"1990-01-05T03:40:00Z"}', '{"createdAt":"1990-01-05T03:40:00Z"}'),
        ('{"exp": null, "createdAt": "soon"}', '{"exp": null, "createdAt": "soon"}'),
    ],
)
def test_times_of_bodies(text: str, moved: str) -> None:
    assert SHIFT.body(text.encode(), "application/json") == moved.encode()


def test_a_jwt_keeps_its_claims_but_for_the_times() -> None:
    claims = {"sub": "7ABC12", "iat": AT, "exp": AT + 3600}
    token = jwt.encode(claims, "k" * 32)
    body = SHIFT.body(json.dumps({"access_token": token}).encode(), "application/json")
    moved = jwt.decode(json.loads(body)["access_token"], options={"verify_signature": False})
    assert moved == {"sub": "7ABC12", "iat": MOVED, "exp": MOVED + 3600}


@given(st.binary(max_size=300))
def test_a_body_of_anything_is_borne(body: bytes) -> None:
    assert isinstance(SHIFT.body(body, "application/json"), bytes)
    assert SHIFT.body(body, "image/png") == body


@given(st.integers(-300 * 86_400_000, 300 * 86_400_000))
def test_every_time_moves_by_the_same(milliseconds: int) -> None:
    moment = EPOCH + timedelta(milliseconds=milliseconds)
    text = json.dumps({"createdAt": moment.isoformat()})
    moved = datetime.fromisoformat(json.loads(SHIFT.text(text))["createdAt"])
    assert abs(moved - moment - YEAR) < timedelta(milliseconds=1)


def test_no_body_makes_it_take_for_ever() -> None:
    for body in ("exp: a" + " " * 50_000, "exp" + " " * 50_000, "exp: 'a" * 10_000):
        began = time.process_time()
        assert SHIFT.text(body) == body
        assert time.process_time() - began < 1


def test_a_date_at_the_end_of_time_stays() -> None:
    last = "Fri, 31 Dec 9999 23:59:59 -1200"
    assert SHIFT.headers([("Expires", last)]) == [("Expires", last)]

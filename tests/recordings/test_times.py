"""Times, moved as if every recording had begun at one moment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.recordings.times import EPOCH, NEAR, Times

BEGAN = 1_795_000_000.0
ZERO = int(EPOCH.timestamp())


@given(st.integers(-30_000_000, 30_000_000))
def test_a_time_keeps_its_distance_from_the_start(away: int) -> None:
    times, at = Times(BEGAN), int(BEGAN) + away
    assert times.text(str(at)) == str(ZERO + away)
    assert times.text(str(at * 1000)) == str((ZERO + away) * 1000)
    assert times.number(at) == ZERO + away


@pytest.mark.parametrize("text", ["9876501234", "024680", "1017106", "0", "", "2026", "12:30"])
def test_what_is_no_time_of_this_recording_stays(text: str) -> None:
    assert Times(BEGAN).text(text) is None


def test_a_time_of_another_year_stays() -> None:
    far = int(BEGAN + NEAR.total_seconds() + 1)
    assert Times(BEGAN).text(str(far)) is None
    assert Times(BEGAN).header("Thu, 01 Jan 1970 00:00:00 GMT") == "Thu, 01 Jan 1970 00:00:00 GMT"


def test_dates_are_moved_in_headers_and_in_texts() -> None:
    times = Times(BEGAN)  # 2026-11-18T11:06:40Z
    assert times.header("Wed, 18 Nov 2026 11:06:41 GMT") == "Mon, 05 Jan 2026 03:40:01 GMT"
    assert times.text("2026-11-18T11:06:45Z") == "2026-01-05T03:40:05Z"
    assert times.text("2026-11-18T16:36:45+05:30") == "2026-01-05T09:10:05+05:30"


def test_a_cookie_may_quote_its_time() -> None:
    times = Times(BEGAN)
    moved = times.named("token_expiry", "2026-11-18T11%3A06%3A45Z", str)
    assert moved == "2026-01-05T03%3A40%3A05Z"
    assert times.fields == {"token_expiry"}
    assert times.named("theme", "50%25%20of%20all", str) == "50%25%20of%20all"
    assert times.text("%" + "25" * 5_000) is None


def test_members_that_hold_times_are_remembered() -> None:
    times = Times(BEGAN)
    told = times.json({"data": {"createdAt": int(BEGAN), "n": 3, "all": [{"exp": int(BEGAN)}]}})
    assert told == {"data": {"createdAt": ZERO, "n": 3, "all": [{"exp": ZERO}]}}
    assert times.fields == {"createdAt", "exp"}


def test_times_are_moved_in_addresses_forms_and_texts_without_a_zone() -> None:
    times = Times(BEGAN)
    at, iso = int(BEGAN) + 5, "2026-11-18T11%3A06%3A45Z"
    assert times.query(f"https://a.b/{at}?t={at}&n={at}000&m=9876501234#s={iso}") == (
        f"https://a.b/{at}?t={ZERO + 5}&n={ZERO + 5}000&m=9876501234#s=2026-01-05T03%3A40%3A05Z"
    )
    assert times.query(f"ts={at}&id=x{at}") == f"ts={ZERO + 5}&id=x{at}"
    assert times.text("2026-11-18 16:36:45") == "2026-01-05 09:10:05"


def test_what_has_a_stand_in_is_no_time() -> None:
    times = Times(BEGAN, others={str(int(BEGAN))})
    assert times.query(f"id={int(BEGAN)}") == f"id={int(BEGAN)}"
    assert times.json({"id": int(BEGAN)}) == {"id": int(BEGAN)}


@pytest.mark.parametrize("text", ["valid until 27-11-2026 03:30 IST", "Today at 08:31"])
def test_a_time_within_a_running_text_stays(text: str) -> None:
    times = Times(BEGAN)
    assert times.json({"message": text}) == {"message": text}
    assert times.fields == set()

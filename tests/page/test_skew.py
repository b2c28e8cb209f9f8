"""Upstox's clock is read from its answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstox_browser_login.page.skew import Skew

from .network import NOON, SERVICE, listen


def dated(seconds: float, **headers: str) -> dict[str, Any]:
    """Headers of an answer from so many seconds ahead."""
    date = format_datetime(datetime.fromtimestamp(NOON + seconds, UTC), usegmt=True)
    return {"headers": {"Date": date} | headers}


async def test_the_clock_is_read_from_answers() -> None:
    """In the middle of the second that the header tells."""
    ears, network = await listen()
    assert ears.traffic.skew is None
    network.asks("1", f"{SERVICE}/login/a")
    network.answers("1", **dated(77))
    assert ears.traffic.skew == 77.5


@pytest.mark.parametrize(
    ("url", "kind", "response"),
    [
        ("https://elsewhere.example/a", "Fetch", dated(77)),
        (f"{SERVICE}/a.js", "Script", dated(77)),
        (f"{SERVICE}/a", "Fetch", dated(77, Age="70")),
        (f"{SERVICE}/a", "Fetch", dated(77) | {"fromDiskCache": True}),
        (f"{SERVICE}/a", "Fetch", dated(90_000)),
        (f"{SERVICE}/a", "Fetch", {"headers": {"date": "soon"}}),
        (f"{SERVICE}/a", "Fetch", {"headers": {"date": ""}}),
        (f"{SERVICE}/a", "Fetch", {"headers": {}}),
    ],
)
async def test_an_answer_that_may_be_old_tells_no_time(
    url: str, kind: str, response: dict[str, Any]
) -> None:
    ears, network = await listen()
    network.asks("1", url, kind)
    network.answers("1", **response)
    assert ears.traffic.skew is None


@pytest.fixture
def in_india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this machine be in India."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone is not the process's own on Windows")
    here: Callable[[], None] = time.tzset
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Kolkata")
        here()
        yield
    here()


@pytest.mark.parametrize("zone", ["-0000", "", "+0530"])
@pytest.mark.usefixtures("in_india")
async def test_a_date_is_read_with_any_zone_and_with_none(zone: str) -> None:
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a")
    there = datetime.fromtimestamp(NOON + 77 + (19_800 if zone == "+0530" else 0), UTC)
    network.answers("1", headers={"Date": f"{there:%a, %d %b %Y %H:%M:%S} {zone}".strip()})
    assert ears.traffic.skew == 77.5


@pytest.mark.parametrize("told", ["Mon, 01 Jan 0001 00:00:00 +2359", "Fri, 31 Dec 9999 23:59:59"])
async def test_a_date_that_is_none_ends_nothing(told: str) -> None:
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/a")
    network.answers("1", headers={"Date": told})
    assert ears.traffic.skew is None


async def test_the_answer_to_a_post_is_believed_however_far_off_it_is() -> None:
    """No cache answers it. Afterwards nothing else is believed."""
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/a", method="POST")
    network.answers("1", **dated(900_000))
    network.asks("2", f"{SERVICE}/b")
    network.answers("2", **dated(0))
    assert ears.traffic.skew == 900_000.5


async def test_a_hop_tells_the_time_too() -> None:
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/a", "Document")
    network.asks("1", f"{SERVICE}/b", "Document", hop={"status": 302} | dated(-30))
    assert ears.traffic.skew == -29.5


DAY = 86_400.0


async def test_the_clock_is_read_from_an_answer_that_the_page_does_not_have_yet() -> None:
    """A code that was refused is followed by one of the right window, also after a jump."""
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/otp", method="POST")
    network.answers("1", **dated(0))
    network.asks("2", f"{SERVICE}/login/verify", method="POST")
    network.now += DAY
    ears.read_clock("2", dated(0)["headers"])
    assert ears.traffic.skew == 0.5 - DAY
    network.now += 4.0
    network.monotonic += 4.0
    ears.answered("2", 200, b'{"success": false}')
    assert ears.traffic.skew == 0.5 - DAY
    network.answers("2", **dated(0))
    assert ears.traffic.skew == 0.5 - DAY


@pytest.mark.parametrize(
    ("clock", "waited", "dated_at", "skew"),
    [
        # A machine that has much to do reads it seconds after it was written.
        pytest.param(9.0, 9.0, 1, 0.5, id="read late"),
        pytest.param(40.0, 3.0, 3, -36.5, id="the clock was set meanwhile"),
    ],
)
async def test_only_a_clock_that_was_set_is_measured_anew(
    clock: float, waited: float, dated_at: int, skew: float
) -> None:
    ears, network = await listen()
    network.asks("1", f"{SERVICE}/login/otp", method="POST")
    network.answers("1", **dated(0))
    network.asks("2", f"{SERVICE}/login/verify", method="POST")
    network.now += clock
    network.monotonic += waited
    network.answers("2", **dated(dated_at))
    assert ears.traffic.skew == skew


@given(
    st.floats(-1e6, 1e6),
    st.lists(st.tuples(st.floats(0, 60), st.floats(0, 20), st.floats(0, 20)), min_size=1),
)
def test_the_quickest_answer_tells_best(
    ahead: float, answers: list[tuple[float, float, float]]
) -> None:
    """Whatever the way there and back takes, the true difference is in the span that is kept."""
    now = NOON
    skew = Skew(lambda: now)
    quickest = 60.0
    for pause, there, back in answers:
        now += pause + there
        date = format_datetime(datetime.fromtimestamp(int(now + ahead), UTC), usegmt=True)
        now += back
        skew.measure("POST", {"headers": {"date": date}}, there + back)
        quickest = min(quickest, there + back)
    assert skew.seconds is not None
    assert abs(skew.seconds - ahead) <= 1.0 + quickest + 1e-3

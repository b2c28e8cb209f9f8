"""Upstox's clock is read from its answers."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest

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

"""The waits of a walk, as a recording tells them."""

from __future__ import annotations

from msgspec.structs import asdict

from upstox_browser_login.page.timing import DEFAULT, Timing


def test_what_is_told_is_read_back() -> None:
    slow = Timing(rest=0.4, unknown=30.0)
    assert Timing.of(asdict(slow)) == slow


def test_waits_of_another_version_are_left() -> None:
    assert Timing.of({"rest": 0.05, "of another version": 3.0}) == Timing(rest=0.05)
    assert Timing.of({}) == DEFAULT

"""A look as it is written down, and read again."""

from __future__ import annotations

from msgspec.structs import replace

from upstox_browser_login.page.look import MOST, Control, Frame, Look, Text

from .looks import MOBILE, OTP, PIN, page


def test_a_look_that_is_written_down_is_read_as_it_was() -> None:
    look = page(MOBILE, OTP, PIN, texts=("Let us get started",), path="/x", title="Login")
    look = replace(look, frames=(Frame("https://a.test/", "x", 10, 20),), modal=True, seen=False)
    assert Look.read(look.to_json()) == look


def test_the_looks_of_many_frames_are_no_longer_than_that_of_one() -> None:
    frame = Look(texts=(Text("a"),) * MOST, controls=(Control(n=1),) * MOST)
    whole = Look(texts=(Text("own"),)).with_frames((frame, frame))
    assert (len(whole.texts), len(whole.controls)) == (MOST, MOST)
    assert whole.texts[0].text == "own"

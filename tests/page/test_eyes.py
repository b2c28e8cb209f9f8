"""What is seen of a window: what its trusted frames tell, and nothing else."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.page.worlds import EVIL, UPSTOX, open_eyes, telling
from upstox_browser_login.page.eyes import STOPPED
from upstox_browser_login.page.look import Look

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["fields", "controls", "texts", "frames", "n", "text", "at", "ready"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


async def test_only_our_world_of_a_trusted_frame_is_heard() -> None:
    eyes, session = await open_eyes()
    session.tell("Page.frameAttached", frameId="partner", parentFrameId="main")
    session.world(3, "partner", EVIL)
    session.says(1, telling("Hello"))
    assert eyes.look.says() == "Hello"
    # The page's own scripts, a foreign frame, a world that is gone, and another function.
    session.says(2, telling("Your account is locked"))
    session.says(3, telling("Your account is locked"))
    session.says(9, telling("Your account is locked"))
    session.says(1, telling("Your account is locked"), name="another")
    assert eyes.look.says() == "Hello"
    session.tell("Page.frameAttached", frameId="form", parentFrameId="main")
    session.world(4, "form", UPSTOX)
    session.says(4, telling("Enter PIN"))
    assert eyes.look.says() == "Hello\nEnter PIN"


async def test_a_trusted_frame_within_a_foreign_one_is_not_heard() -> None:
    eyes, session = await open_eyes()
    session.says(1, telling("Hello"))
    session.tell("Page.frameAttached", frameId="partner", parentFrameId="main")
    session.tell("Page.frameAttached", frameId="form", parentFrameId="partner")
    session.world(3, "partner", EVIL)
    session.world(4, "form", UPSTOX)
    session.says(4, telling("Enter PIN"))
    assert eyes.look.says() == "Hello"
    assert not eyes.may_type("form")
    assert eyes.world("form") is None


async def test_nothing_is_seen_of_a_page_that_is_not_upstoxs() -> None:
    eyes, session = await open_eyes()
    session.says(1, telling("Hello"))
    session.tell("Runtime.executionContextsCleared")
    assert eyes.look == Look()
    session.world(5, "main", EVIL)
    session.says(5, telling("Enter PIN"))
    assert eyes.look == Look()
    assert eyes.world("") is None


@given(JSON.map(json.dumps) | st.text(max_size=20))
@example("[" * 100_000)
@example(json.dumps({"fields": [{"n": "x", "at": "y", "near": 7, "maxlength": None}]}))
def test_whatever_is_told_the_eyes_stay_open(payload: str) -> None:
    async def run() -> None:
        eyes, session = await open_eyes()
        session.says(1, telling("Hello"))
        session.says(1, payload)
        session.says(1, telling("Bye"))
        assert eyes.look.says() == "Bye"

    asyncio.run(run())


async def test_a_press_that_was_stopped_whole_is_counted_and_no_look() -> None:
    changes: list[str] = []
    eyes, session = await open_eyes()
    eyes._changed = lambda: changes.append("changed")
    session.says(1, telling("Hello"))
    session.says(1, STOPPED)
    assert (eyes.stops, changes) == (1, ["changed"] * 2)
    assert eyes.look.says() == "Hello"
    session.says(2, STOPPED)  # said by the page's own script
    assert eyes.stops == 1


async def test_only_a_look_that_is_another_counts_and_is_told() -> None:
    heard: list[str] = []
    eyes, session = await open_eyes()
    eyes.heard = lambda look: heard.append(look.says())
    for text in ("Hello", "Hello", "Bye"):
        session.says(1, telling(text))
    assert heard == ["Hello", "Bye"]


async def test_a_frame_that_is_gone_says_nothing_any_more() -> None:
    eyes, session = await open_eyes()
    session.says(1, telling("Hello"))
    for number, frame in ((4, "form"), (5, "other")):
        session.tell("Page.frameAttached", frameId=frame, parentFrameId="main")
        session.world(number, frame, UPSTOX)
        session.says(number, telling(frame))
    assert eyes.look.says() == "Hello\nform\nother"
    session.tell("Page.frameDetached", frameId="form", reason="remove")
    assert eyes.look.says() == "Hello\nother"
    assert not eyes.may_type("form")
    session.tell("Runtime.executionContextDestroyed", executionContextId=5)
    assert eyes.look.says() == "Hello"
    assert not eyes.has_world("other")


async def test_a_frame_that_moves_to_another_process_keeps_its_place() -> None:
    eyes, session = await open_eyes()
    session.tell("Page.frameAttached", frameId="form", parentFrameId="main")
    session.world(4, "form", UPSTOX)
    session.tell("Page.frameDetached", frameId="form", reason="swap")
    assert eyes.may_type("form")


async def test_a_frame_shows_what_its_newest_world_tells() -> None:
    """The world of a page before may end after that of the next one has begun."""
    eyes, session = await open_eyes()
    session.world(6, "main", UPSTOX)
    session.says(6, telling("Enter PIN"))
    session.tell("Runtime.executionContextDestroyed", executionContextId=1)
    assert eyes.look.says() == "Enter PIN"
    assert (eyes.world(""), eyes.frame_of(6), eyes.frame_of(1)) == (6, "", None)


async def test_a_frame_is_told_apart_from_the_page_by_its_world() -> None:
    eyes, session = await open_eyes()
    frames: list[frozenset[str]] = []
    eyes.on_frames = frames.append
    session.tell("Page.frameAttached", frameId="form", parentFrameId="main")
    session.world(4, "form", UPSTOX)
    assert (eyes.frame_of(4), eyes.frame_of(9)) == ("form", None)
    assert (eyes.origin("form"), eyes.origin("nowhere")) == (UPSTOX, "")
    assert frames == [frozenset({"form"})]


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        (UPSTOX, True),
        ("https://service.upstox.com", True),
        (EVIL, False),
        ("https://upstox.com.evil.example", False),
        ("", False),
    ],
)
async def test_a_form_may_be_sent_to_upstox_alone(origin: str, may: bool) -> None:
    eyes, _ = await open_eyes()
    assert eyes.may_send(origin) is may

"""What is seen of a window: what its trusted frames tell, and nothing else."""

from __future__ import annotations

import asyncio
import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.page.worlds import EVIL, UPSTOX, open_eyes, telling
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

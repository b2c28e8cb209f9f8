"""Chromium's DevTools protocol, as far as the page's rooms need it."""

from __future__ import annotations

import asyncio
import base64

import pytest

from upstox_browser_login.page.cdp import body_in, start


@pytest.mark.parametrize(
    ("told", "body"),
    [
        ({}, b""),
        ({"body": "पिन"}, "पिन".encode()),
        ({"body": base64.b64encode(b"\xff\0").decode(), "base64Encoded": True}, b"\xff\0"),
        ({"body": "YQ==", "base64Encoded": False}, b"YQ=="),
    ],
)
def test_a_body_is_told_as_text_or_in_base64(told: dict[str, object], body: bytes) -> None:
    assert body_in(told) == body


def test_a_damaged_body_is_an_error() -> None:
    with pytest.raises(ValueError, match="padding"):
        body_in({"body": "YQ", "base64Encoded": True})


async def test_work_that_was_begun_is_held_until_it_is_done() -> None:
    tasks: set[asyncio.Task[None]] = set()
    go = asyncio.Event()
    done: list[str] = []

    async def work() -> None:
        await go.wait()
        done.append("done")

    start(work(), tasks)
    assert len(tasks) == 1
    go.set()
    await asyncio.gather(*tasks)
    await asyncio.sleep(0)
    assert (done, tasks) == (["done"], set())

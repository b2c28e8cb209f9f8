from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from upstox_browser_login.replica import Replica

from .visitor import Clock, Visitor

Visit = Callable[..., Visitor]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visit(clock: Clock) -> Iterator[Visit]:
    """Start a replica with scenarios and return a visitor to it."""
    with ExitStack() as stack:

        def start(*scenarios: str, **options: Any) -> Visitor:
            replica = stack.enter_context(Replica(*scenarios, clock=clock, **options))
            client = stack.enter_context(httpx2.Client(trust_env=False, verify=False, timeout=5))
            return Visitor(replica, client, clock)

        yield start


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(
        filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))),
        None,
    )
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if root else []
        )
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()

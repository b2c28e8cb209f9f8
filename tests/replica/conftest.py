from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from upstox_browser_login.replica import Replica

from .tabs import Open, go
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


# pytest-playwright keeps its browser for a whole session, and with it a running event loop in this
# thread, in which no other test could start one. Here it ends with each file of tests.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    path = next(
        filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))),
        None,
    )
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    launched = playwright.chromium.launch(
        **{
            "executable_path": path,
            "args": ["--no-sandbox"] if root else [],
            **browser_type_launch_args,
        }
    )
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def browser_context_args() -> dict[str, Any]:
    return {}


@pytest.fixture
def tab(page: Page) -> Page:
    """pytest-playwright's page, less patient."""
    page.set_default_timeout(5000)
    return page


@pytest.fixture
def opened(tab: Page) -> Iterator[Open]:
    """Start a replica and open its dialog in the tab."""
    replicas: list[Replica] = []

    def start(*scenarios: str, settled: bool = True, **options: Any) -> Replica:
        replica = Replica(*scenarios, **options).start()
        replicas.append(replica)
        go(tab, replica, settled=settled)
        return replica

    yield start
    for replica in replicas:
        replica.stop()

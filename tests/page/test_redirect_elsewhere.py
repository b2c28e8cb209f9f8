"""The code is caught in a browser elsewhere too, where the third net cannot be set."""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.browser.processes import chromium_elsewhere
from tests.harness import Desk, leaks_below, secrets_of, variants
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings

from .hops import HOWS, Listener, assert_logged_in, fetching, log_in_changed

pytestmark = pytest.mark.usefixtures("without_evidence")


def line_of(process: subprocess.Popen[str], pattern: str) -> str:
    """The part of the output that matches; pytest's time limit bounds it."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(pattern, line)
        if found:
            return found[0]
    raise AssertionError(f"never said {pattern}")


@contextmanager
def elsewhere(kind: str, tmp_path: Path) -> Iterator[str]:
    """The address of a browser that somebody else has started."""
    chromium = str(find_chromium(Settings()).path)
    if kind == "cdp":
        command = chromium_elsewhere(chromium, tmp_path / "profile")
        pattern = r"127\.0\.0\.1:\d+"
    else:
        from playwright._impl._driver import compute_driver_executable

        config = tmp_path / "server.json"
        config.write_text(f'{{"executablePath": "{chromium}"}}')
        node, cli = compute_driver_executable()
        command = [node, cli, "launch-server", "--browser", "chromium", "--config", str(config)]
        pattern = r"ws://\S+"
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.PIPE, text=True
    ) as process:
        try:
            found = line_of(process, pattern)
            yield f"http://{found}" if kind == "cdp" else found
        finally:
            family = [psutil.Process(process.pid)]
            family += family[0].children(recursive=True)
            for each in reversed(family):
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "scenario"),
    [("cdp", "redirect=302"), *variants(("server", "redirect=302"), ("cdp", "script-redirect"))],
)
def test_a_browser_elsewhere(kind: str, scenario: str, desk: Desk, tmp_path: Path) -> None:
    """Nobody could tell it which hosts do not exist; the first two nets hold all the same."""
    with Listener() as listener, elsewhere(kind, tmp_path) as url:
        uri = f"http://localhost:{listener.port}/cb"
        with Replica(scenario, redirect_uri=uri, clock=desk.clock.time) as replica:
            attempt = desk.log_in(replica, browser_url=url)
            assert_logged_in(attempt, replica)
    assert listener.accepted == []


@pytest.mark.browser
def test_a_playwright_server_keeps_no_secret(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would write a trace to its own disk, where nobody of ours can delete it."""
    folder = tmp_path / "its own"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with (
        elsewhere("server", tmp_path) as url,
        Replica("wrong-pin", clock=desk.clock.time) as upstox,
    ):
        attempt = desk.log_in(upstox, browser_url=url, trace="on-failure")
        assert attempt.code == "PIN_REJECTED"
        secrets = secrets_of(upstox)
        assert list(folder.iterdir())
        assert leaks_below(folder, secrets) == {}
    (evidence,) = desk.evidence
    assert not (evidence / "trace.zip").exists()
    assert (evidence / "screenshot.png").exists()
    assert "a Playwright server would keep what is typed" in (evidence / "report.md").read_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("how", "ends"),
    [
        ("window.open(answer.redirectUri)", "OK"),
        *variants((HOWS["link"], "OK"), (HOWS["script"], "PAGE_NOT_RECOGNISED")),
    ],
    ids=["window", "link", "script"],
)
def test_other_ways_to_the_hop_elsewhere(
    how: str, ends: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=4.0))
    with Listener() as listener, elsewhere("cdp", tmp_path) as url:
        uri = f"http://127.0.0.1:{listener.port}/cb"
        with Replica(redirect_uri=uri, clock=desk.clock.time) as replica:
            code, error, _ = log_in_changed(desk, replica, fetching(how), browser_url=url)
            assert code == ends, error
            assert replica.counts.pins == 1
    assert listener.accepted == []

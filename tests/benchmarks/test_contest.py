"""The benchmark's own parts: those who are compared really log in, and the figures are right."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.contest import Bench
from benchmarks.figures import Figure, excess, ratio
from benchmarks.plot import Group, svg
from benchmarks.results import Goal, table
from benchmarks.tree import measure

from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings

# What measures logins is no part of them: `make test-all` looks after it.
pytestmark = pytest.mark.variant

linux = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@pytest.fixture
def served(tmp_path: Path) -> Bench:
    """A bench whose replica is started by the test."""
    return Bench(Replica("first-paint=0"), str(find_chromium(Settings()).path), "", tmp_path)


@pytest.mark.browser
@linux
@pytest.mark.parametrize("name", ["ours", "naive", "floor"])
def test_each_competitor_logs_in(served: Bench, name: str) -> None:
    with served.replica as replica:
        taken = served.run(name, memory=True, warm=False)
        assert len(replica.log.of("token")) == 1
    assert replica.account.user_id in taken.output
    assert taken.wall > 0
    assert taken.cpu > 0
    assert taken.memory > 20


@pytest.mark.browser
@linux
def test_one_that_fails_is_no_result(served: Bench) -> None:
    with served.replica, pytest.raises(RuntimeError, match="naive ended with 3: no"):
        served.run("naive", warm=False, command=["sh", "-c", "printf no; exit 3"])


@pytest.mark.browser
@linux
def test_messages_are_counted(served: Bench, tmp_path: Path) -> None:
    file = tmp_path / "sent.json"
    rest = ["naive", "--browser", served.browser]
    with served.replica:
        served.run(
            "naive",
            warm=False,
            command=[sys.executable, "-m", "benchmarks.messages", str(file), *rest],
        )
    sent = Counter(json.loads(file.read_text("utf-8")))
    assert sent["fill"] == 3
    assert sent["click"] == 3
    assert sent["launch"] == sent["goto"] == 1


@linux
def test_orphans_and_failures_are_measured() -> None:
    """A child that outlives its parent is waited for, and its time counts."""
    work = "import sys; sum(range(3 * 10**7)); sys.exit(0)"
    script = f'"{sys.executable}" -c "{work}" & printf said; exit 3'
    taken = measure(["sh", "-c", script], os.environ)
    assert (taken.status, taken.output) == (3, "said")
    assert taken.cpu > 0.1
    assert taken.memory == 0


def test_median_and_quartiles() -> None:
    assert Figure.of([5, 1, 4, 2, 3]) == Figure(3, 2, 4)
    assert Figure.of([7.5]) == Figure(7.5, 7.5, 7.5)
    assert Figure(1.005, 0.5, 2).text(1) == "1.0 (0.5 to 2.0)"


def test_ratios_are_taken_round_by_round() -> None:
    """The slow round slows both, which the ratio of the medians would not see."""
    assert ratio([2, 20, 2], [1, 10, 4]).median == 2
    assert excess([3, 30, 4], [2, 28, 1]) == Figure(2, 1.5, 2.5)
    with pytest.raises(ValueError, match="shorter"):
        ratio([1, 2], [1])


def test_a_goal_tells_whether_it_is_reached() -> None:
    def verdict(came: float) -> str:
        return Goal("x", Figure.of([came]), 1.0, 0.5).cells()[-1]

    assert [verdict(came) for came in (0.5, 0.6, 1.0, 1.01)] == [
        *("aim reached", "fine", "fine", "MISSED")
    ]


def test_table_and_picture() -> None:
    assert table(("a", "b"), [["long", "1"]]) == "| a    | b |\n|------|---|\n| long | 1 |"
    picture = svg(
        [Group("Time & <more>", "s", [("ours", Figure(1, 1, 2)), ("they", Figure(2, 2, 2))])]
    )
    assert "Time &amp; &lt;more&gt;, s" in picture
    assert picture.count('height="16"') == 2
    assert 'width="210.0"' in picture
    assert 'width="420.0"' in picture

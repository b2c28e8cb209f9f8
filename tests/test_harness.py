"""What the tests themselves stand on."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.shared_browser import children, count_children_from_now

ROOT = Path(__file__).parents[1]

RUNS_TESTS = """
    import os, signal, subprocess, sys
    from tests.harness import hand_no_ignored_signal_on

    number = signal.Signals[sys.argv[1]]
    assert signal.getsignal(number) is signal.SIG_IGN
    hand_no_ignored_signal_on()
    os.kill(os.getpid(), number)
    print("still here", flush=True)
    kill = f"import os; os.kill(os.getpid(), {int(number)})"
    child = subprocess.run([sys.executable, "-c", kill], stderr=subprocess.DEVNULL)
    print(child.returncode == -number)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not ignored so there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_an_ignored_signal_is_ignored_here_and_not_in_children(name: str) -> None:
    """As under `nohup`: the tests live on, and a program that they stop does stop."""
    code = textwrap.dedent(RUNS_TESTS)
    ignoring = ["sh", "-c", f'trap "" {name.removeprefix("SIG")}; exec "$@"', "sh"]
    done = subprocess.run(
        [*ignoring, sys.executable, "-c", code, name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "still here\nTrue\n"), done.stderr


@contextmanager
def running(code: str) -> Iterator[subprocess.Popen[str]]:
    """Run a program that says when it is ready, for the length of the block."""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.communicate("")


ALONE = "import sys; print('ready', flush=True); sys.stdin.read()"
"""A program that ends as its stdin does."""

WITH_A_CHILD = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {ALONE!r}], stdin=-1, stdout=-1)
child.stdout.readline()
{ALONE}
child.communicate()
"""


@pytest.mark.parametrize("older", [ALONE, WITH_A_CHILD], ids=["alone", "with a child"])
def test_children_are_those_of_the_test(older: str) -> None:
    """A server that lives as long as the session, and what it starts, are not counted."""
    with running(older):
        count_children_from_now()
        assert children() == []
        with running(WITH_A_CHILD) as mine:
            assert len(children()) == 2
            assert children()[0].pid == mine.pid
        assert children() == []

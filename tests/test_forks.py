"""A child that is forked while another thread holds a lock finds all of them free."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks there")

MOMENTS = """
import os, sys
held = []
# Registered first, so that it is called after those of the modules: they hold their locks by then.
os.register_at_fork(before=lambda: held.extend(each.locked() for each in locks))
from upstox_browser_login.redaction import redactor
from upstox_browser_login import scratch
from upstox_browser_login.store import memory, sqlite
locks = [redactor._lock, scratch._making, memory._changing, sqlite._turns]
child = os.fork()
if not child:
    os._exit(not all(each.acquire(timeout=30) for each in locks))
free = all(each.acquire(timeout=30) for each in locks)
print(held, free, os.waitpid(child, 0)[1])
"""


def run(script: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", script]
    return subprocess.run(
        command, check=True, timeout=120, stdout=subprocess.PIPE, text=True
    ).stdout.strip()


def test_who_forks_waits_for_locks_that_are_held_for_moments() -> None:
    """So that what they guard is whole in the child, too."""
    assert run(MOMENTS) == "[True, True, True, True] True 0"


LONG = """
import os, sys, threading
from upstox_browser_login.settings import deferred
from upstox_browser_login.store.memory import MemoryDocuments
taken, leave = threading.Event(), threading.Event()
def hold():
    with {lock}:
        taken.set()
        leave.wait()
thread = threading.Thread(target=hold)
thread.start()
taken.wait()
child = os.fork()
if not child:
    {child}
status = os.waitpid(child, 0)[1]
leave.set()
thread.join()
print(status)
"""


@pytest.mark.parametrize(
    ("lock", "child"),
    [
        ("deferred._fetching", "os._exit(not deferred._fetching.acquire(timeout=1))"),
        (
            "MemoryDocuments().lock('a', 0)",
            "with MemoryDocuments().lock('a', 1): os._exit(0)",
        ),
    ],
)
def test_a_child_does_not_wait_for_a_thread_of_its_parent(lock: str, child: str) -> None:
    """A login and a password manager take their time, and end in the parent alone."""
    assert run(LONG.format(lock=lock, child=child)) == "0"

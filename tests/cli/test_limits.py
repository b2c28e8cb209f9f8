"""No core dumps while secrets are in memory."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_no_core_dumps() -> None:
    """In a process of its own, for a limit cannot always be taken back."""
    code = """if True:
        import resource
        from upstox_browser_login.cli.limits import no_core_dumps
        before = resource.getrlimit(resource.RLIMIT_CORE)
        with no_core_dumps():
            soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        print(soft <= 1, hard == before[1], resource.getrlimit(resource.RLIMIT_CORE) == before)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 3

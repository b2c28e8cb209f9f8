"""The token as the auth of httpx, which need not be installed."""

from __future__ import annotations

import subprocess
import sys


def test_httpx_is_asked_for_by_name() -> None:
    code = (
        "import sys; sys.modules['httpx'] = None\n"
        "from upstox_browser_login import HttpxAuth, ConfigurationError\n"
        "try: HttpxAuth()\n"
        "except ConfigurationError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install httpx" in done.stdout

"""Jobs as tests of schedulers need them, and odd texts for paths."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from upstox_browser_login.daily.service import Job

PYTHON = "/opt/app/bin/python"

ODD = '/home/asha/al go/50% $off/it\'s "so"; a\\b'
"""A folder with whatever has a meaning to systemd, cron, a shell or XML."""

odd_paths = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="\x7f/"),
    min_size=1,
    max_size=20,
).map(lambda name: f"/home/{name}/x")


def job(**changes: Any) -> Job:
    values: dict[str, Any] = {
        "program": (PYTHON, "-P", "-m", "upstox_browser_login"),
        "options": ("--env-file", "/home/asha/algo/.env"),
        "folder": "/home/asha/algo",
        "state_dir": "/home/asha/.local/state/upstox-browser-login",
        "environment": {"PATH": "/usr/local/bin:/usr/bin:/bin"},
    }
    return Job(**(values | changes))

"""What apprise makes of the addresses, without a word of its own in a log."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from upstox_browser_login import ConfigurationError
from upstox_browser_login.settings.notice_services import services_of

LOGGED = """
import logging
logging.basicConfig(level=logging.DEBUG)
from upstox_browser_login.settings.notice_services import services_of
print(services_of("json://127.0.0.1/s3cr3t mailto://me:s3cr3t@example.com"))
"""


@pytest.mark.parametrize("locale", ["C.UTF-8", "hi_IN.UTF-8", ""])
def test_the_first_use_writes_no_log(locale: str) -> None:
    """In a process of its own, since apprise also logs while it is imported."""
    # Without `site`, which in a locale that is not there reads no path that is not ASCII.
    environment = {**os.environ, "LC_ALL": locale, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", LOGGED],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['JSON', 'E-Mail']\n"
    assert done.stderr == ""


def test_what_apprise_does_not_know_is_named_by_its_setting_alone() -> None:
    with pytest.raises(ConfigurationError) as caught:
        services_of("nosuch://s3cr3t")
    assert "UPSTOX_NOTIFY_URLS" in str(caught.value)
    assert "s3cr3t" not in str(caught.value)

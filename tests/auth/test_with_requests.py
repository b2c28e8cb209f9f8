"""The token as the auth of requests."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
import requests

from tests.auth.sending import (
    PROFILE,
    dead_token,
    keep,
)
from tests.harness import Desk
from upstox_browser_login import (
    RequestsAuth,
    Settings,
)
from upstox_browser_login.replica import Replica


@pytest.mark.usefixtures("logins")
def test_nor_is_an_open_file(replica: Replica, desk: Desk, settings: Settings) -> None:
    keep(settings, dead_token(desk))
    response = requests.get(
        replica.api_url + PROFILE,
        data=io.BytesIO(b"content"),
        auth=RequestsAuth(settings),
        timeout=10,
    )
    assert (response.status_code, response.history) == (401, [])


def test_no_client_is_imported_before_its_turn() -> None:
    code = (
        "import sys; from upstox_browser_login import RequestsAuth\n"
        "print({'requests', 'httpx', 'httpx2', 'playwright'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

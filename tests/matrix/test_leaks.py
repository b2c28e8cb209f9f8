"""The command as people run it, from outside: no secret in anything that others can read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.harness import leaks_below, leaks_in, secrets_of, variants
from upstox_browser_login.replica import Replica

from .sampled import Sampled

CASES = [
    pytest.param("", "OK", id="good day"),
    *variants(
        ("wrong-pin", "PIN_REJECTED"),
        ("denied", "AUTHORIZATION_DENIED"),
        ("reset=token", "NETWORK"),
        ("wrong-otp", "TOTP_REJECTED"),
        ("bad-client", "CLIENT_REJECTED"),
        ("unknown-error", "UNEXPECTED"),
        ("http=pin:500", "SERVER_ERROR"),
    ),
]


ARGUMENTS = ("login", "--debug", "--format", "json")


def clock_within_a_window() -> Callable[[], float]:
    """Upstox's time: 14 s of a TOTP window are over, so that the next one is not far."""
    ahead = 14 - time.time() % 30
    return lambda: time.time() + ahead


@pytest.mark.browser
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize(("scenario", "code"), CASES)
def test_nothing_that_others_can_read_holds_a_secret(
    scenario: str, code: str, tmp_path: Path
) -> None:
    """stdout, stderr at debug level, traces, state, and the children's /proc entries."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    out, err = tmp_path / "stdout", tmp_path / "stderr"
    sampled = Sampled()
    with Replica(*filter(None, [scenario]), clock=clock_within_a_window()) as replica:
        environment = {
            **os.environ,
            **replica.settings(),
            "UPSTOX_STATE_DIR": str(tmp_path / "state"),
            "UPSTOX_TRACE_DIR": str(tmp_path / "traces"),
            "UPSTOX_TRACE": "on",
            "TMPDIR": str(temporary),
        }
        with out.open("wb") as stdout, err.open("wb") as stderr:
            command = subprocess.Popen(
                [sys.executable, "-m", "upstox_browser_login.cli", *ARGUMENTS],
                env=environment,
                cwd=tmp_path,
                stdout=stdout,
                stderr=stderr,
            )
            parent = psutil.Process(command.pid)
            while command.poll() is None:
                sampled.look_at(parent)
                time.sleep(0.05)
        secrets = secrets_of(replica)
    envelope = json.loads(out.read_bytes())
    assert (envelope["error"] or {"code": "OK"})["code"] == code, err.read_text()
    assert sampled.commands
    for token in (tmp_path / "state" / "tokens").glob("*.json"):
        secrets[json.loads(token.read_bytes())["token"]["access_token"]] = "access token"
    assert len(secrets) > 4

    assert leaks_in(out.read_bytes(), secrets) == set()
    assert leaks_in(err.read_bytes(), secrets) == set()
    assert any((tmp_path / "traces").iterdir())
    for folder in ("traces", "state/ledger", "state/locks", "tmp"):
        assert leaks_below(tmp_path / folder, secrets) == {}
    # Our own process has them in its environment, having been given them there; no child does.
    assert leaks_in(sampled.text.encode(), secrets) == set()
    assert "UPSTOX_PIN_CODE" not in sampled.text
    assert list(temporary.iterdir()) == []

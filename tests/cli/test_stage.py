"""Where the demo takes place: nothing of the user's is used or left."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from upstox_browser_login.cli.call import Call, Program
from upstox_browser_login.cli.stage import Landing, keep_evidence, settings_for, stage
from upstox_browser_login.errors import UpstoxError


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's temporary folder of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def a_call(**overrides: Any) -> Call:
    return Call(cast("Program", None), None, None, overrides)


def test_whoever_reaches_the_redirect_address_is_counted() -> None:
    with Landing() as landing:
        port = urlsplit(landing.url).port or 0
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
                assert caller.recv(1) == b""
    assert landing.connections == 3
    with pytest.raises(OSError, match=r".*"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_nothing_is_left_of_it(temporary: Path) -> None:
    with Landing() as landing, stage([], landing) as (server, folder):
        assert folder.is_dir()
        assert server.account.redirect_uri == landing.url
        (folder / "state").mkdir()
    assert list(temporary.iterdir()) == []


def test_the_users_settings_are_left_out_but_for_those_of_the_browser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = {
        "UPSTOX_PIN_CODE": "135790",
        "UPSTOX_STATE_DIR": "/nowhere/state",
        "UPSTOX_TOKEN_STORE": "keyring",
        "UPSTOX_BROWSER_ARGS": "--disable-gpu",
    }
    for name, value in ours.items():
        monkeypatch.setenv(name, value)
    with Landing() as landing, stage([], landing) as (server, folder):
        settings = settings_for(a_call(timeout=77), server, folder)
        assert settings.secret("pin_code") == server.account.pin
        assert settings.api_base_url == server.api_url
        assert settings.state_dir == folder / "state"
        assert settings.trace_dir == folder / "traces"
        assert settings.secret("token_store") == "file"
        assert settings.is_set("browser_args")
        assert settings.timeout == 77
    assert {name: os.environ[name] for name in ours} == ours


def test_the_evidence_of_a_failed_demo_outlives_it(temporary: Path) -> None:
    evidence = temporary / "demo" / "20261129-TIMEOUT"
    evidence.mkdir(parents=True)
    (evidence / "report.md").write_text("why")
    error = UpstoxError("It failed.", trace=str(evidence))
    keep_evidence(error)
    assert error.trace is not None
    assert not evidence.exists()
    assert Path(error.trace).parent.name.startswith("upstox-demo-evidence-")
    assert (Path(error.trace) / "report.md").read_text() == "why"
    nothing = UpstoxError("It failed.")
    keep_evidence(nothing)
    assert nothing.trace is None

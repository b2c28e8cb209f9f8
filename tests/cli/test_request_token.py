"""A token that is approved on the phone, as a command asks for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ports import free_port

from .conftest import Start, ended


def test_a_token_request_is_approved_at_the_replica(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the command line alone, in two terminals, as the help says."""
    import httpx2

    listen = f"127.0.0.1:{free_port()}"
    process = start("replica", "--format", "json", "--notifier-url", f"http://{listen}/notify")
    assert process.stdout is not None
    data = json.loads(process.stdout.readline())["data"]
    for name, value in data["settings"].items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))
    options = ("--listen", listen, "--user-id", "7ABC12", "--format", "json")
    waiting = start("request-token", "--wait", *options)
    assert waiting.stderr is not None
    told = ""
    while "waiting at" not in told:
        line = waiting.stderr.readline()
        assert line, told
        told += line
    approval = data["urls"]["approve_token_request"]
    assert approval == f"{data['urls']['api']}/__replica__/approve-token-request"
    assert httpx2.post(approval).json() == {"status": 200}
    done = ended(waiting)
    assert done.status == 0, told + done.err
    assert done.data["user_id"] == "7ABC12"
    process.terminate()
    assert f"To approve a token request: curl -X POST {approval}" in ended(process).err

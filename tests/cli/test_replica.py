"""The replica as a command."""

from __future__ import annotations

import json
import os
import re
import signal
import sys

import pytest

from tests.harness import variants
from upstox_browser_login.replica import Replica

from .conftest import Call, Start, ended


@pytest.mark.skipif(os.name != "posix", reason="signals are not sent so there")
@pytest.mark.parametrize("name", ["SIGHUP", *variants("SIGINT", "SIGTERM")])
def test_the_replica_serves_until_it_is_stopped(start: Start, name: str) -> None:
    process = start("replica", "--format", "json", "--scenario", "qr-layout")
    assert process.stdout is not None
    line = process.stdout.readline()
    value = json.loads(line)
    assert value["ok"] is True
    assert value["data"]["scenarios"] == ["qr-layout"]
    assert value["data"]["settings"]["UPSTOX_API_BASE_URL"] == value["data"]["urls"]["api"]
    assert process.stderr is not None
    assert "Serving; data.settings of the object on stdout are" in process.stderr.readline()
    process.send_signal(getattr(signal, name))
    done = ended(process)
    assert (done.status, done.out) == (0, "")
    assert "The replica has stopped." in done.err


def test_the_replica_shows_its_requests_without_secrets(start: Start) -> None:
    import httpx2

    process = start("replica")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(7)]
    exports = dict(line.removeprefix("export ").strip().split("=", 1) for line in lines)
    api = exports["UPSTOX_API_BASE_URL"]
    httpx2.get(f"{api}/v2/user/profile?secret=hunter22", headers={"Authorization": "Bearer x"})
    assert process.stderr is not None
    told: list[str] = []
    while not told or "/v2/user/profile" not in told[-1]:
        told.append(process.stderr.readline())
        assert told[-1], told
    process.terminate()
    err = "".join(told) + ended(process).err
    assert re.search(
        r"^\d\d:\d\d:\d\d[+-]\d{4} api +GET +/v2/user/profile  \(profile\)$", err, re.MULTILINE
    )
    assert "hunter22" not in err
    assert "Serving; paste the lines of stdout into another terminal." in err


def test_a_port_that_is_taken(ask: Call, served: Replica) -> None:
    port = int(served.api_url.rpartition(":")[2])
    done = ask("replica", "--port", port)
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert str(port) in done.object["error"]["message"]


@pytest.mark.parametrize("command", ["demo", "replica"])
def test_the_scenarios_are_listed(call: Call, ask: Call, command: str) -> None:
    assert "slow=STEP:SECONDS" in call(command, "--list-scenarios").out
    assert len(ask(command, "--list-scenarios").data["scenarios"]) > 50


@pytest.mark.parametrize("command", ["demo", "replica"])
def test_without_the_extra(ask: Call, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    for name in list(sys.modules):
        if name.startswith("upstox_browser_login.replica"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("upstox_browser_login.replica", None, raising=False)
    monkeypatch.delattr("upstox_browser_login.replica")
    for name in list(sys.modules):
        if name.partition(".")[0] == "starlette":
            monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "starlette", None)
    done = ask(command)
    assert (done.status, done.code) == (3, "CONFIGURATION")
    assert "upstox-browser-login[server]" in done.object["error"]["hint"]

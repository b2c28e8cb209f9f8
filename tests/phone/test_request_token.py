"""`request-token`, as its own process and in this one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from tests.harness import Desk, leaks_in, secrets_of
from tests.ports import free_port
from upstox_browser_login.cli.run import main
from upstox_browser_login.replica import Replica

from .conftest import PATH, Hall, until

Begin = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def live(desk: Desk) -> Iterator[Hall]:
    """A hall on the clock on the wall, which is the one that other processes know."""
    port = free_port()
    with Replica(notifier_url=f"http://127.0.0.1:{port}{PATH}") as replica:
        hall = Hall(desk, replica, port)
        yield hall
        hall.pool.shutdown()


@pytest.fixture
def environment(live: Hall, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    added = {**live.replica.settings(), "UPSTOX_STATE_DIR": str(live.desk.home / "state")}
    for name, value in added.items():
        monkeypatch.setenv(name, value)
    return {**os.environ}


@pytest.fixture
def begin(live: Hall, environment: dict[str, str]) -> Iterator[Begin]:
    """Start `request-token --wait`; returns when Upstox has been asked."""
    started = []

    user = ("--user-id", live.replica.account.user_id)

    def run(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "upstox_browser_login.cli", "request-token", "--wait"]
        process = subprocess.Popen(
            [*command, "--listen", f"127.0.0.1:{live.port}", *user, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        until(lambda: _asked(live) or process.poll() is not None)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def _asked(live: Hall) -> bool:
    return live.replica._world.state.token_request is not None


def test_it_waits_stores_and_says_so(live: Hall, begin: Begin, environment: dict[str, str]) -> None:
    """A forged message before the real one; then `token` prints what was stored."""
    process = begin()
    assert live.post(live.message(access_token="forged-for-the-log-and-long-enough")) == 403
    assert live.replica.approve_token_request() == 200
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert out.startswith(f"Logged in as {live.replica.account.user_name}")
    assert "Approve it in the Upstox app until" in err
    assert "warning: Refused a message: Upstox does not know its token." in err
    assert "forged-for-the-log" not in out + err
    assert PATH not in out + err
    token = subprocess.run(
        [sys.executable, "-m", "upstox_browser_login.cli", "token", "--no-login"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert live.replica._world.state.mint.is_good(token)
    secrets = secrets_of(live.replica) | {token: "access token"}
    assert not leaks_in((out + err).encode(), secrets)


def test_json_is_one_object_like_that_of_login(live: Hall, begin: Begin) -> None:
    process = begin("--format", "json", "--show-token", "--debug")
    assert live.replica.approve_token_request() == 200
    out, err = process.communicate(timeout=60)
    value = json.loads(out)
    assert (value["command"], value["ok"], value["exit_code"]) == ("request-token", True, 0)
    data = value["data"]
    assert data["user_id"] == live.replica.account.user_id
    assert data["store"] == "file"
    assert data["notifier_host"] == f"127.0.0.1:{live.port}"
    assert datetime.fromisoformat(data["authorization_expiry"]) > datetime.now(UTC)
    assert live.replica._world.state.mint.is_good(data["access_token"])
    assert data["access_token"] not in err


@pytest.mark.skipif(sys.platform == "win32", reason="no signals are sent so there")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
def test_it_ends_cleanly_when_it_is_told_to(
    live: Hall, begin: Begin, number: signal.Signals, status: int
) -> None:
    """Even with a caller on the line who never finishes; no socket is left."""
    process = begin("--format", "json")
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\n")
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == status, err
    assert json.loads(out)["error"]["code"] == "INTERRUPTED"
    assert "Traceback" not in err
    with socket.create_server(("127.0.0.1", live.port)):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="the system says it in other words there")
def test_a_port_in_use_is_one_clear_line(live: Hall, begin: Begin) -> None:
    with socket.create_server(("127.0.0.1", live.port)):
        process = begin()
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert err.splitlines() == [
        f"error: Cannot listen on 127.0.0.1:{live.port}: Address already in use.",
        "hint: Choose another --listen, or end the program that listens there.",
    ]


@pytest.mark.usefixtures("environment")
def test_without_wait_it_only_asks(live: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["request-token"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Approve it in the Upstox app until ")
    assert f"posted to 127.0.0.1:{live.port}." in out
    assert main(["request-token", "--format", "json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["data"]) == {
        "authorization_expiry",
        "notifier_host",
    }


@pytest.mark.usefixtures("environment")
def test_an_open_address_is_warned_about(live: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    live.replica.set("bad-client")
    listen = f"0.0.0.0:{live.port}"
    assert main(["request-token", "--wait", "--user-id", "A", "--listen", listen]) == 5
    assert "let a proxy with TLS stand before it" in capsys.readouterr().err


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_the_missing_extra_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import upstox_browser_login.phone as room

    for name in ("inbox", "listener", "webhook"):
        monkeypatch.delitem(sys.modules, f"{room.__name__}.{name}", raising=False)
        monkeypatch.delattr(room, name, raising=False)
    for name in list(sys.modules):
        if name.split(".")[0] == missing:
            monkeypatch.setitem(sys.modules, name, None)
    assert main(["request-token", "--wait"]) == 3
    err = capsys.readouterr().err
    assert missing in err
    assert "'upstox-browser-login[server]'" in err


@pytest.mark.usefixtures("environment")
def test_an_address_that_is_none_is_a_fault_of_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["request-token", "--wait", "--listen", "foo"]) == 2
    assert capsys.readouterr().err == (
        "error: The value of --listen is no address to listen on.\n"
        "hint: Write --listen HOST:PORT, as in 127.0.0.1:8787.\n"
    )


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    "words",
    [["--listen", "127.0.0.1:1"], ["--path", "/x"], ["--user-id", "A"], ["--show-token"]],
    ids=lambda words: words[0],
)
def test_options_of_waiting_go_with_wait(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["request-token", *words]) == 2
    assert "it goes with --wait" in capsys.readouterr().err

"""`demo`: the whole job against the bundled replica. No account, no network."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .call import Call
from .command import command
from .options import BROWSER
from .panels import TRY
from .replica import ListScenarios, Scenarios, make, scenario_list
from .results import Plain, Result

if TYPE_CHECKING:
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.replica import Replica
    from upstox_browser_login.session import LoginResult
    from upstox_browser_login.settings import Settings

_OPTIONS = {
    name: BROWSER[name]
    for name in ("headed", "timeout", "sleep_time", "browser_path", "browser_channel")
}
_KEPT = ("UPSTOX_BROWSER_PATH", "UPSTOX_BROWSER_CHANNEL", "UPSTOX_BROWSER_ARGS", "UPSTOX_HEADED")
"""What of the environment says how a browser runs on this machine."""


@command("demo", panel=TRY, settings=_OPTIONS)
def demo(
    call: Call, *, scenario: Scenarios = None, list_scenarios: ListScenarios = False
) -> Result:
    """Watch a login against the bundled replica of Upstox: no account, no network.

    Your own settings are not used. With --scenario you can watch it fail, too.

    Examples:
      upstox-browser-login demo
      upstox-browser-login demo --headed --sleep-time 1000
      upstox-browser-login demo --scenario wrong-pin
    """
    if list_scenarios:
        return scenario_list()
    from upstox_browser_login.errors import UpstoxError

    from .obtain import new_token

    with _Landing() as landing, _stage(scenario or (), landing) as (server, folder):
        settings = _settings(call, server, folder)
        call.screen.line(
            f"A replica of Upstox listens at {server.api_url}; the login is the real one."
        )
        try:
            result = new_token(call, settings)
        except UpstoxError as error:
            _keep_evidence(error)
            _tell(call, _seen(server, landing))
            raise
        return _result(result, _seen(server, landing))


def _result(result: LoginResult, seen: dict[str, Any]) -> Result:
    from .obtain import token_data

    token = result.token
    data = {
        **token_data(result),
        "user_name": token.user_name,
        "steps": [{"step": Plain(each.step), "seconds": each.seconds} for each in result.steps],
        "replica": seen,
    }
    text = [
        "",
        f"Logged in as {token.user_name} ({token.user_id}). The replica's token:",
        Plain(token.access_token.get_secret_value()),
        "",
        *_lines(seen),
        "",
        "For the real thing, put your own six settings into .env:",
        *(f"  UPSTOX_{name}=…" for name in _SIX),
        "then: upstox-browser-login check-env && upstox-browser-login login",
    ]
    return Result(data, text)


_SIX = ("USERNAME", "PIN_CODE", "TOTP_SECRET", "CLIENT_ID", "CLIENT_SECRET", "REDIRECT_URI")


def _seen(server: Replica, landing: _Landing) -> dict[str, Any]:
    counts = server.counts
    return {
        "otp_requests": counts.otp_requests,
        "codes": len(counts.codes),
        "pins": counts.pins,
        "exchanges": counts.exchanges,
        "redirect_connections": landing.connections,
    }


def _lines(seen: dict[str, Any]) -> list[str]:
    def several(number: int, what: str) -> str:
        return f"{number} {what}{'' if number == 1 else 's'}"

    return [
        "The replica saw "
        f"{several(seen['otp_requests'], 'OTP request')}, {several(seen['codes'], 'code')}, "
        f"{several(seen['pins'], 'PIN')}, {several(seen['exchanges'], 'exchange')}; "
        f"{several(seen['redirect_connections'], 'connection')} reached the redirect address."
    ]


def _tell(call: Call, seen: dict[str, Any]) -> None:
    for line in _lines(seen):
        call.screen.line(line)


@contextmanager
def _stage(scenarios: Any, landing: _Landing) -> Iterator[tuple[Replica, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="upstox-browser-login-demo-"))
    try:
        with make(scenarios, redirect_uri=landing.url) as server:
            yield server, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings(call: Call, server: Replica, folder: Path) -> Settings:
    """The replica's settings, and of the user's only those that are about the browser."""
    from upstox_browser_login.settings import Settings

    ours = {name: value for name, value in os.environ.items() if name.startswith("UPSTOX_")}
    empty = folder / "empty.env"
    empty.touch()
    given = {
        name.removeprefix("UPSTOX_").lower(): value for name, value in server.settings().items()
    }
    for name in ours:
        if name not in _KEPT:
            del os.environ[name]
    try:
        return Settings(
            env_file=empty,
            state_dir=folder / "state",
            trace_dir=folder / "traces",
            token_store="file",  # noqa: S106  (a kind of store)
            **given,
            **call.overrides,
        )
    finally:
        os.environ.update(ours)


def _keep_evidence(error: UpstoxError) -> None:
    """Move the evidence of a failed demo out of the folder that is about to go."""
    if error.trace is not None:
        kept = Path(tempfile.mkdtemp(prefix="upstox-demo-evidence-"))
        with suppress(OSError):
            error.trace = str(shutil.move(error.trace, kept))


class _Landing:
    """What listens at the redirect address, and counts who comes. Nobody should."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self.connections = 0
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/callback"

    def __enter__(self) -> _Landing:
        threading.Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _count(self) -> None:
        with suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.connections += 1

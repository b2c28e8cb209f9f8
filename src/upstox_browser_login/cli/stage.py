"""Where the demo takes place: a replica, folders that go, a redirect address that counts."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from upstox_browser_login.scratch import make_scratch
from upstox_browser_login.settings import Settings

from .replica import make

if TYPE_CHECKING:
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.replica import Replica

    from .call import Call

_KEPT = ("UPSTOX_BROWSER_PATH", "UPSTOX_BROWSER_CHANNEL", "UPSTOX_BROWSER_ARGS", "UPSTOX_HEADED")
"""What of the environment says how a browser runs on this machine."""


@contextmanager
def stage(scenarios: Any, landing: Landing) -> Iterator[tuple[Replica, Path]]:
    """A replica that runs, and a folder for what the login leaves."""
    folder = make_scratch("demo")
    try:
        with make(scenarios, redirect_uri=landing.url) as server:
            yield server, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settings_for(call: Call, server: Replica, folder: Path) -> Settings:
    """The replica's settings, and of the user's only those that are about the browser."""
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


def keep_evidence(error: UpstoxError) -> None:
    """Move the evidence of a failed demo out of the folder that is about to go."""
    if error.trace is not None:
        kept = Path(tempfile.mkdtemp(prefix="upstox-demo-evidence-"))
        with suppress(OSError):
            error.trace = str(shutil.move(error.trace, kept))


class Landing:
    """A server at the redirect address that counts requests: the demo shows that there are none."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self._thread = threading.Thread(target=self._count, daemon=True)
        self.connections = 0
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/callback"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            # Wakes the thread; closing alone would leave it waiting on a number that is reused.
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(1)

    def _count(self) -> None:
        with suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.connections += 1

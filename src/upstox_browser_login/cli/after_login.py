"""`UPSTOX_AFTER_LOGIN`: the user's own command, which each login of a command runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from .results import redacted

if TYPE_CHECKING:
    from upstox_browser_login.session import LoginResult
    from upstox_browser_login.settings import Settings

    from .call import Call

SECONDS = 60.0
"""How long the command may take."""

VARIABLE = "UPSTOX_LOGIN_JSON"
"""What the command finds in its environment, beside what any child of ours finds there."""

_OUTPUT = 10_000
"""Bytes of its output that are kept; the rest is read and dropped."""

_LINE = 200
"""Characters of its last line that are told."""

_READER_SECONDS = 1.0


def after_login(call: Call, settings: Settings, result: LoginResult) -> str | None:
    """Run the command if one is set and this process has logged in; show and return its failure.

    The process that has logged in runs its own command. A failed command leaves the login valid.
    """
    if settings.after_login is None or result.source != "login":
        return None
    facts = {"command": call.program.command, "profile": settings.profile}
    trouble = run(settings.after_login.get_secret_value(), result, facts)
    if trouble is not None:
        call.screen.warning(trouble)
    return trouble


def run(
    command: str, result: LoginResult, facts: dict[str, Any], *, seconds: float = SECONDS
) -> str | None:
    """Run the command with the token on its stdin; what went wrong, None for nothing.

    `facts` are told it beside what `login` tells programs.
    """
    from upstox_browser_login.programs import environment_without_secrets, split_command

    from .obtain import login_data

    told = redacted({**facts, **login_data(result, show_token=False)})
    environment = {**environment_without_secrets(), VARIABLE: json.dumps(told)}
    try:
        process = subprocess.Popen(
            split_command(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            # A group of its own, so that what it has started ends with it.
            start_new_session=os.name != "nt",
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        return f"UPSTOX_AFTER_LOGIN cannot be run: {reason}. The login stands."
    output = _Output(process.stdout)
    try:
        _feed(process.stdin, result.token.access_token.get_secret_value())
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        return f"UPSTOX_AFTER_LOGIN did not end within {seconds:.0f} s. The login stands."
    except BaseException:
        _kill(process)
        raise
    if status == 0:
        return None
    last = output.last_line()
    said = f" It said: {last}" if last else ""
    return f"UPSTOX_AFTER_LOGIN ended with exit status {status}; the login stands.{said}"


def _feed(stdin: IO[bytes] | None, token: str) -> None:
    """Hand the token over, a line as `token` prints it. A command need not read it."""
    if stdin is None:
        return
    with suppress(OSError), stdin:
        stdin.write(f"{token}\n".encode())


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Output:
    """What the command prints, read as it comes: a child of its own may keep the pipe open."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._kept = bytearray()
        self._is_cut = False
        self._stream = stream
        self._thread = threading.Thread(target=self._read, name="after-login", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        if self._stream is None:
            return
        with suppress(OSError, ValueError), self._stream as stream:
            while data := os.read(stream.fileno(), 4096):
                self._is_cut = self._is_cut or len(self._kept) + len(data) > _OUTPUT
                self._kept = (self._kept + data)[-_OUTPUT:]

    def last_line(self) -> str:
        """The last line that is not blank, without secrets."""
        from upstox_browser_login.printable import one_line
        from upstox_browser_login.redaction import beginning, redactor

        self._thread.join(_READER_SECONDS)
        kept = bytes(self._kept)
        if self._is_cut:  # a secret in its first line may have lost its beginning
            kept = kept.partition(b"\n")[2]
        lines = kept.decode("utf-8", "replace").splitlines()
        said = next((one_line(line) for line in reversed(lines) if line.strip()), "")
        return beginning(redactor.redact(said), _LINE)

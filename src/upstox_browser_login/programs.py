"""Command lines of settings: how they are taken apart, and what their programs print."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress

from .errors import ConfigurationError

MAX_PRINTED = 16_384
"""Bytes of a command's output that are kept. No setting is as long as that."""


def split_command(text: str, *, posix: bool = os.name == "posix") -> list[str]:
    """The words of a command, as the shell of the system reads them.

    On Windows a backslash is part of a path, and only double quotes keep words together.
    Raises `ValueError` for a quote that is left open.
    """
    if posix:
        return shlex.split(text)
    words = shlex.split(text, posix=False)
    return [each[1:-1] if len(each) > 1 and each[0] == each[-1] == '"' else each for each in words]


def join_command(words: list[str], *, posix: bool = os.name == "posix") -> str:
    """The command line that `split_command` takes apart into these words."""
    if posix:
        return shlex.join(words)
    return " ".join(f'"{each}"' if not each or re.search(r"\s", each) else each for each in words)


def command_problem(text: str) -> str | None:
    """Why a command could not be run, as far as can be told without running it; None if it could.

    The command is not quoted, since any word of it may be a secret.
    """
    import shutil

    try:
        words = split_command(text)
    except ValueError:
        return "has a quote that is not closed"
    if not words or shutil.which(words[0]) is None:
        return "names a program that is not there, or may not be run"
    return None


def environment_without_secrets() -> dict[str, str]:
    """Copy this process's environment without `UPSTOX_*`, for every child that we start.

    In any case of letters, as the settings are read in any.
    """
    return {
        name: value for name, value in os.environ.items() if not name.upper().startswith("UPSTOX_")
    }


async def printed_by(name: str, command: str, seconds: float, hint: str) -> bytes:
    """What the command that the variable `name` holds prints, without a shell and without input.

    Raises `ConfigurationError`, which names the variable and never quotes the command or its
    output: both may be secrets.
    """
    # Not `subprocess.run` in a thread: nobody could end the thread, and a child of the command
    # that keeps its output open would hold even the time limit up.
    loop = asyncio.get_running_loop()
    try:
        transport, output = await loop.subprocess_exec(
            lambda: _Output(loop.create_future()),
            *_runnable(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment_without_secrets(),
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ConfigurationError(f"{name} cannot be run: {reason}.", hint=hint) from None
    try:
        async with asyncio.timeout(seconds):
            await output.ended
    except TimeoutError:
        raise ConfigurationError(
            f"{name} did not finish within {seconds:.0f} s.", hint=hint
        ) from None
    finally:
        # Otherwise the loop may end first and leave the process as a zombie.
        await killed(transport, seconds=1)
    status = transport.get_returncode()
    if status != 0:
        raise ConfigurationError(f"{name} ended with exit status {status}.", hint=hint)
    return bytes(output.printed)


def _runnable(command: str) -> list[str]:
    """The words of a command, the program with its path: Windows finds a bare .exe alone."""
    import shutil

    program, *rest = split_command(command)
    return [shutil.which(program) or program, *rest]


async def killed(transport: asyncio.SubprocessTransport, seconds: float) -> None:
    """Kill a process if it still runs, wait until asyncio knows of its end, and close its pipes.

    The transport's own `kill` and `close` ask the system for the exit status, which it tells once:
    asyncio would then miss it and log a warning.
    """
    deadline = time.monotonic() + seconds
    if transport.get_returncode() is None:
        with suppress(OSError):  # it has just ended
            if sys.platform == "win32":
                transport.kill()
            else:
                os.kill(transport.get_pid(), signal.SIGKILL)
    while transport.get_returncode() is None and time.monotonic() < deadline:  # noqa: ASYNC110  (its own wait may end only when others have closed its pipes)
        await asyncio.sleep(0.01)
    transport.close()


class _Output(asyncio.SubprocessProtocol):
    """What a command prints; `ended` is done when it has exited and its output is closed."""

    def __init__(self, ended: asyncio.Future[None]) -> None:
        self.ended = ended
        self.printed = bytearray()

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002  (asyncio's name)
        self.printed += data[: MAX_PRINTED - len(self.printed)]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's name)
        if not self.ended.done():
            self.ended.set_result(None)

"""Command lines of settings: how they are taken apart, and what their programs print."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import subprocess

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
            lambda: _Output(loop.create_future(), loop.create_future()),
            *split_command(command),
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
        transport.close()  # kills a program that still runs
        # Otherwise the loop may end first and leave the process as a zombie.
        await asyncio.wait({output.exited}, timeout=1)
    status = transport.get_returncode()
    if status != 0:
        raise ConfigurationError(f"{name} ended with exit status {status}.", hint=hint)
    return bytes(output.printed)


class _Output(asyncio.SubprocessProtocol):
    """What a command prints; `ended` is done when it has exited and its output is closed."""

    def __init__(self, exited: asyncio.Future[None], ended: asyncio.Future[None]) -> None:
        self.exited = exited
        self.ended = ended
        self.printed = bytearray()

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002  (asyncio's name)
        self.printed += data[: MAX_PRINTED - len(self.printed)]

    def process_exited(self) -> None:
        if not self.exited.done():
            self.exited.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's name)
        if not self.ended.done():
            self.ended.set_result(None)

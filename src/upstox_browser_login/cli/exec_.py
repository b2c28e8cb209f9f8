"""`exec`: run a command that finds the token in its environment."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from .call import Call
from .command import command
from .help import Command
from .limits import allow_core_dumps
from .options import COMMON, LOGIN, format_option, may_hold_secret
from .panels import USE
from .token import NoLogin
from .usage import PlainError, no_such_option, refuse_empty, unknown_option

if TYPE_CHECKING:
    from upstox_browser_login.settings import Settings

VARIABLE = "UPSTOX_ACCESS_TOKEN"
_SECRETS = (
    "PIN_CODE",
    "TOTP_SECRET",
    "CLIENT_SECRET",
    "PASSWORD",
    "BROWSER_HEADERS",
    "SECRETS_DIR",
    "NOTIFY_URLS",
    "AFTER_LOGIN",
)
_WITHHELD = re.compile(
    rf"UPSTOX_(?:{'|'.join(_SECRETS)}|\w+_(?:FILE|COMMAND|KEYRING))", re.IGNORECASE
)
_ACCOUNT = {
    "UPSTOX_USERNAME": "username",
    "UPSTOX_CLIENT_ID": "client_id",
    "UPSTOX_REDIRECT_URI": "redirect_uri",
}
"""Variables that tell the command whose token it gets, and their settings."""

NOT_FOUND = 127
NOT_EXECUTABLE = 126


class _Exec(Command):
    """The command, which knows that an unknown option may have been meant for another program."""

    def explained(self, error: typer.TyperException, ctx: Any) -> typer.TyperException:
        """Say where the options of the other program stand."""
        if unknown_option(error) is None:
            return error
        return PlainError(
            no_such_option(error),
            hint=f"Options of CMD stand behind it: `{ctx.command_path} -- CMD --option …`. Those "
            f"of `exec` itself: `{ctx.command_path} --help`.",
        )


@command(
    "exec",
    cls=_Exec,
    panel=USE,
    settings=LOGIN,
    common={
        **COMMON,
        "format": format_option(
            "json prints one object on stdout where CMD is not run, with the error; where it is, "
            "stdout is CMD's alone."
        ),
    },
    context_settings={"allow_interspersed_args": False},
)
def exec_(
    call: Call,
    *,
    words: Annotated[
        list[str], typer.Argument(metavar="CMD", help="The command and its arguments, behind `--`.")
    ],
    no_login: NoLogin = False,
) -> None:
    """Run a command that finds UPSTOX_ACCESS_TOKEN set.

    Logs in first if no valid token is stored, and ends as the command ends.
    It does not see PIN, TOTP seed, client secret and password. Status 127:
    there is no such command; 126: it cannot be run.

    Example: upstox-browser-login exec -- python my_strategy.py --paper
    """
    from .obtain import valid_token

    refuse_empty(words[0], "CMD")
    program = _program(words[0])
    if isinstance(program, OSError):
        _end_without_running(call, words[0], program)
        return
    settings = call.settings()
    result = valid_token(call, settings, allow_login=not no_login)
    env = environment(os.environ, result.token.access_token.get_secret_value(), settings)
    try:
        if os.name == "nt":
            call.program.printed = True  # stdout is the command's from here on
            call.program.exit_code = run_child(program, words, env)
        else:
            _become(program, words, env)
    except OSError as error:
        call.program.printed = False
        _end_without_running(call, words[0], error, was_found=True)


def environment(env: Mapping[str, str], token: str, settings: Settings) -> dict[str, str]:
    """`env` with the token, and without what the command has no business to know.

    Of the account it says what the token's settings say: those of `--profile` or `--env-file` may
    be another account's than those of `env`.
    """
    from upstox_browser_login.redaction import redactor
    from upstox_browser_login.settings.names import ADDRESSES, variable

    addresses = {variable(each) for each in ADDRESSES}
    kept = {}
    for name, value in env.items():
        if name.upper() in _ACCOUNT:
            # Asked for one by one: what is kept elsewhere would have to be fetched.
            if value and (own := getattr(settings, _ACCOUNT[name.upper()])) is not None:
                kept[name] = own if isinstance(own, str) else own.get_secret_value()
            continue
        ours = name.upper().startswith("UPSTOX_")
        if ours and (_WITHHELD.fullmatch(name) or redactor.find(value) - {"username"}):
            continue
        if name.upper() in addresses and _is_withheld(value):
            continue
        kept[name] = value
    return {**kept, VARIABLE: token}


def _is_withheld(address: str) -> bool:
    """Whether an address may hold a secret, also one that is not in use.

    Where an option or a profile goes before it, nobody else knows it for a secret.
    """
    try:
        return may_hold_secret(address)
    except ValueError:
        return True


def _program(name: str) -> str | OSError:
    """The file that `name` means, or why it cannot be run, as a shell finds out."""
    import errno
    import shutil

    found = shutil.which(name)
    if found is not None:
        return found
    if not os.path.dirname(name):  # noqa: PTH120  (names, as which() takes them)
        return FileNotFoundError(errno.ENOENT, "")
    try:
        os.stat(name)  # noqa: PTH116  (as above)
    except OSError as error:
        return error
    return PermissionError(errno.EACCES, "")


_PROGRAM = re.compile(r"(?=.{1,24}$)[a-z]+([-_.][a-z]+)*(\d(\.\d\d?)?)?")
"""What looks like a program's name. Any other word may be a secret in the wrong place: those that
Upstox and authenticators give out have digits or capitals."""

_READER = "name the program that reads it: `upstox-browser-login exec -- python FILE`."


def _end_without_running(call: Call, name: str, error: OSError, *, was_found: bool = False) -> None:
    """End with the reason why CMD cannot be run.

    `was_found` says that its file is there and may be run, and the system refused to start it.
    """
    missing = isinstance(error, FileNotFoundError)
    if was_found:
        what = error.strerror or type(error).__name__
        hint = f"Let its first line name a program that is there, as `#!/bin/sh` does, or {_READER}"
    elif missing:
        what = "no such command"
        hint = (
            "Name a program on PATH, or the path of one. What only a shell knows needs a shell: "
            "`upstox-browser-login exec -- sh -c '…'`."
        )
    elif os.path.isdir(name):  # noqa: PTH112  (as above)
        what, hint = "it is a folder", "Name a program in it."
    elif error.strerror:
        what = error.strerror
        closed = isinstance(error, PermissionError)
        hint = f"{'Let this user look into the folders of' if closed else 'Correct'} that path."
    else:
        what, hint = "not a program that may be run", f"Make it executable, or {_READER}"
    if missing and not os.path.dirname(name) and not _PROGRAM.fullmatch(name):  # noqa: PTH120
        name = "CMD"
    call.program.misused(NOT_FOUND if missing else NOT_EXECUTABLE, f"{name}: {what}.", hint)


def _become(program: str, words: Sequence[str], env: Mapping[str, str]) -> NoReturn:
    """Turn this process into the command, with the limits and signals it would have had."""
    import signal

    for name in ("SIGPIPE", "SIGXFSZ"):
        number = getattr(signal, name, None)
        if number is not None:
            # Python ignores these two, and what is ignored stays so.
            signal.signal(number, signal.SIG_DFL)
    allow_core_dumps()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os.execvpe(program, [*words], {**env})  # noqa: S606  (no shell is what is wanted)


def run_child(program: str, words: Sequence[str], env: Mapping[str, str]) -> int:
    """Where a process cannot become another: run it as a child, and end as it ends."""
    import signal
    import subprocess

    # A Ctrl-C reaches the whole console; it is the child's to answer.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with subprocess.Popen([program, *words[1:]], env={**env}) as child:
            status = child.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return status if status >= 0 else 128 - status

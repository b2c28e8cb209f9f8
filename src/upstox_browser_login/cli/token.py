"""`token`: a valid token on stdout, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from .call import Call
from .command import command
from .options import LOGIN
from .panels import START
from .results import Plain, Result

Output = Literal["raw", "header", "env", "dotenv"]

NAME = "access_token"
"""The variable of an env file that the token-refresh guides use."""

NoLogin = Annotated[
    bool,
    typer.Option(
        "--no-login", help="Never log in: end with status 4 where no valid token is stored."
    ),
]


@command("token", panel=START, settings=LOGIN)
def token(
    call: Call,
    *,
    no_login: NoLogin = False,
    output: Annotated[
        Output,
        typer.Option(
            "--output",
            help="raw: the token; header: 'Authorization: Bearer …'; "
            "env: 'export UPSTOX_ACCESS_TOKEN=…'; dotenv: 'access_token=…'.",
        ),
    ] = "raw",
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar="PATH",
            readable=False,
            help="With --output dotenv: put the line into this env file, leave the rest of it "
            "as it is, and print nothing.",
        ),
    ] = None,
) -> Result:
    """Print a valid token and nothing else; log in only if need be.

    For example:
      TOKEN=$(upstox-browser-login token)
      eval "$(upstox-browser-login token --output env)"
      curl -H "$(upstox-browser-login token --output header)" https://api.upstox.com/v2/user/profile
      upstox-browser-login token --output dotenv --write .env
    """
    from .obtain import token_data, valid_token

    if write is not None and output != "dotenv":
        raise typer.BadParameter("it goes with --output dotenv", param_hint="--write")
    settings = call.settings()
    if write is not None:
        write = _expanded(write)
        _check_writable(write)
    result = valid_token(call, settings, allow_login=not no_login)
    plain = result.token.access_token.get_secret_value()
    data = token_data(result)
    if write is not None:
        _write(call, write, plain)
        return Result({**data, "written": str(write)})
    return Result(data, [Plain(_as(output, plain))])


def _as(output: Output, token: str) -> str:
    if output == "header":
        return f"Authorization: Bearer {token}"
    if output == "env":
        import shlex

        return f"export UPSTOX_ACCESS_TOKEN={shlex.quote(token)}"
    if output == "dotenv":
        from upstox_browser_login.files.dotenv import line

        return line(NAME, token)
    return token


def _expanded(path: Path) -> Path:
    """The path of `--write=~/my.env`, which no shell expands behind an `=`."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings.values import DirtError, prepared_path

    try:
        return prepared_path(path)
    except DirtError as error:
        raise ConfigurationError(f"The path of --write {error}.") from None


def _check_writable(path: Path) -> None:
    """See that the token can go there, before a login is spent on it. The folder is not made."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.files.dotenv import check_writable

    folder = path.resolve().parent
    if not folder.is_dir():
        raise ConfigurationError(
            f"There is no folder {folder} for --write.",
            hint="Create it, or name a file in another folder.",
        )
    check_writable(path)


def _write(call: Call, path: Path, token: str) -> None:
    from upstox_browser_login.files.dotenv import write_variable

    shared = write_variable(path, NAME, token)
    call.screen.line(f"{NAME} is up to date in {path}.")
    if shared:
        call.screen.warning(f"{path} can be read by other users of this machine: chmod 600 {path}")

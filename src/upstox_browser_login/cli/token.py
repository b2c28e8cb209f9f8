"""`token`: a valid token on stdout, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from .call import Call
from .command import command
from .options import LOGIN, path_of
from .panels import START
from .results import Plain, Result
from .usage import Misuse

Output = Literal["raw", "header", "env", "dotenv"]

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
            parser=path_of,
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
    from .env_write import writable_file, write_token
    from .obtain import token_data, valid_token

    if write is not None and output != "dotenv":
        raise Misuse("it goes with --output dotenv", param_hint="--write")
    if call.program.json and output != "raw" and write is None:
        raise Misuse("the object in JSON has the token already", param_hint="--output")
    settings = call.settings()
    if write is not None:
        write = writable_file(write, "--write")
    result = valid_token(call, settings, allow_login=not no_login)
    plain = result.token.access_token.get_secret_value()
    data = token_data(result)
    if write is not None:
        write_token(call.screen, write, plain)
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

        from .env_write import NAME

        return line(NAME, token)
    return token

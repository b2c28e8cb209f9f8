"""The Typer application that the commands add themselves to."""

from __future__ import annotations

from typing import Annotated

import typer

from .help import Group

root = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool | None) -> None:
    if wanted:
        from upstox_browser_login._version import __version__

        typer.echo(f"upstox-browser-login {__version__}")
        raise typer.Exit


@root.callback()
def _root(
    *,
    version: Annotated[
        bool | None,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = None,
) -> None:
    """Get the day's Upstox API access token through the real login page.

    Results go to stdout, everything else to stderr. Exit status: 0 done,
    1 unexpected, 2 usage, 3 settings, 4 no valid token, 5 credentials
    rejected, 6 blocked, 7 page changed, 8 browser, 9 Upstox unavailable,
    10 exchange, 11 store, 130 and 143 stopped.

    First steps: upstox-browser-login demo, then check-env, then login
    """

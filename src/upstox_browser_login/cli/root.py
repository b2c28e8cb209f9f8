"""The Typer application that the commands add themselves to."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .help import Group

_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


class _Root(Group):
    """The program, whose options about completion may be followed by the name of a shell."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before the command."""
        if args and args[0] in {"--show-completion", "--install-completion"}:
            _complete(ctx, args[0], args[1:])
        return super().parse_args(ctx, args)


def _complete(ctx: Any, option: str, named: list[str]) -> None:
    """Show or install completion for the shell named, or for the one that has called; then end.

    Typer's own options pass over a name, and take the shell that has called all the same.
    """
    from typer import completion

    from .usage import Misuse

    if named:
        shell: str | None = named[0]
    else:
        # Typer has no public name for it.
        shell = completion._get_shell_name()  # type: ignore[attr-defined]  # noqa: SLF001
    if shell not in _SHELLS or len(named) > 1:
        if not named:
            problem = "it cannot be told which shell this is"
        else:
            problem = "no such shell is known" if len(named) == 1 else "it takes one shell's name"
        raise Misuse(
            problem,
            param_hint=option,
            hint=f"Name one of {', '.join(_SHELLS)}: `upstox-browser-login {option} bash`.",
        )
    show = option == "--show-completion"
    (completion.show_callback if show else completion.install_callback)(ctx, None, shell)  # type: ignore[arg-type]


root = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=_Root,
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

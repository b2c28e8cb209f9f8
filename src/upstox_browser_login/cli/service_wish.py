"""What the options of `service install` and `service show` ask for, `refresh`'s among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from msgspec import Struct, field

from .help import Command
from .usage import Misuse, PlainError, unknown_option

if TYPE_CHECKING:
    from upstox_browser_login.daily.service import Kind
    from upstox_browser_login.daily.service_systemd import Scope


class HandingOn(Command):
    """A command that hands what stands behind `--` on to `refresh`."""

    def explained(self, error: typer.TyperException, ctx: Any) -> typer.TyperException:
        """Say how an option of `refresh` is written here."""
        name = unknown_option(error)
        if name is None:
            return error
        params = _refresh()[0].params
        known = {word: each for each in params for word in (*each.opts, *each.secondary_opts)}
        if name not in known:
            return error
        value = "" if known[name].is_flag else " …"
        return PlainError(
            f"{name} is an option of `refresh`, and stands behind `--`.",
            hint=f"Write it as `{ctx.command_path} -- {name}{value}`.",
        )


class Wish(Struct, frozen=True):
    """What the options of `service install` and `service show` ask for."""

    kind: Kind | None = None
    system: bool = False
    run_as: str | None = None
    secrets: Path | None = None
    options: Sequence[str] = field(default_factory=tuple)

    @property
    def scope(self) -> Scope:
        """Whose units systemd runs it among."""
        return "system" if self.system else "user"


def wish_of(
    kind: Kind | None,
    system: bool,
    run_as: str | None,
    secrets: Path | None,
    options: Sequence[str] | None,
) -> Wish:
    """Read the options. Raises a usage error where they do not go together."""
    check_scope(kind, system=system)
    if run_as is not None and not system:
        raise Misuse("it goes with --system", param_hint="--run-as")
    if secrets is not None and kind not in {None, "systemd"}:
        raise Misuse("only systemd can hand secrets over", param_hint="--secrets")
    if system:
        kind = "systemd"
    return Wish(kind, system, run_as, secrets, tuple(options or ()))


def check_scope(kind: Kind | None, *, system: bool) -> None:
    """Raise a usage error where a unit of the machine is asked of another scheduler."""
    if system and kind not in {None, "systemd"}:
        raise Misuse("it goes with systemd", param_hint="--system")


def refresh_options(words: Sequence[str]) -> dict[str, Any]:
    """What `refresh` makes of these options. Raises its usage error for wrong ones."""
    refresh, above = _refresh()
    params: dict[str, Any] = refresh.make_context("refresh", [*words], parent=above).params
    for name in ("env_file", "profile"):
        if params.get(name) is not None:
            option = f"--{name.replace('_', '-')}"
            raise Misuse("it goes before `--`", param_hint=option)
    if params.get("once"):
        raise Misuse("the scheduler decides on that", param_hint="--once")
    return params


def _refresh() -> tuple[Any, Any]:
    """The command `refresh`, and the context that it is called in."""
    from .app import whole

    group = whole()
    above = group.make_context("upstox-browser-login", [], resilient_parsing=True)
    return group.get_command(above, "refresh"), above


def files_of(given: Mapping[str, Any]) -> dict[str, Path]:
    """The files that options of `refresh` name, in full. Raises `ConfigurationError`."""
    from .env_write import named_path

    named = {"--write": given.get("write"), "--log-file": given.get("log_file")}
    return {option: named_path(path, option) for option, path in named.items() if path is not None}

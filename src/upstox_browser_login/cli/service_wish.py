"""What the options of `service install` and `service show` ask for, `refresh`'s among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.daily.service import Kind
    from upstox_browser_login.daily.service_systemd import Scope


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
    if system and kind not in {None, "systemd"}:
        raise Misuse("it goes with systemd", param_hint="--system")
    if run_as is not None and not system:
        raise Misuse("it goes with --system", param_hint="--run-as")
    if secrets is not None and kind not in {None, "systemd"}:
        raise Misuse("only systemd can hand secrets over", param_hint="--secrets")
    if system:
        kind = "systemd"
    return Wish(kind, system, run_as, secrets, tuple(options or ()))


def refresh_options(words: Sequence[str]) -> dict[str, Any]:
    """What `refresh` makes of these options. Raises its usage error for wrong ones."""
    from .app import whole

    group = whole()
    above = group.make_context("upstox-browser-login", [], resilient_parsing=True)
    refresh = group.get_command(above, "refresh")
    params: dict[str, Any] = refresh.make_context("refresh", [*words], parent=above).params
    for name in ("env_file", "profile"):
        if params.get(name) is not None:
            option = f"--{name.replace('_', '-')}"
            raise Misuse("it goes before `--`", param_hint=option)
    if params.get("once"):
        raise Misuse("the scheduler decides on that", param_hint="--once")
    return params


def files_of(given: Mapping[str, Any]) -> dict[str, Path]:
    """The files that options of `refresh` name, in full. Raises `ConfigurationError`."""
    from .env_write import named_path

    named = {"--write": given.get("write"), "--log-file": given.get("log_file")}
    return {option: named_path(path, option) for option, path in named.items() if path is not None}

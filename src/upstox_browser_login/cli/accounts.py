"""`accounts list|remove`: the profiles of this user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct

from .ask import agreed, require_somebody
from .call import Call
from .command import command
from .help import Group
from .options import STORE
from .panels import CHECK
from .results import Plain, Result, iso
from .root import root
from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.settings import Settings
    from upstox_browser_login.token import Token

accounts = typer.Typer(
    name="accounts",
    no_args_is_help=True,
    help="The profiles: list them, remove one.",
    rich_markup_mode=None,
    cls=Group,
)
root.add_typer(accounts, rich_help_panel=CHECK)


class _Account(Struct, frozen=True):
    """A profile, as far as it can be looked at without fetching a secret."""

    name: str
    file: Path
    settings: Settings | None = None
    token: Token | None = None
    where: str | None = None
    problem: str | None = None

    @classmethod
    def of(cls, name: str, file: Path, overrides: Mapping[str, Any]) -> _Account:
        from upstox_browser_login.errors import UpstoxError
        from upstox_browser_login.settings import Settings
        from upstox_browser_login.store import known_token_key, open_store

        try:
            settings = Settings(profile=name, **overrides)
        except UpstoxError as error:
            return cls(name, file, problem=error.message)
        try:
            if settings.deferred("token_store") is not None:
                return cls(name, file, settings, problem="its token store is not looked up")
            store = open_store(settings)
            key = known_token_key(settings)
            if key is None:
                return cls(name, file, settings, problem="its number or API key is not known yet")
            return cls(name, file, settings, store.load(key), store.place)
        except UpstoxError as error:
            return cls(name, file, settings, problem=error.message)

    @property
    def state(self) -> str:
        """`valid`, `expired`, `none`, or `unknown`."""
        from upstox_browser_login.clock import Clock

        if self.problem is not None:
            return "unknown"
        if self.token is None:
            return "none"
        return "valid" if self.token.seconds_left(Clock().now()) > 0 else "expired"

    @property
    def data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "file": str(self.file),
            "token": Plain(self.state),
            "expires_at": None if self.token is None else iso(self.token.expires_at),
            "kept_in": self.where,
            "state_dir": None if self.settings is None else str(self.settings.state_dir),
            "problem": self.problem,
        }

    @property
    def lines(self) -> Iterator[str]:
        from upstox_browser_login.clock import Clock

        from .words import dies

        yield self.name
        yield f"  settings: {self.file}"
        if self.problem is not None:
            yield f"  token:    not looked for: {self.problem.rstrip('.')}"
        elif self.token is None:
            yield "  token:    none is stored"
        else:
            yield f"  token:    {dies(self.token.expires_at, Clock().now())}"
            yield f"            {self.where}"
        if self.settings is not None:
            yield f"  state:    {self.settings.state_dir}"


@command("list", app=accounts, settings=STORE)
def list_(call: Call) -> Result:
    """List the profiles: where each is kept, and its token's life.

    No number and no secret is shown, no command is run, and the keyring is
    not asked. With --profile that one alone is listed.

    Example: upstox-browser-login accounts list
    """
    if call.profile is not None:
        _ = call.env_source  # raises where there is no such profile, as in every command
    found = [
        _Account.of(name, file, call.overrides)
        for name, file in _profiles()
        if call.profile in {None, name}
    ]
    lines = [line for each in found for line in each.lines]
    return Result(
        {"accounts": [each.data for each in found]},
        lines or ["There is no profile; `upstox-browser-login configure --profile NAME` adds one."],
    )


@command("remove", app=accounts, settings=STORE)
def remove(
    call: Call,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The profile.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> Result:
    """Remove a profile: its file, its keyring entries, its token.

    The record of past logins stays: Upstox counts refused PINs by account,
    whatever profile they came from. A token that is valid lives on at Upstox
    until 03:30; `logout --profile NAME` revokes it first.

    Example: upstox-browser-login accounts remove papa
    """
    from upstox_browser_login.daily.service import APP, Job
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.files.paths import is_missing
    from upstox_browser_login.settings import profile_file
    from upstox_browser_login.settings.env_file import check_profile
    from upstox_browser_login.settings.keeping import Kept

    from .service import installed

    if call.env_file is not None or call.profile not in {None, name}:
        which = "--profile" if call.env_file is None else "--env-file"
        raise Misuse("the profile to remove is NAME", param_hint=which)
    check_profile(name)
    file = profile_file(name)
    if is_missing(file):
        raise ConfigurationError(
            f"There is no profile {name}.", hint="See `upstox-browser-login accounts list`."
        )
    account = _Account.of(name, file, call.overrides)
    for line in account.lines:
        call.screen.line(line)
    if account.state == "valid":
        logout = f"`upstox-browser-login logout --profile {name}`"
        way = (
            f"{logout} would have revoked it" if yes else f"answer no and run {logout} to revoke it"
        )
        call.screen.warning(f"The token is valid and lives on at Upstox until it dies; {way}.")
    job = Job((), (), "", "", profile=name)
    for options, place in installed(job).items():
        call.screen.warning(
            f"The daily login of this profile stays installed: {place}. Remove it too: "
            f"`{APP} service uninstall {options}{job.removal}`."
        )
    if not yes and not _sure():
        return Result({"removed": []}, ["Nothing was changed."])
    done = [*_forget_token(account)]
    Kept(file, chosen=True).remove_whole()
    done.append(str(file))
    lines = [f"Removed: {each}" for each in done]
    ledger = None if account.settings is None else account.settings.state_dir / "ledger"
    if ledger is not None and _has_files(ledger):
        lines.append(
            f"Kept: {ledger}, the record of past logins. It holds no secret, and a refused PIN or "
            "a spent code counts at Upstox whatever profile it came from."
        )
    return Result({"removed": done}, lines)


def _has_files(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def _profiles() -> Iterator[tuple[str, Path]]:
    """Name and file of every profile. Raises `ConfigurationError`: they cannot be listed."""
    from upstox_browser_login.errors import ConfigurationError, UpstoxError
    from upstox_browser_login.files.refused import reason_of
    from upstox_browser_login.settings import profile_file
    from upstox_browser_login.settings.env_file import check_profile

    folder = profile_file("any").parent
    files: list[Path] = []
    try:
        # Not by a pattern, which passes over a folder that cannot be read.
        files += sorted(each for each in folder.iterdir() if each.match("*.env"))
    except (FileNotFoundError, NotADirectoryError):
        pass  # nobody has made one
    except OSError as error:
        raise ConfigurationError(
            f"{folder} cannot be read: {reason_of(error)}.",
            hint="Let this user read the folder of the profiles.",
        ) from None
    for file in files:
        try:
            check_profile(file.stem)
        except UpstoxError:
            continue  # nobody could name it
        yield file.stem, file


def _forget_token(account: _Account) -> Iterator[str]:
    """Remove the stored token, and what is remembered of its name. Raises `StoreError`."""
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.session.tokens import note_thrown_away
    from upstox_browser_login.store import known_token_key, open_store
    from upstox_browser_login.store.known import NEEDED, KnownName

    settings = account.settings
    if settings is None or settings.deferred("token_store") is not None:
        return
    key = known_token_key(settings)
    if key is not None:
        store = open_store(settings)
        with store.lock(key, settings.timeout):
            if store.delete(key):
                note_thrown_away(settings, Clock())
                yield f"the token in {store.place}"
    for what in NEEDED:
        known = KnownName.of(settings, what)
        if known is not None:
            known.forget()


def _sure() -> bool:
    require_somebody("Add --yes, and it is removed without a question.")
    return agreed("Remove this profile?", default=False)

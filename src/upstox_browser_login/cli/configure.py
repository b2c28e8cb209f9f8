"""`configure`: asks for every setting, checks it, and keeps it."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .ask import agreed, hidden, require_somebody
from .call import Call
from .command import command
from .options import BROWSER, STORE
from .panels import START
from .results import Plain, Result
from .screen import answer
from .signals import Interruption
from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.settings.keeping import Kept

_ABOUT = {
    "username": "Mobile number registered with Upstox, 10 digits",
    "pin_code": "PIN of the account, 4 to 6 digits",
    "totp_secret": "TOTP seed (base32), or the otpauth:// address behind the QR code",
    "client_id": "API key of your app, from Upstox's developer console",
    "client_secret": "API secret of that app",
    "redirect_uri": "Redirect URI exactly as registered with that app",
}
"""What the settings of a first login are called in a question."""

_SETTINGS = {**STORE, **{name: BROWSER[name] for name in ("browser_path", "browser_channel")}}

log = logging.getLogger(__name__)


@command("configure", panel=START, settings=_SETTINGS)
def configure(
    call: Call,
    *,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="One setting alone, such as UPSTOX_PIN_CODE or pin_code."
        ),
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove what is kept: that one setting, or all.")
    ] = False,
    keyring: Annotated[
        bool | None,
        typer.Option(
            "--keyring/--file",
            help="Keep the secrets in the system's keyring, or all in the file. Asked otherwise.",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove without asking.")] = False,
) -> Result:
    """Ask for every setting, check it, and keep it.

    In .env of the current folder (mode 600), in the file of --env-file, or in
    that of --profile; secrets in the system's keyring if you like. It can be
    stopped at any question, and nothing has changed then.

    Example: upstox-browser-login configure --profile papa
    """
    from upstox_browser_login.settings import NEEDED_FOR_LOGIN, env_file_of, examine
    from upstox_browser_login.settings.keeping import Kept

    field = None if name is None else _field(name)
    chosen = call.env_file is not None or call.profile is not None
    kept = Kept(env_file_of(call.env_file, call.profile), chosen)
    if remove:
        return _removed(call, kept, field, yes=yes)
    wanted = NEEDED_FOR_LOGIN if field is None else (field,)
    require_somebody(_set_by_hand(kept, wanted))
    kept.check_writable()
    present = kept.fields()
    _require_keyring(kept, wanted, wish=keyring)
    call.screen.line(
        f"The settings go to {kept.path}. What is secret is not shown as you type. Ctrl-C stops, "
        "and changes nothing."
    )
    values = {}
    for each in wanted:
        given = _asked(call, each, present)
        if given is not None:
            values[each] = given
    if field is None:
        _browser(call, kept)
    where = str(kept.path)
    if values:
        in_keyring = _in_keyring(call, kept, values, wish=keyring)
        kept.keep(values, keyring=in_keyring)
        where += " and the keyring" if in_keyring else ""
        call.screen.line(f"Kept in {where}.")
        if not kept.chosen:
            _warn_of_environment(call, values)
    data = {"file": str(kept.path), "changed": [Plain(_variable(each)) for each in values]}
    text = [_how_many(values)]
    if field is not None:
        # A `.env` that nobody has named may not say everything; what is ignored is told.
        examine(env_file=kept.read(), profile=call.profile, **call.overrides)
        return Result(data, text)
    with _kept_where_stopped(where):
        return _first_login(call, data, text)


def _how_many(values: Collection[str]) -> str:
    if not values:
        return "Nothing was changed."
    return "1 setting is kept." if len(values) == 1 else f"{len(values)} settings are kept."


def _field(name: str) -> str:
    """The setting that a person means by `name`."""
    from upstox_browser_login.settings import PREFIX
    from upstox_browser_login.settings.model import SETTABLE
    from upstox_browser_login.settings.unknown import nearest

    field = name.upper().removeprefix(PREFIX).lower()
    if field not in SETTABLE:
        meant = nearest(field, SETTABLE)
        may = "" if meant is None else f"{_variable(meant)} may be meant; "
        raise Misuse(
            "that is no setting",
            param_hint="NAME",
            hint=f"{may}`upstox-browser-login check-env` shows the names of all.",
        )
    return field


def _variable(field: str) -> str:
    from upstox_browser_login.settings import variable

    return variable(field)


def _set_by_hand(kept: Kept, wanted: Collection[str]) -> str:
    """What to set, and where, in place of an answer."""
    names = ", ".join(_variable(each) for each in wanted)
    where = str(kept.path) if kept.chosen else f"the environment or in {kept.path}"
    return f"Set {names} in {where}."


# -- the questions ---------------------------------------------------------------------------------


def _asked(call: Call, field: str, present: Collection[str]) -> str | None:
    """A value that breaks no rule; None where nothing is to change.

    What a login needs and is not kept yet cannot be left out.
    """
    from upstox_browser_login.settings import NEEDED_FOR_LOGIN
    from upstox_browser_login.settings.keeping import problem_with
    from upstox_browser_login.settings.model import is_secret

    variable = _variable(field)
    is_kept = field in present or (field == "totp_secret" and "totp_command" in present)
    if is_kept:
        enter = " (Enter: as it is)"
    else:
        enter = "" if field in NEEDED_FOR_LOGIN else " (Enter: leave it out)"
    question = f"{_ABOUT.get(field, variable)}{enter}:"
    while True:
        text = hidden(question) if is_secret(field) else answer(question)
        if not text and enter:
            return None
        problem = problem_with(field, text)
        if problem is not None:
            call.screen.line(f"{variable} {problem.removeprefix(f'{variable} ')}.")
        elif field != "totp_secret" or _same_code(call, text):
            return text


def _same_code(call: Call, seed: str) -> bool:
    """Let a person compare the seed's code with that of the phone."""
    from upstox_browser_login.blocking import run_apart
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.totp import SeedSource, read_seed

    source, clock = SeedSource(read_seed(seed)), Clock()
    while True:
        now = clock.time()
        code = run_apart(source.code(int(now // source.period)))
        left = int(source.period - now % source.period)
        shown = f"{code[:3]} {code[3:]}"
        said = answer(
            f"The code is now {shown}, for {left} s more. Does your phone show the same? "
            "[y/n, Enter: look again]"
        ).lower()
        if said in {"y", "yes"}:
            return True
        if said in {"n", "no"}:
            call.screen.line(
                "Then this is another seed than the phone's, or the clock of one of the two is "
                f"wrong: this machine's says {clock.now():%H:%M:%S} UTC."
            )
            return False


def _browser(call: Call, kept: Kept) -> None:
    """Find a browser, or offer to install one. Without one the settings are kept all the same."""
    from upstox_browser_login.browser.find import find_chromium
    from upstox_browser_login.browser.install import install_browser
    from upstox_browser_login.errors import BrowserError
    from upstox_browser_login.settings import examine

    # What breaks a rule is told by the check-up at the end.
    settings = examine(env_file=kept.read(), **call.overrides).settings
    if settings.is_set("browser_url"):
        return
    try:
        call.screen.line(f"Browser: {find_chromium(settings, headed=settings.headed)}.")
    except BrowserError as error:
        call.screen.line(error.message)
        if agreed("Install one now?", default=True):
            try:
                install_browser(settings, headed=settings.headed, say=call.screen.line)
            except BrowserError as failed:
                call.screen.warning(f"{failed.message} {failed.hint}")


def _require_keyring(kept: Kept, wanted: Collection[str], *, wish: bool | None) -> None:
    """Raise `ConfigurationError` where secrets have to go into a keyring that cannot be used."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings.keeping import keyring_problem

    if _has_to(kept, wanted, wish) and (trouble := keyring_problem()) is not None:
        raise ConfigurationError(f"The keyring {trouble}.", hint=trouble.hint)


def _has_to(kept: Kept, fields: Collection[str], wish: bool | None) -> bool:
    """Whether secrets are among these settings, and go into the keyring without a question."""
    from upstox_browser_login.settings.model import is_secret

    secret = any(is_secret(each) for each in fields)
    return secret and wish is not False and (wish is True or kept.uses_keyring())


def _in_keyring(call: Call, kept: Kept, values: Collection[str], *, wish: bool | None) -> bool:
    """Whether the secrets go into the keyring."""
    from upstox_browser_login.settings.keeping import keyring_problem
    from upstox_browser_login.settings.model import is_secret

    if wish is False or not any(is_secret(each) for each in values):
        return False
    if _has_to(kept, values, wish):
        return True
    trouble = keyring_problem()
    if trouble is not None:
        call.screen.line(f"The secrets go into the file (mode 600), since the keyring {trouble}.")
        return False
    return agreed("Keep the secrets in the system's keyring, and not in the file?", default=True)


def _warn_of_environment(call: Call, values: Collection[str]) -> None:
    """Say which variables of the environment go before what was just kept."""
    first = [_variable(each) for each in values if os.environ.get(_variable(each))]
    if first:
        call.screen.warning(
            f"{', '.join(first)} in the environment {'goes' if len(first) == 1 else 'go'} before "
            "what is kept in the file."
        )


# -- what comes after ------------------------------------------------------------------------------


@contextmanager
def _kept_where_stopped(where: str) -> Iterator[None]:
    """Tell whoever stops within the block that the settings are kept nevertheless."""
    from upstox_browser_login.errors import InterruptedLoginError

    hint = f"The settings are kept in {where}; `upstox-browser-login login` logs in."
    try:
        yield
    except Interruption as stop:
        stop.hint = hint
        raise
    except EOFError:
        raise InterruptedLoginError("No answer was given.", hint=hint) from None


def _first_login(call: Call, data: dict[str, Any], text: list[str]) -> Result:
    """Check all that a login needs, and offer one."""
    from upstox_browser_login.errors import UpstoxError

    from .doctor import checked
    from .obtain import logged_in, login_data, new_token

    checks, error = checked(call)
    for line in checks:
        call.screen.line(line)
    data["login"] = None
    if error is not None:
        return Result(data, text, error)
    if agreed("Log in now?", default=True):
        try:
            result = new_token(call, call.settings())
        except UpstoxError as failure:
            return Result(data, text, failure)
        data["login"] = login_data(result, show_token=False)
        text = [*text, logged_in(result.token)]
    return Result(data, text)


# -- removing --------------------------------------------------------------------------------------


def _removed(call: Call, kept: Kept, field: str | None, *, yes: bool) -> Result:
    """Remove one setting, or all that are kept."""
    from upstox_browser_login.settings.model import SETTABLE

    fields = sorted(kept.fields() & ({field} if field is not None else set(SETTABLE)))
    names = [_variable(each) for each in fields]
    for notice in kept.read().notices:  # a line that nobody can read may hold one as well
        log.warning("%s", notice)
    if not fields:
        return Result({"file": str(kept.path), "removed": []}, [f"{kept.path} has none of them."])
    call.screen.line(f"In {kept.path}: {', '.join(names)}.")
    if not yes and not _sure("Remove them?" if len(names) > 1 else "Remove it?"):
        return Result({"file": str(kept.path), "removed": []}, ["Nothing was changed."])
    kept.remove(fields)
    call.screen.line("A stored token and the record of past logins are left as they are.")
    data = {"file": str(kept.path), "removed": [Plain(each) for each in names]}
    return Result(data, [f"{', '.join(names)}: removed."])


def _sure(question: str) -> bool:
    require_somebody("Add --yes, and what is kept is removed without a question.")
    return agreed(question, default=False)

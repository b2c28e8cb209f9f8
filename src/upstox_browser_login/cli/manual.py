"""`auth-url` and `exchange`: a login by hand, in any browser."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from .call import Call, run_async
from .command import command
from .options import API, APP, STORE
from .panels import MANUAL
from .results import Plain, Result
from .screen import answer, is_terminal

if TYPE_CHECKING:
    from upstox_browser_login.settings import Settings
    from upstox_browser_login.store.states import States


@command("auth-url", panel=MANUAL, settings={**APP, **API, **STORE})
def auth_url(call: Call) -> Result:
    """Print the login dialog's address, for a browser of your own.

    Needs UPSTOX_CLIENT_ID and UPSTOX_REDIRECT_URI only. The `state` in it is
    kept, so that `exchange` knows the answer; the next `auth-url` replaces it.

    Example: upstox-browser-login auth-url
    """
    from upstox_browser_login.oauth import dialog_url, new_state
    from upstox_browser_login.settings import variable
    from upstox_browser_login.store.states import States

    settings = call.settings()
    state = new_state()
    url = dialog_url(settings, state)
    States(settings).put(state)
    # Now, not while a code grows old.
    missing = [variable(name) for name in _NEEDED if getattr(settings, name) is None]
    if missing:
        call.screen.warning(f"`exchange` needs {' and '.join(missing)} too; set that first.")
    then = call.program.fitted("`upstox-browser-login exchange`")
    call.screen.line(f"Log in there, then hand the address that it ends on to {then}.")
    return Result({"url": Plain(url)}, [Plain(url)])


_NEEDED = ("client_id", "client_secret", "redirect_uri", "username")
"""What `exchange` needs: the app, and the number that tokens are filed under."""


@command("exchange", panel=MANUAL, settings={**APP, **API, **STORE})
def exchange(
    call: Call,
    *,
    code_or_url: Annotated[
        str,
        typer.Argument(
            metavar="CODE_OR_URL",
            help="The code, or the whole address, in quotes; - reads it from stdin.",
        ),
    ],
    show_token: Annotated[
        bool, typer.Option("--show-token", help="Print the token as well.")
    ] = False,
) -> Result:
    """Turn an authorization code into a token, and store it.

    Needs UPSTOX_CLIENT_ID, UPSTOX_CLIENT_SECRET and UPSTOX_REDIRECT_URI, and
    UPSTOX_USERNAME, since tokens are filed by mobile number.

    Of an address, the state must be that of the last `auth-url`; it counts
    once. A code lives a minute or two and is spent even if this fails.

    Example: upstox-browser-login exchange 'https://…/callback?code=aB3xY9&state=…'
    """
    from upstox_browser_login import oauth
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.http import prepare
    from upstox_browser_login.session import LoginResult, StepTime
    from upstox_browser_login.store import open_store, token_key
    from upstox_browser_login.store.aside import set_damaged_aside
    from upstox_browser_login.store.states import States

    from .obtain import login_data, login_text

    settings = call.settings()
    settings.require(*_NEEDED)
    store, key = open_store(settings), token_key(settings)
    states = States(settings)
    pasted = oauth.tidy_pasted(_pasted(code_or_url))
    code = _code(settings, pasted, states)
    store.check_writable()
    if (warning := set_damaged_aside(store, key)) is not None:
        call.screen.warning(warning)
    # While the state is kept: a wrong proxy or certificate variable spends nothing.
    client = prepare(settings.api_base_url)
    if code != pasted:
        # Gone before it is used: a second answer to the same question is nobody's.
        states.drop()
    began = time.monotonic()
    try:
        token = run_async(oauth.exchange(settings, code, clock=Clock(), client=client))
    except UpstoxError as error:
        again = "run `upstox-browser-login auth-url` again"
        error.hint = error.hint.replace("run the login again", again)
        raise
    exchanged = time.monotonic()
    store.save(key, token)
    steps = (
        StepTime("exchange", round(exchanged - began, 3)),
        StepTime("store", round(time.monotonic() - exchanged, 3)),
    )
    result = LoginResult(token, "login", store.kind, steps)
    return Result(
        login_data(result, show_token=show_token),
        login_text(
            result,
            where=store.where(key),
            show_token=show_token,
        ),
    )


def _code(settings: Settings, pasted: str, states: States) -> str:
    """The code of what was pasted. Raises as `oauth.read_pasted` does."""
    from upstox_browser_login import oauth
    from upstox_browser_login.errors import ConfigurationError

    if "://" in pasted and _place(pasted) != _place(settings.redirect_uri or ""):
        raise ConfigurationError(
            "That is not the address of your redirect URI; paste the one the browser ended on.",
            hint="It begins as UPSTOX_REDIRECT_URI does, and has `code=` in it.",
        )
    return oauth.read_pasted(pasted, states.get() if oauth.is_address(pasted) else None)


def _place(url: str) -> tuple[str | None, int | None, str] | None:
    """Host, port and path, as browsers write them; None for what cannot be read."""
    from urllib.parse import unquote, urlsplit

    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return parts.hostname, None if port in {80, 443} else port, unquote(parts.path) or "/"


def _pasted(given: str) -> str:
    """What was given, or the first line of stdin that has something on it."""
    if given != "-":
        return given
    if is_terminal(sys.stdin):
        return answer("Code or address:")
    # None where it was closed, which is an end of input too.
    return next((line for line in sys.stdin or () if line.strip()), "")

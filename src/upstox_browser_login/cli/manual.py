"""`auth-url` and `exchange`: a login by hand, in any browser."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .call import Call
from .command import command
from .options import APP, TOKEN
from .panels import MANUAL
from .results import Plain, Result
from .screen import answer, is_terminal


@command("auth-url", panel=MANUAL, settings={**APP, **TOKEN})
def auth_url(call: Call) -> None:
    """Print the login dialog's address, for a browser of your own.

    Needs UPSTOX_CLIENT_ID and UPSTOX_REDIRECT_URI only. The `state` in it is
    kept, so that `exchange` knows the answer; the next `auth-url` replaces it.

    Example: upstox-browser-login auth-url
    """
    from upstox_browser_login.session.tokens import ByHand
    from upstox_browser_login.settings import variable

    settings = call.settings()
    by_hand = ByHand(settings, warn=call.screen.warning)
    url = by_hand.url()
    by_hand.keep_state()
    # Now, not while a code grows old.
    missing = [variable(name) for name in _NEEDED if not settings.is_set(name)]
    if missing:
        call.screen.warning(f"`exchange` needs {' and '.join(missing)} too; set that first.")
    # Before the words about it, also on a terminal, where both are seen.
    call.print(Result({"url": Plain(url)}, [Plain(url)]))
    then = call.program.fitted("`upstox-browser-login exchange`")
    call.screen.line(f"Log in there, then hand the address that it ends on to {then}.")


_NEEDED = ("client_id", "client_secret", "redirect_uri", "username")
"""What `exchange` needs: the app, and the number that tokens are filed under."""


@command("exchange", panel=MANUAL, settings={**APP, **TOKEN})
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
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.session.tokens import ByHand
    from upstox_browser_login.store import open_store

    from .after_login import after_login
    from .obtain import login_data, login_text

    settings = call.settings()
    settings.require(*_NEEDED)
    settings.refuse_unusable("after_login")
    by_hand = ByHand(settings, warn=call.screen.warning)
    result = by_hand.exchange(_pasted(code_or_url), clock=Clock())
    after_login(call, settings, result)
    where = open_store(settings).place
    return Result(
        login_data(result, show_token=show_token),
        login_text(result, where=where, show_token=show_token),
    )


def _pasted(given: str) -> str:
    """What was given, or the first line of stdin that has something on it."""
    if given != "-":
        return given
    if is_terminal(sys.stdin):
        return answer("Code or address:")
    from upstox_browser_login.errors import ConfigurationError

    # None where it was closed, which is an end of input too.
    for line in sys.stdin or ():
        if line.strip():
            return line
    raise ConfigurationError(
        "There was nothing on stdin.",
        hint="Hand over the code, or the whole address that the browser ended on.",
    )

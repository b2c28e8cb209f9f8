"""`login` and `generate-token`: a login through the browser, now."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from .call import Call
from .command import command
from .options import LOGIN
from .panels import START
from .results import Plain, Result

if TYPE_CHECKING:
    from upstox_browser_login.token import Token

Pause = Annotated[
    bool,
    typer.Option(
        "--pause",
        help="Show the browser and open Playwright's inspector before the page is loaded. "
        "The time limit is a day then, unless --timeout says otherwise.",
        rich_help_panel="Browser",
    ),
]

Watch = Annotated[
    bool,
    typer.Option(
        "--watch",
        help="Type nothing: a person logs in by hand in a window that is shown. "
        "The time limit is 600 s then, unless --timeout says otherwise.",
        rich_help_panel="Browser",
    ),
]


@command("login", panel=START, settings=LOGIN)
def login(
    call: Call,
    *,
    show_token: Annotated[
        bool, typer.Option("--show-token", help="Print the token as well.")
    ] = False,
    pause: Pause = False,
    watch: Watch = False,
) -> Result:
    """Log in through the browser now; store the token.

    Needs UPSTOX_USERNAME, UPSTOX_PIN_CODE, UPSTOX_TOTP_SECRET,
    UPSTOX_CLIENT_ID, UPSTOX_CLIENT_SECRET and UPSTOX_REDIRECT_URI, from
    the environment or from .env; `check-env` shows what is missing.
    With --watch neither PIN nor TOTP seed is needed: you type them.

    For example:
      upstox-browser-login login --trace on --timeout 90
      upstox-browser-login login --watch
    """
    from upstox_browser_login.store import open_store

    from .obtain import for_a_person, invite, login_data, login_text, new_token

    settings = call.settings()
    if watch:
        settings = for_a_person(call, settings)
        invite(call)
    began = time.monotonic()
    result = new_token(call, settings, pause=pause, by_hand=watch)
    took = time.monotonic() - began
    where = open_store(settings).place
    return Result(
        login_data(result, show_token=show_token),
        login_text(result, where=where, show_token=show_token, took=took),
    )


@command("generate-token", panel=START, settings=LOGIN)
def generate_token(call: Call, *, pause: Pause = False) -> Result:
    """Log in now and print the token with its details.

    The name that users of upstox-totp know, and the lines that it prints:
    Access Token, User ID, User Name, User Type, Broker, Email, Products,
    Exchanges, Is Active, and Expires At. For scripts there is `token`, which
    logs in only where no valid token is stored.

    Example: upstox-browser-login generate-token --format json
    """
    from .obtain import new_token, token_data

    result = new_token(call, call.settings(), pause=pause)
    token = result.token
    data = {
        **token_data(result),
        "user_name": token.user_name,
        "user_type": token.user_type,
        "broker": token.broker,
        "email": token.email,
        "products": token.products,
        "exchanges": token.exchanges,
        "is_active": token.is_active,
    }
    return Result(data, details(token))


def details(token: Token) -> list[str]:
    """A token as `upstox_cli generate-token` prints it, for scripts that read those lines."""
    from .words import iso_local, plain_fields

    return [
        Plain(f"Access Token: {token.access_token.get_secret_value()}"),
        *plain_fields(
            [
                ("User ID", token.user_id),
                ("User Name", token.user_name),
                ("User Type", token.user_type),
                ("Broker", token.broker),
                ("Email", token.email),
                ("Products", token.products),
                ("Exchanges", token.exchanges),
                ("Is Active", token.is_active),
                ("Expires At", iso_local(token.expires_at)),
            ]
        ),
    ]

"""`request-token`: the official request for a token, approved on the user's phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from upstox_browser_login.extras import needing

from .account import STORED
from .call import Call
from .command import command
from .panels import MANUAL
from .results import Result, iso
from .usage import Misuse, PlainError

if TYPE_CHECKING:
    from upstox_browser_login.api import TokenRequest

LISTEN = "127.0.0.1:8787"


@command("request-token", panel=MANUAL, settings=STORED)
def request_token(
    call: Call,
    *,
    wait: Annotated[
        bool, typer.Option("--wait", help="Receive Upstox's message, and store its token.")
    ] = False,
    listen: Annotated[
        str | None,
        typer.Option(
            "--listen",
            metavar="HOST:PORT",
            help=f"With --wait: where the message comes in; normally {LISTEN}.",
        ),
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(
            "--path",
            metavar="PATH",
            help="With --wait: the path that it comes to; normally that of the notifier URL.",
        ),
    ] = None,
    user_id: Annotated[
        str | None,
        typer.Option(
            "--user-id",
            metavar="ID",
            help="With --wait: take a token of this user only; needed until a token is stored, "
            "afterwards normally that token's user.",
        ),
    ] = None,
    show_token: Annotated[
        bool, typer.Option("--show-token", help="With --wait: print the token as well.")
    ] = False,
) -> Result:
    """Ask Upstox for a token that the user approves in the app (v3).

    No browser, PIN or TOTP: Upstox asks on the phone, and posts the token to
    the notifier URL of your app. With --wait that message is received here,
    its token checked with Upstox and stored. Needs UPSTOX_CLIENT_ID and
    UPSTOX_CLIENT_SECRET, with --wait also UPSTOX_USERNAME and the extra
    `server`. The notifier URL is public, so a proxy with TLS belongs before
    --listen; a path that nobody can guess keeps strangers out.

    Example: upstox-browser-login request-token --wait --user-id 7ABC12
    """
    if wait:
        return _wait(call, listen or LISTEN, path, user_id, show_token=show_token)
    for name, value in (("--listen", listen), ("--path", path), ("--user-id", user_id)):
        if value is not None:
            raise Misuse("it goes with --wait", param_hint=name)
    if show_token:
        raise Misuse("it goes with --wait", param_hint="--show-token")
    from upstox_browser_login import api
    from upstox_browser_login.blocking import run_apart

    request = run_apart(api.request_token(call.settings()))
    return Result(
        _request_data(request),
        [
            f"Approve it in the Upstox app until {_until(request)}.",
            f"The token is then posted to {_host(request)}.",
        ],
    )


def _wait(
    call: Call, listen: str, path: str | None, user_id: str | None, *, show_token: bool
) -> Result:
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.store import open_store

    from .after_login import after_login
    from .obtain import login_data, login_text
    from .progress import Plain

    listener, webhook = _rooms()
    try:
        address = listener.Address.of(listen)
    except ConfigurationError as error:
        raise PlainError(error.message, hint=error.hint) from None
    settings = call.settings()
    settings.refuse_unusable("after_login")
    if not address.is_local:
        call.screen.warning(
            f"Other machines can reach {address}, and the message holds a token in plain text: "
            "let a proxy with TLS stand before it."
        )
    asked: list[TokenRequest] = []

    def tell(request: TokenRequest) -> None:
        asked.append(request)
        call.screen.line(f"Approve it in the Upstox app until {_until(request)}.")
        call.screen.line(f"Upstox will tell {_host(request)}; waiting at {address}.")

    result = webhook.receive_token(
        settings,
        address,
        asked=tell,
        user_id=user_id,
        path=path,
        progress=Plain(call.screen),
    )
    after_login(call, settings, result)
    return Result(
        {**login_data(result, show_token=show_token), **_request_data(asked[0])},
        login_text(result, where=open_store(settings).place, show_token=show_token),
    )


def _request_data(request: TokenRequest) -> dict[str, Any]:
    return {
        "authorization_expiry": iso(request.expires_at),
        "notifier_host": _host(request),
    }


def _host(request: TokenRequest) -> str:
    """The notifier's host alone: path and query may be what keeps strangers out."""
    from urllib.parse import urlsplit

    # Upstox's answer, but also somebody's entry in a form.
    try:
        parts = urlsplit(request.notifier_url)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    return f"{host}:{port}" if port else host


def _until(request: TokenRequest) -> str:
    from .words import at

    return at(request.expires_at)


def _rooms() -> tuple[Any, Any]:
    """The rooms that need the extra. Raises `ConfigurationError` where it is missing."""
    with needing("server", "Waiting for the message"):
        from upstox_browser_login.phone import listener, webhook
    return listener, webhook

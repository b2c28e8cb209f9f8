"""`status`, `logout`, `unlock`: what is stored, and what stands in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .account import STORED
from .ask import require_somebody
from .call import Call
from .command import command
from .options import TOKEN
from .panels import CHECK, USE
from .results import Plain, Result, iso
from .screen import answer

_NOTEWORTHY = 60.0
"""Seconds by which two clocks must differ for a person to be told."""

if TYPE_CHECKING:
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.ledger import Block
    from upstox_browser_login.settings import Settings
    from upstox_browser_login.token import Token


@command("status", panel=CHECK, settings=STORED)
def status(
    call: Call,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Ask Upstox whether it accepts the token.")
    ] = False,
) -> Result:
    """Show the stored token's life, and if a login may be tried.

    No browser, and no network unless --check. Status 4: no valid token.
    Commands of settings are not run and the keyring is not asked, but for the
    mobile number and the API key, once.

    Example: upstox-browser-login status --check || upstox-browser-login login
    """
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.errors import NotLoggedInError, UpstoxError
    from upstox_browser_login.session.standing import with_fitting_hint
    from upstox_browser_login.store import open_store, token_key

    settings = call.settings()
    store, key, now = open_store(settings), token_key(settings), Clock().now()
    with with_fitting_hint(settings):
        token = store.load(key)
    block = fitted_block(call, settings)
    valid = token is not None and token.is_valid(now, margin=0)
    alive: bool | None = None
    error: UpstoxError | None = None
    if token is None or not valid:
        what = "No token is stored." if token is None else "The stored token has expired."
        error = NotLoggedInError(what, code="NO_VALID_TOKEN", hint=store.why_empty)
    elif check:
        try:
            alive = _is_alive(settings, token)
        except UpstoxError as raised:
            error = raised
        if alive is False:
            error = NotLoggedInError("Upstox no longer accepts the token.", code="TOKEN_REVOKED")
    if isinstance(error, NotLoggedInError) and block is not None:
        error.hint = block.hint  # a login would only be refused
    data = {
        "logged_in": valid and alive is not False,
        "expires_at": None if token is None else iso(token.expires_at),
        "seconds_left": None if token is None else max(0, int(token.seconds_left(now))),
        "login_allowed": block is None,
        "blocked": block_data(block),
        "user_id": None if token is None else token.user_id,
        "user_name": None if token is None else token.user_name,
        "store": Plain(store.kind),
        "checked": alive,
    }
    lines = _token_text(token, valid=valid, alive=alive, where=store.place)
    # An error that has the block's hint tells it once more, on stderr.
    stands = block_text(block, hint=error is None or block is None or error.hint != block.hint)
    return Result(data, [*lines, *(stands or ["A login may be tried."])], error)


def _is_alive(settings: Settings, token: Token) -> bool:
    from upstox_browser_login.api import token_is_alive
    from upstox_browser_login.blocking import run_apart

    return run_apart(token_is_alive(settings, token))


def _token_text(token: Token | None, *, valid: bool, alive: bool | None, where: str) -> list[str]:
    from upstox_browser_login.clock import Clock

    from .words import dies, span

    if token is None:
        return []
    who = f" ({token.user_name or token.user_id})" if token.user_name or token.user_id else ""
    lines = [f"{'Logged in' if valid and alive is not False else 'Not logged in'}{who}."]
    now, ahead = Clock().now(), max(0.0, token.clock_skew)
    # This clock is taken to be behind still, as where it is decided whether the token is valid.
    told = dies(token.expires_at, now + timedelta(seconds=ahead))
    if ahead >= _NOTEWORTHY:
        told += f" by Upstox's clock, which was {span(ahead)} ahead of this machine's"
    lines.append(f"The token {told}.")
    if alive is not None:
        lines.append("Upstox accepts it." if alive else "Upstox no longer accepts it.")
    return [*lines, f"Stored in {where}."]


def fitted_block(call: Call, settings: Settings) -> Block | None:
    """What stands in the way of a login, in the words of this command line. Raises `StoreError`."""
    from msgspec.structs import replace

    from upstox_browser_login.session.standing import standing_block

    block = standing_block(settings)
    return None if block is None else replace(block, hint=call.program.fitted(block.hint))


def block_text(block: Block | None, *, hint: bool = True) -> list[str]:
    """A block as people are told of it, with its hint or without; nothing where there is none."""
    if block is None:
        return []
    return [f"A login may not be tried: {block.reason}", *([f"  {block.hint}"] if hint else [])]


def block_data(block: Block | None) -> dict[str, Any] | None:
    """A block as programs are told of it."""
    if block is None:
        return None
    return {
        "code": Plain(block.code),
        "reason": block.reason,
        "until": None if block.until is None else iso(block.until),
        "hint": block.hint,
    }


@command("logout", panel=USE, settings=STORED)
def logout(
    call: Call,
    *,
    local: Annotated[
        bool,
        typer.Option("--local", help="Remove the stored token without telling Upstox."),
    ] = False,
) -> Result:
    """Revoke the token at Upstox and remove it here.

    Where Upstox cannot be reached the token stays stored, and the command
    fails; with --local it is removed all the same, and lives on at Upstox.

    Example: upstox-browser-login logout
    """
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.session import tokens

    settings = call.settings()
    if local:
        tokens.logout_here(settings, clock=Clock())
        return Result({"revoked": False, "removed": True}, ["The stored token is removed."])
    done = tokens.logout(settings, clock=Clock())
    what = "is revoked at Upstox" if done.revoked else "had expired by itself"
    rest = "removed here" if done.removed else "a newer one stays stored"
    data = {"revoked": done.revoked, "removed": done.removed}
    return Result(data, [f"The token {what}; {rest}."])


@command("unlock", panel=CHECK, settings=TOKEN)
def unlock(
    call: Call,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> Result:
    """Lift the block that a rejected credential has left.

    Correct the credential first: five refused PINs lock the account at
    Upstox, and this command cannot unlock that. The daily login (refresh)
    forgets the failures and logins that it has counted, and may try at once.

    Example: upstox-browser-login unlock
    """
    from upstox_browser_login.errors import StoreError
    from upstox_browser_login.session.standing import ledger_of
    from upstox_browser_login.store import account_key

    settings = call.settings()
    ledger = ledger_of(settings, account_key(settings))
    reason: str | None = None
    try:
        block = ledger.block(None)
    except StoreError as error:
        if error.code != "STORE_UNREADABLE":
            raise
        reason = error.message  # damaged: lifting begins a new record
    else:
        reason = None if block is None else block.reason
        if block is not None and block.code == "ACCOUNT_LOCKED":
            call.screen.line(
                "First unlock the account in the Upstox app: Forgot PIN, then PAN and OTP."
            )
    if reason is not None:
        call.screen.line(reason)
        if not yes and not _confirmed():
            return Result({"lifted": None}, ["Nothing was changed."])
    # Also where nothing stands: the daily login looks for the last `unlock` in the record.
    lifted = ledger.unlock()
    text = "Lifted. A login may be tried again."
    if lifted is None:
        text = "Nothing stands in the way of a login."
    return Result({"lifted": block_data(lifted)}, [text, _DAILY])


_DAILY = "The daily login forgets the failures and logins it has counted, and may try at once."


def _confirmed() -> bool:
    require_somebody("Add --yes once the cause is mended.")
    return answer("Lift this? [y/N]").lower() in {"y", "yes"}

"""What all commands that may log in share: the login itself, and how its result is printed."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .results import Plain, iso
from .screen import is_terminal

if TYPE_CHECKING:
    from upstox_browser_login.session import LoginResult
    from upstox_browser_login.settings import Settings
    from upstox_browser_login.token import Token

    from .call import Call

UNHURRIED = 86_400.0
"""Seconds. The limit of a login that somebody pauses to look at: no limit, for practical ends."""


def for_a_person(call: Call, settings: Settings) -> Settings:
    """The settings of a login that a person types: a window, and the longest time that may be."""
    from upstox_browser_login.settings.names import LONGEST_LOGIN

    headed = call.overrides.get("headed")
    return settings.model_copy(
        update={
            "headed": True if headed is None else headed,
            "timeout": call.overrides.get("timeout") or LONGEST_LOGIN,
        }
    )


def invite(call: Call) -> None:
    """Tell a person what to do."""
    call.screen.line(
        "Log in by hand in the window that opens. Nothing is typed or pressed for you; the window "
        "closes by itself when Upstox has answered."
    )


def new_token(
    call: Call,
    settings: Settings,
    *,
    pause: bool = False,
    lasting: bool = True,
    by_hand: bool = False,
) -> LoginResult:
    """Log in now. `lasting`: the state folder is meant to stay. `by_hand`: a person types."""
    from upstox_browser_login.session import login_result

    from .progress import shown

    settings.refuse_unusable("after_login")
    if call.overrides.get("trace") == "on":
        # First, since with --trace on a login whose evidence cannot be kept is wasted.
        from upstox_browser_login.evidence.folder import check_folder

        check_folder(settings.trace_dir)
    if pause:
        settings = settings.model_copy(
            update={"headed": True, "timeout": call.overrides.get("timeout") or UNHURRIED}
        )
    hold = settings.headed and call.program.debug and is_terminal(sys.stdin)
    with shown(call.screen, json=call.program.json, pause=pause, hold=hold) as progress:
        progress.begin()
        result = login_result(settings, progress=progress, lasting=lasting, by_hand=by_hand)
    _after(call, settings, result)
    return result


def valid_token(call: Call, settings: Settings, *, allow_login: bool) -> LoginResult:
    """The stored token, or a new one."""
    from upstox_browser_login.errors import NotLoggedInError
    from upstox_browser_login.session import token_result

    if not allow_login:
        return token_result(settings, allow_login=False)
    if settings.unusable("after_login"):
        # A stored token will do, but no login may begin whose command could not be run.
        with suppress(NotLoggedInError):
            return token_result(settings, allow_login=False)
        settings.refuse_unusable("after_login")
    from .progress import shown

    hold = settings.headed and call.program.debug and is_terminal(sys.stdin)
    with shown(call.screen, json=call.program.json, hold=hold) as progress:
        result = token_result(settings, progress=progress)
    _after(call, settings, result)
    return result


def _after(call: Call, settings: Settings, result: LoginResult) -> None:
    # Imported only if there is a command to run, since the import takes time.
    if settings.after_login is not None and result.source == "login":
        from .after_login import after_login

        after_login(call, settings, result)


def login_data(result: LoginResult, *, show_token: bool) -> dict[str, Any]:
    """What `login` and `exchange` tell programs."""
    token = result.token
    data: dict[str, Any] = {
        "user_id": token.user_id,
        "user_name": token.user_name,
        "issued_at": iso(token.issued_at),
        "expires_at": iso(token.expires_at),
        "store": Plain(result.store),
        "source": Plain(result.source),
        "steps": [{"step": Plain(each.step), "seconds": each.seconds} for each in result.steps],
        "trace": result.trace,
    }
    if show_token:
        data["access_token"] = Plain(token.access_token.get_secret_value())
    return data


def login_text(
    result: LoginResult, *, where: str, show_token: bool, took: float | None = None
) -> list[str]:
    """What `login` and `exchange` tell people; `took` is the time of all of it."""
    from upstox_browser_login.clock import Clock

    from .words import dies

    token = result.token
    who = owner(token)
    lines = [logged_in(token)]
    if result.source == "store":
        lines = [f"Another login has just stored a token{f' of {who}' if who else ''}; it is used."]
    lines += [
        f"The token {dies(token.expires_at, Clock().now())}.",
        f"Stored in {where}.",
    ]
    if took is not None:
        lines.append(f"Took {took:.1f} s.")
    if result.trace:
        lines.append(f"Evidence: {result.trace}")
    if show_token:
        lines.append(Plain(token.access_token.get_secret_value()))
    return lines


def owner(token: Token) -> str:
    """Whose token it is, as far as Upstox has told: "ASHA RAO (7ABC12)", or nothing."""
    user_id = f"({token.user_id})" if token.user_id else None
    return " ".join(filter(None, [token.user_name, user_id]))


def logged_in(token: Token) -> str:
    """The first line of success."""
    who = owner(token)
    return f"Logged in as {who}." if who else "Logged in."


def token_data(result: LoginResult) -> dict[str, Any]:
    """What `token` and `generate-token` tell programs."""
    token = result.token
    return {
        "access_token": Plain(token.access_token.get_secret_value()),
        "token_type": _token_type(token),
        "expires_at": iso(token.expires_at),
        "user_id": token.user_id,
        "source": Plain(result.source),
    }


def _token_type(token: Token) -> str:
    """`Bearer`, as far as anybody knows; another word would be Upstox's."""
    kind = token.token_type
    return Plain(kind) if kind.lower() == "bearer" else kind

"""`profile` and `funds`: what Upstox says of the account, asked with the stored token."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from .call import Call
from .command import command
from .options import APP, TOKEN
from .panels import USE
from .results import Result, Theirs
from .usage import Misuse

STORED = {**TOKEN, "client_id": APP["client_id"]}


Segment = Literal["SEC", "COM"]


@command("profile", panel=USE, settings=STORED)
def profile(call: Call) -> Result:
    """Show the user's profile.

    Asked with the stored token; never logs in.

    Example: upstox-browser-login profile --format json
    """
    from upstox_browser_login import api
    from upstox_browser_login.blocking import run_apart
    from upstox_browser_login.session import token_result
    from upstox_browser_login.session.standing import with_fitting_hint

    from .words import fields

    settings = call.settings()
    token = token_result(settings, allow_login=False).token
    with with_fitting_hint(settings):
        data = run_apart(api.profile(settings, token))
    return Result(Theirs(data), fields((_name(key), value) for key, value in data.items()))


@command("funds", panel=USE, settings=STORED)
def funds(
    call: Call,
    *,
    segment: Annotated[
        Segment | None,
        typer.Option("--segment", help="Only equity (SEC) or commodity (COM)."),
    ] = None,
    v3: Annotated[bool, typer.Option("--v3", help="Ask version 3 of the service.")] = False,
) -> Result:
    """Show funds and margin.

    Asked with the stored token; never logs in.

    Upstox closes this service from 00:00 to 05:30 India time (status 9).

    Example: upstox-browser-login funds --segment SEC
    """
    from upstox_browser_login import api
    from upstox_browser_login.blocking import run_apart
    from upstox_browser_login.session import token_result
    from upstox_browser_login.session.standing import with_fitting_hint

    if segment is not None and v3:
        raise Misuse("version 3 knows no segments", param_hint="--segment")
    settings = call.settings()
    token = token_result(settings, allow_login=False).token
    with with_fitting_hint(settings):
        data = run_apart(api.funds(settings, token, segment=segment, v3=v3))
    return Result(Theirs(data), list(_tree(data)))


def _name(key: str) -> str:
    return key.replace("_", " ")


def _tree(data: dict[str, Any]) -> list[str]:
    """Nested groups of amounts, aligned within each group."""
    from .words import fields

    plain = [(_name(key), _amount(value)) for key, value in data.items() if not _is_group(value)]
    lines = fields(plain)
    for key, value in data.items():
        if _is_group(value):
            lines += [f"{_name(key)}:", *(f"  {line}" for line in _tree(value))]
    return lines


def _is_group(value: Any) -> bool:
    return isinstance(value, dict)


def _amount(value: Any) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:>14,.2f}" if number else value

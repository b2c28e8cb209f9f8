"""`doctor`: whether a login would start here, and what to do where it would not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from .call import Call
from .command import command
from .options import LOGIN
from .panels import CHECK
from .results import Plain, Result
from .screen import coloured, paint
from .usage import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from upstox_browser_login.checkup.check import Check
    from upstox_browser_login.checkup.run import Checkup
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.page.distance import Standing
    from upstox_browser_login.session.page_look import PageLook

_COLOURS = {"ok": "green", "skipped": "dim", "warning": "yellow", "error": "red"}


@command("doctor", panel=CHECK, settings=LOGIN)
def doctor(
    call: Call,
    *,
    page: Annotated[
        bool,
        typer.Option(
            "--page",
            help="Open the login page, type nothing, and tell how far it is from what is known. "
            "Needs UPSTOX_CLIENT_ID and UPSTOX_REDIRECT_URI.",
        ),
    ] = False,
    save: Annotated[
        bool,
        typer.Option(
            "--save",
            help="With --page: keep the look, the page and a picture, without secrets, in the "
            "trace folder.",
        ),
    ] = False,
    address_from: Annotated[
        str | None,
        typer.Option(
            "--address-from",
            metavar="URL",
            help="Ask this address, and not only Upstox, which IP address it sees.",
        ),
    ] = None,
) -> Result:
    """Check all that a login needs: settings, browser, clock, store, network.

    Each line is ok, skipped, a warning or an error, with what to do. With
    --page only the login page is looked at. Status 0 where a login would
    start, warnings included; else that of the first error.

    Example: upstox-browser-login doctor --page
    """
    from upstox_browser_login.checkup.check import first_error

    if save and not page:
        raise Misuse("keeps what --page sees: add that", param_hint="--save")
    if address_from is not None and not address_from.startswith(("http://", "https://")):
        raise Misuse("must be an http or https address", param_hint="--address-from")
    checkup = _checkup(call)
    call.heed_debug(checkup.settings)
    checks = list(_asked(call, checkup, page=page, save=save, address_from=address_from))
    data: dict[str, Any] = {"checks": [_data(each) for each in checks]}
    lines = [line for each in checks for line in _text(each)]
    if page:
        look = checkup.look
        data["page"] = None if look is None else _page_data(look)
        lines += [] if look is None else _page_text(look)
    error = first_error(checks)
    if error is None:
        lines += ["", "A login would start."]
        return Result(data, lines)
    wrong = ", ".join(f"{each.name!r}" for each in checks if each.error is not None)
    said = f"A login would not start ({error.code}): see the check of {wrong}."
    return Result(data, lines, error, said=said)


def checked(call: Call) -> tuple[list[str], UpstoxError | None]:
    """Every check as lines for a person, and the first error; for commands that go on after it."""
    from upstox_browser_login.checkup.check import first_error

    checks = list(_asked(call, _checkup(call), page=False, save=False, address_from=None))
    return [line for each in checks for line in _text(each)], first_error(checks)


def _checkup(call: Call) -> Checkup:
    """The check-up of this call's settings, with what commands print: a login would run them."""
    from upstox_browser_login.checkup.run import Checkup
    from upstox_browser_login.settings import examine

    report = examine(env_file=call.env_source, profile=call.profile, fetch=True, **call.overrides)
    return Checkup(report, call.env_source)


def _asked(
    call: Call, checkup: Checkup, *, page: bool, save: bool, address_from: str | None
) -> Iterator[Check]:
    """The checks that are asked for, in the words of this command line."""
    fitted = call.program.fitted
    for each in _made(call, checkup, page=page, save=save, address_from=address_from):
        yield replace(each, message=fitted(each.message), hint=fitted(each.hint))


def _made(
    call: Call, checkup: Checkup, *, page: bool, save: bool, address_from: str | None
) -> Iterator[Check]:
    if page:
        call.screen.line("Opening the login page; nothing is typed or pressed.")
        yield checkup.page(save=save)
        return
    yield from checkup.here()
    yield from checkup.there(address_from=address_from)
    yield from checkup.browser()


def _data(check: Check) -> dict[str, Any]:
    return {
        "name": Plain(check.name),
        "state": Plain(check.state),
        "message": check.message,
        "hint": check.hint or None,
    }


def _text(check: Check) -> list[str]:
    state = paint(f"{check.state:<7}", _COLOURS[check.state], on=coloured(sys.stdout))
    lines = [f"{state}  {check.name:<12}  {check.message}"]
    if check.hint:
        lines.append(f"{'':23}{check.hint}")
    return lines


def _page_data(look: PageLook) -> dict[str, Any]:
    return {
        "place": look.place,
        "first": look.first,
        "states": [
            {
                "state": Plain(each.state),
                "taken": each.taken,
                "kinds": each.kinds,
                "spoke": [{"kind": Plain(e.kind), "what": e.what} for e in each.spoke],
                "silent": [Plain(kind) for kind in each.silent],
                "mute": [Plain(kind) for kind in each.mute],
                "against": [{"kind": Plain(e.kind), "what": e.what} for e in each.against],
            }
            for each in look.standings
        ],
        "there": [{"what": each.what, "entry": each.entry} for each in look.there],
        "evidence": look.evidence,
    }


def _page_text(look: PageLook) -> Iterator[str]:
    """How far the page is from what is known, state by state, and what is on it."""
    if look.place:
        yield ""
        yield f"{look.place}: a login would {look.first}."
    for each in look.standings:
        yield ""
        yield f"{each.state}{', which the page is taken for' if each.taken else ''}"
        yield from _standing_text(each)
    if look.there and not _is_named(look):
        yield ""
        yield "On the page, each with the entry that would name it in UPSTOX_PAGE_FILE:"
        for offer in look.there:
            yield ""
            yield f"# {offer.what}"
            yield from offer.entry.splitlines()
    if look.evidence:
        yield ""
        yield f"Kept: {look.evidence}"


def _is_named(look: PageLook) -> bool:
    """Whether nothing on the page is left to be named: the form is whole, or a page file has it."""
    return any(
        each.taken
        and (not each.silent or (look.button and any(e.kind == "file" for e in each.spoke)))
        for each in look.standings
    )


def _standing_text(standing: Standing) -> Iterator[str]:
    from upstox_browser_login.page.distance import IN_WORDS

    for each in standing.spoke:
        yield f"  found    {each.kind} ({IN_WORDS[each.kind]}): {each.what}"
    for kind in standing.silent:
        yield f"  missing  {kind} ({IN_WORDS[kind]})"
    for kind in standing.mute:
        yield f"  unknown  {kind} ({IN_WORDS[kind]}): nothing is answered before this form"
    for each in standing.against:
        yield f"  against  {each.kind} ({IN_WORDS[each.kind]}): {each.what}"

"""`check-env` and `totp`: whether what was set is right."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from .call import Call
from .command import command
from .options import LOGIN, SECRETS
from .panels import CHECK
from .results import Plain, Result, word
from .screen import coloured, paint
from .status import block_data, fitted_block

if TYPE_CHECKING:
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.ledger import Block
    from upstox_browser_login.page.marks import Marks
    from upstox_browser_login.settings import Finding, Report, Settings
    from upstox_browser_login.store import TokenStore

_COLOURS = {"set": "green", "missing": "red", "invalid": "red", "default": "dim"}
_WARNED = "yellow"


@command("check-env", panel=CHECK, settings=LOGIN)
def check_env(
    call: Call,
    *,
    fetch: Annotated[
        bool,
        typer.Option(
            "--fetch",
            help="Run the commands of NAME_COMMAND settings, and ask the keyring for its own; "
            "without it, it is only seen that they are set.",
        ),
    ] = False,
) -> Result:
    """Show every setting: set, missing, or which rule it breaks.

    Never a value. Status 3 where a login could not start. Where all else is
    in order, 8 if the browser that is named is missing, 11 if the token could
    not be kept, and 6 if an earlier refusal stands in the way of a login.
    What is wrong and keeps no login from starting is a warning.

    Example: upstox-browser-login check-env --env-file .env
    """
    from upstox_browser_login.settings import examine

    report = examine(env_file=call.env_source, profile=call.profile, fetch=fetch, **call.overrides)
    call.heed_debug(report.settings)
    found, store_error = _asked_store(report)
    found, marks = _with_page_file(found, report.settings)
    for each in found:
        if (warning := each.warning) is not None:
            call.screen.warning(warning)
    error, block = _refusal(call, report, found, store_error)
    data = {
        "settings": [
            {
                "name": Plain(each.name),
                "state": Plain(each.state),
                "problem": each.problem,
                "by": word(each.by),
            }
            for each in found
        ],
        "unknown": [
            {"name": Plain(each.name), "meant": Plain(each.meant)} for each in report.unknown
        ],
        "page_file": [] if marks is None else list(marks.told),
        "blocked": block_data(block),
    }
    lines = _rows(found)
    if marks is not None:
        lines += ["", f"UPSTOX_PAGE_FILE adds to what is known of the page: {entry_count(marks)}."]
        lines += [f"  {each}" for each in marks.told]
    if report.unknown:
        lines += ["", *(str(each) for each in report.unknown)]
    if error is None:
        unfetched = any(each.by for each in found)
        as_far = ", as far as one can tell without --fetch" if unfetched else ""
        lines += ["", f"A login can start{as_far}."]
    return Result(data, lines, error)


def _refusal(
    call: Call, report: Report, found: list[Finding], store_error: UpstoxError | None
) -> tuple[UpstoxError | None, Block | None]:
    """Why a login could not start, None where it could, and the block that past logins have left.

    Past logins are looked at only where nothing else is wrong.
    """
    wrong = [each for each in found if each.stops_login]
    if store_error is not None and len(wrong) == 1:
        return store_error, None
    if wrong:
        from upstox_browser_login.checkup.configuration import refusal

        return refusal(wrong, report, call.env_source), None
    # With what was read just now: an env file or a `NAME_FILE` may be a pipe.
    for warning in report.settings.loud_warnings():
        call.screen.warning(warning)
    return _in_the_way(call, report.settings)


def _rows(found: list[Finding]) -> list[str]:
    """A line for each setting."""
    from .words import table

    on = coloured(sys.stdout)
    rows = table((each.name, f"{each.state}{_way(each)}", each.problem or "") for each in found)
    return [
        row.replace(f" {each.state}", f" {paint(each.state, _colour(each), on=on)}", 1)
        for row, each in zip(rows, found, strict=True)
    ]


def _colour(finding: Finding) -> str:
    return _COLOURS[finding.state] if finding.warning is None else _WARNED


def _way(finding: Finding) -> str:
    """How a setting is set, where its value is kept elsewhere."""
    ways = {"command": " (by a command)", "keyring": " (in the keyring)", None: ""}
    return ways[finding.by] if finding.state == "set" else ""


def entry_count(marks: Marks) -> str:
    """How many entries a page file has, in words."""
    count = len(marks.told)
    return "1 entry" if count == 1 else f"{count} entries"


def _with_page_file(
    findings: list[Finding], settings: Settings
) -> tuple[list[Finding], Marks | None]:
    """The findings, with that of the page file when it was read; and its entries."""
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings import variable

    name = variable("page_file")
    state = next(each.state for each in findings if each.name == name)
    if settings.page_file is None or state == "invalid":
        return findings, None
    from upstox_browser_login.page.marks import read_marks

    try:
        return findings, read_marks(settings.page_file)
    except ConfigurationError as error:
        return _with_problem(findings, name, error), None


def _asked_store(report: Report) -> tuple[list[Finding], UpstoxError | None]:
    """The findings, with that of the store when it was asked whether it can be written."""
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.settings import variable
    from upstox_browser_login.store import open_store

    settings = report.settings
    places = [variable(each) for each in ("token_store", "state_dir")]
    invalid = any(each.name in places and each.state == "invalid" for each in report.findings)
    # The default in place of an invalid setting may be another store.
    if invalid or settings.deferred("token_store") is not None:
        return report.findings, None
    name = variable("token_store")
    try:
        store = open_store(settings)
        if store.kind != "file":
            store.check_writable()
        name = variable("state_dir")
        _check_state_folder(settings, store)
    except UpstoxError as error:
        return _with_problem(report.findings, name, error), error
    return report.findings, None


def _check_state_folder(settings: Settings, store: TokenStore) -> None:
    """Raise `StoreError` where it cannot keep what it has to. It is not made where it is missing.

    It may be root who asks, and the folder has to belong to whoever logs in.
    """
    from upstox_browser_login.files.paths import is_folder
    from upstox_browser_login.files.refused import reason_of, unwritable, way_out_of
    from upstox_browser_login.files.room import check_room
    from upstox_browser_login.store import open_ledger_documents

    folder = settings.state_dir
    if is_folder(folder):
        if store.kind == "file":
            store.check_writable()
        open_ledger_documents(settings).check_writable()
    elif store.kind != "redis":  # which has everything; what is here are copies
        try:
            check_room(folder, "probe")
        except OSError as error:
            hint = way_out_of(error, folder)
            raise unwritable(folder, reason_of(error), hint) from None


def _with_problem(findings: list[Finding], name: str, error: UpstoxError) -> list[Finding]:
    """The findings, of which that of the setting `name` is invalid by this error."""
    from msgspec.structs import replace

    return [
        replace(each, state="invalid", problem=error.message) if each.name == name else each
        for each in findings
    ]


def _in_the_way(call: Call, settings: Settings) -> tuple[UpstoxError | None, Block | None]:
    """What ends a login with these settings before it begins: a proxy, or past logins."""
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.ledger.rules import stop_at
    from upstox_browser_login.store import known_account_key
    from upstox_browser_login.way_out import check_proxies

    block: Block | None = None
    try:
        if not settings.is_set("proxy"):
            check_proxies()
        # Where that would run a command, nothing is said of past logins.
        if settings.deferred("token_store") is None and known_account_key(settings) is not None:
            block = fitted_block(call, settings)
        stop_at(block)
    except UpstoxError as error:
        return error, block
    return None, None


@command("totp", panel=CHECK, settings=SECRETS)
def totp(call: Call) -> Result:
    """Print the current TOTP code and the seconds it has left.

    Needs UPSTOX_TOTP_SECRET or UPSTOX_TOTP_COMMAND only. Compare it with your
    authenticator app: if they differ, the seed or the clock is wrong.

    Example: upstox-browser-login totp
    """
    from upstox_browser_login.blocking import run_apart
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.session import code_source

    settings = call.settings()
    settings.require("totp_secret")  # or the command
    source = code_source(settings)
    now = Clock().time()
    code = run_apart(source.code(int(now // source.period)))
    left = int(source.period - now % source.period)
    return Result({"code": Plain(code), "seconds_left": left}, [Plain(f"{code}  ({left} s left)")])

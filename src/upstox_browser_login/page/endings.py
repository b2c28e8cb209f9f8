"""How the end of a walk becomes an error. Every such error is built here."""

from __future__ import annotations

from upstox_browser_login.errors import (
    BrowserError,
    CredentialsRejectedError,
    LoginBlockedError,
    PageChangedError,
    Step,
    UpstoxError,
    UpstoxUnavailableError,
)

from .next import End
from .said import Said
from .words import ENDINGS, FELL_BACK, REFUSALS, Meaning

ACCEPTED_BEFORE = (
    "Upstox had accepted what was typed before that, so nothing is blocked: run again. If it "
    "happens again, log in by hand once to see what Upstox wants."
)

MAYBE_REFUSED = (
    "This version does not know that code, so it counts as a refusal of the PIN, which is not sent "
    "again. Log in once in the Upstox app; if the PIN is right, run `upstox-browser-login unlock`."
)


NAME_IT = (
    "Where evidence was kept, its report.md lists each with the entry that would name it in "
    "UPSTOX_PAGE_FILE; of the first page, `upstox-browser-login doctor --page` does so too. Or "
    "update upstox-browser-login."
)

PASTE_IT = (
    "Paste the right one of the entries that are listed with the page into a file, and name that "
    "file in UPSTOX_PAGE_FILE: docs/when-the-page-changes.md says how. Or update "
    "upstox-browser-login."
)
"""The hint for an unknown page, where only a look at the page was wanted."""

_NOTHING_TO_NAME = (
    "It is blank, or has nothing to type into or to press. Run again, or from a home connection "
    "instead of a data centre; `upstox-browser-login login --watch` shows it in a window."
)


def error_of(end: End, step: Step, place: str, there: str = "", mend: str = NAME_IT) -> UpstoxError:
    """The error that an end means.

    `place` is the page's address without its query. `there` is a sentence on what is on the page,
    or empty. `mend` says what to do about what is unknown there.
    """
    form = end.purpose or "page"
    match end.kind:
        case "stuck":
            return PageChangedError(
                f"The {form} form is there, but does not take input.", step=step
            )
        case "no reaction":
            what = f"The page did not react to what was submitted in its {form} form"
            told = f" It sent nothing, and says: {end.said.text.rstrip('. ')}." if end.said else ""
            return PageChangedError(f"{what} ({place}).{told}", step=step)
        case "unknown":
            what = "This version does not know the page"
            hint = f"{there} {mend}" if there else _NOTHING_TO_NAME
            return PageChangedError(f"{what} ({place}).", hint=hint, step=step)
        case "unanswered":
            return UpstoxUnavailableError(
                f"The page sent what was typed in its {form} form by itself; nothing came of it.",
                code="TIMEOUT",
                step=step,
                hint="Whether Upstox took it is not known, so it counts as sent.",
            )
        case "second PIN":
            return PageChangedError(
                "The page asks for the PIN a second time; a PIN is sent at most once a run.",
                hint="Log in by hand to see what Upstox wants. No second PIN was sent.",
                step=step,
            )
        case "no TOTP":
            return CredentialsRejectedError(
                "TOTP is not enabled on this account: Upstox wants the code of an SMS.",
                code="TOTP_NOT_ENABLED",
                step=step,
            )
        case "press":
            return PageChangedError(end.message, step=step)
    return _meant(end, step)


def _meant(end: End, step: Step) -> UpstoxError:
    ending = ENDINGS[end.meaning]
    number = upstox_code(end)
    error, code, hint = ending.error, ending.code, ending.hint
    if end.meaning == "unknown" and number and (end.accepted or end.purpose == "mobile"):
        # After a code or PIN that was not accepted, the number may be that of its refusal instead.
        from upstox_browser_login.refusals import of_client_or_account  # few logins need it

        known = of_client_or_account(number, _told(end), step)
        if known is not None:
            return known
    if end.accepted and end.meaning in REFUSALS:
        hint = ACCEPTED_BEFORE
    elif end.meaning == "unknown" and end.purpose == "pin" and end.said and end.said.code:
        hint = MAYBE_REFUSED
    elif end.purpose == "password" and end.meaning in {"pin refused", "code refused", "unknown"}:
        error, code, hint = (
            CredentialsRejectedError,
            "PIN_REJECTED",
            "Correct UPSTOX_PASSWORD before another try.",
        )
    if end.meaning == "session lost" and not (end.said and end.said.text):
        return UpstoxUnavailableError(FELL_BACK, code="SESSION_LOST", step=step)
    return error(_told(end), code=code, hint=hint, upstox_code=number, step=step)


def _told(end: End) -> str:
    said = end.said.text.rstrip(". ") if end.said is not None else ""
    if not said or said == "no message":
        return end.message or "Upstox refused without a message."
    if end.message and end.name:
        return f"{end.message} Upstox says: {said}." if said not in end.message else end.message
    return f"Upstox says: {said}."


def upstox_code(end: End) -> str | None:
    """Upstox's own number for an end: an error code or an HTTP status; None without one.

    A connection that broke has none, whatever the page says about it.
    """
    said: Said | None = end.said
    if said is None or end.meaning == "network":
        return None
    return said.code or (str(said.status) if said.status else None)


def browser_gone() -> BrowserError:
    """The browser or its page ended."""
    return BrowserError("The browser or its page ended unexpectedly.", code="BROWSER_CRASHED")


class FloodError(PageChangedError):
    """The page was closed, since it asked for too much."""


def flooded() -> FloodError:
    """The error of a page that was closed, since it asked for too much."""
    return FloodError(
        "The page made too many requests at once, so it was closed.",
        hint="Log in by hand once to see what is wrong with the page, and run again.",
    )


def browser_refused(error: Exception) -> UpstoxError:
    """The browser runs, but has refused a command."""
    first = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return UpstoxError(f"The browser refused an action: {first[:200]}.")


def too_late_for_a_pin() -> UpstoxUnavailableError:
    """The login's limit is near."""
    return UpstoxUnavailableError(
        "Too little of the login's time was left to hear what came of the PIN, so the PIN was not "
        "sent.",
        code="TIMEOUT",
        step="pin",
    )


def another_number() -> LoginBlockedError:
    """The PIN page is another customer's."""
    return LoginBlockedError(
        "The page asks for the PIN of another mobile number than UPSTOX_USERNAME.",
        code="ACTION_REQUIRED",
        hint="Use a browser that nobody is logged in with.",
        step="pin",
    )


def another_number_typed() -> LoginBlockedError:
    """A person has logged in with a number that is not the settings'."""
    return LoginBlockedError(
        "Another mobile number than UPSTOX_USERNAME was typed.",
        code="ACTION_REQUIRED",
        hint="Log in with that number, or choose the profile that the typed one belongs to: "
        "tokens are stored by number.",
        step="mobile",
    )


def strayed(where: str, meaning: Meaning | None, *, is_upstox: bool, step: Step) -> UpstoxError:
    """The page led to a place that is not the login's. `meaning` is what that place is for."""
    match meaning:
        case "no customer":
            message = "The mobile number belongs to no customer: Upstox leads to the opening of an"
            return CredentialsRejectedError(
                f"{message} account.", code="MOBILE_REJECTED", step=step
            )
        case "denied":
            return LoginBlockedError(
                f"The login page led to {where}: do there by hand what it asks.",
                code="ACTION_REQUIRED",
                step=step,
            )
        case "inactive":
            return CredentialsRejectedError(
                f"The account is not active: the login page led to {where}.",
                code="ACCOUNT_INACTIVE",
                step=step,
            )
        case "maintenance":
            return UpstoxUnavailableError(
                f"The login page led to {where}.", code="MAINTENANCE", step=step
            )
    if is_upstox:
        return PageChangedError(
            f"The login page led to {where}, which is no part of the login.",
            code="UNTRUSTED_ORIGIN",
            hint="Nothing was typed there. Log in by hand once to see what Upstox wants there.",
            step=step,
        )
    return PageChangedError(
        f"The login page led to {where}, which is not Upstox's.", code="UNTRUSTED_ORIGIN", step=step
    )

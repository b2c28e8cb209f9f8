"""The login page: how far it is from what is known."""

from __future__ import annotations

from upstox_browser_login.page.distance import IN_WORDS, Standing
from upstox_browser_login.session.page_look import PageLook

from .check import Check, failed, fine, warned

HINT = (
    "A login still works. Run `upstox-browser-login doctor --page --save` and report it with what "
    "that keeps; docs/when-the-page-changes.md says how to mend it here."
)


def check_page(look: PageLook) -> Check:
    """Whether a login would start on the page, and how much of what it is known by is left."""
    name = "page"
    if look.error is not None:
        return failed(name, look.error)
    taken = next((each for each in look.standings if each.taken), None)
    if taken is None or not taken.kinds:
        what = "the redirect" if taken is None else f"the screen {taken.state!r}"
        return fine(name, f"It shows {what} first; a login would {look.first}.")
    message = remaining(taken)
    if not look.button:
        message += " No button is known that sends it: a login would press Enter."
    if taken.needs_file:
        message += " UPSTOX_PAGE_FILE is needed to know it."
    if taken.silent or not look.button or taken.against:
        return warned(name, message, HINT)
    return fine(name, message)


def remaining(form: Standing) -> str:
    """How many kinds of evidence are left for a form, in sentences."""
    kinds = [each for each in form.counted if each not in form.silent]
    left = f"{form.speaking} of {form.kinds} kinds of evidence for the {form.state} are found"
    spoke = f": {', '.join(kinds)}" if kinds else ""
    missing = [f"{each} ({IN_WORDS[each]})" for each in form.silent]
    silent = f" Not found: {', '.join(missing)}. A login needs two." if missing else ""
    others = " and ".join(form.mute).capitalize()
    verb = "is" if len(form.mute) == 1 else "are"
    mute = f" {others} {verb} unknown before Upstox has answered something." if form.mute else ""
    return f"{left}{spoke}.{silent}{mute}"

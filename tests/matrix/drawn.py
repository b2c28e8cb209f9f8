"""A page for a screen that the replica has no scenario for, drawn from the screen's own words."""

from __future__ import annotations

import html
import json

import hypothesis
from hypothesis.strategies import characters, from_regex

from upstox_browser_login.page.states.screens import Screen

from .broken import Tweak

# In place of the form where the screen may come up, before anybody has seen that form.
_INSTEAD = """
(() => {{
  new MutationObserver((_, observer) => {{
    if (!document.querySelector({form})) return;
    observer.disconnect();
    document.body.innerHTML = {page};
  }}).observe(document, {{childList: true, subtree: true}});
}})();
"""


def drawn(screen: Screen) -> Tweak:
    """Let the login page show `screen`: instead of the OTP form, or of the first one.

    Raises `ValueError` where a page cannot be made up: then a scenario has to be written.
    """
    if screen.says is None:
        raise ValueError(f"{screen.name}: no words tell of it, so only a scenario knows how")
    form = "#otpNum" if screen.step != "open" else "#mobileNum"
    return instead_of(form, f"<p>{_words(screen.says.pattern)}</p>")


def instead_of(form: str, page: str) -> Tweak:
    """Let the login page show `page` in place of `form`."""
    script = _INSTEAD.format(form=json.dumps(form), page=json.dumps(page))
    return Tweak("script", tail=script.encode())


def _words(pattern: str) -> str:
    """Some words that the pattern takes, the plainest there are."""
    strategy = from_regex(f"(?i){pattern}", alphabet=characters(codec="ascii", min_codepoint=0x20))
    quiet = hypothesis.settings(database=None, derandomize=True, deadline=None)
    return html.escape(hypothesis.find(strategy, lambda text: bool(text.strip()), settings=quiet))

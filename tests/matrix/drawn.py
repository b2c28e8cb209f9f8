"""A page for a state that the replica has no scenario for, drawn from the state's own marks."""

from __future__ import annotations

import html
import json

import hypothesis
from hypothesis.strategies import characters, from_regex

from upstox_browser_login.browser.page import Mark, Role, Sentence, State, Text

from .broken import Tweak

# In place of the form where the state may come up, before anybody has seen that form.
_INSTEAD = """
(() => {{
  new MutationObserver((_, observer) => {{
    if (!document.querySelector({form})) return;
    observer.disconnect();
    document.body.innerHTML = {page};
  }}).observe(document, {{childList: true, subtree: true}});
}})();
"""


def drawn(state: State) -> Tweak:
    """Let the login page show `state`: instead of the OTP form, or of the first one.

    Raises `ValueError` where a page cannot be made up: then a scenario has to be written.
    """
    if state.stop is None:
        raise ValueError(f"{state.name}: a login goes on from there, and only a scenario knows how")
    parts = [_element(state, state.marks), *([_element(state, state.needs)] if state.needs else [])]
    form = "#otpNum" if state.after_mobile or state.step != "open" else "#mobileNum"
    script = _INSTEAD.format(form=json.dumps(form), page=json.dumps("".join(parts)))
    return Tweak("script", tail=script.encode())


def _element(state: State, marks: tuple[Mark, ...]) -> str:
    for mark in marks:
        match mark:
            case Text(pattern) | Sentence(pattern):
                return f"<p>{_words(pattern)}</p>"
            case Role(role, name):
                return f'<div role="{role}">{_words(name)}</div>'
            case _:
                continue
    raise ValueError(f"{state.name} has no mark of words, from which a page could be made up")


def _words(pattern: str) -> str:
    """Some words that the pattern takes, the plainest there are."""
    strategy = from_regex(pattern, alphabet=characters(codec="ascii", min_codepoint=0x20))
    quiet = hypothesis.settings(database=None, derandomize=True, deadline=None)
    return html.escape(hypothesis.find(strategy, lambda text: bool(text.strip()), settings=quiet))

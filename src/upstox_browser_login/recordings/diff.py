"""What has changed between two recordings, in words."""

from __future__ import annotations

from .bundle import Bundle, Ending
from .diff_calls import calls_changed
from .diff_looks import states_changed
from .diff_reader import Change, Reader, aliases


def diff(old: Bundle, new: Bundle) -> list[Change]:
    """Everything that differs in what a login sees and sends; empty where nothing does.

    What differs by nature is left out: codes, states, tokens, times, stand-ins, the ports of a
    replica.
    """
    before, after = Reader(old, aliases(old, new)), Reader(new)
    return [*_endings(before, after), *states_changed(before, after), *calls_changed(before, after)]


def _endings(old: Reader, new: Reader) -> list[Change]:
    told = []
    one, other = old.bundle.about, new.bundle.about
    before, after = _ended(one.ending), _ended(other.ending)
    if before != after:
        told.append(Change("the login", f"it ended {before}, and now ends {after}"))
    before, after = old.plain(one.api_base_url), new.plain(other.api_base_url)
    if before != after:
        told.append(Change("the login", f"Upstox's address was {before}, is {after}"))
    return told


def _ended(ending: Ending) -> str:
    """How a login ended, in words."""
    if ending.ok:
        return "well"
    code = f" (Upstox's code {ending.upstox_code})" if ending.upstox_code else ""
    return f"with {ending.name}{code}" + (f" in the step {ending.step}" if ending.step else "")

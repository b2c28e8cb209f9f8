"""The columns: every fault, and the rule for what a login may say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .stages import Row

DOCUMENTS = {"dialog", "authorize", "hop"}
CALLS = {"otp", "password", "verify", "pin", "approve"}

UNREACHED = {
    # What the page shows where it did not become a page.
    "PAGE_NOT_RECOGNISED",
}


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, at a request (`wire`) or on the machine."""

    name: str
    codes: frozenset[str]
    """What the login may say of it."""
    wire: str | None = None
    """The fault as `FaultyReplica` knows it."""
    at: dict[str, set[str]] = field(default_factory=dict)
    """Where it may say something else: by the request."""
    why_not: str = ""

    def allowed(self, row: Row) -> set[str]:
        """The codes that a login may end with when this happens in `row`."""
        if self.wire is not None:
            return set(self.at.get(row.request or "", self.codes))
        stage = row.stage
        if stage.end is not None:
            # The page has said its last word before the machine broke.
            return {stage.end}
        if stage.name in self.at:
            return set(self.at[stage.name])
        return set(self.codes)


def _wire(name: str, wire: str, *codes: str, **at: set[str]) -> Fault:
    rules = {request: found for request, found in at.items() if request in DOCUMENTS | CALLS}
    rules |= {request: at[request] for request in ("script", "config", "token") if request in at}
    for each in DOCUMENTS & at.keys() if False else ():
        rules[each] = at[each]
    return Fault(name, frozenset(codes), wire, rules)


BROKEN_SCRIPT = {"PAGE_NOT_RECOGNISED", "NETWORK", "SERVER_ERROR"}
"""Without its script the page stays empty, and says nothing of the reason."""

AFTER_THE_PAGE = {"redirect", "exchange", "store"}
"""The browser is no longer needed."""

FAULTS: tuple[Fault, ...] = (
    Fault("none", frozenset({"OK"})),
    _wire("connection refused", "refused", "NETWORK", script=BROKEN_SCRIPT, config=BROKEN_SCRIPT),
    _wire("reset", "reset", "NETWORK", script=BROKEN_SCRIPT, config=BROKEN_SCRIPT),
    _wire("truncated", "truncated", "NETWORK", script=BROKEN_SCRIPT, config=BROKEN_SCRIPT),
    _wire("TLS error", "tls", "NETWORK", script=BROKEN_SCRIPT, config=BROKEN_SCRIPT),
    _wire("429", "http:429", "RATE_LIMITED", script=BROKEN_SCRIPT),
    _wire("500", "http:500", "SERVER_ERROR", script=BROKEN_SCRIPT),
    _wire("502 HTML", "html:502", "SERVER_ERROR", script=BROKEN_SCRIPT),
    _wire("503", "http:503", "SERVER_ERROR", script=BROKEN_SCRIPT),
    _wire("hang", "hang", "TIMEOUT"),
    _wire("slow drip", "drip", "TIMEOUT"),
    _wire("garbage", "garbage", "SERVER_ERROR", script=BROKEN_SCRIPT),
    _wire("redirect loop", "redirect-loop", "SERVER_ERROR", "NETWORK", script=BROKEN_SCRIPT),
    Fault("browser killed", frozenset({"BROWSER_CRASHED"})),
    Fault("tab crashed", frozenset({"BROWSER_CRASHED"})),
    Fault("disk full", frozenset({"STORE_UNWRITABLE"})),
    Fault("read-only folders", frozenset({"STORE_UNWRITABLE"})),
    Fault("clock +1 day", frozenset({"OK"})),
    Fault("clock -1 day", frozenset({"OK"})),
    Fault("SIGTERM", frozenset({"INTERRUPTED"})),
)

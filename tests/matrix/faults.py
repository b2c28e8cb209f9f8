"""The columns: every fault, and the rule for what a login may say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .stages import Row

DOCUMENTS = {"dialog", "authorize", "hop"}


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

    def allowed(self, row: Row) -> set[str]:
        """The codes that a login may end with when this happens in `row`."""
        if self.wire is not None:
            return set(self.at.get(row.request or "", self.codes))
        stage = row.stage
        if stage.end is not None and self.name != "SIGTERM":
            # The page has said its last word before the machine broke.
            return {stage.end}
        return set(self.at.get(stage.name, self.codes))

    def left_out(self, row: Row) -> str:
        """Why it is not tried in `row`: a sign of `SIGNS`; empty where it is."""
        if self.wire is not None:
            if row.request is None:
                return NOTHING
            return ELSEWHERE if row.again else ""
        if not row.first:
            return ELSEWHERE
        return NOTHING if row.stage.end is not None and self.name.startswith("clock") else ""


NOTHING, ELSEWHERE = "-", "="
SIGNS = {
    NOTHING: "nothing there that it could break: no request is made, no clock is looked at",
    ELSEWHERE: "the same as in another row: the request is made from there too, or the fault of "
    "the machine is tried at the stage's first request",
}


def _wire(name: str, wire: str, *codes: str, **at: set[str]) -> Fault:
    return Fault(name, frozenset(codes), wire, at)


EMPTY = {"PAGE_NOT_RECOGNISED"}
"""A document that is well-formed HTTP and no page."""

WITHOUT = {"OK"}
"""The page goes on without its remote flags."""

NO_BROWSER_NEEDED = {each: {"OK"} for each in ("exchange", "store")}
"""The code is there: the browser has done its work."""

FAULTS: tuple[Fault, ...] = (
    Fault("none", frozenset({"OK"})),
    _wire("connection refused", "refused", "NETWORK", config=WITHOUT),
    _wire("reset", "reset", "NETWORK", config=WITHOUT),
    _wire("truncated", "truncated", "NETWORK", config=WITHOUT),
    # The page does without its flags, but the exchange trusts no certificate of these servers.
    _wire("TLS error", "tls", "NETWORK"),
    _wire("429", "http:429", "RATE_LIMITED", config=WITHOUT),
    _wire("500", "http:500", "SERVER_ERROR", config=WITHOUT),
    _wire("502 HTML", "html:502", "SERVER_ERROR", config=WITHOUT),
    _wire("503", "http:503", "SERVER_ERROR", config=WITHOUT),
    _wire("hang", "hang", "TIMEOUT"),
    _wire("slow drip", "drip", "TIMEOUT"),
    _wire(
        "garbage",
        "garbage",
        "SERVER_ERROR",
        **dict.fromkeys(DOCUMENTS, EMPTY),
        script=EMPTY,
        config=WITHOUT,
        token={"BAD_RESPONSE"},
    ),
    _wire(
        "redirect loop",
        "redirect-loop",
        "SERVER_ERROR",
        config=WITHOUT,
        token={"BAD_RESPONSE"},
    ),
    Fault("browser killed", frozenset({"BROWSER_CRASHED"}), at=NO_BROWSER_NEEDED),
    Fault(
        "tab crashed",
        frozenset({"BROWSER_CRASHED"}),
        # Before anything is loaded a tab comes back to life by being sent elsewhere.
        at={**NO_BROWSER_NEEDED, "open": {"BROWSER_CRASHED", "OK"}},
    ),
    Fault("disk full", frozenset({"STORE_UNWRITABLE"})),
    Fault("read-only folders", frozenset({"STORE_UNWRITABLE"})),
    Fault("clock +1 day", frozenset({"OK"})),
    Fault("clock -1 day", frozenset({"OK"})),
    Fault("SIGTERM", frozenset({"INTERRUPTED"})),
)

"""What the replica received, in order, and what that adds up to."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

from msgspec import Struct, field, to_builtins


class Entry(Struct, frozen=True):
    """One request as it arrived.

    ``origin`` names the server that it reached (``api``, ``login``, ``service``, ``config``,
    ``third-party``); ``step`` names what it means to a login, where it means something; ``body``
    is parsed where it was JSON or a form, and text otherwise.
    """

    time: float
    origin: str
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    step: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the entry as plain data, for JSON."""
        plain: dict[str, Any] = to_builtins(self)
        return plain


class Log(Sequence[Entry]):
    """A list of entries that threads may share; it can be read but not changed from outside."""

    def __init__(self) -> None:
        """Begin empty."""
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    def add(self, entry: Entry) -> None:
        """Append *entry*."""
        with self._lock:
            self._entries.append(entry)

    def clear(self) -> None:
        """Forget every entry."""
        with self._lock:
            self._entries.clear()

    def snapshot(self) -> tuple[Entry, ...]:
        """Everything so far, safe to walk while requests come in."""
        with self._lock:
            return tuple(self._entries)

    def of(self, step: str) -> tuple[Entry, ...]:
        """Return the entries of one *step*."""
        return tuple(entry for entry in self.snapshot() if entry.step == step)

    def __len__(self) -> int:
        """How many requests have arrived."""
        return len(self.snapshot())

    def __iter__(self) -> Iterator[Entry]:
        """Walk a snapshot."""
        return iter(self.snapshot())

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...

    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        """One entry, or a tuple of them."""
        return self.snapshot()[index]

    def __repr__(self) -> str:
        """Show the requests, one word each."""
        words = ", ".join(f"{e.method} {e.origin}{e.path}" for e in self.snapshot())
        return f"<Log of {len(self)}: {words}>"


class Counts(Struct, frozen=True):
    """How often each thing that matters was tried; a failed attempt counts as well."""

    otp_requests: int = 0
    codes: list[str] = field(default_factory=list)
    pins: int = 0
    approvals: int = 0
    hops: int = 0
    exchanges: int = 0
    codes_issued: int = 0
    logouts: int = 0
    pages: int = 0

    @classmethod
    def of(cls, log: Log, codes_issued: int) -> Counts:
        """Add up *log*; authorization codes are the server's own doing and are passed in."""
        entries = log.snapshot()
        steps = [entry.step for entry in entries]
        return cls(
            otp_requests=steps.count("otp"),
            codes=[_submitted_code(entry.body) for entry in entries if entry.step == "verify"],
            pins=steps.count("pin"),
            approvals=steps.count("approve"),
            hops=steps.count("hop"),
            exchanges=steps.count("token"),
            codes_issued=codes_issued,
            logouts=steps.count("logout"),
            pages=steps.count("authorize"),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as plain data, for JSON."""
        plain: dict[str, Any] = to_builtins(self)
        return plain


def _submitted_code(body: Any) -> str:
    data = body.get("data") if isinstance(body, dict) else None
    return str(data.get("otp", "")) if isinstance(data, dict) else ""

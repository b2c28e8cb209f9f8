"""One account's ledger in memory, its clock, and as many runs as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from upstox_browser_login.errors import LoginBlockedError, StoreError, UpstoxUnavailableError
from upstox_browser_login.ledger import Block, Ledger
from upstox_browser_login.ledger.keeping import Documents
from upstox_browser_login.store.documents import Copy, Held

START = 1_763_700_000.0
PIN, OTHER_PIN, THIRD_PIN = "073519", "628404", "915026"
DAY = 86_400.0
NAME = "ledger-k"
SECRET, OTHER_SECRET = SecretStr("s3cr3tk3y0"), SecretStr("an0therk3y")


class Memory:
    """Documents in memory, which can be made to fail."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.full = False
        self.stuck = False
        self.lost = False
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def where(self, name: str) -> str:
        return f"memory/{name}"

    def read(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def copies(self, name: str) -> tuple[Copy, ...]:
        return (Copy(self.where(name), lambda: self.read(name)),)

    def write(self, name: str, data: bytes) -> None:
        if self.full:
            raise StoreError("No space left.", code="STORE_UNWRITABLE")
        self.kept[name] = data

    def set_aside(self, name: str) -> str | None:
        self.kept[f"{name}.damaged"] = self.kept.pop(name)
        return f"memory/{name}.damaged"

    @contextmanager
    def lock(self, name: str, timeout: float) -> Iterator[Held]:
        if self.stuck:
            raise UpstoxUnavailableError("Held.", code="TIMEOUT")
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        if not lock.acquire(timeout=timeout):
            raise UpstoxUnavailableError("Held.", code="TIMEOUT")
        try:
            yield Held(waited=False, is_held=lambda: not self.lost)
        finally:
            lock.release()


class World:
    """One account, its clock, and as many runs as a test wants."""

    def __init__(self, documents: Documents | None = None) -> None:
        self.memory = Memory()
        self.documents = documents or self.memory
        self.now = START
        self.ahead = 0.0
        """Seconds by which this machine's clock is ahead of Upstox's, as its answers tell."""

    def run(self, secret: SecretStr | None = SECRET) -> Ledger:
        run = Ledger(self.documents, "k", secret, now=lambda: self.now)
        run.corrected_by(lambda: -self.ahead)
        return run

    def set_clock(self, *, ahead: float) -> None:
        """Set this machine's clock, and not Upstox's."""
        self.now += ahead - self.ahead
        self.ahead = ahead

    @property
    def window(self) -> int:
        return int(self.now // 30)

    def after(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(self.now + seconds, UTC)

    def block(self, pin: str | None = PIN) -> Block | None:
        return self.run().block(pin)

    def stops(self, pin: str | None = PIN) -> Block:
        block = self.block(pin)
        assert block is not None
        return block

    def refuse_pin(self, pin: str = PIN) -> None:
        run = self.run()
        run.sending_pin(pin)
        run.pin_refused(pin)

    @property
    def pins(self) -> list[dict[str, Any]]:
        """Those that are kept."""
        kept: list[dict[str, Any]] = json.loads(self.memory.kept[NAME])["pins"]
        return kept

    def fail_code(self) -> None:
        """One run whose code is refused for good."""
        run = self.run()
        run.sending_code(str(self.window), self.window, 30)
        run.code_refused(final=True)


def caught(action: Callable[[], object]) -> LoginBlockedError:
    with pytest.raises(LoginBlockedError) as raised:
        action()
    return raised.value

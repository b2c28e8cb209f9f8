"""What the servers of one replica share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from msgspec import Struct

from .account import Account
from .dice import Dice
from .log import Counts, Log
from .scenarios import Script
from .state import State


class Addresses(Struct, frozen=True):
    """Where each server listens."""

    api: str
    login: str
    service: str
    config: str
    third_party: str

    @staticmethod
    def foreign(url: str) -> str:
        """Return the same server by a name: another host in a browser's eyes."""
        return url.replace("//127.0.0.1:", "//localhost:", 1)


@dataclass
class World:
    """The account, the clock, the scenarios in force, and what has happened so far."""

    account: Account
    clock: Callable[[], float]
    dice: Dice
    script: Script
    addresses: Addresses
    notifier_url: str | None = None
    log: Log = field(default_factory=Log)
    fired: set[str] = field(default_factory=set)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Begin with nothing remembered."""
        self._salt = self.dice.text(8)
        self.state = State(self.account, self.now, self.dice)

    def now(self) -> float:
        """Upstox's time, in epoch seconds: the clock's, plus the scenario's skew."""
        return self.clock() + self.script.seconds("skew")

    def play(self, scenarios: Iterable[str]) -> None:
        """Replace the scenarios."""
        self.script = Script.parse(scenarios)
        self.fired = set()

    def reset(self) -> None:
        """Forget everything that has happened."""
        self.log.clear()
        self.fired = set()
        self.state = State(self.account, self.now, self.dice)

    def first_time(self, name: str) -> bool:
        """Say whether this is the first time for *name*, as 'once' in a scenario means."""
        if name in self.fired:
            return False
        self.fired.add(name)
        return True

    def counts(self) -> Counts:
        """Return what the log adds up to."""
        return Counts.of(self.log, self.state.codes_issued)

    def class_name(self, name: str) -> str:
        """Return the generated class name that *name* has in this run."""
        digest = sha256(f"{self._salt}{name}".encode()).hexdigest()
        return f"_{digest[:5]}_{digest[5:10]}"

    async def pause(self, seconds: float) -> None:
        """Wait, but not beyond the servers' end."""
        try:
            await asyncio.wait_for(self.closing.wait(), seconds)
        except TimeoutError:
            return

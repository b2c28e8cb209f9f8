"""How the ledger's document is read, and changed without losing anybody's entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol

from pydantic import ValidationError

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError

from .rules import UNLOCK
from .state import State

_LOCK_TIMEOUT = 10.0
_LATER = "Run again in a moment; nothing is sent that is not recorded first."
_WAY_OUT = f"Make sure of UPSTOX_PIN_CODE, then run {UNLOCK}, which starts a new record."


class Held(Protocol):
    """A lock that is held."""

    @property
    def is_held(self) -> Callable[[], bool]:
        """Ask whether it is ours still; a lease may have run out."""


class Documents(Protocol):
    """Where the ledger lives: the part of a store that it needs. Failures are `StoreError`."""

    def where(self, name: str, /) -> str:
        """Name the place of the document, for people."""

    def read(self, name: str, /) -> bytes | None:
        """Return the document, None where there is none."""

    def write(self, name: str, data: bytes, /) -> None:
        """Replace the document as a whole."""

    def set_aside(self, name: str, /) -> str | None:
        """Move the document out of the way; says where it went."""

    def lock(self, name: str, timeout: float, /) -> AbstractContextManager[Held]:
        """Keep other threads and processes out. `UpstoxUnavailableError` after `timeout` s."""


class Kept:
    """The document `name` of `documents`.

    Every method raises `StoreError`, whose hint names the way out. Nothing is ever read as an
    empty ledger that is not one.
    """

    def __init__(self, documents: Documents, name: str, now: Callable[[], float]) -> None:
        self._documents = documents
        self._name = name
        self._now = now

    def load(self) -> State:
        """Return what is kept; a new ledger where there is none."""
        try:
            data = self._documents.read(self._name)
        except StoreError as error:
            if error.hint == StoreError("", code=error.code).hint:
                # The default speaks of a damaged token, and of `login` as the way out.
                error.hint = _WAY_OUT
            raise
        if data is None:
            return State.new()
        try:
            return State.model_validate_json(data)
        except ValidationError as error:
            wrong = {each["loc"][:1] for each in error.errors(include_input=False)}
            newer = ("version",) in wrong
            problem = "is of another version of this program" if newer else "is damaged"
            raise self._unreadable(problem) from None

    @contextmanager
    def edit(self) -> Iterator[State]:
        """Read, change, write, with everybody else kept out. An exception writes nothing."""
        with self._locked() as held:
            state = self.load()
            state.settle(self._now())
            yield state
            self._write(state, held)

    @contextmanager
    def replace_if_damaged(self) -> Iterator[tuple[State, StoreError | None]]:
        """As `edit`, but a damaged document is set aside and a new one begun: the error says so."""
        with self._locked() as held:
            damage: StoreError | None = None
            try:
                state = self.load()
            except StoreError as error:
                self._require(held)
                aside = self._documents.set_aside(self._name)
                damage = error
                if aside:
                    damage.message += f" It was moved aside to {aside}."
                state = State.new()
            state.settle(self._now())
            yield state, damage
            self._write(state, held)

    @contextmanager
    def _locked(self) -> Iterator[Held]:
        with ExitStack() as stack:
            try:
                held = stack.enter_context(self._documents.lock(self._name, _LOCK_TIMEOUT))
            except UpstoxUnavailableError:
                raise StoreError(
                    f"The record of past logins, {self._where}, is held by another process.",
                    code="STORE_UNWRITABLE",
                    hint=_LATER,
                    step="store",
                ) from None
            yield held

    def _write(self, state: State, held: Held) -> None:
        data = state.model_dump_json().encode()
        self._require(held)
        self._documents.write(self._name, data)

    def _require(self, held: Held) -> None:
        """Others may have written since we read, where the lock ran out while we stood still."""
        if not held.is_held():
            raise StoreError(
                f"The record of past logins, {self._where}, took too long to write: its lock was "
                "lost, and nothing was written.",
                code="STORE_UNWRITABLE",
                hint=_LATER,
                step="store",
            )

    def _unreadable(self, problem: str) -> StoreError:
        return StoreError(
            f"The record of past logins, {self._where}, {problem}: nobody knows what was refused.",
            code="STORE_UNREADABLE",
            hint=_WAY_OUT,
            step="store",
        )

    @property
    def _where(self) -> str:
        return self._documents.where(self._name)

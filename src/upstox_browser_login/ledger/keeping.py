"""How the ledger's copies are read as one, and changed without losing anybody's entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Protocol

from pydantic_core import from_json

from upstox_browser_login.errors import StoreError, UpstoxUnavailableError

from .merge import all_merged
from .rules import UNLOCK
from .state import State

_LOCK_TIMEOUT = 10.0
_LATER = "Run again in a moment; nothing is sent that is not recorded first."
_WAY_OUT = f"Make sure of UPSTOX_PIN_CODE, then run {UNLOCK}, which starts a new record."
_OTHER_VERSION = (
    "Update upstox-browser-login to the version that wrote it. Nothing is sent before, and nothing "
    "of it is forgotten."
)


class Held(Protocol):
    """A lock that is held."""

    @property
    def is_held(self) -> Callable[[], bool]:
        """Ask whether it is ours still; a lease may have run out."""


class Copy(Protocol):
    """One copy of a document."""

    @property
    def where(self) -> str:
        """Its place, for people."""

    @property
    def read(self) -> Callable[[], bytes | None]:
        """Read it, None where there is none."""


class Documents(Protocol):
    """Where the ledger lives: the part of a store that it needs. Failures are `StoreError`."""

    def where(self, name: str, /) -> str:
        """Name the place of the document, for people."""

    def copies(self, name: str, /) -> Sequence[Copy]:
        """Return every copy of the document; none of them is read yet."""

    def write(self, name: str, data: bytes, /) -> None:
        """Replace the document as a whole, in all its copies."""

    def set_aside(self, name: str, /) -> str | None:
        """Move the document out of the way, with all its copies; says where it went."""

    def lock(self, name: str, timeout: float, /) -> AbstractContextManager[Held]:
        """Keep other threads and processes out. `UpstoxUnavailableError` after `timeout` s."""


class OtherVersionError(StoreError):
    """The ledger was written by a version whose rules are not known here."""


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
        """Return what the copies hold, as one; a new ledger where there is none."""
        found = (_read(copy) for copy in self._documents.copies(self._name))
        return all_merged(state for state in found if state is not None)

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
        """As `edit`, but damaged copies are set aside and the others read: the error says so."""
        with self._locked() as held:
            state, damage = self._whole_ones()
            if damage is not None:
                self._require(held)
                aside = self._documents.set_aside(self._name)
                if aside:
                    damage.message += f" It was moved aside to {aside}."
            state.settle(self._now())
            yield state, damage
            self._write(state, held)

    def _whole_ones(self) -> tuple[State, StoreError | None]:
        """Read the copies that are whole. Raises `OtherVersionError`."""
        whole: list[State | None] = []
        damage: StoreError | None = None
        for copy in self._documents.copies(self._name):
            try:
                whole.append(_read(copy))
            except OtherVersionError:
                raise
            except StoreError as error:
                damage = error
        return all_merged(state for state in whole if state is not None), damage

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
        """Raise if the lock has run out, since another process may then have written meanwhile."""
        if not held.is_held():
            raise StoreError(
                f"The record of past logins, {self._where}, took too long to write: its lock was "
                "lost, and nothing was written.",
                code="STORE_UNWRITABLE",
                hint=_LATER,
                step="store",
            )

    @property
    def _where(self) -> str:
        return self._documents.where(self._name)


def _read(copy: Copy) -> State | None:
    """Read one copy, None where there is none. Raises `StoreError`."""
    data = _content(copy)
    if data is None:
        return None
    try:
        version = _version_of(data)
        if version == 1:
            from .version1 import Version1

            return Version1.model_validate_json(data).converted()
        if version == 2:
            return State.model_validate_json(data)
    except ValueError:
        # pydantic's own words may quote what they choked on.
        version = None
    if version is None:
        raise _unreadable(StoreError, copy, "is damaged", _WAY_OUT)
    raise _unreadable(
        OtherVersionError, copy, "is of another version of this program", _OTHER_VERSION
    )


def _content(copy: Copy) -> bytes | None:
    try:
        return copy.read()
    except StoreError as error:
        if error.hint == StoreError("", code=error.code).hint:
            # The default hint would be about a damaged token, for which `login` is the remedy.
            error.hint = _WAY_OUT
        raise


def _version_of(data: bytes) -> int | None:
    """Return the document's version, None where it has none. Raises `ValueError`."""
    document = from_json(data)
    version = document.get("version") if isinstance(document, dict) else None
    return version if isinstance(version, int) and not isinstance(version, bool) else None


def _unreadable(kind: type[StoreError], copy: Copy, problem: str, hint: str) -> StoreError:
    return kind(
        f"The record of past logins, {copy.where}, {problem}; refused PINs in it are not known.",
        code="STORE_UNREADABLE",
        hint=hint,
        step="store",
    )

"""Records one login: the real login, with somebody who hears all of it and keeps a clean copy.

Everything is kept in memory as it comes. When the login is over, what is personal is found, a
stand-in is put in its place everywhere, and only that is ever written to a disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from upstox_browser_login.errors import ConfigurationError, UpstoxError
from upstox_browser_login.evidence.folder import blamed
from upstox_browser_login.evidence.shelf import why_left_out
from upstox_browser_login.session import LoginResult, Progress, login_result
from upstox_browser_login.settings import Settings

from .bundle import read_bundle
from .keep import Draft
from .looks import replay_looks
from .recording import How, NothingKeptError, Recording


@dataclass(frozen=True)
class Recorded:
    """A recording that is written and verified, and the login that it is of."""

    draft: Draft
    replaced: dict[str, int]
    result: LoginResult | None
    error: UpstoxError | None
    began: datetime
    without_trace: str | None
    """Why there is no trace.zip in it; None where there is one."""
    unreadable: str | None = None
    """Why `replay` cannot read it; None where it can."""
    unlike: str | None = None
    """How a replay of its looks differs from it; None where nothing does, or nothing was read."""

    def keep(self, name: str, *, unasked: bool = False) -> Path:
        """Give the recording its name.

        Raises `StoreError`, and `NothingKeptError` where it cannot be read and nobody was asked: a
        person may want to report such a one, and a machine has no use for it.
        """
        if unasked and self.unreadable is not None:
            raise NothingKeptError(
                f"The recording was deleted, since `replay` cannot read it: {self.unreadable}",
                hint="Please report this. Without --yes you are asked whether to keep it.",
            )
        with blamed(self.draft.path.parent):
            return self.draft.keep(self.began, name)


def record(
    settings: Settings,
    folder: Path,
    name: str,
    *,
    progress: Progress | None = None,
    by_hand: bool = False,
    rng: Random | None = None,
    log_in: Callable[..., LoginResult] = login_result,
) -> Recorded:
    """Log in, and write a clean recording below `folder` that has no name yet.

    A login that fails is recorded like any other. Raises `StoreError` where nothing can be written;
    `NothingKeptError` where a secret is still in what would be kept, or could not be known; and in
    place of both the login's own error where that failed, or where there was no browser yet.
    """
    recording = Recording(settings, progress or Progress(), by_hand=by_hand, rng=rng)
    result, error = None, None
    try:
        result = log_in(settings, progress=recording, by_hand=by_hand)
    except UpstoxError as raised:
        error = raised
        if recording.cleaned is None or not recording.cleaned.exchanges:
            raise  # there was nothing to record
    if recording.cleaned is None:
        raise NothingKeptError(
            "Another login was under way, and its token was used: there was nothing to record.",
            hint="Run again.",
        )
    how: How = "watch" if by_hand else "headed" if settings.headed else "headless"
    try:
        return _written(recording, folder, recording.about(name, error, how), result, error)
    except UpstoxError as failed:
        if error is None:
            raise
        # Why the login failed matters more than why no recording of it is kept.
        recording.warning(f"{failed.message} {failed.hint}")
        error.trace = None
        raise error from None


def _written(
    recording: Recording,
    folder: Path,
    about: dict[str, Any],
    result: LoginResult | None,
    error: UpstoxError | None,
) -> Recorded:
    """The recording, written and verified. Raises `StoreError`, and `NothingKeptError`."""
    recording.refuse_unread(error)
    assert recording.cleaned is not None  # noqa: S101  (made as the login ended)
    evidence = (
        result.trace if error is None and result is not None else getattr(error, "trace", None)
    )
    trace = None if evidence is None else Path(evidence) / "trace.zip"
    with blamed(folder):
        draft = Draft(folder, recording.cleaned)
        try:
            found = trace if trace is not None and trace.is_file() else None
            why = draft.write(about, recording.pictures, found)
            if found is None:
                noted = None if evidence is None else why_left_out(Path(evidence), "trace")
                why = noted or "none was made"
            _refuse(draft.leaks())
            unreadable, unlike = _read_back(draft.path)
        except BaseException:
            draft.drop()
            raise
    began = datetime.fromtimestamp(recording.started_at, UTC)
    return Recorded(
        draft, about["replaced"], result, error, began, why, unreadable=unreadable, unlike=unlike
    )


def _read_back(path: Path) -> tuple[str | None, str | None]:
    """Why a written recording cannot be read, and how the replay of its looks differs from it.

    It is read by what `replay` reads it with, since a login is not recorded twice: whoever is asked
    whether to keep it is to know what it is good for.
    """
    try:
        bundle = read_bundle(path)
    except ConfigurationError as error:
        return error.message, None
    wrong = replay_looks(bundle).wrong
    return None, "; ".join(wrong[:3]) or None


def _refuse(leaks: list[tuple[str, str]]) -> None:
    """Raise `NothingKeptError` where there are any."""
    if leaks:
        told = ", ".join(f"{kind} in {file}" for kind, file in leaks[:5])
        raise NothingKeptError(
            f"The recording was deleted: it is not known to be clean ({told}).",
            hint="Please report this, with the line above: it names no value.",
        )

"""One line of a check-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from upstox_browser_login.errors import UpstoxError

State = Literal["ok", "skipped", "warning", "error"]


class Check(Struct, frozen=True):
    """What was found, and what to do. `error` is set where a login would not start."""

    name: str
    state: State
    message: str
    hint: str = ""
    error: UpstoxError | None = None


def fine(name: str, message: str, hint: str = "") -> Check:
    """A check that found nothing wrong."""
    return Check(name, "ok", message, hint)


def skipped(name: str, message: str) -> Check:
    """A check that was not made, and why."""
    return Check(name, "skipped", message)


def warned(name: str, message: str, hint: str = "") -> Check:
    """A check that found something a person should know; a login would start all the same."""
    return Check(name, "warning", message, hint)


def failed(name: str, error: UpstoxError) -> Check:
    """A check that found why a login would not start."""
    return Check(name, "error", error.message, error.hint, error)


def noted(name: str, error: UpstoxError) -> Check:
    """An error that does not keep a login from starting."""
    return Check(name, "warning", error.message, error.hint)


def first_error(checks: Iterable[Check]) -> UpstoxError | None:
    """The error that decides the exit status."""
    return next((each.error for each in checks if each.error is not None), None)

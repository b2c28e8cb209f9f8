"""The list of holidays: asked for at Upstox, kept in the state folder."""

from __future__ import annotations

import logging

from upstox_browser_login import api
from upstox_browser_login.blocking import run_apart
from upstox_browser_login.errors import StoreError
from upstox_browser_login.refusals import bad_answer
from upstox_browser_login.settings import Settings
from upstox_browser_login.store.file import FileDocuments

from .calendar import Days, read_days

log = logging.getLogger(__name__)

NAME = "holidays"


def kept_days(documents: FileDocuments, settings: Settings) -> Days | None:
    """The list that was kept, None where there is none of this API, or it cannot be read."""
    try:
        data = documents.read(NAME)
        days = None if data is None else Days.model_validate_json(data)
    except (StoreError, ValueError):
        # A new list takes its place, and until then the day counts as unknown.
        log.warning("The list of holidays, %s, cannot be read.", documents.where(NAME))
        return None
    return None if days is None or days.source != settings.api_base_url else days


def ask_for_days(documents: FileDocuments, settings: Settings, now: float) -> Days:
    """Ask Upstox, and keep the answer. Raises `UpstoxError` where there is no list to be had."""
    entries = run_apart(api.holidays(settings))
    try:
        days = read_days(entries, source=settings.api_base_url, fetched_at=now)
    except ValueError as error:
        raise bad_answer(f"Upstox's list of holidays cannot be used: {error}.", None) from None
    try:
        documents.write(NAME, days.model_dump_json().encode())
    except StoreError as error:
        log.warning("The list of holidays is not kept: %s", error.message)
    return days

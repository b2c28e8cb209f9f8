"""Evidence of one login being gathered: scrubbed, told in a report, verified, and named."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from upstox_browser_login.redaction import Redactor
from upstox_browser_login.redaction.spellings import digests_of_secret, forms_of, is_number

from . import earlier
from .folder import finish, write_private
from .names import is_secret_name
from .report import Missing, Outcome, as_json, report, versions
from .scrub import Scrubber, UnfitError
from .shelf import prune_by_itself
from .verify import leaks

logger = logging.getLogger(__name__)

LARGEST = 4 * 1024 * 1024
"""A page or a picture that is larger than this is not kept, bytes."""

MOST_STORED = 160_000
"""Characters of cookies and stored values that are sought in evidence: a second or two of work.

Some hundred values of a usual length. A login page has a tenth of that.
"""

_EACH = 400
"""Characters that take as long as what is done once for each value."""


class Bundle:
    """Evidence being gathered in a folder."""

    def __init__(self, folder: Path, redactor: Redactor) -> None:
        self.missing: list[Missing] = []
        self.browser: str | None = None
        self._folder = folder
        # The caller hands over a copy, so that later logs are not searched for these cookies.
        self.redactor = redactor
        self._files: dict[str, bytes] = {}
        self._earlier: tuple[float, tuple[earlier.Step, ...]] | None = None
        self._stored: set[str] = set()
        self._left = MOST_STORED

    def register_cookies(self, cookies: list[Any]) -> None:
        """Take the values of cookies that look like secrets for secrets."""
        for cookie in cookies:
            value = str(cookie.get("value", ""))
            if _looks_secret(value) or (len(value) >= 4 and is_secret_name(cookie.get("name", ""))):
                self._register(value, "cookie")
                self._register(unquote(value), "cookie")

    def register_storage(self, items: list[Any]) -> None:
        """Take what a page has stored and looks like a secret for one."""
        for key, value in items:
            for text in _leaves(str(value)):
                if _looks_secret(text) or (is_secret_name(str(key)) and len(text) >= 6):
                    self._register(text, "stored session")

    def _register(self, text: str, kind: str) -> None:
        """Remember a secret, unless there are too many of them to seek them all."""
        if text in self._stored:
            return
        self._left -= _EACH + len(text)
        if self._left > 0:
            self._stored.add(text)
            if is_number(text):
                # Only the whole number is sought, since no user has typed it and seeking the
                # parts of fifty numbers takes seconds.
                self.redactor.register_exactly(forms_of(text) | digests_of_secret(text), kind)
            else:
                self.redactor.register(text, kind)

    def add(self, name: str, data: bytes | None) -> None:
        """Add what is still to be scrubbed."""
        if data is not None and len(data) > LARGEST:
            self.miss(name, "it is too large")
        elif data:
            self._files[name] = data
        else:
            self.miss(name, "the browser did not hand it over")

    def miss(self, what: str, why: str) -> None:
        """Note what there is not, and why."""
        self.missing.append(Missing(what, why))

    def steps_before(self, began: float, steps: Sequence[earlier.Step]) -> None:
        """Say which steps a trace lacks that began `began` seconds after the login."""
        self._earlier = began, tuple(steps)

    def _write_files(self, scrubber: Scrubber) -> None:
        clean = scrubber.files(self._files.values())
        for name, data in zip(self._files, clean, strict=True):
            if data:
                write_private(self._folder / name, data)
            else:
                self.miss(name, "it held a secret")

    def _add_trace(self, raw: Path, scrubber: Scrubber, outcome: Outcome) -> None:
        path = self._folder / "trace.zip"
        try:
            if self._earlier is not None:
                earlier.write_into(raw, *self._earlier, outcome.requests)
            write_private(path, b"")
            with path.open("r+b") as file:
                scrubber.archive(raw, file)
        except Exception as error:  # noqa: BLE001  (a trace of a kind that is not known yet)
            path.unlink(missing_ok=True)
            reason = str(error) if isinstance(error, UnfitError) else type(error).__name__
            self.miss("trace", f"it could not be scrubbed ({reason})")

    def finish(self, raw: Path, outcome: Outcome, at: datetime, seconds: float) -> Path | None:
        """Scrub the trace, write the reports, look for secrets once more, name the folder.

        What cannot be scrubbed within `seconds` is left out.
        """
        scrubber = Scrubber(self.redactor, until=time.monotonic() + seconds * 0.8)
        try:
            if self._left <= 0:
                for what in ("trace", *self._files):
                    self.miss(what, "the page has stored too much to seek all of it")
                self._files.clear()
            elif raw.exists():
                self._add_trace(raw, scrubber, outcome)
            # After the trace, since a page may hold digests of the trace's bodies.
            scrubber.until = time.monotonic() + seconds * 0.2
            self._write_files(scrubber)
        except UnfitError as error:
            self.miss("screenshot and page", str(error))
        if scrubber.has_left_out:
            self.miss("parts of the trace or page", "they are too long to be searched for secrets")
        outcome = replace(outcome, versions={**versions(self.browser), **outcome.versions})
        files = sorted(
            [*(file.name for file in self._folder.iterdir()), "report.md", "report.json"]
        )
        for name, write in (("report.md", report), ("report.json", as_json)):
            text = write(outcome, at, files=files, missing=self.missing, redactor=self.redactor)
            write_private(self._folder / name, text.encode("utf-8", "replace"))
        found = leaks(self._folder, self.redactor)
        for kind, name in found:
            logger.warning("The trace was deleted: %s was still in %s.", kind, name)
        if found:
            return None
        path = finish(self._folder, at, outcome.code)
        prune_by_itself(path.parent, at, spare=path)
        return path


_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_ADDRESS = re.compile(r"https?://[\w.:-]+((?:/[\w.~%+-]*)*)", re.ASCII)
"""An address without a query. What looks like a secret in its path is one."""


def _looks_secret(value: str) -> bool:
    if not 8 <= len(value) <= 8192 or re.search(r"\s", value) or _DATE.fullmatch(value):
        return False
    if address := _ADDRESS.fullmatch(value):
        return any(map(_looks_secret, address[1].split("/")))
    return len(value) >= 20 or bool(re.search(r"\d", value))


def _leaves(text: str) -> Iterator[str]:
    """Yield the strings of a stored value, which often is JSON."""
    try:
        queue = [json.loads(text)]
    except ValueError:
        queue = [text]
    while queue:
        each = queue.pop()
        if isinstance(each, dict):
            queue += each.values()
        elif isinstance(each, list):
            queue += each
        elif isinstance(each, str):
            yield each

"""Writes a recording into a folder, and looks for secrets once more before it gets its name."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.evidence.folder import make_partial, named, sweep, write_private
from upstox_browser_login.evidence.verify import leaks
from upstox_browser_login.redaction import Redactor
from upstox_browser_login.redaction.spellings import forms_of, ways_of, ways_of_digests_of

from .clean import Cleaned
from .places import DESCRIPTION
from .shapes import LONG_NUMBERS, pieces_of, shapes_in, without_scripts
from .standins import word_pattern
from .times import EPOCH
from .trace import without_pictures

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
"""What a recording may be called."""

_BESIDE = 80
"""Characters beside what has a personal shape that may belong to the same stand-in."""

_BEGAN = EPOCH.timestamp()
_YEARS = 12
"""So near to it a number may be a time: more than are left at first, since times are moved."""

_OWN_WORDS = re.compile(r"\[\"[\w-]+\",|\"\w+\":")
"""Of a line of JSON: what stands in it within a text has a backslash before each quote."""

_OF_THE_LOGIN = ("redirect_uri", "client_id", "account", "api_base_url", "login_hosts")
"""Members of a description whose values come from the login."""

_STARRED = r"[*\u2022\u25cf]{2,10}"


def check_name(name: str) -> None:
    """Raise `ConfigurationError` for what is no name of a recording."""
    if not NAME.fullmatch(name):
        raise ConfigurationError(
            "A recording's name is made of small letters, digits and dashes.",
            hint="For example `first-login`; the date is put before it.",
        )


class Draft:
    """A written recording that nobody has agreed to keep: its folder has no name yet."""

    def __init__(self, folder: Path, cleaned: Cleaned) -> None:
        """Make a private folder below `folder`. Raises `OSError`."""
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        self.path = make_partial(folder)
        self._cleaned = cleaned
        self._redactor = _knowing(cleaned)

    def write(
        self, about: Mapping[str, Any], pictures: Mapping[str, bytes], trace: Path | None
    ) -> str | None:
        """Write every file; answer why `trace` is left out, where it is."""
        cleaned = self._cleaned
        bodies = self.path / "bodies"
        bodies.mkdir(mode=0o700)
        for name, data in cleaned.bodies.items():
            write_private(bodies / name, data)
        self._write("exchanges.jsonl", "".join(f"{_dump(line)}\n" for line in cleaned.exchanges))
        self._write("looks.jsonl", "".join(f"{line}\n" for line in cleaned.looks))
        for state, page in cleaned.pages.items():
            slug = re.sub(r"[^a-z0-9]+", "-", state.lower()).strip("-")
            self._write(f"page-{slug}.html", page.html)
            if page.aria is not None:
                self._write(f"page-{slug}.aria.yaml", f"{page.aria}\n")
            if state in pictures:
                write_private(self.path / f"page-{slug}.png", pictures[state])
        why = None if trace is None else self._take_trace(trace)
        self._write(DESCRIPTION, json.dumps(about, indent=1, ensure_ascii=False) + "\n")
        return why

    def _write(self, name: str, text: str) -> None:
        write_private(self.path / name, text.encode("utf-8", "surrogatepass"))

    def _take_trace(self, trace: Path) -> str | None:
        """Take over the cleaned trace of the evidence, unless a personal value is still in it.

        Its pictures are removed here, since evidence keeps them.
        """
        target = self.path / "trace.zip"
        cleaned = self._cleaned
        data = without_pictures(trace.read_bytes(), cleaned.everybodys, cleaned.stand_ins.words)
        write_private(target, data)
        found = self._found_in([target])
        if found:
            target.unlink()
            return f"it still held {', '.join(sorted({kind for kind, _ in found}))}"
        return None

    def leaks(self) -> list[tuple[str, str]]:
        """What is still there of the secrets: (kind, file) of each. Empty where all is well."""
        found = leaks(self.path, self._redactor)
        if found:
            return found  # it may be that there is more than can be searched
        files = [path for path in sorted(self.path.rglob("*")) if path.is_file()]
        return sorted({*self._found_in(files), *self._shapes_in(files)})

    def _shapes_in(self, files: Iterable[Path]) -> Iterator[tuple[str, str]]:
        """What still has a personal shape, is no stand-in, and is not everybody's.

        A trace is none of `files` that are read here: evidence has masked in it what was found.
        """
        made = frozenset(self._cleaned.stand_ins.made)
        knowing = Redactor()
        knowing.register_all(made, "stand-in")
        for path in files:
            if path.suffix == ".zip" or path.name in self._cleaned.common:
                continue
            name = path.relative_to(self.path).as_posix()
            for text in _texts(path):
                for piece in _pieces(path, text):
                    for kind in self._unknown_in(piece, made, knowing):
                        yield f"{kind} by its shape", name

    def _unknown_in(self, piece: str, made: frozenset[str], knowing: Redactor) -> Iterator[str]:
        for value, kind, begins, ends in shapes_in(piece, _BEGAN, _YEARS):
            if value not in made and value not in self._cleaned.public:
                # It may be a part of a stand-in: these are sought beside it, which takes longer.
                beside = knowing.redact(piece[max(0, begins - _BESIDE) : ends + _BESIDE])
                if any(value == each for each, *_ in shapes_in(beside, _BEGAN, _YEARS)):
                    yield kind

    def _found_in(self, files: Iterable[Path]) -> list[tuple[str, str]]:
        """Names of persons as words, masked numbers, and what the redactor knows of a trace."""
        words = "|".join(map(word_pattern, self._cleaned.stand_ins.names))
        names = re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])") if words else None
        tails = "|".join(
            value[-4:] for value in self._cleaned.stand_ins.values if re.fullmatch(r"\d{10}", value)
        )
        masked = re.compile(rf"{_STARRED}(?:{tails})(?!\d)") if tails else None
        found = []
        for path in files:
            name = path.relative_to(self.path).as_posix()
            may_name = names is not None and path.name not in self._cleaned.nameless
            for text in _texts(path):
                said = _without_own_words(path, text) if may_name else ""
                found += [("name", name)] if names is not None and names.search(said) else []
                found += [("number", name)] if masked is not None and masked.search(text) else []
                if path.suffix == ".zip":
                    found += [(kind, name) for kind in self._redactor.find(text)]
        return found

    def keep(self, at: datetime, name: str) -> Path:
        """Give the recording its name. Raises `OSError`."""
        return named(self.path, f"{at:%Y%m%d}-{name}")

    def drop(self) -> None:
        """Keep nothing."""
        shutil.rmtree(self.path, ignore_errors=True)


def _knowing(cleaned: Cleaned) -> Redactor:
    """A redactor that knows every value that was replaced, in every spelling and as a digest."""
    redactor = Redactor(digests=True)
    for value, kind in cleaned.stand_ins.values.items():
        if kind in LONG_NUMBERS:  # a part of one that stands alone tells nothing
            redactor.register_exactly({*forms_of(value), *ways_of_digests_of(value)}, kind)
        elif kind == "name" and value.isalpha():
            # As a word it is looked for apart: its letters may well be a part of another word.
            forms = {
                form for form in ways_of(value) if not form.isalpha() and len(form) > len(value)
            }
            redactor.register_exactly({*forms, *ways_of_digests_of(value)}, kind)
        else:
            redactor.register(value, kind)
    redactor.register_exactly(cleaned.digests, "digest of what was there")
    return redactor


def _without_own_words(path: Path, text: str) -> str:
    """What a file says of the login, without words of its form that may be names as well.

    Those are the names of headers and members, and all of its description that was made here.
    """
    if path.name == "exchanges.jsonl":
        return _OWN_WORDS.sub("", text)
    if path.name == DESCRIPTION:
        with suppress(ValueError):
            about = json.loads(text)
            return _dump([about.get(each) for each in _OF_THE_LOGIN])
    return text


def _pieces(path: Path, text: str) -> Iterator[str]:
    """What a file of a recording says, as it is meant."""
    if path.suffix == ".jsonl":
        for line in text.split("\n"):
            yield from pieces_of(line)
    elif path.suffix == ".html":
        yield unescape(without_scripts(text))
    else:
        yield from pieces_of(text)


def _texts(path: Path) -> Iterator[str]:
    """What a file says, and what the files in it say where it is an archive."""
    data = path.read_bytes()
    if data[:4] != b"PK\3\4":
        if not data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"wOF")):
            yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.namelist():
            if not member.endswith((".jpeg", ".png", ".woff2")):
                yield archive.read(member).decode("utf-8", "replace")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

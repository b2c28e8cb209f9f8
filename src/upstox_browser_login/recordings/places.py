"""Where a recording lies: a folder, or a zip file of one. Nothing outside it is ever read."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.files.refused import reason_of

DESCRIPTION = "recording.json"
"""The file that makes a folder a recording."""

MOST_BYTES = 250_000_000
"""Of one file, and of all that is read of one recording."""

MOST_FILES = 50_000
MOST_TRACE = 1_000_000_000
"""Bytes that a trace may have when it is unpacked; Playwright's viewer reads it, not this."""


_BROKEN = (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError)
"""What `zipfile` raises for a file that is damaged, or of a kind that it does not know."""


class Place(ABC):
    """The files of one recording, by their names within it."""

    def __init__(self, path: Path) -> None:
        self.name = path.name or str(path)
        self._left = MOST_BYTES

    def read(self, name: str, most: int, *, missing: str) -> bytes:
        """The file of this name. Raises `ConfigurationError`, which says `missing` of no file."""
        try:
            found = self._read(name, min(most, self._left) + 1)
        except FileNotFoundError:
            raise self.damaged(missing) from None
        except OSError as error:
            reason = reason_of(error)
            raise self.damaged(f"{name} cannot be read: {reason}") from None
        if len(found) > min(most, self._left):
            raise self.damaged(f"{name} is larger than any recording's")
        self._left -= len(found)
        return found

    @abstractmethod
    def _read(self, name: str, most: int) -> bytes:
        """Up to `most` bytes. Raises `OSError`."""

    @abstractmethod
    def check_trace(self) -> None:
        """Raise `ConfigurationError` for a `trace.zip` that would unpack to a flood."""

    def damaged(self, what: str) -> ConfigurationError:
        """The error of a recording that is not whole, or not as this program writes them."""
        return ConfigurationError(
            f"{self.name} is a recording that cannot be used: {what}.",
            hint="Get it anew from where it was made, or record it again.",
        )

    def foreign(self, what: str) -> ConfigurationError:
        """The error of something else than a recording."""
        return ConfigurationError(
            f"{self.name} is no recording of a login: {what}.",
            hint="Name a folder that `upstox-browser-login record` has made.",
        )


class _Folder(Place):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._root = path.resolve()

    def _read(self, name: str, most: int) -> bytes:
        with self._regular(name).open("rb") as file:
            return file.read(most)

    def _regular(self, name: str) -> Path:
        """The path of a file, and of nothing else: a pipe would be waited for without an end."""
        path = self._inside(name)
        if path.exists() and not path.is_file():
            raise self.damaged(f"{name} is no regular file")
        return path

    def _inside(self, name: str) -> Path:
        try:
            path = (self._root / name).resolve()
        except RuntimeError:  # Python 3.12 and older, of a link that leads to itself
            raise self.damaged(f"{name} leads nowhere") from None
        if not path.is_relative_to(self._root):
            raise self.damaged(f"{name} leads out of its folder")
        return path

    def check_trace(self) -> None:
        path = self._regular("trace.zip")
        if not path.exists():
            return
        try:
            with zipfile.ZipFile(path) as archive:
                self._check(archive)
        except (OSError, *_BROKEN):
            raise self.damaged("its trace.zip cannot be read") from None

    def _check(self, archive: zipfile.ZipFile) -> None:
        sizes = [each.file_size for each in archive.infolist()]
        if len(sizes) > MOST_FILES or sum(sizes) > MOST_TRACE:
            raise self.damaged("its trace.zip unpacks to far more than a trace")


class _Zip(Place):
    """A zip file. What it says of sizes is not believed: no more is unpacked than is allowed."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        super().__init__(path)
        self._archive = archive
        names = archive.namelist()
        if len(names) > MOST_FILES:
            raise self.damaged(f"it has more than {MOST_FILES} files")
        if sum(each.file_size for each in archive.infolist()) > 2 * MOST_TRACE:
            raise self.damaged("it unpacks to far more than a recording")
        for name in names:
            plain = PurePosixPath(name.replace("\\", "/"))
            if plain.is_absolute() or ".." in plain.parts or ":" in name:
                raise self.damaged("a path in it leads out of its folder")
        tops = [name for name in names if PurePosixPath(name).name == DESCRIPTION]
        self._top = min(tops, key=len, default=DESCRIPTION).removesuffix(DESCRIPTION)

    def _read(self, name: str, most: int) -> bytes:
        try:
            with self._archive.open(f"{self._top}{name}") as file:
                return file.read(most)
        except KeyError:
            raise FileNotFoundError(name) from None
        except (*_BROKEN, zlib.error, lzma.LZMAError, RuntimeError, EOFError):
            raise self.damaged(f"{name} cannot be unpacked") from None

    def check_trace(self) -> None:
        """Its size is counted with all others."""


@contextmanager
def open_place(path: Path) -> Iterator[Place]:
    """The place of a recording. Raises `ConfigurationError` for what can be none."""
    if path.is_dir():
        yield _Folder(path)
        return
    if not path.exists():
        raise ConfigurationError(
            f"There is no recording at {path}.",
            hint="Name a folder that `upstox-browser-login record` has made, or a zip file of it.",
        )
    try:
        if not path.is_file():  # a pipe would be waited for without an end
            raise zipfile.BadZipFile
        with zipfile.ZipFile(path) as archive:
            yield _Zip(path, archive)
    except (OSError, *_BROKEN):
        raise ConfigurationError(
            f"{path.name} is no recording of a login: neither a folder nor a zip file.",
            hint="Name a folder that `upstox-browser-login record` has made, or a zip file of it.",
        ) from None

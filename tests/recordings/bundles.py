"""Recordings to change: a copy of one that was made from the replica, edited on the disk."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.recordings.bundle import read_bundle

RECORDED = Path(__file__).parents[2] / "traces" / "recorded"

Line = dict[str, Any]


def recorded(name: str) -> Path:
    """The recording of this name that the project ships."""
    (found,) = RECORDED.glob(f"*-{name}")
    return found


class Copy:
    """A copy of a recording, whose bodies keep the names that are their hashes."""

    def __init__(self, name: str, folder: Path) -> None:
        self.path = folder / name
        shutil.copytree(recorded(name), self.path)
        for file in ("exchanges.jsonl", "looks.jsonl"):
            self.lines(file, lambda lines: lines)  # spelt as `json.dumps` does

    def about(self, **members: Any) -> None:
        """Set members of `recording.json`."""
        file = self.path / "recording.json"
        raw = json.loads(file.read_text("utf-8"))
        file.write_text(json.dumps({**raw, **members}), "utf-8")

    def lines(self, name: str, edit: Callable[[list[Line]], list[Line] | None]) -> None:
        """Edit the lines of a file, in place or into other ones."""
        file = self.path / name
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        changed = edit(lines)
        lines = lines if changed is None else changed
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        file.write_text(text, "utf-8")

    def looks(self, edit: Callable[[Line], None]) -> None:
        """Edit each look."""
        self._each("look", edit)

    def calls(self, edit: Callable[[Line], None]) -> None:
        """Edit each call that the walk has heard of."""
        self._each("wire", edit)

    def _each(self, kind: str, edit: Callable[[Line], None]) -> None:
        def change(lines: list[Line]) -> None:
            for line in lines:
                if kind in line:
                    edit(line[kind])

        self.lines("looks.jsonl", change)

    def say(self, old: str, new: str, file: str = "looks.jsonl") -> None:
        """Replace a text in one file. It must be there."""
        path = self.path / file
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), "utf-8")

    def everywhere(self, changes: dict[str, str]) -> None:
        """Replace texts in all files, the bodies among them, each of which gets a new name."""
        renamed = dict(changes)
        for body in sorted((self.path / "bodies").iterdir()):
            try:
                text = body.read_text("utf-8")
            except UnicodeDecodeError:
                continue
            for old, new in changes.items():
                text = text.replace(old, new)
            body.unlink()
            renamed[body.name] = self.body(text)
        for name in ("recording.json", "exchanges.jsonl", "looks.jsonl"):
            file = self.path / name
            text = file.read_text("utf-8")
            for old, new in renamed.items():
                text = text.replace(old, new)
            file.write_text(text, "utf-8")

    def body(self, text: str) -> str:
        """Add a body; answers its name."""
        data = text.encode()
        name = hashlib.sha256(data).hexdigest()
        (self.path / "bodies" / name).write_bytes(data)
        return name

    def exchange(self, part: str, edit: Callable[[Line], None], method: str = "") -> None:
        """Edit every exchange with `part` in its address."""

        def each(lines: list[Line]) -> None:
            found = [
                x for x in lines if part in x["url"] and x["method"] == (method or x["method"])
            ]
            assert found, part
            for line in found:
                edit(line)

        self.lines("exchanges.jsonl", each)

    def answer(self, part: str, edit: Callable[[Line], None]) -> None:
        """Edit the JSON that every POST with `part` in its address was answered with."""

        def each(line: Line) -> None:
            data = json.loads((self.path / "bodies" / line["response"]["body"]).read_text("utf-8"))
            edit(data)
            line["response"]["body"] = self.body(json.dumps(data))

        self.exchange(part, each, "POST")


def refused(path: Path) -> str:
    with pytest.raises(ConfigurationError) as raised:
        read_bundle(path)
    assert raised.value.exit_code == 3
    assert raised.value.hint
    return raised.value.message


def zipped(folder: Path, target: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.rglob("*"):
            if file.is_file():
                archive.write(file, f"{prefix}{file.relative_to(folder).as_posix()}")
    return target

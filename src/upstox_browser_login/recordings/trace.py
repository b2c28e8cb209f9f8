"""Takes out of a cleaned trace what its pictures show: of a recording no pixel is of the page.

Evidence has taken out of it what is secret or personal in its texts. What is in pixels nobody can
search, so every picture becomes a blank one: those of the screencast, answers, and drawings.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Collection
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from upstox_browser_login.evidence.scrub import LINES
from upstox_browser_login.redaction.spellings import sha1_of

from .blanks import MOST_DRAWN, blank, blank_within, kind_of_picture

_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_KEPT = frozenset({"class", "id", "role", "title", "aria-label"})


def without_pictures(
    trace: bytes, everybodys: Collection[bytes], clean: Callable[[str], str] = str
) -> bytes:
    """The trace with blank pictures in place of all that are not `everybodys`.

    `clean` is what is done to every text of it besides.
    Raises `zipfile.BadZipFile` for what is no zip file.
    """
    with zipfile.ZipFile(BytesIO(trace)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    lines = {name: data for name, data in members.items() if name.endswith(LINES)}
    renamed: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    for name, data in members.items():
        if name not in lines:
            made = _blanked(data, clean, spared=data in everybodys)
            kept[_named(name, data, made, renamed)] = made
    for name, data in lines.items():
        text = data.decode("utf-8", "replace")
        # `splitlines` would cut a line at a U+2028 in one of its strings.
        text = "\n".join(map(_line, clean(text).split("\n")))
        text = _DIGEST.sub(lambda found: renamed.get(found[0], found[0]), text)
        kept[name] = text.encode("utf-8", "replace")
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in kept.items():
            written.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _named(name: str, data: bytes, made: bytes, renamed: dict[str, str]) -> str:
    """The name of a member; one that is called by the digest of what is in it is so again."""
    path = PurePosixPath(name)
    if path.stem != sha1_of(data):
        return name
    renamed[path.stem] = sha1_of(made)
    return str(path.with_name(f"{sha1_of(made)}{path.suffix}"))


def _blanked(data: bytes, clean: Callable[[str], str], *, spared: bool) -> bytes:
    if kind_of_picture(data) is not None:
        return data if spared else blank(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return clean(text if spared else blank_within(text)[0]).encode("utf-8")


def _line(line: str) -> str:
    """A line of a trace; the drawings in its snapshot have their nodes, and no shapes."""
    line, _ = blank_within(line)
    if '"svg"' not in line.lower():
        return line
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return line
    queue: list[Any] = [entry]
    while queue:
        each = queue.pop()
        if isinstance(each, dict):
            queue += each.values()
        elif isinstance(each, list):
            if _is_element(each) and each[0].lower() == "svg":
                if len(json.dumps(each)) > MOST_DRAWN:
                    _without_shapes(each)
            else:
                queue += each
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def _is_element(node: list[Any]) -> bool:
    return len(node) > 1 and isinstance(node[0], str) and isinstance(node[1], dict)


def _without_shapes(drawing: list[Any]) -> None:
    """Take the shapes out of an SVG; its nodes stay, since later snapshots count them."""
    queue: list[Any] = list(drawing[2:])
    while queue:
        node = queue.pop()
        if isinstance(node, list) and _is_element(node):
            node[1] = {name: value for name, value in node[1].items() if name in _KEPT}
            queue += node[2:]

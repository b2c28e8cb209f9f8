"""Of a recorded trace no picture shows anything, and Playwright's viewer still finds all of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Desk
from upstox_browser_login.recordings.blanks import blank, kind_of_picture
from upstox_browser_login.recordings.record import record
from upstox_browser_login.recordings.trace import without_pictures
from upstox_browser_login.redaction.spellings import sha1_of
from upstox_browser_login.replica import Replica

from .test_blanks import ENCODED, LOGO, QR, SHOWN, noise


def packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_pictures_are_blank_and_are_found_by_their_new_names() -> None:
    frame = noise("JPEG")
    page = f"<img src='data:image/png;base64,{ENCODED}'>{SHOWN}".encode()
    members = {
        f"resources/{sha1_of(QR)}.png": QR,
        f"resources/{sha1_of(LOGO)}.png": LOGO,
        f"resources/{sha1_of(page)}.html": page,
        "resources/page@1-2.jpeg": frame,
    }
    lines = "\n".join(json.dumps({"_sha1": name.rpartition("/")[2]}) for name in members)
    made = unpacked(without_pictures(packed({**members, "0.trace": lines.encode()}), {LOGO}))
    names = [json.loads(line)["_sha1"] for line in made.pop("0.trace").splitlines()]
    assert {f"resources/{name}" for name in names} == made.keys()
    assert made[f"resources/{sha1_of(blank(QR))}.png"] == blank(QR)
    assert made[f"resources/{sha1_of(LOGO)}.png"] == LOGO
    assert made["resources/page@1-2.jpeg"] == blank(frame)
    (html,) = (data for name, data in made.items() if name.endswith(".html"))
    assert ENCODED.encode() not in html
    assert b"M1 1h1v1H0z" not in html


def test_a_drawing_in_a_snapshot_keeps_its_nodes_and_no_shape() -> None:
    """Later snapshots refer to nodes by their number."""
    shape = "M1 1h1v1H0z" * 200
    code = ["svg", {"width": "29"}, ["g", {"class": "a"}, ["path", {"d": shape}]], ["path", {}]]
    icon = ["svg", {}, ["path", {"d": "M15 5l-7 7"}]]
    entry = {"snapshot": {"html": ["HTML", {}, ["BODY", {}, code, icon, "Hello"]]}}
    trace = packed({"0.trace": json.dumps(entry).encode()})
    made = json.loads(unpacked(without_pictures(trace, ()))["0.trace"])
    body = made["snapshot"]["html"][2]
    assert body[2] == ["svg", {"width": "29"}, ["g", {"class": "a"}, ["path", {}]], ["path", {}]]
    assert body[3:] == [icon, "Hello"]


def test_a_line_may_hold_what_ends_lines_elsewhere() -> None:
    """Playwright writes such signs as they are, and its viewer reads line by line."""
    entries = [{"text": "a\u2028b\u2029c\x85d"}, {"type": "after"}]
    lines = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in entries)
    made = unpacked(without_pictures(packed({"0.trace": lines.encode()}), ()))["0.trace"]
    assert [json.loads(line) for line in made.decode().split("\n") if line] == entries


def drawings(node: Any) -> Iterator[str]:
    """The SVG elements of a snapshot, as texts."""
    if isinstance(node, list) and node and node[0] == "svg":
        yield json.dumps(node)
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from drawings(each)


@pytest.mark.browser
@pytest.mark.variant
@pytest.mark.parametrize("replica", [["qr-layout"]], indirect=True)
def test_a_recorded_trace_shows_nothing(desk: Desk, replica: Replica, tmp_path: Path) -> None:
    made = record(desk.settings(replica, trace="on"), tmp_path, "it")
    assert made.without_trace is None
    members = unpacked((made.keep("it") / "trace.zip").read_bytes())
    pictures = [data for data in members.values() if kind_of_picture(data) is not None]
    assert all(data == blank(data) for data in pictures)
    lines = b"\n".join(data for name, data in members.items() if name.endswith(".trace"))
    drawn = [each for line in lines.splitlines() for each in drawings(json.loads(line))]
    codes = [each for each in drawn if each.count("rect") > 50]
    assert codes
    assert not any('"x"' in each or '"width"' in each for each in codes)

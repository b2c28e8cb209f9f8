"""A recording is believed in nothing: what is wrong with it is one clear error each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.recordings.bundles import RECORDED, Copy, refused
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.recordings import bundle as bundles
from upstox_browser_login.recordings.bundle import lifted, read_bundle
from upstox_browser_login.recordings.places import open_place


@pytest.mark.parametrize("path", sorted(RECORDED.iterdir()), ids=lambda each: each.name)
def test_every_recording_that_ships_is_read(path: Path) -> None:
    read = read_bundle(path)
    assert read.exchanges
    assert read.moments
    assert read.about.source == "replica"


def test_a_newer_format_asks_for_an_update(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    copy.about(format=7)
    assert "of format 7; this version reads 1" in refused(copy.path)


def test_an_older_format_is_lifted_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Format 0 stands for a past one: its person's number was called `mobile`."""
    copy = Copy("plain", tmp_path)
    raw = json.loads((copy.path / "recording.json").read_text("utf-8"))
    account = {**raw["account"], "mobile": raw["account"]["username"]}
    del account["username"]
    copy.about(format=0, account=account)
    assert "of format 0" in refused(copy.path)

    def from_0(old: dict[str, Any]) -> dict[str, Any]:
        person = dict(old["account"])
        return {**old, "account": {**person, "username": person.pop("mobile")}}

    monkeypatch.setattr(bundles, "LIFTS", {0: from_0})
    assert read_bundle(copy.path).about.account.username == raw["account"]["username"]
    with open_place(copy.path) as place, pytest.raises(ConfigurationError, match="of format -1"):
        lifted(place, {"format": -1}, {0: from_0})


def test_members_that_were_added_later_may_be_missing(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    file = copy.path / "recording.json"
    raw = json.loads(file.read_text("utf-8"))
    needed = ("format", "name", "api_base_url", "redirect_uri", "client_id", "account", "ending")
    file.write_text(json.dumps({name: raw[name] for name in needed} | {"of_tomorrow": 1}))
    assert read_bundle(copy.path).about.time_fields == ()


def test_a_truncated_recording_says_what_is_cut(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    exchanges = copy.path / "exchanges.jsonl"
    whole = exchanges.read_bytes()
    exchanges.write_bytes(whole[:-40])
    assert "exchanges.jsonl ends in the middle of a line" in refused(copy.path)
    exchanges.write_bytes(whole)
    body = next(each for each in (copy.path / "bodies").iterdir() if each.stat().st_size > 10)
    data = body.read_bytes()
    body.write_bytes(data[:-1])
    assert "is not what it was" in refused(copy.path)
    body.unlink()
    assert "is missing" in refused(copy.path)
    body.write_bytes(data)
    about = copy.path / "recording.json"
    about.write_bytes(about.read_bytes()[:50])
    assert "only a part of it" in refused(copy.path)


def test_a_look_that_is_none_is_refused(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    copy.looks(lambda look: look.update(fields=[{"n": "two"}]))
    assert "no look: Expected `int`, got `str` - at `$.fields[0].n`" in refused(copy.path)


@pytest.mark.parametrize(
    "url",
    [
        "https://a' --headless':80/",
        "https://a',MAP/",
        "http://*/",
        "http://a,b/",
        "http://[::1/",
        "http://[::1%25lo]/",
        "http://a:99999/",
        "http://me@a.com/",
        "http://-a.com/",
        f"http://{'a' * 64}.com/",
        f"http://{'a' * 5_000}!/",
    ],
)
def test_a_host_that_no_browser_could_ask_is_refused(tmp_path: Path, url: str) -> None:
    """Hosts are written into the browser's command line."""

    def edit(lines: list[dict[str, Any]]) -> None:
        lines[0]["url"] = url

    copy = Copy("plain", tmp_path)
    copy.about(api_base_url=url.rstrip("/"))
    assert "api_base_url" in refused(copy.path)
    other = Copy("locked", tmp_path)
    other.lines("exchanges.jsonl", edit)
    assert "line 1 of exchanges.jsonl: url" in refused(other.path)


def test_a_small_file_of_calls_cannot_fill_the_memory(tmp_path: Path) -> None:
    """Each moment knows every call before it."""

    def edit(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        call = next(line for line in lines if "wire" in line)
        more = [{**call, "wire": {**call["wire"], "id": str(n)}} for n in range(3_001)]
        return [*lines, *more]

    copy = Copy("plain", tmp_path)
    copy.lines("looks.jsonl", edit)
    assert "more than 3000 calls" in refused(copy.path)


def test_what_is_wrong_in_a_look_is_named_by_its_place_alone(tmp_path: Path) -> None:
    """The value may be anything, of a recording that somebody has changed by hand."""

    def edit(lines: list[dict[str, Any]]) -> None:
        next(line for line in lines if "sent" in line)["sent"]["last"] = "9876501234 - at home"

    copy = Copy("plain", tmp_path)
    copy.lines("looks.jsonl", edit)
    told = refused(copy.path)
    assert "Not one of the values that it can have - at `$.last`" in told
    assert "9876501234" not in told
    assert "home" not in told


_HOLLOW = b'{"n":0,"at":0,"kind":"socket","a":[' + b"[],[]," * 340_000 + b"[]]}\n"


@pytest.mark.parametrize("name", ["exchanges.jsonl", "looks.jsonl"])
def test_a_line_is_not_read_that_is_longer_than_any(tmp_path: Path, name: str) -> None:
    """Read as JSON it takes twenty times its length, whatever kind of line it is."""
    copy = Copy("plain", tmp_path)
    file = copy.path / name
    lines = file.read_bytes().count(b"\n")
    with file.open("ab") as more:
        more.write(_HOLLOW)
    assert f"line {lines + 1} of {name} is longer than 2000000 bytes" in refused(copy.path)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"look":{"frames":[' + b"{}," * 300_000 + b"{}]}}\n", "more than 5000000 values"),
        (b"{}\n" * 12_000, "more than 200000 lines"),
    ],
)
def test_many_lines_cannot_fill_the_memory_together(tmp_path: Path, line: bytes, why: str) -> None:
    copy = Copy("plain", tmp_path)
    with (copy.path / "looks.jsonl").open("ab") as more:
        more.writelines([line] * 17)
    assert f"looks.jsonl has {why}" in refused(copy.path)

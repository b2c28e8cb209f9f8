"""A recording is believed in nothing: what is wrong with it is one clear error each."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.recordings.bundles import RECORDED, Copy, recorded
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.recordings import bundle as bundles
from upstox_browser_login.recordings.bundle import lifted, read_bundle
from upstox_browser_login.recordings.places import open_place
from upstox_browser_login.recordings.player import origins_of
from upstox_browser_login.recordings.stage import Answer, stage


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


@pytest.mark.parametrize("path", sorted(RECORDED.iterdir()), ids=lambda each: each.name)
def test_every_recording_that_ships_is_read(path: Path) -> None:
    read = read_bundle(path)
    assert read.exchanges
    assert read.moments
    assert read.about.source == "replica"


def test_a_zip_file_of_a_recording_is_read_as_its_folder_is(tmp_path: Path) -> None:
    folder = recorded("plain")
    expected = read_bundle(folder)
    for prefix in ("", "20260105-plain/"):
        assert read_bundle(zipped(folder, tmp_path / "plain.zip", prefix)) == expected


def test_what_is_no_recording_is_called_so(tmp_path: Path) -> None:
    assert "There is no recording" in refused(tmp_path / "nowhere")
    assert "no recording.json" in refused(tmp_path)
    file = tmp_path / "notes.txt"
    file.write_text("hello")
    assert "neither a folder nor a zip file" in refused(file)
    (tmp_path / "recording.json").write_text('{"log": {"version": "1.2"}}')
    assert "names no format" in refused(tmp_path)


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


def test_no_path_leads_out_of_the_folder(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    copy.exchange("login-config", lambda each: each["response"].update(body="../../etc/passwd"))
    assert "response.body" in refused(copy.path)
    other = Copy("wrong-pin", tmp_path)
    outside = tmp_path / "outside"
    outside.write_text("{}")
    (other.path / "looks.jsonl").unlink()
    try:
        (other.path / "looks.jsonl").symlink_to(outside)
    except OSError:
        pytest.skip("this user may make no links")
    assert "looks.jsonl leads out of its folder" in refused(other.path)


@pytest.mark.parametrize("name", ["recording.json", "looks.jsonl", "trace.zip", "bodies"])
@pytest.mark.timeout(20)
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, name: str) -> None:
    """A pipe gives nothing until somebody writes into it, and nobody does."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path = Copy("plain", tmp_path).path / name
    if name == "bodies":
        path = min(path.iterdir())
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    told = path.relative_to(tmp_path / "plain").as_posix()
    assert f"{told} is no regular file" in refused(tmp_path / "plain")
    assert "neither a folder nor a zip file" in refused(path)


def test_no_name_in_a_zip_file_leads_out_of_it(tmp_path: Path) -> None:
    path = zipped(recorded("plain"), tmp_path / "plain.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../outside.txt", "hello")
    assert "leads out of its folder" in refused(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("upstox_browser_login.recordings.places.MOST_TRACE", 20_000_000)
    zeros = b"\0" * 30_000_000
    copy = Copy("plain", tmp_path)
    (copy.path / "trace.zip").unlink(missing_ok=True)
    with zipfile.ZipFile(copy.path / "trace.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trace.trace", zeros)
    assert "trace.zip unpacks to far more" in refused(copy.path)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("recording.json", zeros)
    assert "recording.json is larger" in refused(tmp_path / "bomb.zip")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", zeros)
    assert "unpacks to far more than a recording" in refused(tmp_path / "bomb.zip")


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


def test_hosts_that_pages_have_are_taken(tmp_path: Path) -> None:
    hosts = ["cdn_a.example.com", "xn--bcher-kva.example", "a.com.", "[::1]:8080", "203.0.113.9"]

    def edit(lines: list[dict[str, Any]]) -> None:
        for line, host in zip(lines, hosts, strict=False):
            line["url"] = f"https://{host}/x"

    copy = Copy("plain", tmp_path)
    copy.lines("exchanges.jsonl", edit)
    read = read_bundle(copy.path)
    assert [each.url for each in read.exchanges[:5]] == [f"https://{host}/x" for host in hosts]
    with stage(origins_of(read), lambda _: Answer(404)) as served:
        assert "MAP cdn_a.example.com:443 127.0.0.1:" in served.arguments
        # Without it a page's WebRTC sends packets to any address, past the rules for names.
        assert "webrtc-ip-handling-policy=disable_non_proxied_udp" in served.arguments


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


def test_zip_files_that_zipfile_does_not_know_are_refused(tmp_path: Path) -> None:
    path = zipped(recorded("rate-limited"), tmp_path / "plain.zip")
    whole = path.read_bytes()
    entry = whole.index(b"PK\1\2")
    for at, value in ((6, 99), (46, 0xFF)):  # a version of the far future; a name that is no UTF-8
        broken = bytearray(whole)
        broken[entry + 9] |= 8
        broken[entry + at] = value
        path.write_bytes(broken)
        assert "neither a folder nor a zip file" in refused(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("recording.json", b"{}" * 5_000)
    broken = bytearray(path.read_bytes())
    broken[48:52] = b"\xff" * 4
    path.write_bytes(broken)
    assert "recording.json cannot be unpacked" in refused(path)


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    copy = Copy("plain", tmp_path)
    (copy.path / "looks.jsonl").unlink()
    try:
        (copy.path / "looks.jsonl").symlink_to("looks.jsonl")
    except OSError:
        pytest.skip("this user may make no links")
    assert "looks.jsonl" in refused(copy.path)

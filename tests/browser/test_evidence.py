"""The evidence folder: its report, its last look for secrets, its list."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.harness import Desk
from upstox_browser_login.browser.driver import running_driver
from upstox_browser_login.browser.evidence import (
    Outcome,
    Seen,
    StepTime,
    find_trace,
    leaks,
    list_traces,
    make_partial,
    make_raw,
    report,
    sweep,
)
from upstox_browser_login.browser.scratch import make_scratch, sweep_scratch
from upstox_browser_login.browser.trace import Recorder
from upstox_browser_login.redaction import Redactor
from upstox_browser_login.replica import Replica

MOBILE, PIN = "9876543210", "246813"


def known() -> Redactor:
    redactor = Redactor()
    redactor.register(MOBILE, "mobile number")
    redactor.register(PIN, "pin")
    return redactor


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's temporary folder of the test's own."""
    folder = tmp_path / "system-tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def outcome(code: str = "PIN_REJECTED", **changes: Any) -> Outcome:
    values: dict[str, Any] = {
        "code": code,
        "message": "You have entered an incorrect PIN",
        "hint": "Correct UPSTOX_PIN_CODE.",
        "step": "pin",
        "upstox_code": "1017106",
        "steps": (StepTime("open", 1.25), StepTime("pin", 0.5)),
        "seen": (Seen(0.1, "mobile", "https://login.upstox.com/"),),
        "versions": {},
        "requests": ("GET login.upstox.com/ 200",),
    }
    return Outcome(**{**values, **changes})


def test_leftovers_of_killed_processes_are_swept(tmp_path: Path, temporary: Path) -> None:
    """After a day; a login that is under way is left alone."""
    traces = tmp_path / "traces"
    old, new = make_partial(traces), make_partial(traces)
    old_raw, new_raw = make_raw(), make_raw()
    (old_raw / "trace.zip").write_bytes(b"raw")
    (temporary / "somebody-elses").mkdir()
    done = traces / "20250101T000000Z-TIMEOUT"
    done.mkdir()
    for path in (old, old_raw, temporary / "somebody-elses", done):
        os.utime(path, (1, 1))
    sweep(traces)
    assert sorted(traces.iterdir()) == sorted([new, done])
    assert sorted(temporary.iterdir()) == sorted([new_raw, temporary / "somebody-elses"])


def leave_raw_traces(temporary: Path) -> list[Path]:
    """What a process leaves behind that has ended without tidying up."""
    ended = f"""
        import tempfile
        from upstox_browser_login.browser.scratch import make_scratch
        tempfile.tempdir = {str(temporary)!r}
        for kind in ("", "raw-"):
            (make_scratch(kind) / "trace.zip").write_bytes(b"raw")
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(ended)], check=True)
    left = sorted(temporary.iterdir())
    assert len(left) == 2
    return left


posix = pytest.mark.skipif(sys.platform == "win32", reason="no telling there who has ended")


@posix
@pytest.mark.usefixtures("sharing")
def test_a_login_that_records_nothing_sweeps_all_the_same(
    desk: Desk, replica: Replica, temporary: Path
) -> None:
    """A raw trace holds the PIN, and half-made evidence takes room."""
    left = leave_raw_traces(temporary)
    partial = make_partial(desk.home / "traces")
    os.utime(partial, (1, 1))
    assert desk.log_in(replica, trace="off").code == "OK"
    assert [path for path in [*left, partial] if path.exists()] == []


@posix
async def test_a_driver_that_starts_for_something_else_sweeps_too(temporary: Path) -> None:
    """As for `doctor --page`, or where nothing is recorded at all."""
    left = leave_raw_traces(temporary)
    async with running_driver(30):
        assert [path for path in left if path.exists()] == []


@posix
def test_an_earlier_process_with_our_number_has_ended(temporary: Path) -> None:
    """The first process of a container has the number 1 each time it is started."""
    own = make_raw()
    earlier = own.with_name(f"{own.name}-of-before")
    earlier.mkdir()
    sweep_scratch()
    assert list(temporary.iterdir()) == [own]


def test_leftovers_of_a_process_that_has_ended_are_swept_at_once(
    tmp_path: Path, temporary: Path
) -> None:
    """Those of one that runs, of another container, or of nobody known, are left for a day."""
    left = leave_raw_traces(temporary)
    kept = [make_scratch(), make_raw(), temporary / "upstox-browser-login-demo-x"]
    kept[2].mkdir()
    for path in left:
        # The same numbers, counted by somebody else's kernel.
        number = re.search(r"\d+\.", path.name)
        assert number is not None
        kept.append(temporary / path.name.replace(number[0], f"{number[0]}9"))
        kept[-1].mkdir()
    sweep(tmp_path / "traces")
    if sys.platform == "win32":
        kept += left
    assert sorted(temporary.iterdir()) == sorted(kept)


# The last look


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"x 246813 y"),
        ("a.bin", b"\0\xff" + base64.b64encode(b"abc246813")),
        ("a.gz", gzip.compress(b"246813", mtime=0)),
        ("a.txt.gz", gzip.compress(gzip.compress(b"246-813", mtime=0), mtime=0)),
        ("a.txt", "246813".encode("utf-16")),
        ("246813.txt", b""),
        ("a.zip", b"PK\3\4damaged"),
    ],
)
def test_the_last_look_opens_everything(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert leaks(tmp_path, known())
    assert not any("246813" in str(each) for each in leaks(tmp_path, known()))


@pytest.mark.parametrize("member", [("a.txt", b"246813"), ("246813", b""), ("a", b"\x1f\x8bno")])
def test_the_last_look_opens_archives_in_archives(
    tmp_path: Path, member: tuple[str, bytes]
) -> None:
    inner, outer = io.BytesIO(), tmp_path / "outer.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(*member)
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", inner.getvalue())
    assert leaks(tmp_path, known())


def test_the_last_look_refuses_what_it_cannot_see_through(tmp_path: Path) -> None:
    data = b"clean"
    for _ in range(6):
        data = gzip.compress(data)
    (tmp_path / "deep").write_bytes(data)
    assert leaks(tmp_path, known()) == [("something unknown", "deep")]


RAW = b'{"inputText":"MjQ2ODEz"}'
CLEAN = b'{"inputText":"[redacted]"}'


def name_of(algorithm: str, data: bytes) -> str:
    return hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


def in_base64(algorithm: str, data: bytes) -> str:
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


FOREIGN = ("a digest of something else", "a.zip")


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
@pytest.mark.parametrize("form", ["{}.json", "resources/{}.json", "page@{}-1.jpeg", "{}"])
def test_a_name_that_looks_like_a_digest_is_that_of_its_file(
    tmp_path: Path, algorithm: str, form: str
) -> None:
    """Whole, cut short, in capitals, in base64; of files, of members, of members of members."""
    raw, own = name_of(algorithm, RAW), name_of(algorithm, CLEAN)
    wrong = [raw, raw.upper(), raw[:16], in_base64(algorithm, RAW)]
    right = [own, own.upper(), own[:16], in_base64(algorithm, CLEAN)]
    for number, name in enumerate([*wrong, *right]):
        folder = tmp_path / str(number)
        folder.mkdir()
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr(form.format(name), CLEAN)
        with zipfile.ZipFile(folder / "a.zip", "w") as archive:
            archive.writestr("inner.zip", inner.getvalue())
        assert leaks(folder, Redactor()) == ([FOREIGN] if name in wrong else [])
        file = folder / "b" / form.format(name)
        file.parent.mkdir(parents=True)
        file.write_bytes(CLEAN)
        found = leaks(folder, Redactor())
        assert ((FOREIGN[0], "a file's name") in found) == (name in wrong)


@pytest.mark.parametrize(
    "line",
    [
        '{{"_file":"resources/{}.json"}}',
        '{{"x":["{}.html"]}}',
        '{{"sha1":"{}"}}',
        '{{"file":"screencast/page@1.jpeg"}}',
    ],
)
@pytest.mark.parametrize("member", ["trace.trace", "trace.network", "0-trace.stacks"])
def test_a_trace_names_no_member_that_it_does_not_have(
    tmp_path: Path, line: str, member: str
) -> None:
    """The name alone would tell what was in it."""
    own = name_of("sha1", CLEAN)
    for number, name in enumerate([name_of("sha1", RAW), own]):
        folder = tmp_path / str(number)
        folder.mkdir()
        with zipfile.ZipFile(folder / "a.zip", "w") as archive:
            archive.writestr(member, line.format(name))
            for ending in ("json", "html"):
                archive.writestr(f"resources/{own}.{ending}", CLEAN)
        lost = name != own or "page@1" in line
        assert leaks(folder, Redactor()) == ([FOREIGN] if lost else [])


async def test_evidence_with_a_digest_of_what_it_was_is_deleted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """In the report, which quotes the page; in an address, in a text, in base64."""
    digest = hashlib.sha256(PIN.encode()).digest()
    for form in (digest.hex(), digest.hex().upper(), base64.b64encode(digest).decode()):
        (tmp_path / "a.txt").write_text(f"ph={form}&x=1")
        redactor = known().copy_with_digests()
        assert leaks(tmp_path, redactor) == [("pin", "a.txt")]
        redactor.register_exactly({in_base64("md5", RAW)}, "digest")
        (tmp_path / "a.txt").write_text(f"x{in_base64('md5', RAW)}y")
        assert leaks(tmp_path, redactor) == [("digest", "a.txt")]
    text = f"sent {digest.hex()}"
    path = await Recorder("on", tmp_path / "t", redactor=known()).keep(None, outcome(message=text))
    assert path is not None
    assert "sent [redacted]" in (path / "report.md").read_text().replace("\\", "")
    assert not caplog.messages


# The report


HOSTILE = (
    "`a` |b| <img src=x onerror=alert(1)> [x](http://evil.test) **b** ``` \n# H\n\n- ~~x~~ &lt; \\"
)


def test_no_text_of_a_page_breaks_out_of_the_report() -> None:
    """Read as GitHub reads it, and still all there."""
    text = report(
        outcome(
            message=HOSTILE,
            hint=HOSTILE,
            step=HOSTILE,
            upstox_code=HOSTILE,
            steps=(StepTime(HOSTILE, 1),),
            seen=(Seen(1, HOSTILE, HOSTILE),),
            requests=(HOSTILE, "x`"),
            versions={HOSTILE: HOSTILE},
        ),
        datetime(2026, 1, 2, tzinfo=UTC),
        files=["report.md", "a`b"],
        left_out=[HOSTILE],
        redactor=Redactor(),
    )
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "fence", "s_open"}
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"] + ["h2"] * 5
    assert sum(token.type == "table_open" for token in tokens) == 4
    rows = sum(token.type == "tr_open" for token in tokens)
    assert rows == 4 + 2 + 1 + 2 + 1
    shown = [child.content for child in inline if child.type in {"text", "code_inline"}]
    assert sum("onerror=alert(1)" in each for each in shown) >= 8
    bold = [token.type for token in inline].count("strong_open")
    assert bold == 6


def test_a_report_is_redacted_and_bounded() -> None:
    redactor = known()
    text = report(
        outcome(
            message=f"bad {PIN[:3]}\n{PIN[3:]} https://a.test/?code=aBc1dE",
            seen=tuple(Seen(n, "pin", f"{MOBILE} " + "x" * 1000) for n in range(500)),
        ),
        datetime(2026, 1, 2, tzinfo=UTC),
        files=["report.md"],
        left_out=[],
        redactor=redactor,
    )
    assert not redactor.find(text)
    assert "aBc1dE" not in text
    assert "… and 300 more." in text
    assert len(text) < 200_000


# The list


async def test_list_and_find(tmp_path: Path) -> None:
    times = iter([datetime(2026, 1, day, 3, tzinfo=UTC) for day in (1, 2, 2)])
    recorder = Recorder("on", tmp_path, redactor=Redactor(), now=lambda: next(times))
    for code in ("TIMEOUT", "PIN_REJECTED", "PIN_REJECTED"):
        assert await recorder.keep(None, outcome(code))
    (tmp_path / "recorded").mkdir()
    (tmp_path / "20260103T030000Z-NOTE").write_text("a file")
    make_partial(tmp_path)
    found = list_traces(tmp_path)
    assert [each.name for each in found] == [
        "20260102T030000Z-PIN_REJECTED-2",
        "20260102T030000Z-PIN_REJECTED",
        "20260101T030000Z-TIMEOUT",
    ]
    assert found[0].at == datetime(2026, 1, 2, 3, tzinfo=UTC)
    assert (found[0].code, found[0].trace) == ("PIN_REJECTED", None)
    assert found[0].size == (found[0].path / "report.md").stat().st_size
    assert find_trace(tmp_path, None) == found[0]
    assert find_trace(tmp_path, "traces/20260101T030000Z-TIMEOUT/") == found[2]
    with pytest.raises(LookupError, match="no trace called x"):
        find_trace(tmp_path, "x")
    with pytest.raises(LookupError, match="no trace in"):
        find_trace(tmp_path / "none", None)

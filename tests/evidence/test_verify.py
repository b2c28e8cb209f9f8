"""The last look for secrets."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from upstox_browser_login.evidence import verify
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.evidence.report import Seen, StepTime
from upstox_browser_login.evidence.scrub import Scrubber
from upstox_browser_login.evidence.verify import leaks
from upstox_browser_login.redaction import Redactor
from upstox_browser_login.redaction.spellings import sha1_of

from .test_report import MOBILE, PIN, known, outcome


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


def zipped(*members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(members):
            archive.writestr(f"{number}", member)
    return packed.getvalue()


ZEROS = b"0" * 4000
LARGE = {
    "a file": [b"0" * 10_001],
    "several files": [ZEROS, ZEROS, ZEROS],
    "an archive": [zipped(ZEROS, ZEROS, ZEROS)],
    "several archives": [zipped(ZEROS)] * 3,
    "archives in an archive": [zipped(*[zipped(ZEROS)] * 3)],
    "a packed file": [gzip.compress(b"0" * 10_001)],
    "packed files in an archive": [zipped(*[gzip.compress(ZEROS)] * 3)],
}


@pytest.mark.parametrize("how", LARGE)
def test_what_would_take_too_long_to_search_is_not_kept(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a folder counts together, and what is packed counts by what it unpacks to."""
    for number, data in enumerate(LARGE[how]):
        (tmp_path / f"{number}.bin").write_bytes(data)
    assert leaks(tmp_path, known()) == []
    monkeypatch.setattr(verify, "MOST", 10_000)
    ((kind, name),) = leaks(tmp_path, known())
    assert kind == "more than can be searched"
    assert name == f"{len(LARGE[how]) - 1}.bin"


def test_it_is_known_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of no content that is as long as the disk, and an archive that unpacks to gigabytes.

    Neither fits into the memory.
    """
    with (tmp_path / "a.bin").open("wb") as file:
        file.truncate(2**40)
    assert leaks(tmp_path, known()) == [("more than can be searched", "a.bin")]
    (tmp_path / "a.bin").write_bytes(zipped(b"0" * 100_000))
    monkeypatch.setattr(verify, "MOST", 10_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    assert leaks(tmp_path, known()) == [("more than can be searched", "a.bin")]


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


# Digits in pieces


def trace_of(*entries: dict[str, object]) -> bytes:
    return "".join(f"{json.dumps(entry)}\n" for entry in entries).encode()


def boxes(digits: str) -> dict[str, object]:
    children = [["B", {}, digit] for digit in digits]
    return {"type": "frame-snapshot", "snapshot": {"html": ["P", {}, *children]}}


def logged(text: str) -> dict[str, object]:
    return {"type": "console", "text": text, "args": [{"preview": text, "value": text}]}


SPREAD = [
    ("page.html", "".join(f"<b>{digit}</b>\n" for digit in PIN).encode()),
    ("page.html", f"<i>{PIN[:3]}</i> <i>{PIN[3:]}</i>".encode()),
    ("page.html", "".join(f"<b data-typed='{digit}'></b>" for digit in PIN).encode()),
    ("trace.trace", trace_of(boxes(PIN))),
    ("trace.trace", trace_of(*(logged(digit) for digit in PIN))),
    ("trace.trace", trace_of(*(logged(PIN[:end]) for end in range(1, 7)))),
    ("trace.trace", trace_of(logged(f"typed {PIN[:5]}"))),
    ("page.html", f"<p>typed {MOBILE[:7]}</p>".encode()),
    ("page.html", f"<p>sent to XXXXX{MOBILE[5:]}</p>".encode()),
    ("page.html", f"<p>not {PIN[1:]}</p>".encode()),
    ("page.html", f"<p>typed {MOBILE[:3]} {MOBILE[3:5]}</p>".encode()),
]


def asking(url: str, **about: object) -> dict[str, object]:
    request = {"method": "POST", "url": url, **about}
    return {"type": "resource-snapshot", "snapshot": {"request": request}}


def elements(tag: str, name: str, value: str) -> bytes:
    """A snapshot with such an element for each digit of the PIN, in place of `#`."""
    children = [[tag, {name: value.replace("#", digit)}] for digit in PIN]
    html = ["DIV", {}, *children]
    return trace_of({"type": "frame-snapshot", "snapshot": {"html": html}})


RULES = " ".join(f'#d{at}::after {{ content: "{digit}" }}' for at, digit in enumerate(PIN))
ESCAPED = 'p::after{content:"' + "".join(f"\\{ord(digit):x} " for digit in PIN) + '"}'
ALIKE = [
    ("trace.trace", elements("I", "class", "digit-#")),
    ("trace.trace", elements("I", "aria-label", "digit #")),
    ("trace.trace", elements("IMG", "src", "https://127.0.0.1:8080/keys/#.svg")),
    ("trace.trace", elements("A", "id", "a#b")),
    (
        "trace.trace",
        trace_of({"type": "frame-snapshot", "snapshot": {"html": ["STYLE", {}, RULES]}}),
    ),
    (
        "trace.trace",
        trace_of({"type": "frame-snapshot", "snapshot": {"html": ["STYLE", {}, ESCAPED]}}),
    ),
    ("page.html", "".join(f'<img src="/{digit}.svg">' for digit in PIN).encode()),
    ("page.html", f"<style>{RULES}</style>".encode()),
    ("page.html", f"<style>{ESCAPED}</style>".encode()),
    ("resources/a.css", RULES.encode()),
    ("trace.network", trace_of(*(asking(f"https://x.example/k?d={digit}") for digit in PIN))),
    ("trace.network", trace_of(*(asking(f"https://x.example/k/{digit}") for digit in PIN))),
    (
        "trace.network",
        trace_of(
            *(asking("https://x.example/k", postData={"text": f'{{"k":"{e}"}}'}) for e in PIN)
        ),
    ),
    ("report.md", "".join(f"| `GET 127.0.0.1:80/k/{digit} 404` |\n" for digit in PIN).encode()),
    ("report.json", "".join(f'"request": "GET x/k/{digit} 404"\n' for digit in PIN).encode()),
    ("a.txt", "".join(f"{digit}\u0332\u20dd" for digit in PIN).encode()),
    ("a.txt", "\u2068".join(PIN).encode()),
    ("a.txt", "".join(chr(0x2488 - 1 + int(digit)) for digit in PIN).replace(".", "").encode()),
]
"""Digits one by one, in places that are alike."""


@pytest.mark.parametrize(("name", "data"), ALIKE)
def test_digits_in_places_that_are_alike_are_found(tmp_path: Path, name: str, data: bytes) -> None:
    """In attributes, rules of a style sheet, requests, or with signs between that nobody sees."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, data)
    assert "pin" in {kind for kind, _ in leaks(tmp_path, known())}
    other = PIN[:-1] + str((int(PIN[-1]) + 1) % 10)
    redactor = Redactor()
    redactor.register(other, "pin")
    assert leaks(tmp_path, redactor) == []


@pytest.mark.parametrize("pin", ["111111", "000000", "123456", "654321", "1111"])
@pytest.mark.parametrize(
    "name", ["page.html", "report.json", "report.md", pytest.param("trace.trace", id="trace")]
)
def test_what_every_page_repeats_or_counts_is_no_pin(tmp_path: Path, name: str, pin: str) -> None:
    """Boxes that are numbered, and columns that are equally wide, stand on many pages."""
    html = "".join(f'<i class="box-{digit}"></i>' for digit in pin)
    boxes = [["I", {"class": f"box-{digit}"}] for digit in pin]
    texts = {
        "page.html": html.encode(),
        "trace.trace": trace_of(
            {"type": "frame-snapshot", "snapshot": {"html": ["DIV", {}, *boxes]}}
        ),
        "report.json": "".join(f'  "at": {digit}.{digit},\n' for digit in pin).encode(),
        "report.md": "".join(f"| {digit}.25 | `otp` | `` |\n" for digit in pin).encode(),
    }
    (tmp_path / name).write_bytes(texts[name])
    redactor = Redactor()
    redactor.register(pin, "pin")
    assert leaks(tmp_path, redactor) == []


def test_a_long_row_of_equal_digits_is_read_at_once(tmp_path: Path) -> None:
    """A page of many columns is such a row; the check cannot be interrupted."""
    html = '<i class="col-2"></i>' * 5000 + '<i class="col-3"></i>'
    (tmp_path / "page.html").write_text(html, "utf-8")
    redactor = Redactor()
    redactor.register("024681", "pin")
    began = time.process_time()
    assert leaks(tmp_path, redactor) == []
    assert time.process_time() - began < 10


@pytest.mark.parametrize("pin", ["246789", "111123"])
def test_digits_that_repeat_or_count_in_part_may_be_a_pin(tmp_path: Path, pin: str) -> None:
    html = "".join(f'<i class="box-{digit}"></i>' for digit in pin)
    (tmp_path / "page.html").write_text(html, "utf-8")
    redactor = Redactor()
    redactor.register(pin, "pin")
    assert leaks(tmp_path, redactor) != []


def test_the_times_of_a_report_are_no_digits_of_a_pin(tmp_path: Path) -> None:
    times = ["0.024", "0.681", "0.702", "1.468", "2.017"]
    (tmp_path / "report.json").write_text("".join(f'"at": {each},\n' for each in times), "utf-8")
    redactor = Redactor()
    redactor.register_all(["024681", "001200", "702468"], "pin")
    assert leaks(tmp_path, redactor) == []


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_a_line_of_a_trace_may_hold_what_ends_lines_elsewhere(tmp_path: Path, sign: str) -> None:
    """Playwright writes such a sign as it is, and the line is still one line of JSON."""
    html = ["DIV", {}, f"Hello{sign}Asha", *(["I", {"class": f"digit-{each}"}] for each in PIN)]
    entry = {"type": "frame-snapshot", "snapshot": {"html": html}}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("trace.trace", json.dumps(entry, ensure_ascii=False))
    assert "pin" in {kind for kind, _ in leaks(tmp_path, known())}


@pytest.mark.parametrize("name", ["_file", "_sha1"])
def test_digits_in_one_body_after_the_other_are_found(tmp_path: Path, name: str) -> None:
    """Playwright keeps each body once, and notes a request when it ends."""
    lines, members = [], {}
    for at, digit in enumerate(PIN):
        body = f'{{"key":"{digit}"}}'.encode()
        member = f"resources/{sha1_of(body)}.json"
        members[member] = body
        entry = asking("https://x.example/k", postData={"text": "", name: member})
        lines.append({**entry, "snapshot": {**entry["snapshot"], "_monotonicTime": at}})  # type: ignore[dict-item]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("trace.network", trace_of(*reversed(lines)))
        for member, body in members.items():
            archive.writestr(member, body)
    assert "pin" in {kind for kind, _ in leaks(tmp_path, known())}


@pytest.mark.parametrize(("name", "data"), SPREAD[:2] + SPREAD[3:])
def test_digits_in_pieces_are_found(tmp_path: Path, name: str, data: bytes) -> None:
    """In neighbouring elements, in one message after the other, or but the first five of them."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, data)
    assert leaks(tmp_path, known().copy_with_digests())


@pytest.mark.parametrize(("name", "data"), SPREAD)
def test_digits_in_pieces_are_taken_out(tmp_path: Path, name: str, data: bytes) -> None:
    redactor = known().copy_with_digests()
    if name.endswith(".html"):
        clean = Scrubber(redactor).data(data) or b""
    else:
        clean = Scrubber(redactor).lines(data.decode()).encode()
    (tmp_path / name).write_bytes(clean)
    assert leaks(tmp_path, redactor) == []
    assert not re.search(r"\d", re.sub("</?[a-z]+", "", clean.decode()))


def test_other_numbers_are_no_beginnings_of_secrets(tmp_path: Path) -> None:
    text = f"{PIN[:4]} x{PIN[:5]} 0.{PIN[:5]} {PIN[:5]}9 {int(MOBILE[:6]) + 1} 1017106"
    (tmp_path / "a.txt").write_text(text)
    redactor = known().copy_with_digests()
    assert leaks(tmp_path, redactor) == []
    assert redactor.redact(text) == text


# A PIN that is a date


@pytest.mark.parametrize("pin", ["202611", "2026", "112720", "20261127"])
async def test_a_pin_that_is_a_date_does_not_cost_the_evidence(
    tmp_path: Path, pin: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its digits are in every time and every name that is written."""
    redactor = Redactor()
    redactor.register(pin, "pin")
    at = datetime(2026, 11, 27, 20, 26, 11, tzinfo=UTC)
    seen = (Seen(2026.11, "pin", f"typed {pin}"), Seen(float(pin[:6]), "pin", ""))
    recorder = Recorder("on-failure", tmp_path, redactor=redactor, now=lambda: at)
    path = await recorder.keep(None, outcome(seen=seen, steps=(StepTime("pin", 2026),)))
    assert path is not None
    assert not caplog.messages
    told = (path / "report.json").read_text()
    assert json.loads(told)["code"] == "PIN_REJECTED"
    assert json.loads(told)["seen"][0]["state"] == "pin"
    for text in (told, (path / "report.md").read_text()):
        assert "incorrect PIN" in text
        assert not redactor.find(text)


def test_a_secret_within_a_files_own_digest_is_chance(tmp_path: Path) -> None:
    """In the name, and where another file refers to it; not beside it, nor in another digest."""
    redactor, data = Redactor(), b"the body of an answer"
    digest = hashlib.sha256(data).hexdigest()
    secret = digest[8:16]
    redactor.register(secret, "typed text")
    (tmp_path / f"{digest}.txt").write_bytes(data)
    lines = tmp_path / "exchanges.jsonl"
    lines.write_text(json.dumps({"body": f"{digest}.txt"}))
    assert redactor.find(digest) == {"typed text"}
    assert leaks(tmp_path, redactor) == []
    for other in (f"{digest}.txt {secret}", digest[1:]):
        lines.write_text(json.dumps({"body": other}))
        assert leaks(tmp_path, redactor) == [("typed text", "exchanges.jsonl")]

"""A trace keeps its shape and loses its secrets, registered or not."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import time
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness import variants
from upstox_browser_login.evidence import scrub
from upstox_browser_login.evidence.scrub import Scrubber, UnfitError
from upstox_browser_login.evidence.values import LEFT_OUT, TOO_LONG
from upstox_browser_login.redaction import MASK, Redactor

MOBILE, PIN, CODE = "9876543210", "246813", "135790"


@pytest.fixture
def redactor() -> Redactor:
    known = Redactor()
    known.register_all((MOBILE, PIN, CODE), "secret")
    return known


def scrubbed_lines(redactor: Redactor, *entries: Any) -> list[Any]:
    text = "".join(json.dumps(entry) + "\n" for entry in entries)
    return [json.loads(line) for line in Scrubber(redactor).lines(text).splitlines()]


def scrubbed_zip(redactor: Redactor, folder: Path, members: dict[str, bytes]) -> dict[str, bytes]:
    raw = folder / "raw.zip"
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    clean = io.BytesIO()
    Scrubber(redactor).archive(raw, clean)
    with zipfile.ZipFile(clean) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


# Lines of the trace


@pytest.mark.parametrize(
    ("method", "params", "gone"),
    [
        ("fill", {"selector": "#a", "value": "unregistered"}, "unregistered"),
        ("type", {"selector": "#a", "text": "unregistered"}, "unregistered"),
        ("keyboardType", {"text": "unregistered"}, "unregistered"),
        ("keyboardInsertText", {"text": "unregistered"}, "unregistered"),
        ("press", {"selector": "#a", "key": "7"}, '"7"'),
        ("keyboardPress", {"key": "7"}, '"7"'),
        ("evaluateExpression", {"expression": "x => x", "arg": {"s": "unregistered"}}, "unreg"),
        ("selectOption", {"options": [{"value": "unregistered"}]}, "unregistered"),
    ],
)
def test_what_was_typed_is_masked(method: str, params: dict[str, Any], gone: str) -> None:
    """Also where nobody registered it, and what the call answered."""
    before = {
        "type": "before",
        "callId": "c@1",
        "startTime": 1.5,
        "method": method,
        "params": params,
    }
    after = {"type": "after", "callId": "c@1", "endTime": 2.5, "result": {"value": "unregistered"}}
    lines = scrubbed_lines(Redactor(), before, after)
    assert gone not in json.dumps(lines)
    assert lines[0]["method"] == method
    assert lines[0]["params"].get("selector") == params.get("selector")
    assert (lines[0]["startTime"], lines[1]["endTime"]) == (1.5, 2.5)


def test_named_keys_are_kept() -> None:
    entry = {"type": "before", "method": "press", "params": {"key": "Enter"}}
    assert scrubbed_lines(Redactor(), entry) == [entry]


@pytest.mark.parametrize(
    "message",
    ['  fill("unregistered")', 'elementHandle.type("un"registered")', "press('unregistered')"],
)
def test_log_lines_of_calls(message: str) -> None:
    lines = scrubbed_lines(Redactor(), {"type": "log", "time": 1, "message": message})
    assert "registered" not in lines[0]["message"]


def test_snapshots_lose_the_values_of_fields() -> None:
    html = ["FORM", {"id": "f"},
            ["INPUT", {"__playwright_value_": "unregistered", "value": "unregistered", "id": "a"}],
            ["INPUT", {"__playwright_value_": "", "id": "b"}],
            ["INPUT", {"type": "submit", "value": "Get OTP"}],
            ["TEXTAREA", {"__playwright_value_": "unregistered"}, "unregistered"],
            ["P", {}, f"Signed in as {MOBILE[:5]} {MOBILE[5:]}."], [[3, 7]]]  # fmt: skip
    entry = {"type": "frame-snapshot", "snapshot": {"html": html, "timestamp": 1123.25}}
    for redactor in (Redactor(), None):
        known = redactor or Redactor()
        if redactor is None:
            known.register(MOBILE, "mobile")
        lines = scrubbed_lines(known, entry)
        text = json.dumps(lines)
        assert "unregistered" not in text
        assert "Get OTP" in text
        assert lines[0]["snapshot"]["html"][3][1]["__playwright_value_"] == ""
        assert lines[0]["snapshot"]["html"][-1] == [[3, 7]]
        assert ("98765 43210" in text) is (redactor is not None)


def test_network_lines_lose_headers_cookies_and_queries() -> None:
    request = {
        "url": "https://a.test/?code=aBc1dE&state=unregistered&x=1",
        "cookies": [{"name": "sid", "value": "unregistered"}],
        "headers": [
            {"name": "Cookie", "value": "sid=unregistered"},
            {"name": "authorization", "value": "Bearer unregistered"},
            {"name": "X-Auth-Token", "value": "unregistered"},
            {"name": "Referer", "value": "https://a.test/?a=1&code=aBc1dE#token=unregistered"},
            {"name": "Accept", "value": "*/*"},
        ],
        "queryString": [
            {"name": "code", "value": "aBc1dE"},
            {"name": "state", "value": "unregistered"},
            {"name": "x", "value": "1"},
        ],
        "postData": {
            "mimeType": "application/x-www-form-urlencoded",
            "text": "code=aBc1dE&grant_type=x&client_secret=unregistered",
            "params": [{"name": "client_secret", "value": "unregistered"}],
        },
    }
    response = {
        "status": 200,
        "redirectURL": "https://b.test/cb?code=aBc1dE&ucc=1",
        "headers": [{"name": "Set-Cookie", "value": "sid=unregistered; HttpOnly"}],
        "cookies": [{"name": "sid", "value": "unregistered", "httpOnly": True}],
    }
    entry = {"type": "resource-snapshot", "snapshot": {"request": request, "response": response}}
    (line,) = scrubbed_lines(Redactor(), entry)
    text = json.dumps(line)
    assert "unregistered" not in text
    assert "aBc1dE" not in text
    assert line["snapshot"]["response"]["status"] == 200
    assert line["snapshot"]["request"]["url"].endswith("&x=1")
    assert line["snapshot"]["request"]["headers"][-1] == {"name": "Accept", "value": "*/*"}
    assert "grant_type=x" in text


@pytest.mark.parametrize(
    ("path", "left"),
    [
        ("/home/asha/a/upstox_browser_login/page/walk.py", "upstox_browser_login/page/walk.py"),
        (r"C:\Users\Asha Rao\playwright\a.py", r"playwright\a.py"),
        ("/home/asha/trading/bot.py", "bot.py"),
        ("<stdin>", "<stdin>"),
    ],
)
def test_no_folder_of_the_user_is_kept(redactor: Redactor, path: str, left: str) -> None:
    frame = {"file": path, "line": 7, "function": "f"}
    stacks = {"files": [path], "stacks": [[1, [[0, 1, 2, "f"]]]]}
    lines = scrubbed_lines(redactor, {"type": "before", "stack": [frame]}, stacks)
    assert lines[0]["stack"] == [{**frame, "file": left}]
    assert lines[1] == {**stacks, "files": [left]}


def test_storage_state_and_context_options() -> None:
    lines = scrubbed_lines(
        Redactor(),
        {"type": "context-options", "browserName": "chromium",
         "options": {"viewport": {"width": 1280, "height": 720}, "httpCredentials": "unregistered",
                     "extraHTTPHeaders": [{"name": "x", "value": "unregistered"}]}},
        {"type": "after", "callId": "x", "result": {"origins": [
            {"localStorage": [{"name": "t", "value": "unregistered"}]}]}},
    )  # fmt: skip
    assert "unregistered" not in json.dumps(lines)
    assert lines[0]["options"] == {"viewport": {"width": 1280, "height": 720}}


def test_time_stamps_stay_numbers_and_pictures_keep_a_size() -> None:
    """With a PIN that happens to be in them."""
    redactor = Redactor()
    redactor.register_all(("1280", "795299"), "pin")
    entry = {"time": 1795299556.25, "startTime": 1280, "width": 1280, "height": 720}
    (line,) = scrubbed_lines(redactor, entry)
    assert all(isinstance(value, int | float) for value in line.values())
    assert line["width"] == 1281
    assert not redactor.find(json.dumps(line))


def test_a_secret_over_two_values_is_still_taken_out() -> None:
    """Two strings that are a secret only with the comma between them."""
    redactor = Redactor()
    redactor.register('first","second', "odd")
    text = Scrubber(redactor).lines('{"a":["first","second"]}\n{"b":1}\n')
    assert not redactor.find(text)
    assert text.endswith('{"b":1}\n')


def test_lines_that_are_no_json_are_left_out(redactor: Redactor) -> None:
    text = f'{{"a":1}}\nhalf a line {PIN}\n"text"\n{{"b":"\u2028"}}\n\n'
    assert Scrubber(redactor).lines(text) == '{"a":1}\n{"b":"\u2028"}\n'


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20) | st.sampled_from([MOBILE, f"x{PIN}y", "135-790"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.text(max_size=10), values, max_size=6))
def test_any_line_stays_json_and_is_clean(entry: dict[str, Any]) -> None:
    redactor = Redactor()
    redactor.register_all((MOBILE, PIN, CODE), "secret")
    text = Scrubber(redactor).lines(json.dumps(entry))
    assert isinstance(json.loads(text or "{}"), dict)
    assert not redactor.find(text.encode("utf-8", "replace"))


# Bodies


@pytest.mark.parametrize(
    ("body", "gone", "stays"),
    [
        ('{"data":{"otp":"999111","isTotpEnabled":true}}', "999111", '"isTotpEnabled":true'),
        ('{"inputText":"OTk5","pin":9991}', "999", "inputText"),
        ('{"access_token":"abc.def","extended_token":"ghi"}', "abc", "extended_token"),
        ('{"validateOTPToken":"v-1","nextRequestInterval":120}', "v-1", "120"),
        ('{"error":{"code":1017106,"message":"no"}}', "nothing", "1017106"),
        ('{"errors":[{"errorCode":"UDAPI100068","code":"UDAPI100068"}]}', "nothing", "UDAPI100068"),
        ('{"code":"aBcDeF"}', "aBcDeF", "code"),
        ("code=aBc1dE&client_secret=abc&grant_type=x", "aBc1dE", "grant_type=x"),
        ('window.x = {"password": "hunter", "a": 1}', "hunter", '"a": 1'),
        ("location.replace('https://a.test/cb?code=aBc1dE&ucc=1')", "aBc1dE", "ucc=1"),
        ("https%3A%2F%2Fa.test%2F%3Fcode%3DaBc1dE%26x%3D1", "aBc1dE", "%26x%3D1"),
        ('<a href="/?a=1&amp;token=abc">x</a>', "abc", "a=1"),
        ('form-data; name="otp"\r\n\r\n999111\r\n--x', "999111", "--x"),
        ('<p>Hi</p><input name="a" value="un>reg" id=b>', "un>reg", "id=b"),
        ("<input value=unreg><input type=submit value=Go>", "unreg", "value=Go"),
        ("<textarea a='>'>unreg</textarea>", "unreg", "</textarea>"),
    ],
)
def test_bodies_lose_what_looks_like_a_secret(body: str, gone: str, stays: str) -> None:
    clean = Scrubber(Redactor()).body(body)
    assert gone not in clean
    assert stays in clean


@pytest.mark.parametrize("size", [20_000, 200_000])
def test_hostile_text_takes_little_time(size: int) -> None:
    """None of the patterns goes back and forth over a long text."""
    started = time.process_time()
    hostile = [
        *("<input ", '<input a="', "<input a='", "<textarea>", "<textarea a="),
        *('"a', '"code": ', '"code":"', "&code=", ";code=", "a=b&", "fill(", 'fill("', 'name="'),
    ]
    for text in hostile:
        Scrubber(Redactor()).body((text * size)[:size])
    assert time.process_time() - started < 5


# Archives


def test_an_archive_keeps_its_members_and_loses_its_secrets(
    redactor: Redactor, tmp_path: Path
) -> None:
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w") as inner:
        inner.writestr("a.txt", PIN)
    members = {
        "trace.trace": json.dumps({"type": "x", "a": f"mobile {MOBILE}"}).encode() + b"\n",
        "trace.network": b'{"type":"y"}\n',
        "trace.stacks": b'{"files":["a.py"],"stacks":[[1,[[0,1,2,"f"]]]]}',
        "resources/a.json": b'{"x":"%s"}' % base64.b64encode(f"a{MOBILE}b".encode()),
        "resources/b.html": f"<p>{MOBILE}</p>".encode(),
        "resources/c.gz": gzip.compress(f"packed {MOBILE}".encode()),
        "resources/d.zip": nested.getvalue(),
        "resources/e.dat": b"\xff\x00\x01unknown binary",
        "resources/f.txt": f"wide {MOBILE}".encode("utf-16"),
        "resources/g.png": b"\x89PNG harmless",
        "resources/h.ico": b"\x89PNG " + PIN.encode(),
        "resources/i.pack": b"\x1f\x8bdamaged",
        "screencast/page@1.jpeg": b"\xff\xd8\xff picture",
    }  # fmt: skip
    clean = scrubbed_zip(redactor, tmp_path, members)
    endings = [PurePosixPath(name).suffix for name in members]
    assert [PurePosixPath(name).suffix for name in clean] == endings
    by_ending = dict(zip(endings, clean.values(), strict=True))
    for name, data in clean.items():
        assert not redactor.find(data), name
    assert not redactor.find(gzip.decompress(by_ending[".gz"]))
    assert b"packed" in gzip.decompress(by_ending[".gz"])
    assert by_ending[".png"] == members["resources/g.png"]
    assert by_ending[".jpeg"] == members["screencast/page@1.jpeg"]
    assert clean["trace.stacks"].strip() == members["trace.stacks"]
    for dropped in (".zip", ".dat", ".ico", ".pack"):
        assert by_ending[dropped] == b""


def sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


PIN_BODY = b'{"data":{"inputText":"%s"}}' % base64.b64encode(PIN.encode())
CLEAN_PIN_BODY = b'{"data":{"inputText":"[redacted]"}}'


def test_members_are_named_by_what_is_left_of_them(redactor: Redactor, tmp_path: Path) -> None:
    """And every reference follows: the present `_file` and `file`, the older `_sha1` and `sha1`."""
    raw, clean_name = sha1(PIN_BODY), sha1(CLEAN_PIN_BODY)
    page = f"<p>{MOBILE}</p>".encode()
    network = {
        "type": "resource-snapshot",
        "snapshot": {
            "request": {"postData": {"_file": f"resources/{raw}.json", "_sha1": f"{raw}.json"}},
            "response": {"content": {"_sha1": f"{sha1(page)}.html"}},
        },
    }
    trace = [
        {"type": "frame-snapshot", "snapshot": {"resourceOverrides": [
            {"url": "https://a.test/", "sha1": f"{sha1(page)}.html"},
            {"url": "https://b.test/", "file": f"resources/{sha1(page)}.html"}]}},
        {"type": "after", "attachments": [{"name": "body", "sha1": raw}]},
    ]  # fmt: skip
    clean = scrubbed_zip(
        redactor,
        tmp_path,
        {
            "trace.trace": "\n".join(map(json.dumps, trace)).encode(),
            "trace.network": json.dumps(network).encode(),
            f"resources/{raw}.json": PIN_BODY,
            f"resources/{sha1(page)}.html": page,
        },
    )
    shown = sha1(b"<p>[redacted]</p>")
    assert clean[f"resources/{clean_name}.json"] == CLEAN_PIN_BODY
    assert clean[f"resources/{shown}.html"] == b"<p>[redacted]</p>"
    snapshot = json.loads(clean["trace.network"])["snapshot"]
    assert snapshot["request"]["postData"] == {
        "_file": f"resources/{clean_name}.json",
        "_sha1": f"{clean_name}.json",
    }
    assert snapshot["response"]["content"]["_sha1"] == f"{shown}.html"
    overrides, after = map(json.loads, clean["trace.trace"].splitlines())
    first, second = overrides["snapshot"]["resourceOverrides"]
    assert (first["sha1"], second["file"]) == (f"{shown}.html", f"resources/{shown}.html")
    assert after["attachments"] == [{"name": "body", "sha1": clean_name}]
    assert raw not in repr(clean)
    assert sha1(page) not in repr(clean)


def test_members_that_are_equal_once_clean_are_one(redactor: Redactor, tmp_path: Path) -> None:
    """Two numbers, two pictures that the screencast took twice, two bodies that are left out."""
    bodies = [f'{{"mobileNumber":"{number}"}}'.encode() for number in (MOBILE, "9123456780")]
    members = {f"resources/{sha1(body)}.json": body for body in bodies}
    members |= {f"screencast/page@{n}.jpeg": b"\xff\xd8\xff same" for n in range(3)}
    members |= {f"resources/{n}.dat": b"\xff\0%d" % n for n in range(2)}
    lines = "\n".join(json.dumps({"file": name}) for name in members)
    clean = scrubbed_zip(redactor, tmp_path, {"trace.trace": lines.encode(), **members})
    assert len(clean) == 1 + 3
    files = [json.loads(line)["file"] for line in clean["trace.trace"].splitlines()]
    assert [files.count(name) for name in dict.fromkeys(files)] == [2, 3, 2]
    assert set(files) == clean.keys() - {"trace.trace"}


def test_a_reference_to_a_member_that_is_not_there_is_masked(
    redactor: Redactor, tmp_path: Path
) -> None:
    """Playwright keeps no body of over some size, or that came too late; its SHA-1 it writes."""
    gone = sha1(PIN_BODY)
    lines = [{"_file": f"resources/{gone}.json"}, {"sha1": f"{gone}.json"}, {"x": gone.upper()},
             {"file": "screencast/page@1-123.jpeg"}, {"file": "/home/u/resources/a.py"},
             {"url": "resources/a.png"}]  # fmt: skip
    trace = "\n".join(map(json.dumps, lines)).encode()
    clean = scrubbed_zip(redactor, tmp_path, {"trace.trace": trace})
    values = [next(iter(json.loads(line).values())) for line in clean["trace.trace"].splitlines()]
    assert values == [MASK] * 4 + ["/home/u/resources/a.py", "resources/a.png"]


def digests(data: bytes) -> list[str]:
    found = []
    for name in ("md5", "sha1", "sha256", "sha512"):
        digest = hashlib.new(name, data, usedforsecurity=False).digest()
        standard, safe = (
            base64.b64encode(digest).decode(),
            base64.urlsafe_b64encode(digest).decode(),
        )
        found += [digest.hex(), digest.hex().upper(), standard, standard.rstrip("=")]
        found += [safe, safe.rstrip("="), quote(standard, safe="")]
    return found


@pytest.mark.parametrize("packed", [False, True], ids=["as it is", "compressed"])
def test_digests_of_a_body_that_was_changed_are_taken_out(
    redactor: Redactor, tmp_path: Path, *, packed: bool
) -> None:
    """From lines, from bodies that were scrubbed before, and from compressed ones."""
    known = digests(PIN_BODY)
    text = json.dumps({"told": [f"of {each}!" for each in known]}).encode()
    other = gzip.compress(text) if packed else text
    entry = {"type": "console", "text": " ".join(known)}
    members = {"resources/a.json": other, "resources/b.json": PIN_BODY}
    lines = json.dumps(entry).encode()
    clean = scrubbed_zip(redactor, tmp_path, {"trace.trace": lines, **members})
    for data in clean.values():
        plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        for each in known:
            assert each.encode() not in plain
            assert json.dumps(each)[1:-1].encode() not in plain
    assert len(clean) == 3


def test_digests_of_a_body_that_stands_in_a_line(redactor: Redactor, tmp_path: Path) -> None:
    """HAR's own way, as text and in base64; the digest comes in the line before."""
    known = digests(PIN_BODY)
    bodies = [{"mimeType": "application/json", "text": PIN_BODY.decode()},
              {"mimeType": "application/json", "encoding": "base64",
               "text": base64.b64encode(b" " + PIN_BODY).decode()}]  # fmt: skip
    known += digests(b" " + PIN_BODY)
    lines = "\n".join(map(json.dumps, [{"x": " ".join(known)}, *bodies])).encode()
    clean = scrubbed_zip(redactor, tmp_path, {"trace.network": lines})["trace.network"]
    first, text, encoded = map(json.loads, clean.splitlines())
    assert first["x"].split() == [MASK] * len(known)
    assert text["text"].encode() == CLEAN_PIN_BODY
    assert base64.b64decode(encoded["text"]) == CLEAN_PIN_BODY


@pytest.mark.parametrize("secret", [PIN, *variants(MOBILE, CODE)])
def test_digests_of_a_secret_alone_are_taken_out(secret: str) -> None:
    """As analytics send numbers: hashed, with the country's code before them or without."""
    redactor = Redactor(digests=True)
    redactor.register(secret, "secret")
    dialled = [f"91{secret}", f"+91{secret}"] if secret == MOBILE else []
    for text in (secret, base64.b64encode(secret.encode()).decode(), *dialled):
        for each in digests(text.encode()):
            assert redactor.redact(f"ph={each}&x=1") == f"ph={MASK}&x=1"


@pytest.mark.parametrize("name", ["ETag", "If-None-Match", "Content-MD5", "x-goog-hash", "Digest"])
def test_headers_that_carry_a_digest_of_any_kind_are_masked(name: str) -> None:
    entry = {"headers": [{"name": name, "value": 'W/"32-unknown"'}]}
    assert scrubbed_lines(Redactor(), entry) == [{"headers": [{"name": name, "value": MASK}]}]


def test_a_digest_with_the_digits_of_a_secret_is_no_name(tmp_path: Path) -> None:
    """By chance, as happens once in some thousand logins."""
    data = b"\xff\xd8\xff picture"
    digits = re.search(r"\d{4,}", sha1(data))
    assert digits is not None
    redactor = Redactor()
    redactor.register_exactly({digits[0]}, "odd")
    line = json.dumps({"file": "screencast/page@1.jpeg"}).encode()
    members = {"trace.trace": line, "screencast/page@1.jpeg": data}
    clean = scrubbed_zip(redactor, tmp_path, members)
    (picture,) = clean.keys() - {"trace.trace"}
    assert digits[0] not in picture
    assert json.loads(clean["trace.trace"]) == {"file": picture}


def test_damaged_and_enormous_archives_are_refused(
    redactor: Redactor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw.zip"
    raw.write_bytes(b"PK\3\4 no zip at all")
    with pytest.raises(UnfitError, match="cannot be read"):
        Scrubber(redactor).archive(raw, io.BytesIO())
    monkeypatch.setattr(scrub, "LIMIT", 10)
    with pytest.raises(UnfitError, match="too large"):
        scrubbed_zip(redactor, tmp_path, {"trace.trace": b"x" * 11})
    assert Scrubber(redactor).data(gzip.compress(b"y" * 100)) is None


def test_the_time_grows_with_the_size_and_no_faster(tmp_path: Path) -> None:
    """Four times as much takes four times as long, with 25 registered secrets."""
    redactor = Redactor()
    redactor.register_all(
        (MOBILE, PIN, CODE, *(f"token-{n}-" + "aZ9_" * 40 for n in range(22))), "s"
    )
    snapshot = [
        "HTML",
        {},
        ["BODY", {"class": "css-1x2y3z"}, *(["P", {}, f"row {n}"] for n in range(40))],
    ]
    typed = {"type": "before", "callId": "c@1", "method": "fill", "params": {"value": MOBILE}}
    line = {"type": "frame-snapshot", "snapshot": {"html": snapshot, "timestamp": 1123.25}}
    trace = (json.dumps(typed) + "\n" + (json.dumps(line) + "\n") * 4).encode()
    script = b'function a1(x){return x["k1"]||{code:"z",v:1}}\n' * 500

    def seconds(times: int) -> float:
        """Of processor time, for so many times 100 KB."""
        members = {
            "trace.trace": trace * (80_000 * times // len(trace)),
            "resources/a.js": script * times,
        }
        started = time.process_time()
        clean = scrubbed_zip(redactor, tmp_path, members)
        took = time.process_time() - started
        assert not redactor.find(clean["trace.trace"])
        return took

    seconds(1)  # what is made once, at the first use
    assert seconds(8) < 3 * 4 * min(seconds(2), seconds(2))


def test_what_a_script_was_told_and_answered_stays_readable_for_the_viewer() -> None:
    """It shows nothing of a trace in which these have another shape."""
    arg = {"value": {"s": "unregistered"}, "handles": []}
    before = {"type": "before", "callId": "c@1", "method": "evaluateExpression",
              "params": {"expression": "x => x", "arg": arg}}  # fmt: skip
    after = {"type": "after", "callId": "c@1", "result": {"value": {"s": "unregistered"}}}
    lines = scrubbed_lines(Redactor(), before, after)
    assert lines[0]["params"]["arg"] == {"value": {"s": MASK}, "handles": []}
    assert lines[1]["result"] == {"value": {"s": MASK}}


def test_scrubbing_ends_in_time(tmp_path: Path) -> None:
    scrubber = Scrubber(Redactor(), until=time.monotonic() - 1)
    with pytest.raises(UnfitError, match="no time"):
        scrubber.data(b"text")
    raw = tmp_path / "raw.zip"
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("trace.trace", "{}\n")
    with pytest.raises(UnfitError, match="no time"):
        scrubber.archive(raw, io.BytesIO())


@pytest.mark.parametrize("text", ["<p>1</p>", "f(1);\n"])
def test_what_cannot_be_done_in_time_is_not_begun(text: str) -> None:
    """A text is scrubbed as a whole, so that nothing could stop it later."""
    scrubber = Scrubber(Redactor(), until=time.monotonic() + 1)
    assert scrubber.data(text.encode()) is not None
    began = time.process_time()
    with pytest.raises(UnfitError, match="no time"):
        scrubber.data(text.encode() * 2_000_000)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("text", ["0,2,4,6,1,", f"{','.join(PIN)},", "words "])
@pytest.mark.parametrize("place", ["a text of a line", "texts of a line", "a body", "JSON"])
def test_a_text_of_any_length_takes_a_moment(redactor: Redactor, text: str, place: str) -> None:
    """A page may show megabytes of digits, which the redactor reads slowly."""
    scrubber = Scrubber(redactor, until=time.monotonic() + 20)
    long = text * (5_000_000 // len(text))
    pieces = [long[start : start + 1000] for start in range(0, len(long), 1000)]
    began = time.process_time()
    if place == "a text of a line":
        clean = scrubber.lines(json.dumps({"type": "frame-snapshot", "html": ["P", {}, long]}))
        assert json.loads(clean)["html"] == ["P", {}, TOO_LONG]
    elif place == "texts of a line":
        assert not scrubber.lines(json.dumps({"type": "frame-snapshot", "html": ["P", *pieces]}))
    elif place == "a body":
        assert scrubber.data(long.encode()) == TOO_LONG.encode()
    else:
        assert scrubber.data(json.dumps(pieces).encode()) == json.dumps(LEFT_OUT).encode()
    assert time.process_time() - began < 2
    assert scrubber.has_left_out


def test_a_long_line_is_searched_piece_by_piece(redactor: Redactor) -> None:
    """Within the time there is; a secret that lies across two pieces is found all the same."""
    for before in range(262_144 - 60, 262_144, 20):
        line = {"type": "log", "a": ["x" * before, "s3cr3t-value-of-mine", "x" * 300_000]}
        redactor.register("s3cr3t-value-of-mine", "secret")
        scrubber = Scrubber(redactor, until=time.monotonic() + 20)
        assert "s3cr3t" not in scrubber.lines(json.dumps(line))
        scrubber.until = time.monotonic() + 0.15
        with pytest.raises(UnfitError, match="no time"):
            scrubber.lines(json.dumps({"a": ["1,2,3," * 30_000] * 5}))
        assert not scrubber.has_left_out


@pytest.mark.parametrize(
    "digits", [[int(digit) for digit in PIN], [*PIN]], ids=["numbers", "texts"]
)
def test_digits_in_an_array_are_masked_and_the_line_stays(
    redactor: Redactor, tmp_path: Path, digits: list[Any]
) -> None:
    """In a line of the trace, in a body that is read as JSON, and in one that is not."""
    line = {"type": "event", "params": {"typed": digits, "n": 3}}
    body = json.dumps({"data": {"pin": digits}})
    har = {"type": "resource-snapshot", "snapshot": {"text": body, "mimeType": "application/json"}}
    members = {
        "trace.trace": f"{json.dumps(line)}\n{json.dumps(har)}\n".encode(),
        "resources/a.json": body.encode(),
        "resources/a.txt": f"typed: {digits}".encode(),
    }
    assert all(redactor.find(data) for data in members.values())
    clean = scrubbed_zip(redactor, tmp_path, members)
    assert not any(redactor.find(data) for data in clean.values())
    first, second = map(json.loads, clean["trace.trace"].splitlines())
    assert first["params"] == {"typed": [MASK] * len(PIN), "n": 3}
    assert json.loads(second["snapshot"]["text"])["data"]["pin"]


def test_the_bytes_of_a_secret_over_the_values_of_a_body_are_taken_out(redactor: Redactor) -> None:
    """Scripts have a text as bytes, and its digits as their codes."""
    body = json.dumps({"at": 1, "data": dict(enumerate(PIN.encode()))}).encode()
    clean = Scrubber(redactor).data(body)
    assert clean is not None
    assert b"50" not in clean
    assert not redactor.find(clean)

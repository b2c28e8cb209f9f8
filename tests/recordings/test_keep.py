"""A recording is looked through before it is kept: one that holds anything is refused."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import random
import stat
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.evidence import verify
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.clean import Cleaned, Raw, RawPage, clean
from upstox_browser_login.recordings.keep import Draft, check_name
from upstox_browser_login.recordings.record import Recorded, record
from upstox_browser_login.recordings.recording import NothingKeptError, Recording
from upstox_browser_login.session import LoginResult, Progress
from upstox_browser_login.settings import Settings

from .test_personal import exchange

MOBILE, PIN, EMAIL = "9876501234", "024680", "asha.rao@mail.invalid"
BODY = b'{"data":{"mobileNumber":"9876501234","firstName":"asha","userId":"7ABC12"}}'


@pytest.fixture
def cleaned() -> Cleaned:
    raw = Raw(
        [exchange(request_body=BODY)],
        pages={"pin": RawPage("https://login.upstox.com/", "<p>Hi asha</p><input value='024680'>")},
    )
    secrets = {MOBILE: "mobile number", PIN: "pin code", EMAIL: "e-mail"}
    return clean(raw, secrets, began=0.0, redirect_uri=None, rng=random.Random(1))


@pytest.fixture
def draft(cleaned: Cleaned, tmp_path: Path) -> Draft:
    made = Draft(tmp_path / "recorded", cleaned)
    made.write({"format": 1}, {}, None)
    return made


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, data)
    return file.getvalue()


def assert_private(folder: Path) -> None:
    """On Windows modes say nothing."""
    if sys.platform != "win32":
        modes = {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
        assert modes == {0o700, 0o600}


LEAKS: dict[str, bytes] = {
    "as it is": MOBILE.encode(),
    "within other digits": b"id=00919876501234",
    "in groups": b"98765 01234",
    "masked": b"sent to 98****1234",
    "masked to its end": b"sent to ******1234",
    "in base64": base64.b64encode(PIN.encode()),
    "in base64 of more": base64.b64encode(b"x" + MOBILE.encode() + b"yz"),
    "in hexadecimal": MOBILE.encode().hex().encode(),
    "quoted for an address": quote(EMAIL, safe="").encode(),
    "escaped for JSON": rb'"asha.rao@mail.invalid\""',
    "the beginning of a PIN": b"pin so far: 02468 .",
    "a name, as a word": b"<p>Hi Asha</p>",
    "a client code": b"/user/7ABC12/",
    "its MD5": hashlib.md5(MOBILE.encode()).hexdigest().encode(),  # noqa: S324
    "its SHA-256": hashlib.sha256(PIN.encode()).hexdigest().encode(),
    "its SHA-256 in base64": base64.b64encode(hashlib.sha256(MOBILE.encode()).digest()),
    "the SHA-256 of a body that held it": hashlib.sha256(BODY).hexdigest().encode(),
    "in UTF-16": MOBILE.encode("utf-16"),
    "packed": gzip.compress(PIN.encode() + b" "),
    "in an archive": zipped("trace.trace", b'{"text":"9876501234"}'),
    "digit by digit in a page": b"<b>0</b><b>2</b><b>4</b><b>6</b><b>8</b><b>0</b>",
}


def test_a_clean_recording_is_kept(draft: Draft, tmp_path: Path) -> None:
    assert draft.leaks() == []
    kept = draft.keep(datetime(2026, 1, 5, tzinfo=UTC), "plain")
    assert kept == tmp_path / "recorded" / "20260105-plain"
    assert_private(kept)
    assert "value='024680'" not in (kept / "page-pin.html").read_text()


@pytest.mark.parametrize("how", LEAKS)
@pytest.mark.parametrize("name", ["page-pin.html", "exchanges.jsonl"])
def test_a_leak_of_each_kind_is_found(draft: Draft, how: str, name: str) -> None:
    if how == "digit by digit in a page" and not name.endswith(".html"):
        pytest.skip("there are no elements in it")
    whole = how in {"in UTF-16", "packed", "in an archive"}
    path = draft.path / ("trace.zip" if how == "in an archive" else name)
    before = path.read_bytes() if path.exists() and not whole else b""
    path.write_bytes(before + LEAKS[how])
    assert draft.leaks(), how


def test_more_than_can_be_searched_is_refused(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before all of it is read for names, which are searched for by themselves."""
    monkeypatch.setattr(verify, "MOST", 100)
    monkeypatch.setattr(draft, "_found_in", lambda _: pytest.fail("it was read"))
    assert {kind for kind, _ in draft.leaks()} == {"more than can be searched"}


@pytest.mark.parametrize(
    "name",
    [MOBILE, hashlib.sha256(BODY).hexdigest(), hashlib.sha1(PIN.encode()).hexdigest()],  # noqa: S324
)
def test_a_file_s_name_is_looked_at(draft: Draft, name: str) -> None:
    (draft.path / "bodies" / name).write_text("harmless")
    assert draft.leaks()


def test_a_recording_with_a_leak_is_refused_and_deleted(cleaned: Cleaned, tmp_path: Path) -> None:
    folder = tmp_path / "recorded"
    cleaned.looks.append(f'{{"at": 1, "look": {{"title": "{MOBILE}"}}}}')
    with pytest.raises(NothingKeptError, match=r"mobile number in looks\.jsonl"):
        heard(cleaned, folder)
    assert list(folder.iterdir()) == []


def heard(cleaned: Cleaned, folder: Path) -> Recorded:
    """A recording of a login of which `cleaned` was heard."""
    settings = Settings(
        username=MOBILE, client_id="k" * 8, redirect_uri="https://callback.invalid/"
    )

    def log_in(_settings: Settings, *, progress: Progress, **_more: Any) -> LoginResult:
        assert isinstance(progress, Recording)
        progress.cleaned = cleaned
        return LoginResult(None, "login", "file")  # type: ignore[arg-type]  # nobody asks

    return record(settings, folder, "heard", log_in=log_in)


def test_what_was_written_is_read_back_before_anybody_is_asked(
    cleaned: Cleaned, tmp_path: Path
) -> None:
    """Nothing was seen in this login, so that there is nothing to recognise anew."""
    made = heard(cleaned, tmp_path)
    assert made.unreadable is None
    assert made.unlike == "nothing of what the walk saw was recorded"
    assert read_bundle(made.keep("heard", unasked=True)).about.name == "heard"


def test_a_recording_that_cannot_be_read_is_kept_only_by_a_person(
    cleaned: Cleaned, tmp_path: Path
) -> None:
    cleaned.exchanges[0]["url"] = "https://a b/"
    made = heard(cleaned, tmp_path)
    assert made.unreadable is not None
    assert "line 1 of exchanges.jsonl: url" in made.unreadable
    assert made.unlike is None
    with pytest.raises(NothingKeptError, match="`replay` cannot read it"):
        made.keep("heard", unasked=True)
    assert made.keep("heard").is_dir()


def test_a_trace_that_holds_more_than_evidence_knows_is_left_out(
    cleaned: Cleaned, tmp_path: Path
) -> None:
    trace = tmp_path / "trace.zip"
    draft = Draft(tmp_path / "recorded", cleaned)
    trace.write_bytes(zipped("trace.trace", b'{"text":"sent to ****1234"}'))
    assert draft.write({"format": 1}, {}, trace) == "it still held number"
    assert not (draft.path / "trace.zip").exists()
    assert draft.leaks() == []


@pytest.mark.parametrize("name", ["raj", "asha"])
def test_names_in_a_trace_have_stand_ins(tmp_path: Path, name: str) -> None:
    """Evidence knows no names, and takes out no word of three letters."""
    told = f'{{"firstName":"{name}"}}'.encode()
    made = clean(
        Raw([exchange(response_body=told)]),
        {},
        began=0.0,
        redirect_uri=None,
        rng=random.Random(1),
    )
    trace = tmp_path / "trace.zip"
    trace.write_bytes(zipped("trace.trace", f'{{"text":"Hi {name.title()}!"}}'.encode()))
    draft = Draft(tmp_path / "recorded", made)
    assert draft.write({"format": 1}, {}, trace) is None
    with zipfile.ZipFile(draft.path / "trace.zip") as kept:
        text = json.loads(kept.read("trace.trace"))["text"]
    assert text == f"Hi {made.stand_ins.words(name).title()}!"
    assert name not in text.lower()
    assert draft.leaks() == []


def test_a_name_that_is_a_word_of_headers_or_of_the_form_is_no_leak(tmp_path: Path) -> None:
    body = b'{"firstName":"Max","lastName":"State"}'
    script = exchange(type="script", method="GET", response_body=b"Math.max(state)", at=0.1)
    headers = [("Access-Control-Max-Age", "0")]
    profile = exchange(response_body=body, response_headers=headers, at=2.0)
    raw = Raw([script, profile], typed_at=1.0)
    made = clean(raw, {}, began=0.0, redirect_uri=None, rng=random.Random(1))
    draft = Draft(tmp_path / "recorded", made)
    draft.write({"format": 1, "name": "max", "states": [{"state": "pin"}]}, {}, None)
    assert draft.leaks() == []
    draft.path.joinpath("recording.json").write_text('{"client_id": "Max"}', "utf-8")
    assert draft.leaks() == [("name", "recording.json")]


def test_two_of_a_day_and_name_lie_beside_each_other(cleaned: Cleaned, tmp_path: Path) -> None:
    names = [
        Draft(tmp_path, cleaned).keep(datetime(2026, 1, 5, tzinfo=UTC), "plain").name
        for _ in range(2)
    ]
    assert names == ["20260105-plain", "20260105-plain-2"]


@pytest.mark.parametrize("name", ["", "../x", "A", "a b", "-a", "é"])
def test_a_name_leads_nowhere_else(name: str) -> None:
    with pytest.raises(ConfigurationError, match="small letters"):
        check_name(name)


def test_every_leak_is_one_that_a_clean_recording_has_not(draft: Draft) -> None:
    """Or the tests above would pass whatever was written."""
    seen: Callable[[bytes], bool] = lambda data: any(  # noqa: E731
        data in path.read_bytes() for path in draft.path.rglob("*") if path.is_file()
    )
    assert not any(map(seen, LEAKS.values()))

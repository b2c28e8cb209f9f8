"""Evidence is gathered, scrubbed, looked through once more, and named; or it is not kept."""

from __future__ import annotations

import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from upstox_browser_login.evidence import bundle as bundles
from upstox_browser_login.evidence.bundle import LARGEST, Bundle
from upstox_browser_login.evidence.folder import make_partial
from upstox_browser_login.evidence.report import Outcome
from upstox_browser_login.evidence.shelf import MOST_BUNDLES
from upstox_browser_login.evidence.values import TOO_LONG
from upstox_browser_login.redaction import MASK, Redactor

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
PIN, MOBILE = "246813", "9876543210"
ENDED = Outcome(
    code="PIN_REJECTED",
    message="Incorrect PIN",
    hint="Correct it.",
    step="pin",
    upstox_code=None,
    steps=(),
    seen=(),
    versions={},
    requests=(),
)


@pytest.fixture
def made(tmp_path: Path) -> Bundle:
    redactor = Redactor()
    redactor.register(PIN, "pin")
    redactor.register(MOBILE, "mobile number")
    return Bundle(make_partial(tmp_path / "traces"), redactor)


def missing(made: Bundle) -> dict[str, str]:
    return {each.what: each.why for each in made.missing}


def test_it_is_named_after_the_moment_and_the_code(made: Bundle, tmp_path: Path) -> None:
    made.add("page.html", f"<p>{MOBILE}</p>".encode())
    path = made.finish(tmp_path / "no-trace.zip", ENDED, AT, 10)
    assert path is not None
    assert path.name == "20261129T120000Z-PIN_REJECTED"
    assert {each.name for each in path.iterdir()} == {"page.html", "report.md", "report.json"}
    assert (path / "page.html").read_text() == f"<p>{MASK}</p>"
    assert missing(made) == {}


def test_new_evidence_is_kept_though_all_other_has_a_later_date(
    made: Bundle, tmp_path: Path
) -> None:
    """As where the clock of this machine was wrong for a while."""
    for second in range(MOST_BUNDLES):
        (tmp_path / "traces" / f"20270101T0000{second:02d}Z-TIMEOUT").mkdir()
    path = made.finish(tmp_path / "no-trace.zip", ENDED, AT, 10)
    assert path is not None
    assert path.exists()


def test_what_is_too_large_or_was_not_handed_over_is_named_as_missing(made: Bundle) -> None:
    made.add("page.html", b"x" * (LARGEST + 1))
    made.add("screenshot.png", None)
    made.add("look.json", b"x" * LARGEST)
    assert missing(made) == {
        "page.html": "it is too large",
        "screenshot.png": "the browser did not hand it over",
    }


@pytest.mark.parametrize("value", ["{number:020d}", "{number:020d}x", "{number:08000d}x"])
def test_what_stores_too_much_takes_a_moment_and_leaves_a_report(
    made: Bundle, tmp_path: Path, value: str
) -> None:
    made.redactor = Redactor(digests=True)
    raw = tmp_path / "trace.zip"
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("trace.trace", '{"text":"' + value.format(number=19_999) + '"}')
    made.add("page.html", b"<p>Hello</p>")
    began = time.process_time()
    made.register_storage([["queue", value.format(number=each)] for each in range(20_000)])
    assert time.process_time() - began < 10  # it took a minute
    path = made.finish(raw, ENDED, AT, 10)
    assert path is not None
    assert {each.name for each in path.iterdir()} == {"report.md", "report.json"}
    assert missing(made).keys() == {"trace", "page.html"}


def test_one_value_that_is_too_long_to_be_sought_takes_a_moment(made: Bundle) -> None:
    made.redactor = Redactor(digests=True)
    began = time.process_time()
    made.register_storage([["token", "k8Jq2mZt5Rw1" * 350_000]])
    assert time.process_time() - began < 2  # it took many seconds
    made.add("page.html", b"<p>Hello</p>")
    assert made.finish(Path("no-trace.zip"), ENDED, AT, 10) is not None
    assert "page.html" in missing(made)


def test_a_page_too_long_to_be_searched_is_left_out_and_told(made: Bundle, tmp_path: Path) -> None:
    made.add("page.html", b"0,2,4,6,1," * 300_000)
    path = made.finish(tmp_path / "no-trace.zip", ENDED, AT, 10)
    assert path is not None
    assert (path / "page.html").read_text() == TOO_LONG
    assert "too long" in missing(made)["parts of the trace or page"]


def test_a_trace_that_is_none_costs_the_trace_alone(made: Bundle, tmp_path: Path) -> None:
    raw = tmp_path / "raw.zip"
    raw.write_bytes(b"no zip")
    made.add("page.html", b"<p>Enter PIN</p>")
    path = made.finish(raw, ENDED, AT, 10)
    assert path is not None
    assert not (path / "trace.zip").exists()
    assert (path / "page.html").exists()
    assert "it could not be scrubbed" in missing(made)["trace"]


def test_a_trace_is_kept_without_the_secrets_in_it(made: Bundle, tmp_path: Path) -> None:
    raw = tmp_path / "raw.zip"
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("trace.trace", f'{{"type":"event","text":"{MOBILE}"}}\n')
    path = made.finish(raw, ENDED, AT, 10)
    assert path is not None
    with zipfile.ZipFile(path / "trace.zip") as archive:
        kept = b"".join(archive.read(name) for name in archive.namelist())
    assert MOBILE.encode() not in kept


def test_evidence_in_which_a_secret_is_found_gets_no_name(
    made: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bundles, "leaks", lambda *_: [("the pin", "page.html")])
    assert made.finish(tmp_path / "no-trace.zip", ENDED, AT, 10) is None
    assert "The trace was deleted: the pin was still in page.html." in caplog.text
    assert not (tmp_path / "traces" / "20261129T120000Z-PIN_REJECTED").exists()


@pytest.mark.parametrize(
    ("cookie", "secret"),
    [
        ({"name": "sid", "value": "k8Jq2mZt5Rw1"}, True),
        ({"name": "sid", "value": "abcdefghijklmnopqrstuvwx"}, True),
        ({"name": "auth_token", "value": "abcd"}, True),
        ({"name": "theme", "value": "dark"}, False),
        ({"name": "theme", "value": "lightblue"}, False),
        ({"name": "auth_token", "value": "abc"}, False),
        ({"name": "note", "value": "two words 2026"}, False),
        ({"name": "day", "value": "2026-11-30"}, False),
        ({"name": "at", "value": "2026-11-30T09:15:00.000Z"}, False),
        ({"name": "api", "value": "https://service.upstox.com"}, False),
        ({"name": "cdn", "value": "https://assets.upstox.com:8443/login/v2"}, False),
        ({"name": "to", "value": "https://assets.upstox.com/?s=k8Jq2mZt5Rw1"}, True),
        ({"name": "to", "value": "https://assets.upstox.com/k8Jq2mZt5Rw1"}, True),
        ({"name": "to", "value": "https://me:k8Jq2mZt5Rw1@assets.upstox.com/"}, True),
    ],
)
def test_a_cookie_that_looks_like_a_secret_is_taken_for_one(
    cookie: dict[str, str], secret: bool, made: Bundle
) -> None:
    made.register_cookies([cookie])
    assert (made.redactor.redact(f"<{cookie['value']}>") == f"<{MASK}>") is secret


def test_a_number_that_is_stored_is_known_whole(made: Bundle) -> None:
    """To seek its parts as well takes seconds where a page has stored fifty."""
    made.register_storage([["seen", '{"id": "7764500000123"}']])
    assert made.redactor.redact("7764500000123, id=7764500000123") == f"{MASK}, id={MASK}"
    assert made.redactor.redact("Nzc2NDUwMDAwMDEyMw==") == MASK
    assert made.redactor.redact("77645 00123") == "77645 00123"


def test_a_cookie_is_known_in_both_its_spellings(made: Bundle) -> None:
    made.register_cookies([{"name": "sid", "value": "k8Jq%2FmZt5Rw1"}])
    assert made.redactor.redact("k8Jq/mZt5Rw1") == MASK
    assert made.redactor.redact("k8Jq%2FmZt5Rw1") == MASK


def test_secrets_are_found_within_what_a_page_has_stored(made: Bundle) -> None:
    made.register_storage(
        [
            ("profile", '{"deep": [{"it": "k8Jq2mZt5Rw1"}], "kind": "customer"}'),
            ("access_token", "abcdef"),
            ("plain", "v3rySecretValue"),
        ]
    )
    said = "k8Jq2mZt5Rw1 abcdef v3rySecretValue customer"
    assert made.redactor.redact(said) == f"{MASK} {MASK} {MASK} customer"

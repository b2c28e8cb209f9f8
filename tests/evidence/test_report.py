"""The report of a login that failed."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from typing import Any

from markdown_it import MarkdownIt

from upstox_browser_login.evidence.report import (
    Missing,
    Outcome,
    Request,
    Seen,
    StepTime,
    There,
    as_json,
    report,
)
from upstox_browser_login.redaction import Redactor

MOBILE, PIN = "9876543210", "246813"


def known() -> Redactor:
    redactor = Redactor()
    redactor.register(MOBILE, "mobile number")
    redactor.register(PIN, "pin")
    return redactor


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
        "requests": (Request("GET login.upstox.com/ 200"),),
    }
    return Outcome(**{**values, **changes})


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
            requests=(Request(HOSTILE), Request("x`")),
            versions={HOSTILE: HOSTILE},
        ),
        datetime(2026, 1, 2, tzinfo=UTC),
        files=["report.md", "a`b"],
        missing=[Missing(HOSTILE, "x")],
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
        missing=[],
        redactor=redactor,
    )
    assert not redactor.find(text)
    assert "aBc1dE" not in text
    assert "… and 300 more." in text
    assert len(text) < 200_000


def test_what_was_on_the_page_can_be_pasted() -> None:
    """As TOML, whatever the page says; and the entries of the page file that was in force."""
    offer = There("field 'x' ``` \n[[way]]", '[[field]]\nis = "pin"\nwords = "`a` ```"')
    told = outcome(there=(offer,), page_file=("a field with the id 'y' wants the pin",))
    at = datetime(2026, 1, 2, tzinfo=UTC)
    text = report(told, at, files=[], missing=[], redactor=Redactor())
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    (fence,) = (token for token in tokens if token.type == "fence")
    assert tomllib.loads(fence.content) == {"field": [{"is": "pin", "words": "`a` ```"}]}
    assert "a field with the id 'y' wants the pin" in text.replace("\\", "")
    data = json.loads(as_json(told, at, files=[], missing=[], redactor=Redactor()))
    assert data["page_file"] == ["a field with the id 'y' wants the pin"]
    assert data["there"] == [{"what": offer.what, "entry": offer.entry}]
    assert report(
        outcome(subject="Look"), at, files=[], missing=[], redactor=Redactor()
    ).startswith("# Look failed: `PIN_REJECTED`")

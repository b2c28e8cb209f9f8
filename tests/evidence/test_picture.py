"""Pictures depend on no secret, and show words that were told and nothing else."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.async_api import Browser, BrowserContext, expect

from tests.harness import variants
from upstox_browser_login.evidence import bundle as bundle_module
from upstox_browser_login.evidence import picture
from upstox_browser_login.evidence import record as record_module
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.page.script import page_script
from upstox_browser_login.redaction import Redactor

from .recorded import (
    ASHA,
    OTHER,
    chromium,
    frames,
    log_in,
    names_in,
    outcome,
    record,
    report_data,
    report_in,
)

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.usefixtures("temporary", "recording_browser"),
]


def differing(first: Image.Image, second: Image.Image) -> int:
    """Pixels that differ by more than what JPEG does to them."""
    histogram = ImageChops.difference(first.convert("L"), second.convert("L")).histogram()
    return sum(histogram[64:])


@pytest.mark.parametrize("highlights", [True, *variants(False)])
async def test_no_picture_depends_on_a_secret(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, highlights: bool
) -> None:
    """Two people's logins look the same, pixel by pixel; also in a browser without highlights."""
    if not highlights:
        without = "delete window.Highlight; delete CSS.highlights;"
        code = without + picture.script("privacy.js")
        monkeypatch.setattr(record_module, "script", lambda _: code)
    async with chromium() as browser:
        first, pictures = await record(browser, site, tmp_path / "first", mode="on")
        second, others = await record(browser, site, tmp_path / "second", OTHER, mode="on")
    assert pictures == others
    assert first is not None
    assert second is not None
    final = "screenshot.png"
    assert (first / final).read_bytes() == (second / final).read_bytes()
    states = [Image.open(io.BytesIO(picture)) for picture in pictures]
    screencast = frames(second / "trace.zip")
    assert len(screencast) >= 4
    blank = Image.new("RGB", states[0].size, "white")
    for frame in screencast:
        assert min(differing(frame, state) for state in [*states, blank]) < 5


async def test_without_prevention_pictures_would_differ(site: str, tmp_path: Path) -> None:
    """The test above has teeth."""
    async with chromium() as browser:
        seen = []
        for secrets in (ASHA, OTHER):
            page = await browser.new_page()
            seen.append(await log_in(page, site, secrets, Recorder("off", tmp_path)))
    assert sum(first != second for first, second in zip(*seen, strict=True)) >= 4
    states = [Image.open(io.BytesIO(each)) for each in seen[0]]
    assert differing(states[3], Image.open(io.BytesIO(seen[1][3]))) > 20


WHOLE = """<!doctype html><meta http-equiv="Content-Security-Policy" content="style-src 'none'">
<body><p>Hi Asha, <b>{a}</b>{b}</p><p>{masked}</p><p>{token}</p><input id=a value={a}{b}>
<input type=number value={a}><textarea>{a}</textarea><select><option>{a}{b}</select>
<div contenteditable id=edit>{a}</div><div id=open></div><div id=closed></div>
<div><template shadowrootmode=open>declared {a} <input value={a}></template></div>
<iframe srcdoc="framed {a} <input value={a}>"></iframe>
<svg><text y=20>drawn {a}</text></svg><p id=late></p>
<p>You have entered an incorrect PIN [1017106] UDAPI100068, Resend OTP (2:00s), 6-digit</p>
<input type=submit value="Get OTP"><input placeholder="Enter OTP">
<script>
for (const mode of ["open", "closed"]) {{
  const shadow = document.getElementById(mode).attachShadow({{ mode }});
  shadow.innerHTML = "<p>{a}</p><input value={a}>";
  shadow.adoptedStyleSheets = [];
}}
document.adoptedStyleSheets = [];
document.getElementById("late").append("12", "{a}".slice(0, 2), "{a}".slice(2));
const detached = document.createElement("div");
const inside = detached.attachShadow({{ mode: "closed" }});
inside.innerHTML = "<p>detached {a}</p>";
requestAnimationFrame(() => {{ document.body.append(detached); document.title = "done"; }});
</script>"""


async def pictured(context: BrowserContext, a: str, b: str) -> bytes:
    token = f"eyJhbGciOiJIUzI1NiJ9.eyJz{a}"
    html = WHOLE.format(a=a, b=b, masked=f"{b[:2]}****{a[:4]}", token=token)
    page = await context.new_page()
    await page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    await page.goto("http://page.test/")
    await expect(page).to_have_title("done")
    picture = await page.screenshot(full_page=True)
    await page.close()
    return picture


async def test_numbers_are_covered_wherever_a_page_can_put_them(tmp_path: Path) -> None:
    """Split over nodes, in fields of every kind, shadow roots, frames, drawings, under a CSP."""
    async with chromium() as browser:
        context = await browser.new_context()
        recorder = Recorder("on", tmp_path, redactor=Redactor())
        await recorder.prepare(context)
        first = await pictured(context, "135790", "9876")
        assert first == await pictured(context, "246813", "5012")
        await recorder.discard()
        plain = await browser.new_context()
        covered = Image.open(io.BytesIO(first))
        shown = Image.open(io.BytesIO(await pictured(plain, "135790", "9876")))
    assert differing(covered, shown) > 500
    # What helps a reader stays legible: the line of the error's code is the same in both.
    assert covered.size == shown.size


PIECES = {
    "cells": "<div style='display: flex'>" + "<div>{}</div>" * 6 + "</div>",
    "a table": "<table><tr>" + "<td>{}</td>" * 6 + "</tr></table>",
    "lines": "<p>" + "{}<br>" * 6 + "</p>",
}


DIGITS = {
    "a placeholder": "<input placeholder={number}>",
    "a button": "<input type=button value='Go on as {number}'>",
    "generated": "<style>b::after {{ content: attr(title); color: red }}</style><b title={number}>",
    "a picture's name": "<img width=200 height=20 alt={number} src='data:,'>",
    "a drawing": "<canvas id=c></canvas><script>"
    "const c = document.getElementById('c').getContext('2d');"
    "c.font = '30px sans-serif'; c.fillText('{number}', 5, 30)</script>",
    "circles": "<p>{circles}",
    "raised": "<p>{raised}",
    "colons": "<p>{colons}",
    "dots": "<p>{dots}",
}


def with_digits(html: str, number: str) -> str:
    ways = {
        "circles": "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(each)] for each in number),
        "raised": "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(each)] for each in number),
        "colons": " : ".join(number),
        "dots": "·".join(number),
    }
    return f"<!doctype html><meta charset=utf-8>{html.format(number=number, **ways)}"


async def covered(browser: Browser, html: str) -> bytes:
    """A picture of this page as the screencast has it."""
    page = await browser.new_page(viewport={"width": 300, "height": 150})
    await page.add_init_script(picture.script("privacy.js"))
    await page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    await page.goto("http://page.test/")
    await page.evaluate("new Promise((drawn) => requestAnimationFrame(drawn))")
    shot = await page.screenshot()
    await page.close()
    return shot


async def test_digits_are_covered_that_stand_one_to_a_block() -> None:
    """A page may draw what is typed in cells of its own."""
    async with chromium() as browser:
        for way, html in PIECES.items():
            one, other = (f"<!doctype html>{html.format(*pin)}" for pin in ("135790", "246813"))
            assert await covered(browser, one) == await covered(browser, other), way


async def test_digits_are_covered_in_all_that_is_drawn() -> None:
    """In what a style or a script writes, in names of pictures, and in signs that are digits."""
    async with chromium() as browser:
        for way, html in DIGITS.items():
            one, other = (with_digits(html, each) for each in ("123790", "321480"))
            assert await covered(browser, one) == await covered(browser, other), way


async def test_words_in_buttons_and_placeholders_stay_legible() -> None:
    """A person who logs in by hand reads them."""
    async with chromium() as browser:
        for html in ("<input placeholder='{}'>", "<input type=submit value='{}'>", "<p>{}</p>"):
            one, other = (html.format(word) for word in ("Enter OTP", "Enter PIN"))
            assert await covered(browser, one) != await covered(browser, other), html


# The one picture


DRAWING = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text y='20'>{a}</text></svg>"
EVERYWHERE = """<!doctype html><style>
.made::after {{ content: "{a}" !important; color: red !important }}
#loud {{ color: red !important }} p::first-letter {{ color: red !important }}
::highlight(theirs) {{ color: red; }} @layer early {{ #layered {{ color: red !important }} }}
.drawn {{ width: 90px; height: 30px; background: url("DRAWING") }}
</style>
<p id=loud>Enter the {word} PIN {a}</p><p id=layered>{word}</p>
<p style="color: red !important">{word}</p>
<p class=made></p><ul><li>{word}</ul><ol start={short}><li>x</ol>
<input value={a}><input placeholder={a}><input type=submit value={a}><textarea>{a}</textarea>
<input type=range max=999999 value={a}><input type=date value="20{short}-01-01">
<select><option>{a}</select><svg width=90 height=30><text y=20>{a}</text></svg>
<canvas id=drawn width=90 height=30></canvas><progress max=999999 value={a}></progress>
<img width=90 height=30 src="DRAWING"><div class=drawn></div>
<iframe srcdoc="<b>framed {word} {a}</b>"></iframe><iframe src="http://other.test/"></iframe>
<div><template shadowrootmode=open>open {word} {a}</template></div>
<script>
document.getElementById("drawn").getContext("2d").fillText("{a}", 0, 20);
const range = new Range(); range.selectNodeContents(document.getElementById("layered"));
CSS.highlights.set("theirs", new Highlight(range));
getSelection().addRange(range);
</script>""".replace("DRAWING", DRAWING)


async def pictured_at_failure(
    browser: Browser, folder: Path, html: str, told: picture.Told = picture.NOTHING_TOLD
) -> tuple[Path, dict[str, str]]:
    """Its evidence, and what is missing in it and why."""
    context = await browser.new_context()
    recorder = Recorder("on-failure", folder, redactor=ASHA.redactor())
    await recorder.prepare(context)
    page = await context.new_page()
    other = html if "other.test" not in html else "<b>other</b>" + re.sub("<iframe.*", "", html)
    await page.route(
        "**/*",
        lambda route: route.fulfill(
            body=html if "//page.test" in route.request.url else other, content_type="text/html"
        ),
    )
    await page.goto("http://page.test/")
    path = await recorder.keep(page, outcome(), told=told, seconds=20.0)
    await context.close()
    assert path is not None
    return path, {each["what"]: each["why"] for each in report_data(path)["missing"]}


async def test_the_one_picture_shows_words_that_were_told_and_nothing_else(tmp_path: Path) -> None:
    """Not what is generated, drawn, held by a field, framed, or styled to be seen by all means."""
    told = picture.Told(("Enter the PIN", ASHA.pin, "PIN 246"))
    async with chromium() as browser:
        seen: list[bytes] = []
        for a, word, short, words in (
            ("246813", "dcba", "11", told),
            ("775533", "abcd", "12", told),
            ("246813", "dcba", "11", picture.NOTHING_TOLD),
        ):
            html = EVERYWHERE.format(a=a, word=word, short=short)
            path, missing = await pictured_at_failure(browser, tmp_path, html, words)
            assert missing == {}
            seen.append((path / "screenshot.png").read_bytes())
    assert differing(*(Image.open(io.BytesIO(each)) for each in seen[:2])) == 0
    assert differing(*(Image.open(io.BytesIO(each)) for each in seen[1:])) > 50


async def test_words_are_drawn_only_if_they_can_be_no_secret() -> None:
    texts = (f"Signed in as {ASHA.mobile}.", "Enter 6-digit PIN [1017106]", "2 4 6", "x" * 30)
    words = picture.legible(texts, ASHA.redactor())
    assert words == ["Signed", "in", "as", "Enter", "PIN", "[1017106]"]


@pytest.mark.parametrize(
    ("html", "told", "why"),
    [
        ("<div id=a></div><script>a.attachShadow({mode: 'closed'}).innerHTML = 'x'</script>",
         picture.NOTHING_TOLD, "closed shadow root"),
        ("<b></b>" * 21_000, picture.NOTHING_TOLD, "too large"),
        *variants(
            ("<p>x", picture.Told(closed=True), "closed shadow root"),
            ("<iframe srcdoc=x></iframe>" * 30, picture.NOTHING_TOLD, "too large"),
        ),
    ],
)  # fmt: skip
async def test_a_page_that_cannot_be_covered_is_not_pictured(
    tmp_path: Path, html: str, told: picture.Told, why: str
) -> None:
    async with chromium() as browser:
        path, missing = await pictured_at_failure(browser, tmp_path, html, told)
    assert why in missing["screenshot.png"]
    assert names_in(path) == {"trace.zip", "page.html", "report.md", "report.json"}
    assert "left out: screenshot" in report_in(path)


async def test_a_page_that_is_too_large_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_module, "LARGEST", 50_000)
    async with chromium() as browser:
        _, missing = await pictured_at_failure(browser, tmp_path, "<p>" + "x" * 60_000)
    assert missing["page.html"] == "it is too large"


async def test_a_record_hides_no_field_that_the_page_draws_by_itself() -> None:
    """A login knows a PIN's field by its discs: with a record it must see them as without one."""
    html = """<style>* { transition: all .2s } .disc { -webkit-text-security: disc }
        .square { -webkit-text-security: square }</style>
        <p>OTP <input id=a></p><p>PIN <input id=b type=password></p>
        <p>PIN <input id=c class=disc></p>
        <p>PIN <input id=d class=square></p><div id=host></div>
        <script>host.attachShadow({ mode: "open" }).innerHTML =
        "<p>OTP <input id=e></p><p>PIN <input id=f style='-webkit-text-security: circle'></p>";
        </script>"""
    count = "window.moved = 0; addEventListener('transitionrun', () => { moved += 1; }, true);"
    async with chromium() as browser:
        context = await browser.new_context()
        await context.add_init_script("window.told = []; window.uplTell = (t) => told.push(t);")
        await context.add_init_script(picture.script("privacy.js"))
        await context.add_init_script(page_script())
        page = await context.new_page()
        await page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        await page.goto("http://page.test/")
        await page.wait_for_function("told.some((each) => JSON.parse(each).fields.length === 6)")
        fields = json.loads(await page.evaluate("told.at(-1)"))["fields"]
        await page.evaluate(count)
        await page.evaluate("uplHands.again(); uplHands.again()")
        drawn = await page.evaluate(
            "[...document.querySelectorAll('input'), ...host.shadowRoot.querySelectorAll('input')]"
            ".map((each) => getComputedStyle(each).webkitTextSecurity)"
        )
        await page.evaluate("new Promise(requestAnimationFrame)")
        moved = await page.evaluate("moved")
    masked = {each["id"] for each in fields if each.get("masked", False)}
    assert masked == {"b", "c", "d", "f"}
    # What is typed stays covered (of a password Chromium's own discs do), and the page does not
    # notice the question.
    assert drawn == ["square", "disc", *["square"] * 4]
    assert moved == 0

"""Evidence of a login: prevented, scrubbed, verified, and of use to a person."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
import os
import re
import signal
import stat
import sys
import tempfile
import textwrap
import threading
import time
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio
import uvicorn
from PIL import Image, ImageChops
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.harness import variants
from tests.hash_attack import find_pin, hits, parts_of
from upstox_browser_login.evidence import bundle as bundle_module
from upstox_browser_login.evidence import picture
from upstox_browser_login.evidence import record as record_module
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.evidence.report import Outcome, Request, Seen, StepTime
from upstox_browser_login.evidence.scrub import Scrubber
from upstox_browser_login.evidence.shelf import evidence_in
from upstox_browser_login.evidence.verify import leaks
from upstox_browser_login.evidence.viewer import viewer_command
from upstox_browser_login.redaction import MASK, Redactor
from upstox_browser_login.settings import TraceMode

CHROMIUM = "/usr/bin/chromium-headless-shell"
TRACE_LOGGER = "upstox_browser_login.evidence.record"
COOKIE = "sid-8c1f0f6e2b"
STORED = "stored-7d93fae1c0"
VERIFIER = "verifier-51ab9c77"
TICK = 0.01
"""Seconds between two moments of a login, by the clock of `record`: the first step begins at 0."""

PAGE = """<!doctype html><title>Login to Upstox</title>
<body style="font: 16px sans-serif"><div id="root"></div><div id="toast"></div>
<script>
const root = document.getElementById("root");
const seen = {};  // a controlled input, as React makes it: state first, then value and attribute
const field = (id, type, shape) => {
  const input = document.createElement("input");
  Object.assign(input, { id, type });
  input.addEventListener("input", () => {
    seen[id] = input.value.replace(/\\D/g, "");
    input.value = shape(seen[id]);
    input.setAttribute("value", input.value);
    document.querySelector("button").disabled = !seen[id];
  });
  return input;
};
const form = (title, input, next) => {
  root.innerHTML = "<form><h3></h3><button disabled>Continue</button></form>";
  root.querySelector("h3").append(...title);
  root.querySelector("button").before(input);
  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    next();
  });
};
const post = async (path, data) => (await fetch(path, { method: "POST",
  headers: { "content-type": "application/json" }, body: JSON.stringify({ data }) })).json();
const same = (v) => v;
const mobile = () => form(["Enter mobile number"], field("mobileNum", "text", same), async () => {
  const reply = await post("/otp/generate", { mobileNumber: seen.mobileNum });
  localStorage.setItem("session", JSON.stringify({ id: "STORED" }));
  const dashed = (v) => v.replace(/(...)(?=.)/, "$1-");
  form([reply.data.message], field("otpNum", "text", dashed), otp);
});
const otp = async () => {
  await post("/otp/verify", { otp: seen.otpNum });
  form(["Signed in as ", seen.mobileNum, "."], field("pinCode", "password", (v) => v), pin);
};
const pin = async () => {
  const reply = await post("/2fa", { inputText: btoa(seen.pinCode) });
  document.getElementById("toast").textContent = `${reply.error.message} [${reply.error.code}]`;
};
mobile();
</script>"""


@dataclass(frozen=True)
class Secrets:
    mobile: str = "9876543210"
    code: str = "135790"
    pin: str = "246813"

    def redactor(self) -> Redactor:
        redactor = Redactor()
        redactor.register(self.mobile, "mobile number")
        redactor.register(self.code, "TOTP code")
        redactor.register(self.pin, "pin")
        return redactor

    @property
    def spellings(self) -> list[str]:
        plain = [self.mobile, self.code, self.pin, COOKIE, STORED, VERIFIER]
        masked = [f"{self.code[:3]}-{self.code[3:]}", f"{self.mobile[:2]}****{self.mobile[-4:]}"]
        encoded = [base64.b64encode(each.encode()).decode().rstrip("=") for each in plain]
        return [*plain, *masked, *encoded, *(quote(each, safe="") for each in plain)]


ASHA = Secrets()
OTHER = Secrets("6123450789", "908172", "775533")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve a login page of our own: mobile, code, PIN, refusal."""

    async def home(_: Asked) -> Response:
        reply = HTMLResponse(PAGE.replace("STORED", STORED))
        reply.set_cookie("sid", COOKIE, httponly=True)
        return reply

    async def generate(request: Asked) -> Response:
        mobile = (await request.json())["data"]["mobileNumber"]
        message = f"Enter the 6-digit OTP received on {mobile[:2]}****{mobile[-4:]}"
        return JSONResponse({"data": {"message": message, "validateOTPToken": VERIFIER}})

    async def verify(_: Asked) -> Response:
        return JSONResponse({"data": {"message": "ok"}})

    async def refuse(_: Asked) -> Response:
        error = {"code": 1017106, "message": "You have entered an incorrect PIN"}
        return JSONResponse({"success": False, "error": error})

    routes = [
        Route("/", home),
        Route("/otp/generate", generate, methods=["POST"]),
        Route("/otp/verify", verify, methods=["POST"]),
        Route("/2fa", refuse, methods=["POST"]),
    ]
    config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)  # uvicorn tells in no other way that it listens
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


pytestmark = pytest.mark.asyncio(loop_scope="module")

_shared: list[Browser] = []

expect.set_options(timeout=20_000)  # a busy machine is no fault


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def shared() -> AsyncIterator[None]:
    """One Chromium for all tests here: half of their time was starting it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        _shared.append(browser)
        yield
        _shared.clear()
        await browser.close()


@asynccontextmanager
async def chromium(*, own: bool = False) -> AsyncIterator[Browser]:
    browser = await _shared[0].browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"]
    ) if own else _shared[0]  # fmt: skip
    try:
        yield browser
    finally:
        for context in browser.contexts:
            await context.close()
        if own:
            await browser.close()


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's temporary folder of the test's own, so that leftovers show."""
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
        "requests": (Request("GET login.upstox.com/ 200", TICK / 2, TICK / 4),),
    }
    return Outcome(**{**values, **changes})


async def log_in(page: Page, site: str, secrets: Secrets, recorder: Recorder) -> list[bytes]:
    """Walk to the refused PIN; a picture of every state."""
    pictures = []

    async def look() -> None:
        pictures.append(await page.screenshot())

    await recorder.group("step: open")
    await page.goto(site)
    await look()
    await recorder.group_end()
    for step, field, value in (
        ("mobile", "#mobileNum", secrets.mobile),
        ("totp", "#otpNum", secrets.code),
        ("pin", "#pinCode", secrets.pin),
    ):
        await recorder.group(f"step: {step}")
        await expect(page.locator(field)).to_be_visible()
        await look()
        await page.locator(field).focus()
        await look()
        await page.locator(field).fill(value)
        await look()
        await page.locator(field).press("Enter")
        await recorder.group_end()
    await expect(page.get_by_text("incorrect PIN")).to_be_visible()
    await look()
    return pictures


async def record(
    browser: Browser,
    site: str,
    folder: Path,
    secrets: Secrets = ASHA,
    *,
    mode: TraceMode = "on-failure",
    result: Outcome | None = None,
    told: picture.Told = picture.NOTHING_TOLD,
) -> tuple[Path | None, list[bytes]]:
    # The size of the screencast's pictures, so that they are not scaled.
    context = await browser.new_context(viewport={"width": 800, "height": 450})
    ticks = count()
    recorder = Recorder(
        mode, folder, redactor=secrets.redactor(), elapsed=lambda: TICK * next(ticks)
    )
    await recorder.prepare(context)
    page = await context.new_page()
    pictures = await log_in(page, site, secrets, recorder)
    path = await recorder.keep(page, result or outcome(), told=told)
    await context.close()
    return path, pictures


def every_byte(folder: Path) -> Iterator[tuple[str, bytes]]:
    """All files and members of archives, by means of our own."""
    for path in folder.rglob("*"):
        yield str(path), str(path.relative_to(folder)).encode()
        if path.is_file():
            yield path.name, path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield name, name.encode()
                    yield name, archive.read(name)


def report_in(folder: Path) -> str:
    return (folder / "report.md").read_text()


def report_data(folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return data


def children(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def names_in(folder: Path) -> set[str]:
    return {file.name for file in children(folder)}


def entries(trace: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(trace) as archive:
        lines = archive.read("trace.trace") + archive.read("trace.network")
    return [json.loads(line) for line in lines.splitlines()]


# The whole of it


@pytest.mark.parametrize("mode", ["on", "on-failure"])
async def test_a_failed_login_leaves_evidence_without_secrets(
    site: str, tmp_path: Path, temporary: Path, mode: TraceMode
) -> None:
    """Folder and files for the owner only, nothing secret in any byte, nothing left elsewhere."""
    os.umask(0o022)
    async with chromium() as browser:
        path, _ = await record(browser, site, tmp_path / "a" / "traces", mode=mode)
    assert path is not None
    assert re.fullmatch(r"\d{8}T\d{6}Z-PIN_REJECTED", path.name)
    assert names_in(path) == {
        "trace.zip", "screenshot.png", "page.html", "report.md", "report.json"
    }  # fmt: skip
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in children(path)} == {0o600}
    assert children(path.parent) == [path]
    assert zipfile.is_zipfile(path / "trace.zip")
    for name, data in every_byte(path):
        for secret in ASHA.spellings:
            assert secret.encode() not in data, (name, secret)
    assert not children(temporary)

    lines = entries(path / "trace.zip")
    titles = [line["title"] for line in lines if line.get("method") in {"tracingGroup", "step"}]
    requests = ["GET login.upstox.com/ 200"] if mode == "on-failure" else []
    assert titles == [
        "step: open", *requests, "step: mobile", "step: totp", "step: pin",
        "failed: PIN_REJECTED at step pin",
    ]  # fmt: skip
    urls = [line["snapshot"]["request"]["url"] for line in lines if "resource" in line["type"]]
    sent = ["/", "/otp/generate", "/otp/verify", "/2fa"] if mode == "on" else []
    assert [url.removeprefix(site) for url in urls] == sent
    failed = next(line["callId"] for line in lines if line.get("title") == titles[-1])
    shown = {line["callId"] for line in lines if line.get("parentId") == failed}
    assert any(
        line["snapshot"]["callId"] in shown for line in lines if line["type"] == "frame-snapshot"
    )
    assert any("[1017106]" in json.dumps(line) for line in lines)
    page = (path / "page.html").read_text()
    assert "You have entered an incorrect PIN [1017106]" in page
    assert f'value="{MASK}"' in page
    assert "Signed in as " in page


async def test_the_pin_cannot_be_guessed_from_the_evidence(site: str, tmp_path: Path) -> None:
    """Nor any other secret, from any name or value that has the form of a hash."""
    async with chromium() as browser:
        path, _ = await record(browser, site, tmp_path, mode="on")
    assert path is not None
    assert any("inputText" in data.decode("latin-1") for _, data in parts_of(path))
    assert find_pin(path, "inputText") is None
    assert hits(path, [ASHA.mobile, ASHA.code, ASHA.pin, COOKIE, STORED, VERIFIER]) == set()


async def test_a_bundle_with_playwrights_names_gives_the_pin_away(
    site: str, tmp_path: Path
) -> None:
    """Clean bodies under their old names: the attack finds them, and the last look refuses them."""
    raw, bundle = tmp_path / "raw.zip", tmp_path / "bundle"
    bundle.mkdir()
    async with chromium() as browser:
        context = await browser.new_context()
        await context.tracing.start(snapshots=True, screenshots=True)
        await log_in(await context.new_page(), site, ASHA, Recorder("off", tmp_path))
        await context.tracing.stop(path=raw)
    redactor = ASHA.redactor()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(bundle / "trace.zip", "w") as new:
        for name in old.namelist():
            if not name.startswith("trace."):
                new.writestr(name, Scrubber(redactor).data(old.read(name)) or b"")
    assert find_pin(bundle, "inputText") == ASHA.pin
    found = hits(bundle, [ASHA.mobile, ASHA.code, ASHA.pin])
    assert len(found) >= 3  # the three bodies that were posted
    assert ("a digest of something else", "trace.zip") in leaks(bundle, Redactor())


@pytest.mark.parametrize("mode", ["on-failure", *variants("on")])
async def test_playwrights_own_viewer_finds_the_step_that_failed(
    site: str, tmp_path: Path, mode: TraceMode
) -> None:
    """Served offline by the command that `traces show` runs."""
    async with chromium() as browser:
        path, _ = await record(browser, site, tmp_path, mode=mode)
        assert path is not None
        environment = {**os.environ, "PWTEST_UNDER_TEST": "1"}  # opens no window
        viewer = await asyncio.create_subprocess_exec(
            *viewer_command(path / "trace.zip", "127.0.0.1", 0),
            stdout=asyncio.subprocess.PIPE,
            env=environment,
        )
        assert viewer.stdout is not None
        try:
            line = b""
            while b"Listening on" not in line:
                line = await viewer.stdout.readline()
                assert line or viewer.returncode is None
            page = await browser.new_page()
            await page.goto(line.decode().split()[-1])
            actions = page.get_by_role("treeitem")
            for step in ("step: open", "step: mobile", "step: totp", "step: pin"):
                await expect(actions.filter(has_text=step)).to_be_visible()
            await expect(actions.filter(has_text="failed: PIN_REJECTED")).to_be_visible()
            step = "step: pin" if mode == "on" else "failed: PIN_REJECTED"
            await actions.filter(has_text=step).click()
            shown = page.frame_locator("iframe.snapshot-visible")
            await expect(shown.get_by_text("Signed in as")).to_be_visible()
            if mode == "on-failure":
                await actions.filter(has_text="step: open").click()
                await page.keyboard.press("ArrowRight")
                await expect(
                    page.get_by_role("treeitem", name="GET login.upstox.com")
                ).to_be_visible()
                return
            # What the page posted is found under its new name.
            await page.get_by_role("tab", name="Network").click()
            await page.get_by_text("2fa", exact=True).click()
            await page.get_by_role("tab", name="Payload").click()
            payload = page.get_by_role("tabpanel", name="Payload")
            await expect(payload).to_contain_text("inputText")
            await expect(payload).to_contain_text(MASK)
        finally:
            viewer.terminate()
            await viewer.wait()


# Prevention


def differing(first: Image.Image, second: Image.Image) -> int:
    """Pixels that differ by more than what JPEG does to them."""
    histogram = ImageChops.difference(first.convert("L"), second.convert("L")).histogram()
    return sum(histogram[64:])


def frames(trace: Path) -> list[Image.Image]:
    with zipfile.ZipFile(trace) as archive:
        return [
            Image.open(io.BytesIO(archive.read(name)))
            for name in archive.namelist()
            if name.endswith(".jpeg")
        ]


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


async def test_the_page_is_not_disturbed(site: str, tmp_path: Path) -> None:
    """The same document and the same behaviour with and without it; functions look native."""
    async with chromium() as browser:
        documents = []
        modes: tuple[TraceMode, ...] = ("on", "off")
        for mode in modes:
            context = await browser.new_context()
            recorder = Recorder(mode, tmp_path, redactor=Redactor())
            await recorder.prepare(context)
            page = await context.new_page()
            errors: list[object] = []
            page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108, B023
            await log_in(page, site, ASHA, recorder)
            documents.append(await page.content())
            assert await page.locator("#pinCode").input_value() == ASHA.pin
            assert "[native code]" in await page.evaluate("String(Element.prototype.attachShadow)")
            assert not errors
            await recorder.discard()
    assert documents[0] == documents[1]


# Modes


@pytest.mark.parametrize(
    ("mode", "code", "kept"),
    [("off", "PIN_REJECTED", False), ("on-failure", "OK", False), ("on", "OK", True)],
)
async def test_modes(site: str, tmp_path: Path, mode: TraceMode, code: str, kept: bool) -> None:
    async with chromium() as browser:
        path, _ = await record(
            browser, site, tmp_path / "traces", mode=mode, result=outcome(code, step=None)
        )
    assert (path is not None) is kept
    assert (tmp_path / "traces").exists() is kept
    if path is not None:
        assert path.name.endswith("-OK")
        assert "# Login succeeded" in report_in(path)


# Late


async def test_nothing_is_recorded_while_all_is_well(site: str, tmp_path: Path) -> None:
    """No script of ours in the page, no trace: they would cost as much as the login."""
    async with chromium() as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=ASHA.redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        await log_in(page, site, ASHA, recorder)
        assert not recorder.is_recording
        assert await page.evaluate("document.adoptedStyleSheets.length") == 0
        assert await page.evaluate("CSS.highlights.size") == 0
        # Playwright refuses a second one: so there was none.
        await context.tracing.start()
        await context.tracing.stop()
        assert await recorder.keep(page, outcome("OK")) is None


async def until_it_records(recorder: Recorder) -> None:
    assert recorder.starting is not None
    await recorder.starting
    assert recorder.is_recording


async def test_the_first_trouble_starts_the_record_and_covers_the_page(
    site: str, tmp_path: Path
) -> None:
    """The page that lives, and documents that come later; with what it showed then."""
    pictures = []
    async with chromium() as browser:
        for secrets in (ASHA, OTHER):
            context = await browser.new_context()
            recorder = Recorder("on-failure", tmp_path, redactor=secrets.redactor())
            await recorder.prepare(context)
            page = await context.new_page()
            await log_in(page, site, secrets, recorder)
            await page.evaluate("document.querySelector('#toast').append(' at first')")
            recorder.trouble()
            recorder.trouble()
            await until_it_records(recorder)
            pictures.append([await page.screenshot()])
            await page.evaluate("document.querySelector('#toast').remove()")
            await page.goto(site)
            await page.locator("#mobileNum").fill(secrets.mobile)
            pictures[-1].append(await page.screenshot())
            path = await recorder.keep(page, outcome())
            assert path is not None
            assert leaks(path, secrets.redactor()) == []
            lines = entries(path / "trace.zip")
            snapshots = [json.dumps(line) for line in lines if line["type"] == "frame-snapshot"]
            assert any("at first" in each for each in snapshots)
            assert not [line for line in lines if line["type"] == "screencast-frame"]
            assert frames(path / "trace.zip") == []
            titles = [each["title"] for each in lines if each.get("method") == "tracingGroup"]
            assert titles == ["something looks wrong", "failed: PIN_REJECTED at step pin"]
    assert pictures[0] == pictures[1]


async def test_earlier_steps_and_requests_have_their_own_times(site: str, tmp_path: Path) -> None:
    async with chromium() as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=Redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        await recorder.group("step: open")
        await asyncio.sleep(0.3)
        await recorder.group_end()
        await recorder.group("step: pin")
        request = Request("POST login.upstox.com/2fa 200", 0.35, 0.25)
        path = await recorder.keep(page, outcome(requests=(request,)))
    assert path is not None
    lines = entries(path / "trace.zip")
    begun = {line["title"]: line for line in lines if line["type"] == "before" and "title" in line}
    ended = {line["callId"]: line["endTime"] for line in lines if line["type"] == "after"}
    opened, pin, sent = begun["step: open"], begun["step: pin"], begun[request.line]
    assert ended[opened["callId"]] - opened["startTime"] == pytest.approx(300, abs=100)
    assert ended[opened["callId"]] <= pin["startTime"] + 0.01
    assert ended[sent["callId"]] - sent["startTime"] == pytest.approx(250)
    assert begun["failed: PIN_REJECTED at step pin"]["startTime"] >= pin["startTime"]
    assert sent["parentId"] in {opened["callId"], pin["callId"]}


async def test_the_report_for_programs_tells_what_was_seen_and_what_is_missing(
    site: str, tmp_path: Path
) -> None:
    looks = (Seen(0.5, "pin", f"words: label 'PIN {ASHA.pin}'; shape: hides a few digits"),)
    async with chromium(own=True) as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=ASHA.redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        await page.goto(site)
        await browser.close()
        path = await recorder.keep(page, outcome(looks=looks))
    assert path is not None
    told = report_data(path)
    assert told["schema"] == 1
    assert (told["code"], told["step"], told["upstox_code"]) == ("PIN_REJECTED", "pin", "1017106")
    assert told["steps"] == [{"step": "open", "seconds": 1.25}, {"step": "pin", "seconds": 0.5}]
    assert told["looks"] == [
        {"at": 0.5, "state": "pin",
         "why": ["words: label 'PIN [redacted]'", "shape: hides a few digits"]}
    ]  # fmt: skip
    assert told["requests"] == [
        {"at": 0.005, "seconds": 0.003, "request": "GET login.upstox.com/ 200"}
    ]
    assert {each["what"] for each in told["missing"]} == {"trace", "screenshot.png", "page.html"}
    assert set(told["files"]) == names_in(path)
    assert told["versions"]["browser"].startswith("chromium")


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
    path = await recorder.keep(page, outcome(), told=told, seconds=20)
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
    folder = Path(record_module.__file__).parents[1]
    look = (folder / "page" / "look.js").read_text("utf-8")
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
        await context.add_init_script(look)
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


# What goes wrong


async def test_a_crashed_page_and_a_closed_browser_leave_a_report(
    site: str, tmp_path: Path
) -> None:
    async with chromium(own=True) as browser:
        contexts = [await browser.new_context() for _ in range(2)]
        recorders = [Recorder("on-failure", tmp_path, redactor=Redactor()) for _ in contexts]
        pages = []
        for context, recorder in zip(contexts, recorders, strict=True):
            await recorder.prepare(context)
            pages.append(await context.new_page())
            await pages[-1].goto(site)
        async with pages[0].expect_event("crash"):
            crash = asyncio.ensure_future(pages[0].goto("chrome://crash"))
        crashed = await recorders[0].keep(pages[0], outcome("BROWSER_CRASHED"))
        crash.cancel()
        await browser.close()
        await recorders[1].group("step: pin")
        closed = await recorders[1].keep(pages[1], outcome("BROWSER_CRASHED"))
        await recorders[1].group_end()
    assert crashed is not None
    assert closed is not None
    assert (crashed / "trace.zip").exists()
    assert "left out: screenshot" in report_in(crashed)
    assert names_in(closed) == {"report.md", "report.json"}


async def test_no_browser_at_all_leaves_a_report(tmp_path: Path) -> None:
    recorder = Recorder("on-failure", tmp_path / "traces", redactor=Redactor())
    await recorder.group("step: open")
    await recorder.group_end()
    path = await recorder.keep(None, outcome("BROWSER_MISSING"))
    assert path is not None
    assert names_in(path) == {"report.md", "report.json"}
    assert [each["why"] for each in report_data(path)["missing"]] == ["there was no browser"] * 3


async def test_a_hung_page_is_not_waited_for(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_module, "ITEM_SECONDS", 0.2)
    async with chromium(own=True) as browser:
        context = await browser.new_context()
        recorder = Recorder("on-failure", tmp_path, redactor=Redactor())
        await recorder.prepare(context)
        page = await context.new_page()
        await page.goto(site)
        # Later, or Playwright's own snapshot after this call waits for the page for 3 s.
        hang = "() => { setTimeout(() => { console.log('hangs'); for (;;); }, 300) }"
        async with page.expect_console_message():
            await page.evaluate(hang)
        started = time.monotonic()
        path = await recorder.keep(page, outcome("TIMEOUT"))
        assert time.monotonic() - started < 5
    assert path is not None
    assert (path / "trace.zip").exists()
    assert "did not answer" in report_in(path)


async def test_an_unwritable_folder_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, temporary: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    recorder = Recorder("on-failure", tmp_path / "file" / "traces", redactor=Redactor())
    with caplog.at_level(logging.WARNING, TRACE_LOGGER):
        assert await recorder.keep(None, outcome()) is None
    folder = tmp_path / "file" / "traces"
    (warning,) = caplog.messages
    assert warning.startswith(f"No trace was kept in {folder}: Not a directory.")
    assert "UPSTOX_TRACE_DIR" in warning
    assert not children(temporary)


async def test_a_context_that_cannot_be_recorded_is_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with chromium() as browser:
        context = await browser.new_context()
        await context.tracing.start()
        recorder = Recorder("on-failure", tmp_path, redactor=Redactor())
        with caplog.at_level(logging.WARNING, TRACE_LOGGER):
            await recorder.prepare(context)
        path = await recorder.keep(None, outcome())
    assert caplog.messages == ["This login is not recorded (Error)."]
    assert path is not None
    assert "trace: it was not recorded" in report_in(path)


async def test_what_is_not_clean_is_deleted(
    site: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    temporary: Path,
) -> None:
    """The last look does not trust the scrubbing."""

    def forgetful(_: object, raw: Path, target: Any) -> None:
        target.write(raw.read_bytes())

    monkeypatch.setattr(Scrubber, "archive", forgetful)
    with caplog.at_level(logging.WARNING, TRACE_LOGGER):
        async with chromium() as browser:
            path, _ = await record(browser, site, tmp_path / "traces")
    assert path is None
    assert "The trace was deleted: pin was still in trace.zip." in caplog.messages
    assert not any(secret in caplog.text for secret in ASHA.spellings)
    assert not children(tmp_path / "traces")
    assert not children(temporary)


async def test_cancelled_while_it_scrubs_it_finishes_and_cleans_up(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    scrubbing, go_on = threading.Event(), threading.Event()

    def slow(_: object, raw: Path, target: Any) -> None:
        scrubbing.set()
        go_on.wait(10)
        assert raw.exists()
        target.write(b"")

    monkeypatch.setattr(Scrubber, "archive", slow)
    async with chromium() as browser:
        task = asyncio.ensure_future(record(browser, site, tmp_path / "traces"))
        await asyncio.to_thread(scrubbing.wait, 30)
        task.cancel()
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    # What has passed the last look may stay; half-made evidence and the raw trace may not.
    assert {each.name for each in evidence_in(tmp_path / "traces")} == names_in(tmp_path / "traces")
    assert not children(temporary)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
async def test_killed_it_leaves_no_unscrubbed_trace_in_the_folder(
    site: str, tmp_path: Path
) -> None:
    """At the worst of moments: Playwright's own trace is written, scrubbing begins."""
    program = f"""
        import asyncio, os, signal
        from pathlib import Path
        from playwright.async_api import async_playwright
        from upstox_browser_login.evidence import bundle, record
        from upstox_browser_login.redaction import redactor
        from tests.evidence.test_record import outcome

        def killed(_, raw, target):
            assert raw.stat().st_size > 1000
            os.kill(os.getpid(), signal.SIGKILL)

        async def main():
            bundle.Scrubber.archive = killed
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path={CHROMIUM!r}, args=["--no-sandbox"])
                context = await browser.new_context()
                recorder = record.Recorder("on", Path("traces"))
                await recorder.prepare(context)
                page = await context.new_page()
                await page.goto({site!r})
                await page.locator("#mobileNum").fill("{ASHA.mobile}")
                await recorder.keep(page, outcome())

        asyncio.run(main())
    """
    environment = {**os.environ, "TMPDIR": str(tmp_path / "system-tmp"),
                   "PYTHONPATH": str(Path(__file__).parents[2])}  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", textwrap.dedent(program)),
        cwd=tmp_path,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    assert process.returncode == -signal.SIGKILL, errors
    assert evidence_in(tmp_path / "traces") == []
    for name, data in every_byte(tmp_path / "traces"):
        assert ASHA.mobile.encode() not in data, name
    # What Playwright wrote is where only the owner can look, and is swept away in time.
    for raw in (tmp_path / "system-tmp").glob("upstox-browser-login-raw-*"):
        assert stat.S_IMODE(raw.stat().st_mode) == 0o700

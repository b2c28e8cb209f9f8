"""A small page of a login, and one login there that is recorded."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image
from playwright.async_api import Browser, Page, expect

from upstox_browser_login.evidence import picture
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.evidence.report import Outcome, Request
from upstox_browser_login.redaction import Redactor
from upstox_browser_login.settings import TraceMode

from . import test_report

CHROMIUM = "/usr/bin/chromium-headless-shell"
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


browsers: list[Browser] = []

expect.set_options(timeout=20_000)  # a busy machine is no fault


@asynccontextmanager
async def chromium(*, own: bool = False) -> AsyncIterator[Browser]:
    browser = await browsers[0].browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"]
    ) if own else browsers[0]  # fmt: skip
    try:
        yield browser
    finally:
        for context in browser.contexts:
            await context.close()
        if own:
            await browser.close()


def outcome(code: str = "PIN_REJECTED", **changes: Any) -> Outcome:
    """As a report is made of, with a request at a time within the first step."""
    requests = (Request("GET login.upstox.com/ 200", TICK / 2, TICK / 4),)
    return test_report.outcome(code, **{"requests": requests, **changes})


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
    ended, path = result or outcome(), None
    if recorder.wants(ended.code):
        path = await recorder.keep(page, ended, told=told, seconds=60.0)
    else:
        await recorder.discard()
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


def frames(trace: Path) -> list[Image.Image]:
    with zipfile.ZipFile(trace) as archive:
        return [
            Image.open(io.BytesIO(archive.read(name)))
            for name in archive.namelist()
            if name.endswith(".jpeg")
        ]

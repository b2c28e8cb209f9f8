"""What the tests of the evidence share."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import async_playwright
from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from .recorded import CHROMIUM, COOKIE, PAGE, STORED, VERIFIER, browsers


@pytest.fixture(scope="package")
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


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def recording_browser() -> AsyncIterator[None]:
    """One Chromium for all tests that record: half of their time was starting it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        browsers.append(browser)
        yield
        browsers.clear()
        await browser.close()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system's temporary folder of the test's own, so that leftovers show."""
    folder = tmp_path / "system-tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder

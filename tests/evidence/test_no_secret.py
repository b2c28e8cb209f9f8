"""No secret is in the evidence, nor can be guessed from it."""

from __future__ import annotations

import json
import os
import re
import stat
import zipfile
from pathlib import Path

import pytest

from tests.hash_attack import find_pin, hits, parts_of
from upstox_browser_login.evidence.record import Recorder
from upstox_browser_login.evidence.scrub import Scrubber
from upstox_browser_login.evidence.verify import leaks
from upstox_browser_login.redaction import MASK, Redactor
from upstox_browser_login.settings import TraceMode

from .recorded import (
    ASHA,
    COOKIE,
    STORED,
    VERIFIER,
    children,
    chromium,
    entries,
    every_byte,
    log_in,
    names_in,
    record,
)

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.usefixtures("temporary", "recording_browser"),
]


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

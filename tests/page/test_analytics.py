"""Which requests are analytics."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .network import NUMBER, SERVICE, listen

EVENT = json.dumps({"event": "PIN shown", "phone": NUMBER})


NOTHING = json.dumps({"event": "PIN shown"})


@pytest.mark.parametrize(
    ("url", "kind", "body", "blocked"),
    [
        (f"{SERVICE}/tracking-proxy/open/mp/engage/", "Fetch", NOTHING, True),
        (f"{SERVICE}/v2/engage", "XHR", NOTHING, True),
        (f"{SERVICE}/rum", "Ping", NOTHING, False),
        ("https://login.upstox.com/cdn-cgi/rum?", "Ping", NOTHING, True),
        (f"{SERVICE}/v2/events", "Fetch", EVENT, True),
        (f"{SERVICE}/v2/events", "Fetch", NOTHING, False),
        (f"{SERVICE}/v2/events", "Fetch", NUMBER, False),
        ("https://wzrkt.com/a?x", "Fetch", "", True),
        ("https://www.google-analytics.com/g.js", "Script", "", True),
        ("https://www.googletagmanager.com/", "Document", "", True),
        ("https://in1.clevertap-prod.com/a", "Image", "", True),
        # Paths of pages and scripts are Upstox's to choose.
        ("https://login.upstox.com/analytics/main.js", "Script", "", False),
        ("https://login.upstox.com/track", "Document", "", False),
        ("https://elsewhere.example/telemetry", "Fetch", "", True),
        ("https://elsewhere.example/login/telemetry", "Fetch", "", True),
        # Never a call of the login itself.
        (f"{SERVICE}/login/open/v1/track/device", "Fetch", EVENT, False),
        (f"{SERVICE}/login/open/v1/leads/engage/", "Fetch", EVENT, False),
        (f"{SERVICE}/login/v2/collect", "Ping", EVENT, False),
    ],
)
async def test_what_is_analytics(url: str, kind: str, body: str, blocked: bool) -> None:
    ears, _ = await listen()
    ears.look_out_for("mobile", NUMBER)
    assert ears.judge.is_analytics(url, kind, "POST", body.encode()) is blocked


@given(st.from_regex(r"/login/[a-z/]{0,30}", fullmatch=True), st.binary())
def test_no_call_of_the_login_is_analytics(path: str, body: bytes) -> None:
    async def run() -> None:
        ears, _ = await listen()
        ears.look_out_for("mobile", NUMBER)
        sent = body + EVENT.encode()
        for kind in ("Fetch", "XHR", "Ping", "Other"):
            assert not ears.judge.is_analytics(SERVICE + path, kind, "POST", sent)

    asyncio.run(run())

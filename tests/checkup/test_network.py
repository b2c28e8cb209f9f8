"""The checks of the way to Upstox, with answers that were never on a wire."""

from __future__ import annotations

import json
import sys
from email.utils import formatdate
from typing import Any

import pytest

from tests.harness import FakeClock
from upstox_browser_login.checkup import network
from upstox_browser_login.checkup.network import Met
from upstox_browser_login.errors import UpstoxUnavailableError
from upstox_browser_login.http import Reply
from upstox_browser_login.settings import Settings

NOW = 1_767_000_000.0
APP = {"client_id": "5d0e8e2c", "redirect_uri": "https://callback.invalid/"}


def met(status: int = 302, body: bytes = b"", **headers: str) -> Met:
    return Met(Reply(status, headers, body), None, NOW, NOW + 0.2)


def clock(skew: float) -> tuple[str, str]:
    found = network.check_clock(met(date=formatdate(NOW + 0.1 + skew, usegmt=True)))
    return found.state, found.message


def test_clock() -> None:
    assert clock(0)[0] == "ok"
    state, message = clock(95)
    assert (state, "95 s behind Upstox's" in message) == ("warning", True)
    state, message = clock(-1000)
    assert (state, "ahead of" in message, "Certificates" in message) == ("warning", True, True)
    for found in (met(), met(date="yesterday")):
        assert network.check_clock(found).state == "warning"


def refused(code: str) -> bytes:
    return json.dumps(
        {"status": "error", "errors": [{"errorCode": code, "message": "No."}]}
    ).encode()


@pytest.mark.parametrize(
    ("seen", "state", "code"),
    [
        (met(location="https://login.upstox.com/x?a=b"), "ok", None),
        (met(401, refused("UDAPI100068")), "error", "CLIENT_REJECTED"),
        (met(200, b"<html>"), "warning", None),
        (met(302, location="/login"), "warning", None),
        (met(429, refused("UDAPI10005")), "error", "RATE_LIMITED"),
        (met(403, b"<html>"), "warning", None),
        (met(502, b"<html>"), "error", "SERVER_ERROR"),
        (
            Met(None, UpstoxUnavailableError("No way.", code="NETWORK"), NOW, NOW),
            "error",
            "NETWORK",
        ),
    ],
)
def test_dialog(seen: Met, state: str, code: str | None) -> None:
    found = network.check_dialog(Settings(**APP), seen)
    assert (found.state, None if found.error is None else found.error.code) == (state, code)
    if state == "ok":
        assert "leads to login.upstox.com" in found.message
        assert "was not opened" in found.message
    # Without an app there is no dialog to ask for; that a host answers is all there is to see.
    if seen.reply is not None:
        found = network.check_dialog(Settings(), seen)
        assert (found.state, f"HTTP {seen.reply.status}." in found.message) == ("ok", True)
        assert "was not asked for" in found.message


async def test_the_dialog_is_asked_for_as_a_browser_does() -> None:
    asked: list[str] = []

    async def ask(url: str) -> Reply:
        asked.append(url)
        raise UpstoxUnavailableError("No way.", code="NETWORK")

    seen = await network.meet(Settings(**APP), FakeClock(), ask)
    assert seen.error is not None
    assert "/v2/login/authorization/dialog?" in asked[0]
    await network.meet(Settings(), FakeClock(), ask)
    assert asked[1] == "https://api.upstox.com"


async def address(body: str, asked: str | None = None, status: int = 200, **more: Any) -> Any:
    urls: list[str] = []

    async def ask(url: str) -> Reply:
        urls.append(url)
        return Reply(status, {}, body.encode())

    found = await network.check_address(Settings(**more), asked, ask)
    return urls, found


async def test_address_is_asked_of_upstox_alone() -> None:
    urls, found = await address("fl=1\nh=api.upstox.com\nip=203.0.113.7\nts=1.2\n")
    assert urls == ["https://api.upstox.com/cdn-cgi/trace"]
    assert "sees this machine as 203.0.113.7" in found.message
    for body, status in (("<html>", 200), ("ip=x\n", 200), ("ip=203.0.113.7\n", 404)):
        _, found = await address(body, status=status)
        assert (found.state, "It is not known" in found.message) == ("skipped", True)
        assert "--address-from" in found.hint
    _, found = await address("<html>", "https://ip.example/")
    assert (found.state, "ip.example does not tell" in found.message) == ("warning", True)
    assert found.hint.startswith("Correct the address behind --address-from")
    _, found = await address("ip=203.0.113.7\n", browser_url="wss://elsewhere.example/")
    assert "The browser is on another machine" in found.message


async def test_an_address_of_a_person_that_gives_no_answer_is_named() -> None:
    """It is not Upstox that cannot be reached."""

    async def ask(_: str) -> Reply:
        raise UpstoxUnavailableError("The connection to ip.example failed.", hint="Check Upstox.")

    found = await network.check_address(Settings(), "https://ip.example/", ask)
    assert found.message.startswith("It is not known: ip.example gave no answer.")
    assert (found.state, found.hint) == (
        "warning",
        "Correct the address behind --address-from, or name another service there.",
    )


@pytest.mark.parametrize(
    "body", ["203.0.113.7\n", '{"ip": "203.0.113.7"}', '{"origin": "203.0.113.7"}']
)
async def test_address_from_whom_a_person_names(body: str) -> None:
    urls, found = await address(body, "https://ip.example/")
    assert urls == ["https://ip.example/"]
    assert "ip.example sees this machine as 203.0.113.7" in found.message


def test_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert "None is used" in network.check_proxy(Settings()).message
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert "HTTPS_PROXY names the proxy" in network.check_proxy(Settings()).message
    monkeypatch.setenv("HTTPS_PROXY", "http://")
    found = network.check_proxy(Settings())
    assert found.error is not None
    assert (found.state, found.error.exit_code) == ("error", 3)


def test_what_else_goes_by_a_proxy_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    by_http = network.check_proxy(
        Settings(
            proxy="http://proxy.example:3128",
            token_store="redis://cache.example",
            notify_urls="json://hook.example/",
        )
    )
    assert by_http.state == "ok"
    assert "Redis is reached without it" in by_http.message
    assert "Notices that are sent over HTTP go by it" in by_http.message
    monkeypatch.setitem(sys.modules, "socks", None)
    by_socks = Settings(proxy="socks5://proxy.example", notify_urls="json://hook.example/")
    found = network.check_proxy(by_socks)
    assert (found.state, "requests[socks]" in found.hint) == ("warning", True)


def test_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    assert network.check_certificates(Settings()).state == "ok"
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/file")
    found = network.check_certificates(Settings())
    assert (found.state, "SSL_CERT_FILE" in found.message) == ("error", True)

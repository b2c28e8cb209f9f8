"""What Chromium is given: options, blocked hosts, an environment without secrets."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Error

from upstox_browser_login.browser.arguments import (
    ARGUMENTS,
    _spelled_for_chromium,
    arguments,
    browser_environment,
)
from upstox_browser_login.browser.launch import open_browser
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.page.origins import Origins
from upstox_browser_login.settings import Settings

pytestmark = pytest.mark.usefixtures("clean")


def test_arguments_end_with_the_users() -> None:
    given = arguments(Settings(browser_args="--lang=hi --user-agent='a b'"))
    ours = "--disable-blink-features=FedCm"
    assert given == [*ARGUMENTS, "--lang=hi", "--user-agent=a b", ours]


@pytest.mark.parametrize(
    "given",
    ["--user-data-dir=/x", "-user-data-dir=/x", "--remote-debugging-pipe", "https://x", "--"],
)
def test_arguments_that_cannot_work(given: str) -> None:
    with pytest.raises(ConfigurationError, match="UPSTOX_BROWSER_ARGS"):
        arguments(Settings(browser_args=given))


def test_blocked_hosts_are_joined_with_the_users_rules() -> None:
    settings = Settings(
        browser_args="--host-resolver-rules='MAP a b' --proxy-server=http://p:1 "
        "--proxy-bypass-list=c"
    )
    assert arguments(settings, ["X.example", "127.0.0.1:80"])[len(ARGUMENTS) :] == [
        "--proxy-server=http://p:1",
        "--disable-blink-features=FedCm",
        "--host-resolver-rules=MAP x.example ~NOTFOUND,MAP 127.0.0.1:80 ~NOTFOUND,MAP a b",
        "--proxy-bypass-list=x.example;127.0.0.1:80;c",
    ]


def test_one_dash_is_as_good_as_two() -> None:
    """Of a repeated switch Chromium takes the last, whatever its dashes: it would undo ours."""
    given = arguments(Settings(browser_args="'-host-resolver-rules=MAP a b'"), ["x.example"])
    rules = [each for each in given if "host-resolver-rules" in each]
    assert rules == ["--host-resolver-rules=MAP x.example ~NOTFOUND,MAP a b"]


@pytest.mark.parametrize(
    ("host", "spelled"),
    [
        ("Example.COM", "example.com"),
        ("bücher.example:8080", "xn--bcher-kva.example:8080"),
        ("::1", "[::1]"),
        ("[::1]:99", "[::1]:99"),
        ("127.0.0.1:5000", "127.0.0.1:5000"),
    ],
)
def test_spelling_of_hosts(host: str, spelled: str) -> None:
    assert _spelled_for_chromium(host) == spelled


@pytest.mark.parametrize("host", ["", "a b", "a,MAP * c", "a:b", "http://x/"])
def test_no_host(host: str) -> None:
    with pytest.raises(ValueError, match="not the name of a host"):
        arguments(Settings(), [host])


@pytest.mark.parametrize(
    ("host", "rule"),
    [
        ("Example.COM", "example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("my_app", "my_app"),
        ("callback.example.:8443", "callback.example"),
        ("127.1:5000", "127.0.0.1:5000"),
        ("[0:0::1]:5000", "[::1]:5000"),
        ("1.2.3.4.5", "1.2.3.4.5"),
    ],
)
def test_every_redirect_uri_that_is_taken_can_be_blocked(host: str, rule: str) -> None:
    """A host that Chromium's rules cannot name is refused with the settings, not at the launch."""
    settings = Settings(redirect_uri=f"http://{host}/cb")
    blocked = Origins.of(settings).blocked_hosts
    assert arguments(settings, blocked)[-1] == f"--host-resolver-rules=MAP {rule} ~NOTFOUND"


@pytest.mark.parametrize("name", ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "http_proxy"])
@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ("socks5h://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
        ("SOCKS5H://user:pass@proxy:1080", "socks5://user:pass@proxy:1080"),
        ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
        ("http://socks5h://x", "http://socks5h://x"),
    ],
)
def test_a_proxy_is_written_as_chromium_knows_it(
    name: str, value: str, spelled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would ignore `socks5h://`, and go out without the proxy."""
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("MY_ADDRESS", "socks5h://x")
    env = browser_environment(["callback.example"], own_proxy=False)
    assert env[name] == spelled
    assert env["MY_ADDRESS"] == "socks5h://x"


@pytest.mark.skipif(sys.platform == "win32", reason="there a home folder is always known")
@asynccontextmanager
async def listener() -> AsyncIterator[tuple[int, list[bytes]]]:
    """Serve, and keep the first line of what is sent."""
    seen: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            seen.append(await reader.readline())
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], seen


def test_features_that_are_switched_off_are_joined_with_the_users() -> None:
    given = arguments(Settings(browser_args="--disable-blink-features=Other"))
    assert given[len(ARGUMENTS) :] == ["--disable-blink-features=FedCm,Other"]


@pytest.mark.browser
async def test_a_page_cannot_ask_for_an_identity() -> None:
    """What Chromium fetches for FedCM goes past all that is paused and searched."""
    async with open_browser(Settings(), timeout=20) as opened:
        page = await opened.browser.new_page()
        await page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
        await page.goto("https://login.upstox.com/")
        assert await page.evaluate("isSecureContext")
        assert not await page.evaluate("'IdentityCredential' in self")


@pytest.mark.browser
async def test_a_browser_without_pictures_has_a_mouse() -> None:
    """Of a repeated switch Chromium takes the last, so that Playwright's own would be lost."""
    queries = ("(hover: hover)", "(pointer: fine)", "(any-hover: hover)", "(any-pointer: fine)")
    async with open_browser(Settings(), timeout=20) as opened:
        page = await opened.browser.new_page()
        for query in queries:
            assert await page.evaluate("(query) => matchMedia(query).matches", query), query


@pytest.mark.browser
async def test_blocked_host_is_not_reached() -> None:
    async with listener() as (port, seen), listener() as (open_port, seen_open):
        blocked = [f"127.0.0.1:{port}", "blocked.example"]
        async with open_browser(Settings(), timeout=20, blocked_hosts=blocked) as opened:
            for url in (f"http://127.0.0.1:{port}/?code=x", "http://blocked.example/"):
                page = await opened.browser.new_page()
                with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
                    await page.goto(url)
            page = await opened.browser.new_page()
            await page.goto(f"http://127.0.0.1:{open_port}/")
    assert seen == []
    assert seen_open


@pytest.mark.browser
@pytest.mark.parametrize("by", ["argument", "environment"])
async def test_blocked_host_is_not_told_to_a_proxy(
    monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """A proxy resolves names itself: the resolver's rules alone do not hold behind one."""
    async with listener() as (port, seen):
        proxy = f"http://127.0.0.1:{port}"
        settings = Settings()
        if by == "argument":
            settings = Settings(browser_args=f"--proxy-server={proxy}")
        elif sys.platform == "linux":
            monkeypatch.setenv("http_proxy", proxy)
            monkeypatch.setenv("https_proxy", proxy)
            monkeypatch.setenv("no_proxy", "unrelated.example")
        else:
            pytest.skip("only on Linux does Chromium heed these variables")
        async with open_browser(settings, timeout=20, blocked_hosts=["Blocked.example"]) as opened:
            for scheme in ("http", "https"):
                page = await opened.browser.new_page()
                with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
                    await page.goto(f"{scheme}://blocked.example/?code=x")
            assert seen == []
            page = await opened.browser.new_page()
            await page.goto("http://open.example/")
        assert b"GET http://open.example/ HTTP/1.1\r\n" in seen
        assert not [line for line in seen if b"blocked" in line]

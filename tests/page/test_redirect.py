"""The promise: the code is caught, and nothing ever reaches redirect_uri's address."""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import psutil
import pytest
import trustme
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route

from tests.harness import Attempt, Desk, Notes, leaks_below, secrets_of, variants
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.oauth import Redirect
from upstox_browser_login.page import timing
from upstox_browser_login.page.origins import Origins
from upstox_browser_login.page.redirect import Gate
from upstox_browser_login.page.wire import Wire
from upstox_browser_login.replica import Replica, api
from upstox_browser_login.session import login_result
from upstox_browser_login.settings import Settings

from .test_accepted import outcomes


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """One without evidence, which is not looked at here and costs a third of a login."""
    desk.trace = "off"
    return desk


@dataclass
class Listener:
    """Somebody's server: counts the connections that it accepts, says nothing."""

    family: socket.AddressFamily = socket.AF_INET
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    accepted: list[Any] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._socket = socket.socket(self.family)
        self._socket.bind((self.host, 0))
        self._socket.listen()
        self.port: int = self._socket.getsockname()[1]
        self._last = socket.socket(self.family)
        self._last.bind((self.host, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def _serve(self) -> None:
        while True:
            connection, peer = self._socket.accept()
            if peer == self._last.getsockname():
                connection.close()
                return
            self.accepted.append(peer)
            with contextlib.suppress(OSError), connection:
                connection.settimeout(2)
                if self.tls is not None:
                    with self.tls.wrap_socket(connection, server_side=True) as wrapped:
                        wrapped.recv(4096)

    def __exit__(self, *_: object) -> None:
        # Connections are accepted in the order in which they came: after ours there is none left.
        with self._last:
            self._last.connect(self._socket.getsockname())
            self._thread.join(10)
        self._socket.close()


def test_the_listener_notices_a_visitor() -> None:
    """The instrument itself: a connection that is made is counted."""
    with Listener() as listener:
        socket.create_connection(("127.0.0.1", listener.port)).close()
    assert len(listener.accepted) == 1


@contextmanager
def listening(kind: str, tmp_path: Path) -> Iterator[Listener]:
    """A listener at the address that `kind` names."""
    if kind == "ipv6":
        with Listener(socket.AF_INET6, "::1") as listener:
            yield listener
        return
    tls = None
    if kind == "https":
        # Of an authority that nobody trusts.
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert("127.0.0.1", "localhost").configure_cert(tls)
    with Listener(tls=tls) as listener:
        yield listener


def assert_logged_in(attempt: Attempt, replica: Replica) -> None:
    assert attempt.code == "OK", attempt.error
    assert replica.counts.exchanges == 1
    assert replica.counts.codes_issued == 1
    assert len({entry.body["code"] for entry in replica.log.of("token")}) == 1


ADDRESSES = [
    ("plain", "http://127.0.0.1:{port}/cb?code=x&state=y", "hop-chain"),
    ("https", "https://127.0.0.1:{port}/cb", "redirect=307"),
    *variants(
        ("plain", "http://localhost:{port}/cb?tenant=7", "script-redirect"),
        ("ipv6", "http://[::1]:{port}/cb", "redirect=308"),
        ("plain", "http://127.0.0.1:{port}", "redirect=302"),
        ("plain", "http://127.1:{port}/a/b;c/", "redirect=301"),
        ("https", "https://localhost:{port}/", "meta-redirect"),
    ),
]


@pytest.mark.parametrize(("kind", "address", "scenario"), ADDRESSES)
def test_a_listener_hears_nothing(
    kind: str, address: str, scenario: str, desk: Desk, tmp_path: Path
) -> None:
    """Whatever listens there, however the hop leads there: the token is ours, and it is silent."""
    with listening(kind, tmp_path) as listener:
        uri = address.format(port=listener.port)
        with Replica(scenario, redirect_uri=uri, clock=desk.clock.time) as replica:
            # With evidence, so that what is recorded stays silent as well.
            attempt = desk.log_in(replica, trace="on-failure")
            assert_logged_in(attempt, replica)
    assert listener.accepted == []


def on_the_apis_origin(replica: Replica) -> None:
    """Register an address on the API's own origin, which is known only when it listens."""
    world = replica._world
    uri = f"{replica.api_url}/somebody/callback?x=1"
    world.account = world.state.account = replace(world.account, redirect_uri=uri)


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize(
    "replica", [("redirect=302",), *variants((("script-redirect",),))], indirect=True
)
def test_the_origin_of_the_api_itself(replica: Replica, desk: Desk) -> None:
    """There the path tells the redirect URI from what the login needs."""
    on_the_apis_origin(replica)
    attempt = desk.log_in(replica)
    assert_logged_in(attempt, replica)
    assert not [entry for entry in replica.log if "/somebody/" in entry.path]


# -- each of the two by itself ---------------------------------------------------------------------


def test_the_resolver_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the gate lets the redirect pass, its host does not exist for the browser."""
    own = Gate._judge

    def let_pass(self: Gate, event: Any) -> str | None:
        redirect = self._origins.is_redirect(event["request"]["url"])
        return None if redirect else own(self, event)

    monkeypatch.setattr(Gate, "_judge", let_pass)
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=4.0))
    with Listener() as listener:
        uri = f"http://127.0.0.1:{listener.port}/cb"
        with Replica(redirect_uri=uri, clock=desk.clock.time) as replica:
            attempt = desk.log_in(replica)
            assert attempt.code != "OK"
            assert replica.counts.hops == 1
            assert replica.counts.exchanges == 0
    assert listener.accepted == []


class Changed(Notes):
    """Lets a test change the page before it is loaded."""

    def __init__(self, change: Callable[[Page], Any]) -> None:
        super().__init__()
        self._change = change

    async def opened(self, page: Page) -> None:
        await self._change(page)


def log_in_changed(
    desk: Desk, replica: Replica, change: Callable[[Page], Any], **changes: Any
) -> tuple[str, UpstoxError | None, Changed]:
    notes = Changed(change)
    try:
        login_result(desk.settings(replica, **changes), progress=notes, clock=desk.clock)
    except UpstoxError as error:
        return error.code, error, notes
    return "OK", None, notes


def fetching(how: str) -> Callable[[Page], Any]:
    """Make the page's last step fetch the hop, where Upstox's page goes there."""

    async def change(page: Page) -> None:
        async def script(route: Route) -> None:
            answer = await route.fetch()
            text = await answer.text()
            assert "window.location.replace(answer.redirectUri)" in text
            await route.fulfill(
                response=answer,
                body=text.replace("window.location.replace(answer.redirectUri)", how),
            )

        await page.route("**/static/js/main.*.js", script)

    return change


async def unchanged(_: Page) -> None:
    """Leave the page as it is."""


def hopping(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the hop a page whose script goes to the redirect URI in this way."""

    def hop_page(_: str, target: str) -> str:
        script = f'const answer = {{redirectUri: "{target}"}}; {how}'
        return f"<!doctype html><body><p>Redirecting</p><script>{script}</script>"

    monkeypatch.setattr(f"{api.__name__}.page", hop_page)


HOWS = {
    "fetch": "fetch(answer.redirectUri, {mode: 'no-cors'}).catch(() => {})",
    "xhr": "{ const x = new XMLHttpRequest(); x.open('GET', answer.redirectUri); x.send(); }",
    "link": "{ const a = document.createElement('a'); a.href = answer.redirectUri; a.click(); }",
    "form": "{ const f = document.createElement('form'); f.action = answer.redirectUri;"
    " for (const [k, v] of new URL(answer.redirectUri).searchParams)"
    " { const i = document.createElement('input'); i.name = k; i.value = v; f.append(i); }"
    " document.body.append(f); f.submit(); }",
    "frame": "{ const f = document.createElement('iframe'); f.src = answer.redirectUri;"
    " document.body.append(f); }",
    "script": "{ const s = document.createElement('script'); s.src = answer.redirectUri;"
    " document.body.append(s); }",
    "worker": "new Worker(URL.createObjectURL(new Blob("
    "[`fetch('${answer.redirectUri}', {mode: 'no-cors'}).catch(() => 0)`])))",
}
"""Ways of the login page to the hop, which leads to the redirect URI."""

HOPS = {
    "form_post": "{ const f = document.createElement('form'); f.method = 'post';"
    " const u = new URL(answer.redirectUri); f.action = u.origin + u.pathname;"
    " for (const [k, v] of u.searchParams)"
    " { const i = document.createElement('input'); i.name = k; i.value = v; f.append(i); }"
    " document.body.append(f); f.submit(); }",
    "fragment": "{ const u = new URL(answer.redirectUri);"
    " location.assign(u.origin + u.pathname + '#' + u.searchParams); }",
    "meta": "{ const m = document.createElement('meta'); m.httpEquiv = 'refresh';"
    " m.content = '0; url=' + answer.redirectUri; document.head.append(m); }",
    "popup": "window.open(answer.redirectUri);",
    "beacon": "navigator.sendBeacon(answer.redirectUri);",
    "another first": "{ const u = new URL(answer.redirectUri); u.searchParams.set('state', 'no');"
    " location.assign(u); setTimeout(() => location.assign(answer.redirectUri), 100); }",
}
"""Ways of the hop to the redirect URI."""

NAVIGATES = {"link", "form", *HOPS} - {"beacon"}
EXAMPLES = {"worker", "form_post", "another first"}


def ways(every: dict[str, str]) -> list[Any]:
    """Some of the ways for `make test`, and the others for `make test-all`."""
    return [
        *sorted(EXAMPLES & every.keys()),
        *variants(*sorted(every.keys() - EXAMPLES)),
    ]


def assert_ends(
    how: str, change: Callable[[Page], Any], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a window that goes to the redirect URI ends the login well; nothing ever arrives.

    The browser resolves every host, so that the gate alone is at work.
    """
    monkeypatch.setattr(Origins, "blocked_hosts", ())
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=4.0))
    navigates = how in NAVIGATES
    scenario = ("script-redirect",) if how in HOPS else ()
    with Listener() as listener:
        uri = f"http://127.0.0.1:{listener.port}/cb"
        with Replica(*scenario, redirect_uri=uri, clock=desk.clock.time) as replica:
            # The page of one that does not navigate may wait for the hop until the time is up.
            code, error, _ = log_in_changed(desk, replica, change, timeout=15)
            assert (code == "OK") == navigates, error
            assert replica.counts.exchanges == navigates
            assert replica.counts.codes_issued == 1
            assert outcomes(desk, replica, "pin") == ["accepted"]
    assert code in {"OK", "PAGE_NOT_RECOGNISED", "TIMEOUT"}
    assert listener.accepted == []


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("how", ways(HOWS))
def test_other_ways_to_the_hop(how: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Upstox's page may go there in another way one day."""
    assert_ends(how, fetching(HOWS[how]), desk, monkeypatch)


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("how", ways(HOPS))
def test_other_ways_from_the_hop(how: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect that carries another state does not keep ours from ending the login."""
    hopping(HOPS[how], monkeypatch)
    assert_ends(how, unchanged, desk, monkeypatch)


# -- a browser elsewhere, where the third net cannot be set ----------------------------------------


def line_of(process: subprocess.Popen[str], pattern: str) -> str:
    """The part of the output that matches; pytest's time limit bounds it."""
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(pattern, line)
        if found:
            return found[0]
    raise AssertionError(f"never said {pattern}")


@contextmanager
def elsewhere(kind: str, tmp_path: Path) -> Iterator[str]:
    """The address of a browser that somebody else has started."""
    chromium = str(find_chromium(Settings()).path)
    if kind == "cdp":
        command = [
            chromium,
            "--remote-debugging-port=0",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--no-sandbox",
            "--headless",
            "about:blank",
        ]
        pattern = r"127\.0\.0\.1:\d+"
    else:
        from playwright._impl._driver import compute_driver_executable

        config = tmp_path / "server.json"
        config.write_text(f'{{"executablePath": "{chromium}"}}')
        node, cli = compute_driver_executable()
        command = [node, cli, "launch-server", "--browser", "chromium", "--config", str(config)]
        pattern = r"ws://\S+"
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.PIPE, text=True
    ) as process:
        try:
            found = line_of(process, pattern)
            yield f"http://{found}" if kind == "cdp" else found
        finally:
            family = [psutil.Process(process.pid)]
            family += family[0].children(recursive=True)
            for each in reversed(family):
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()


@pytest.mark.parametrize(
    ("kind", "scenario"),
    [("cdp", "redirect=302"), *variants(("server", "redirect=302"), ("cdp", "script-redirect"))],
)
def test_a_browser_elsewhere(kind: str, scenario: str, desk: Desk, tmp_path: Path) -> None:
    """Nobody could tell it which hosts do not exist; the first two nets hold all the same."""
    with Listener() as listener, elsewhere(kind, tmp_path) as url:
        uri = f"http://localhost:{listener.port}/cb"
        with Replica(scenario, redirect_uri=uri, clock=desk.clock.time) as replica:
            attempt = desk.log_in(replica, browser_url=url)
            assert_logged_in(attempt, replica)
    assert listener.accepted == []


def test_a_playwright_server_keeps_no_secret(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would write a trace to its own disk, where nobody of ours can delete it."""
    folder = tmp_path / "its own"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with (
        elsewhere("server", tmp_path) as url,
        Replica("wrong-pin", clock=desk.clock.time) as upstox,
    ):
        attempt = desk.log_in(upstox, browser_url=url, trace="on-failure")
        assert attempt.code == "PIN_REJECTED"
        secrets = secrets_of(upstox)
        assert list(folder.iterdir())
        assert leaks_below(folder, secrets) == {}
    (evidence,) = desk.evidence
    assert not (evidence / "trace.zip").exists()
    assert (evidence / "screenshot.png").exists()
    assert "a Playwright server would keep what is typed" in (evidence / "report.md").read_text()


@pytest.mark.parametrize(
    ("how", "ends"),
    [
        ("window.open(answer.redirectUri)", "OK"),
        *variants((HOWS["link"], "OK"), (HOWS["script"], "PAGE_NOT_RECOGNISED")),
    ],
    ids=["window", "link", "script"],
)
def test_other_ways_to_the_hop_elsewhere(
    how: str, ends: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=4.0))
    with Listener() as listener, elsewhere("cdp", tmp_path) as url:
        uri = f"http://127.0.0.1:{listener.port}/cb"
        with Replica(redirect_uri=uri, clock=desk.clock.time) as replica:
            code, error, _ = log_in_changed(desk, replica, fetching(how), browser_url=url)
            assert code == ends, error
            assert replica.counts.pins == 1
    assert listener.accepted == []


def test_a_part_of_the_page_from_the_redirect_host_is_no_answer(desk: Desk) -> None:
    """Nor does it leave: the host may serve captchas as well, with a `code` of their own."""
    with Listener() as listener:
        there = f"http://127.0.0.1:{listener.port}"

        async def ask(page: Page) -> None:
            part = f"{there}/recaptcha/reload?error=1&code=abcd"
            await page.add_init_script(f"fetch('{part}', {{mode: 'no-cors'}}).catch(() => 0)")

        with Replica(redirect_uri=f"{there}/cb", clock=desk.clock.time) as replica:
            code, error, _ = log_in_changed(desk, replica, ask)
            assert code == "OK", error
    assert listener.accepted == []


# -- the gate by itself ----------------------------------------------------------------------------

MAIN = "main"
OURS = "code=aB3xY9&state=ours"


class Session:
    """A CDP session that remembers what it was told, and answers with `body`."""

    def __init__(self, body: dict[str, Any] | None = None) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self._body = body
        self.heard: dict[str, Callable[..., Any]] = {}

    def on(self, event: str, f: Callable[..., Any]) -> None:
        self.heard[event] = f

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        self.sent.append((method.removeprefix("Fetch."), params or {}))
        if method == "Fetch.getResponseBody" and self._body is None:
            raise PlaywrightError("No resource with given identifier found")
        return self._body

    @property
    def last(self) -> str:
        """What was done with the request."""
        return self.sent[-1][0]


async def a_gate(
    uri: str = "https://callback.example/cb", *, show_all: bool = False
) -> tuple[Gate, Wire, list[int]]:
    """A gate for this redirect URI, the wire behind it, and how often it told of a change."""
    changes: list[int] = []
    gate: Gate
    wire = Wire(
        trusted=lambda url: gate.trusted(url),  # noqa: PLW0108  (the gate is made below)
        now=lambda: 0.0,
        monotonic=lambda: 7.0,
        changed=lambda: None,
    )
    gate = Gate(
        Origins.of(Settings(redirect_uri=uri)),
        wire,
        state="ours",
        changed=lambda: changes.append(1),
        monotonic=lambda: 7.0,
        show_all=show_all,
    )
    session = Session()
    await wire.listen(session, MAIN)
    await gate.open(session, MAIN, "our context")
    assert session.last == "enable"
    return gate, wire, changes


def paused(url: str, kind: str = "Document", frame: str = MAIN, **about: Any) -> dict[str, Any]:
    """A request before it is sent, as Chromium tells of it."""
    bare, mark, fragment = url.partition("#")
    request = {"url": bare, "method": "GET"} | about.pop("request", {})
    if mark:
        request["urlFragment"] = mark + fragment
    return {
        "requestId": "interception-1",
        "networkId": "1",
        "resourceType": kind,
        "frameId": frame,
        "request": request,
        **about,
    }


@pytest.mark.parametrize(
    ("frame", "url", "kept"),
    [
        ("theirs", f"https://callback.example/cb?{OURS}", None),
        ("theirs", "https://callback.example/cb?code=x&state=theirs", None),
        ("a worker's", f"https://callback.example/cb?{OURS}", "BlockedByClient"),
        ("a worker's", "https://callback.example/cb?code=x&state=theirs", None),
        ("a worker's", "https://evil.example/?n=9876501234", "BlockedByClient"),
        (MAIN, f"https://callback.example/cb?{OURS}", "Aborted"),
        ("our popup", f"https://callback.example/cb?{OURS}", "Aborted"),
    ],
)
async def test_a_browser_with_other_logins_in_it(frame: str, url: str, kept: str | None) -> None:
    """Another context's requests pass; of one that nobody can place, what holds our own is held."""
    gate, wire, _ = await a_gate()
    wire.look_out_for("mobile", "9876501234")
    for name, context in (("theirs", "their context"), ("our popup", "our context")):
        gate._on_target({"targetInfo": {"targetId": name, "browserContextId": context}})
    session = await pass_by(gate, paused(url, frame=frame))
    method, about = session.sent[-1]
    assert (method == "failRequest") == (kept is not None)
    assert about.get("errorReason") == kept
    assert (gate.caught is not None) == (kept == "Aborted")


async def pass_by(gate: Gate, event: dict[str, Any]) -> Session:
    """Let this request come to the gate."""
    session = Session()
    await gate._on_paused(session, event)
    return session


@pytest.mark.parametrize(
    ("url", "about"),
    [
        (f"https://callback.example/cb?{OURS}", {}),
        (f"https://CALLBACK.example/cb?{OURS}", {}),
        (f"https://callback.example/elsewhere?{OURS}", {}),
        (f"https://callback.example/cb?tenant=7&{OURS}", {}),
        (f"https://callback.example/cb#{OURS}", {}),
        (f"https://callback.example/cb?tenant=7#{OURS}", {}),
        ("https://callback.example/cb", {"postData": OURS}),
        ("https://callback.example/cb?tenant=7", {"postData": OURS}),
        ("https://callback.example/cb?tenant=7#top", {"postData": OURS}),
        ("https://callback.example/cb#a=b", {"postData": OURS}),
        ("https://callback.example/cb?error=access_denied&state=ours", {}),
    ],
)
async def test_a_redirect_with_our_state_ends_the_login(url: str, about: dict[str, Any]) -> None:
    gate, _, changes = await a_gate()
    session = await pass_by(gate, paused(url, request=about))
    assert session.sent == [
        ("failRequest", {"requestId": "interception-1", "errorReason": "Aborted"})
    ]
    assert gate.caught is not None
    redirect = Redirect.of(gate.caught)
    assert redirect.state == "ours"
    assert redirect.code == "aB3xY9" or redirect.error == "access_denied"
    assert gate.other is None
    assert changes


async def test_the_first_redirect_counts() -> None:
    """Chromium asks twice where the address does not answer."""
    gate, _, _ = await a_gate()
    for code in ("aB3xY9", "aB3xY9", "zzzzzz"):
        await pass_by(gate, paused(f"https://callback.example/cb?code={code}&state=ours"))
    assert gate.caught is not None
    assert "aB3xY9" in gate.caught


@pytest.mark.parametrize(
    ("address", "is_answer"),
    [
        ("/cb?code=aB3xY9&state=another", True),
        ("/cb?code=aB3xY9", True),
        ("/cb?error=access_denied", True),
        ("/c%62/?code=aB3xY9", True),
        # A code that was lost on the way is not waited for.
        ("/cb?state=ours", True),
        ("/cb", True),
        # The host has pages of its own as well.
        ("/somewhere?code=aB3xY9", False),
        ("/favicon.ico", False),
    ],
)
async def test_a_redirect_without_our_state_is_stopped_and_kept(
    address: str, is_answer: bool
) -> None:
    gate, _, _ = await a_gate()
    assert (await pass_by(gate, paused(f"https://callback.example{address}"))).last == "failRequest"
    assert gate.caught is None
    assert (gate.other is not None) == is_answer
    assert gate.other_at == (7.0 if is_answer else 0.0)
    # Ours may come all the same.
    await pass_by(gate, paused(f"https://callback.example/cb?{OURS}"))
    assert gate.caught is not None


@pytest.mark.parametrize(
    ("kind", "frame", "ends"),
    [
        ("Document", MAIN, True),
        ("Document", "popup", True),
        ("Document", "inner", False),
        *[(kind, MAIN, False) for kind in ("Fetch", "XHR", "Script", "Ping", "Image", "Other")],
        ("Fetch", "", False),
    ],
)
async def test_only_a_window_that_goes_there_ends_a_login(
    kind: str, frame: str, ends: bool
) -> None:
    """Whatever asks for the redirect URI is stopped; the page's parts say nothing."""
    for query in (OURS, "code=aB3xY9&state=another"):
        gate, _, _ = await a_gate()
        gate.frames(frozenset({MAIN, "inner"}))
        session = await pass_by(gate, paused(f"https://callback.example/cb?{query}", kind, frame))
        assert session.last == "failRequest"
        assert (gate.caught is not None) == (ends and query == OURS)
        assert (gate.other is not None) == (ends and query != OURS)


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (paused("https://login.upstox.com/"), None),
        (paused("https://service.upstox.com/login/x", "Fetch"), None),
        (paused("https://cdn.example/a.js", "Script"), None),
        (paused("https://partner.example/", frame="inner"), None),
        (paused("about:blank"), None),
        (paused("data:text/html,x"), None),
        (paused("blob:https://login.upstox.com/1", "Fetch"), None),
        (paused("https://login.upstox.com/logo.png", "Image"), "BlockedByClient"),
        (paused("https://login.upstox.com/a.woff", "Font"), "BlockedByClient"),
        (paused("https://www.google-analytics.com/g.js", "Script"), "BlockedByClient"),
        (paused("https://service.upstox.com/mx/engage", "Fetch"), "BlockedByClient"),
        (paused("https://partner.example/", "Ping"), "BlockedByClient"),
        (paused("https://login.upstox.com/login/x", "Ping"), None),
        (paused("https://evil.example/"), "Aborted"),
        (paused("https://upstox.com.evil.example/"), "Aborted"),
        (paused("http://login.upstox.com/"), "Aborted"),
    ],
)
async def test_what_is_stopped(event: dict[str, Any], reason: str | None) -> None:
    gate, _, _ = await a_gate()
    session = await pass_by(gate, event)
    ((what, told),) = session.sent
    assert what == ("continueRequest" if reason is None else "failRequest")
    assert told.get("errorReason") == reason
    assert gate.caught is gate.other is None
    assert (gate.strayed is not None) == (reason == "Aborted")


async def test_a_person_who_watches_sees_pictures() -> None:
    gate, _, _ = await a_gate(show_all=True)
    event = paused("https://login.upstox.com/logo.png", "Image")
    assert (await pass_by(gate, event)).last == "continueRequest"


async def test_the_first_stray_is_named_without_what_its_address_holds() -> None:
    gate, _, _ = await a_gate()
    await pass_by(gate, paused("https://me:secret@evil.example:81/x?code=1"))
    await pass_by(gate, paused("https://another.example/"))
    assert gate.strayed == "https://evil.example:81"


@pytest.mark.parametrize("kind", ["Fetch", "Script", "Document", "Ping", "WebSocket"])
@pytest.mark.parametrize("place", ["url", "body"])
async def test_a_credential_goes_to_no_other_host(kind: str, place: str) -> None:
    gate, wire, _ = await a_gate()
    wire.look_out_for("pin", "135790")
    url = "https://evil.example/x" + ("?p=135790" if place == "url" else "")
    request = {"method": "POST", "postData": "p=135790"} if place == "body" else {}
    session = await pass_by(gate, paused(url, kind, "inner", request=request))
    assert session.last == "failRequest"


async def test_only_the_dialog_adds_a_host_and_only_before_anything_is_typed() -> None:
    """By a redirect of its own, to a host of upstox.com, over https."""
    for url, hop, trusted in (
        ("https://new.upstox.com/", True, True),
        ("https://new.upstox.com/", False, True),
        ("https://upstox.com/", True, True),
    ):
        gate, _, _ = await a_gate()
        about = {"redirectedRequestId": "0"} if hop else {}
        await pass_by(gate, paused(url, **about))
        assert gate.trusted(url) is trusted
    gate, _, _ = await a_gate()
    gate.typing()
    await pass_by(gate, paused("https://evil.example/", redirectedRequestId="0"))
    assert not gate.trusted("https://evil.example/")


# -- answers to what a form has sent ---------------------------------------------------------------

VERIFIES = {"method": "POST", "postData": '{"data": {"otp": "123456"}}'}


async def asked(gate: Gate, wire: Wire) -> Session:
    """A form sends its code."""
    wire.look_out_for("code", "123456")
    url = "https://service.upstox.com/login/open/v4/auth/1fa/otp-totp/verify"
    return await pass_by(gate, paused(url, "Fetch", request=VERIFIES))


@pytest.mark.parametrize("encoded", [True, False])
async def test_the_answer_to_a_form_is_read_before_the_page_has_it(encoded: bool) -> None:
    """Afterwards the page may have gone elsewhere, and its answers with it."""
    gate, wire, changes = await a_gate()
    session = await asked(gate, wire)
    assert session.sent[0][1]["interceptResponse"] is True
    text = '{"success": true, "data": {"isSecretPinSet": true}}'
    body = base64.b64encode(text.encode()).decode() if encoded else text
    answer = Session({"body": body, "base64Encoded": encoded})
    changes.clear()
    await gate._on_paused(answer, paused("https://service.upstox.com/x", responseStatusCode=200))
    assert [each for each, _ in answer.sent] == ["getResponseBody", "continueRequest"]
    (call,) = wire.traffic.calls
    assert call.answer is not None
    assert call.answer.ok
    assert call.answer.facts == {"isSecretPinSet": True}
    assert changes


@pytest.mark.parametrize(
    "told",
    [{"responseStatusCode": 302}, {"responseErrorReason": "ConnectionReset"}, {}],
)
async def test_an_answer_that_cannot_be_read_goes_on_its_way(told: dict[str, Any]) -> None:
    """One that stays paused would hold the login up."""
    gate, wire, _ = await a_gate()
    await asked(gate, wire)
    answer = Session()
    event = paused("https://service.upstox.com/x", **(told or {"responseStatusCode": 200}))
    await gate._on_paused(answer, event)
    assert answer.last == "continueRequest"
    assert wire.traffic.calls[0].answer is None


async def test_a_call_that_leads_to_the_redirect_uri_is_waited_for_no_longer() -> None:
    """Nobody tells the end of a worker's."""
    gate, wire, _ = await a_gate()
    await pass_by(gate, paused("https://service.upstox.com/hop", "Fetch"))
    assert wire.traffic.calls[0].pending
    await pass_by(gate, paused("https://callback.example/cb?code=x", "Fetch"))
    (call,) = wire.traffic.calls
    assert not call.pending


@pytest.mark.parametrize(
    ("reason", "failure"), [("ConnectionReset", "ConnectionReset"), ("Aborted", None)]
)
async def test_a_workers_call_that_breaks_off(reason: str, failure: str | None) -> None:
    gate, wire, _ = await a_gate()
    await asked(gate, wire)
    event = paused("https://service.upstox.com/x", responseErrorReason=reason)
    await gate._on_paused(Session(), event)
    (call,) = wire.traffic.calls
    assert not call.pending
    assert call.failure == failure


async def test_a_call_that_no_form_has_made_is_not_held_up() -> None:
    gate, _, _ = await a_gate()
    session = await pass_by(gate, paused("https://service.upstox.com/login/config", "Fetch"))
    assert "interceptResponse" not in session.sent[0][1]

"""The promise: the code is caught, and nothing ever reaches redirect_uri's address."""

from __future__ import annotations

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
from playwright.async_api import Page, Route
from upstox_browser_login.browser.origins import Origins
from upstox_browser_login.browser.redirect import RedirectTrap

from tests.harness import Attempt, Desk, Notes, leaks_below, secrets_of, variants
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import login_result
from upstox_browser_login.settings import Settings


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
    ("plain", "http://localhost:{port}/cb?tenant=7", "script-redirect"),
    ("plain", "http://127.0.0.1:{port}/cb?code=x&state=y", "hop-chain"),
    ("https", "https://127.0.0.1:{port}/cb", "redirect=307"),
    ("ipv6", "http://[::1]:{port}/cb", "redirect=308"),
    *variants(
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


# -- each net by itself ----------------------------------------------------------------------------


def test_net_three_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither of the other two holds, the host does not exist for the browser."""

    async def nothing(*_: object) -> None:
        return

    monkeypatch.setattr(RedirectTrap, "watch", nothing)
    with Listener() as listener:
        uri = f"http://127.0.0.1:{listener.port}/cb"
        with Replica(redirect_uri=uri, clock=desk.clock.time) as replica:
            attempt = desk.log_in(replica)
            assert_logged_in(attempt, replica)
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
}


EXAMPLES = {"fetch", "frame", "script"}


@pytest.mark.usefixtures("sharing")
@pytest.mark.parametrize("how", [*sorted(EXAMPLES), *variants(*sorted(HOWS.keys() - EXAMPLES))])
def test_other_ways_to_the_hop(how: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Upstox's page may go there in another way one day. The browser resolves every host."""
    monkeypatch.setattr(Origins, "blocked_hosts", ())
    with Listener() as listener:
        uri = f"http://127.0.0.1:{listener.port}/cb"
        with Replica(redirect_uri=uri, clock=desk.clock.time) as replica:
            code, error, _ = log_in_changed(desk, replica, fetching(HOWS[how]))
            assert code == "OK", error
            assert replica.counts.exchanges == 1
    assert listener.accepted == []


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
        # Nothing could be caught in another window, so none is loaded.
        ("window.open(answer.redirectUri)", "PAGE_NOT_RECOGNISED"),
        *variants((HOWS["script"], "OK")),
    ],
    ids=["window", "script"],
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


# -- caught twice, used once -----------------------------------------------------------------------


def origins(uri: str = "https://callback.example/cb") -> Origins:
    return Origins.of(Settings(redirect_uri=uri))


async def test_the_first_redirect_counts() -> None:
    """Chromium asks twice where the address does not answer."""
    trap = RedirectTrap(origins())
    changes = []
    trap.on_change = lambda: changes.append(1)
    for _ in range(2):
        trap.catch("https://callback.example/cb?code=aB3xY9&state=s", page=True)
    trap.catch("https://callback.example/cb?code=zzzzzz&state=s", page=True)
    assert trap.caught.result().endswith("code=aB3xY9&state=s")
    assert changes == [1]


PART, WINDOW = False, True


@pytest.mark.parametrize(
    ("address", "page", "caught"),
    [
        ("/favicon.ico", PART, False),
        ("/favicon.ico", WINDOW, False),
        ("/cb", PART, False),
        ("/cb?error=access_denied", PART, True),
        ("/c%62/?code=aB3xY9", PART, True),
        ("/somewhere?code=aB3xY9", WINDOW, True),
        # A host that pages have parts from as well, with codes of their own.
        ("/recaptcha/reload?error=1&code=aB3xY9", PART, False),
        # A code that was lost on the way is not waited for.
        ("/cb", WINDOW, True),
    ],
)
async def test_what_is_an_answer(address: str, page: bool, caught: bool) -> None:
    """Everything for the redirect URI's host is ended, but not everything is Upstox's answer."""
    trap = RedirectTrap(origins())
    trap.catch(f"https://callback.example{address}", page=page)
    assert trap.caught.done() == caught


def paused(status: int | None, location: str | None = None, name: str = "Location") -> Any:
    headers = [] if location is None else [{"name": name, "value": location}]
    return {
        "requestId": "1",
        "resourceType": "Document",
        "request": {"url": "https://api-v2.upstox.com/login/authorization/redirect?code=x"},
        "responseStatusCode": status,
        "responseHeaders": headers,
    }


class Session:
    """A CDP session that remembers what it was told."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, method: str, _params: dict[str, Any]) -> None:
        self.sent.append(method.removeprefix("Fetch."))


@pytest.mark.parametrize(
    ("event", "sent"),
    [
        (paused(302, "https://callback.example/cb?code=a&state=s"), "failRequest"),
        (paused(302, "https://CALLBACK.example/cb?code=a&state=s"), "failRequest"),
        (paused(302, " https://callback.example/cb?code=a&state=s "), "failRequest"),
        (paused(302, "//callback.example/cb?code=a"), "failRequest"),
        (paused(302, "https://callback.example/elsewhere", "lOcAtIoN"), "failRequest"),
        (paused(302, "https:\\\\callback.example\\cb?code=a"), "failRequest"),
        (paused(302, "https://evil.example/"), "failRequest"),
        (paused(302, "https://evil.example\\.upstox.com/"), "failRequest"),
        (paused(302, "/login/authorization/continue?code=x"), "continueRequest"),
        (paused(302, "https://login.upstox.com/"), "continueRequest"),
        (paused(302, "https://[/"), "continueRequest"),
        (paused(302), "continueRequest"),
        (paused(200, "https://callback.example/cb?code=a"), "continueRequest"),
        (paused(None), "continueRequest"),
    ],
)
async def test_net_one_decides_by_the_location(event: Any, sent: str) -> None:
    """And nothing makes it raise: a response that stays paused would hold the login up."""
    trap, session = RedirectTrap(origins()), Session()
    await trap._on_paused(session, event)  # type: ignore[arg-type]
    assert session.sent == [sent]
    answered = "code=a" in str(event["responseHeaders"]) and sent == "failRequest"
    assert trap.caught.done() == answered

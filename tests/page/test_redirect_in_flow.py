"""The promise: the code is caught, and nothing ever reaches redirect_uri's address."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from msgspec.structs import replace
from playwright.async_api import Page

from tests.harness import Desk, variants
from upstox_browser_login.page import timing
from upstox_browser_login.page.origins import Origins
from upstox_browser_login.page.redirect import Gate
from upstox_browser_login.replica import Replica, api

from .hops import HOWS, Listener, assert_logged_in, fetching, log_in_changed
from .test_accepted import outcomes

pytestmark = pytest.mark.usefixtures("without_evidence")


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


@pytest.mark.browser
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


@pytest.mark.browser
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


async def unchanged(_: Page) -> None:
    """Leave the page as it is."""


def hopping(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the hop a page whose script goes to the redirect URI in this way."""

    def hop_page(_: str, target: str) -> str:
        script = f'const answer = {{redirectUri: "{target}"}}; {how}'
        return f"<!doctype html><body><p>Redirecting</p><script>{script}</script>"

    monkeypatch.setattr(f"{api.__name__}.page", hop_page)


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


@pytest.mark.browser
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

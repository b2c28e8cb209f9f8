"""The dialog's address, reading a redirect, and the exchange: with a replica, and with anything."""

from __future__ import annotations

import asyncio
import copy
import gzip
import json
import pickle
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx2
import jwt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.harness import Desk, leaks_in
from upstox_browser_login import http
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    ConfigurationError,
    CredentialsRejectedError,
    LoginBlockedError,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.oauth import (
    DIALOG,
    DeadTokenError,
    Redirect,
    code_from,
    dialog_url,
    exchange,
    new_state,
    parts_of,
    read_pasted,
)
from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.token import Token

CODE, STATE = "aB3xY9", "the-state-of-this-login"
URI = "https://callback.example/cb"


def app(**changes: Any) -> Settings:
    values = {"client_id": "the-client", "client_secret": "the-secret", "redirect_uri": URI}
    return Settings(**(values | changes))


# -- the dialog ------------------------------------------------------------------------------------


@given(
    st.text(min_size=1).filter(str.strip),
    st.from_regex(r"https?://[a-z]{1,9}\.example(:[1-9][0-9]{0,3})?(/[!-~]*)?", fullmatch=True),
)
@example("a&b=c#d", "https://a.example/cb?code=x&state=y&redirect_uri=z#f")
@example("ü ", "http://a.example:80/%20+;,")
def test_dialog_address(client_id: str, uri: str) -> None:
    """Whatever client id and redirect URI hold, Upstox reads exactly that."""
    try:
        settings = app(client_id=client_id, redirect_uri=uri)
    except ConfigurationError:
        return
    parts = urlsplit(dialog_url(settings, STATE))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"https://api.upstox.com{DIALOG}"
    assert parts.fragment == ""
    assert parts.query.isascii()
    assert "+" not in parts.query
    assert dict(parse_qsl(parts.query, strict_parsing=True)) == {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": settings.redirect_uri,
        "state": STATE,
    }


def test_dialog_needs_client_and_redirect() -> None:
    with pytest.raises(ConfigurationError, match="UPSTOX_CLIENT_ID, UPSTOX_REDIRECT_URI are"):
        dialog_url(Settings(), STATE)


def test_states_are_random_and_secret() -> None:
    states = {new_state() for _ in range(50)}
    assert len(states) == 50
    assert min(map(len, states)) >= 32
    assert all(redactor.redact(f"<{each}>") == f"<{MASK}>" for each in states)


# -- redirects -------------------------------------------------------------------------------------


def back(uri: str = URI, **values: str) -> str:
    return f"{uri}{'&' if urlsplit(uri).query else '?'}{urlencode(values)}"


@pytest.mark.parametrize(
    "uri",
    [
        URI,
        f"{URI}?tenant=7",
        f"{URI}?code=mine&state=mine&x=1",
        f"{URI}?code=mine",
        f"{URI}?app",
        "http://127.0.0.1:5000",
        "http://[::1]:5000/a/b;c",
    ],
)
def test_redirects_with_queries_of_their_own(uri: str) -> None:
    assert code_from(back(uri, code=CODE, state=STATE), STATE) == CODE


@pytest.mark.parametrize("uri", [f"{URI}?x=1", f"{URI}?app"])
def test_a_redirect_may_have_a_second_question_mark(uri: str) -> None:
    """So one appends to an address that has a query of its own."""
    assert code_from(f"{uri}?code={CODE}&state={STATE}", STATE) == CODE


@pytest.mark.parametrize(
    "url",
    [
        f"{URI}/{CODE}?state={STATE}",
        f"{URI}?code%3D{CODE}%26state%3D{STATE}",
        f"{URI}?code%253D{CODE}%2526state%253D{STATE}",
        f"{URI}?auth_code={CODE}&state={STATE}",
        f"{URI}?Code={CODE};State={STATE}",
        f"{URI}?code={CODE}&amp;state={STATE}",
        f"{URI}?{CODE}#{STATE}",
    ],
)
def test_every_part_of_an_address_that_may_be_a_code_is_known(url: str) -> None:
    assert CODE in parts_of(url)


def test_words_of_an_address_are_no_code() -> None:
    url = f"{URI}/done/log-in?status=success&error=access_denied&error_description=No.+1017+No&x=12"
    assert not set(parts_of(url)) - set(parts_of(URI))


def test_a_long_sentence_in_an_address_is_read_in_a_moment() -> None:
    url = f"{URI}?state={STATE}&message={'+'.join(['You have left'] * 20)}!"
    began = time.process_time()
    parts_of(url)
    assert time.process_time() - began < 1.0


def test_a_redirect_is_secret_and_does_not_show_itself() -> None:
    redirect = Redirect.of(back(code=CODE, state=STATE))
    assert CODE not in repr(redirect)
    assert STATE not in repr(redirect)
    redirect.register()
    assert redactor.redact(f"{CODE} {STATE}") == f"{MASK} {MASK}"


def test_only_a_redirect_of_our_own_makes_secrets() -> None:
    """Anybody can write an address with ordinary words in it."""
    address = back(code="true", state="data")
    for state in (STATE, None):
        with pytest.raises(TokenExchangeError, match="state"):
            read_pasted(address, state)
    with pytest.raises(TokenExchangeError, match="state"):
        code_from(address, STATE)
    assert redactor.redact("true data") == "true data"
    assert code_from(back(code=CODE, state=STATE), STATE) == CODE
    assert redactor.redact(f"{CODE} {STATE}") == f"{MASK} {MASK}"


def test_a_refusal_quotes_neither_code_nor_state_of_anybody() -> None:
    error = Redirect.of(back(error=f"no {CODE}, {STATE}", code=CODE, state=STATE)).error
    assert error == f"no {MASK}, {MASK}"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (back(code=CODE), "STATE_MISMATCH"),
        (back(code=CODE, state=""), "STATE_MISMATCH"),
        (back(code=CODE, state="another"), "STATE_MISMATCH"),
        (back(code=CODE, state=STATE.upper()), "STATE_MISMATCH"),
        (back(code=CODE, state=STATE + "x"), "STATE_MISMATCH"),
        (back(code=CODE, state="ünïcode"), "STATE_MISMATCH"),
        (back(state=STATE), "BAD_RESPONSE"),
        (back(code="", state=STATE), "BAD_RESPONSE"),
        (back(error="access_denied"), "AUTHORIZATION_DENIED"),
        (back(error="x", code=CODE, state=STATE), "AUTHORIZATION_DENIED"),
        (back(error="x" * 5000, state=STATE), "AUTHORIZATION_DENIED"),
    ],
)
def test_redirects_that_end_a_login(url: str, code: str) -> None:
    with pytest.raises(TokenExchangeError) as caught:
        code_from(url, STATE)
    assert caught.value.code == code
    assert caught.value.step == "redirect"
    assert len(caught.value.message) < 300
    assert CODE not in str(caught.value)


ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, ANY_TEXT)
@example("http://[?code=x", "x")
@example(f"{URI}?code={CODE}&state=\ud800", "\ud800")
def test_any_address_is_a_code_or_a_typed_error(url: str, state: str) -> None:
    try:
        code = code_from(url, state)
    except TokenExchangeError:
        return
    assert code
    assert state in parse_qs(urlsplit(url).query)["state"]


# -- what people paste -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pasted",
    [
        CODE,
        f"  {CODE}\n",
        f"'{CODE}'",
        f"\u201c{CODE}\u201d\u200b",
        back(code=CODE, state=STATE),
        f"<{back(code=CODE, state=STATE).replace('&', '&amp;')}>",
    ],
)
def test_pasted(pasted: str) -> None:
    assert read_pasted(pasted, STATE) == CODE


def test_an_address_without_a_state_may_never_have_had_one() -> None:
    """The address of the dialog that guides show has none; then its code does by itself."""
    with pytest.raises(TokenExchangeError) as caught:
        read_pasted(back(code=CODE, tenant="7"), STATE)
    assert "in single quotes" in caught.value.hint
    assert "or hand over the code alone" in caught.value.hint
    with pytest.raises(TokenExchangeError) as caught:
        read_pasted(back(state=STATE), STATE)
    assert "code alone" not in caught.value.hint


def test_pasted_code_needs_no_state_but_an_address_does() -> None:
    assert read_pasted(CODE, None) == CODE
    with pytest.raises(TokenExchangeError, match="a new address of the dialog") as caught:
        read_pasted(back(code=CODE, state=STATE), None)
    assert caught.value.code == "STATE_MISMATCH"


@pytest.mark.parametrize("pasted", ["", "  ", "a b c d", "<html>", "x" * 201, "aB3", "päste"])
def test_pasted_rubbish(pasted: str) -> None:
    with pytest.raises(ConfigurationError, match="neither an authorization code"):
        read_pasted(pasted, STATE)


@given(ANY_TEXT, st.none() | ANY_TEXT)
@example("http://[?", "x")
@example("?code=abcd&state=\ud800", "\ud800")
def test_any_pasted_text_is_a_code_or_a_typed_error(text: str, state: str | None) -> None:
    try:
        assert read_pasted(text, state)
    except (TokenExchangeError, ConfigurationError):
        return


# -- the exchange, with a replica ------------------------------------------------------------------


async def code_at(replica: Replica) -> str:
    """A code, as if somebody had just logged in."""
    account, state = replica.account, replica._world.state
    flow = state.open_flow(account.client_id, account.redirect_uri, STATE)
    return state.issue_code(flow)


async def exchanged(replica: Replica, desk: Desk, code: str | None = None, **changes: Any) -> Token:
    code = await code_at(replica) if code is None else code
    return await exchange(desk.settings(replica, **changes), code, clock=desk.clock)


async def test_exchange(replica: Replica, desk: Desk) -> None:
    token = await exchanged(replica, desk)
    assert token.user_id == replica.account.user_id
    assert token.is_valid(desk.clock.now())
    (entry,) = replica.log.of("token")
    assert entry.headers["content-type"] == "application/x-www-form-urlencoded"
    assert entry.headers["accept"] == "application/json"
    assert entry.query == {}
    assert set(entry.body) == {"code", "client_id", "client_secret", "redirect_uri", "grant_type"}


@pytest.mark.parametrize("secret", ["a+b/c=d&e%20f", "'\"\\;#?", "~!@$^*()[]{}|<>,.:`"])
async def test_any_secret_arrives_as_it_is(secret: str, replica: Replica, desk: Desk) -> None:
    with pytest.raises(CredentialsRejectedError):
        await exchanged(replica, desk, client_secret=secret)
    (entry,) = replica.log.of("token")
    assert entry.body["client_secret"] == secret


@pytest.mark.parametrize(
    ("replica", "latin"),
    [(("token-charset",), "José Müller"), (("sparse-token",), None)],
    indirect=["replica"],
)
async def test_replies_of_other_shapes(replica: Replica, desk: Desk, latin: str | None) -> None:
    assert (await exchanged(replica, desk)).user_name == latin


EXCHANGES = [
    ("token-error=UDAPI100057", TokenExchangeError, "CODE_REJECTED"),
    ("token-error=UDAPI100069", CredentialsRejectedError, "CLIENT_REJECTED"),
    ("token-error=UDAPI100070", CredentialsRejectedError, "CLIENT_REJECTED"),
    ("token-error=UDAPI100016", CredentialsRejectedError, "CLIENT_REJECTED"),
    ("token-error=UDAPI100073", CredentialsRejectedError, "CLIENT_REJECTED"),
    ("token-error=UDAPI100058", CredentialsRejectedError, "ACCOUNT_INACTIVE"),
    ("token-error=UDAPI10005", LoginBlockedError, "RATE_LIMITED"),
    ("token-error=UDAPI100500", UpstoxUnavailableError, "SERVER_ERROR"),
    ("token-error=UDAPI1154", UpstoxError, "UNEXPECTED"),
    ("token-html", TokenExchangeError, "BAD_RESPONSE"),
    ("garbage=token", TokenExchangeError, "BAD_RESPONSE"),
    ("html=token", TokenExchangeError, "BAD_RESPONSE"),
    ("html=token:502", UpstoxUnavailableError, "SERVER_ERROR"),
    ("http=token:429", LoginBlockedError, "RATE_LIMITED"),
    ("reset=token", UpstoxUnavailableError, "NETWORK"),
    ("truncated=token", UpstoxUnavailableError, "NETWORK"),
    ("hang=token", UpstoxUnavailableError, "TIMEOUT"),
    ("drip=token", UpstoxUnavailableError, "TIMEOUT"),
]


@pytest.mark.parametrize(
    ("replica", "kind", "code"),
    [pytest.param((name,), kind, code, id=name) for name, kind, code in EXCHANGES],
    indirect=["replica"],
)
async def test_exchanges_that_fail(
    replica: Replica,
    kind: type[UpstoxError],
    code: str,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each becomes its own error, after one request, and tells no secret."""
    monkeypatch.setattr(http, "READ_SECONDS", 0.7)
    monkeypatch.setattr(http, "TOTAL_SECONDS", 1.2)
    value = await code_at(replica)
    with pytest.raises(UpstoxError) as caught:
        await exchanged(replica, desk, value)
    error = caught.value
    assert type(error) is kind
    assert (error.code, error.step) == (code, "exchange")
    assert replica.counts.exchanges == 1
    secrets = {value: "code", replica.account.client_secret: "secret"}
    assert leaks_in(f"{error} {error!r} {vars(error)}".encode(), secrets) == set()
    if kind is UpstoxUnavailableError:
        assert "spent" in error.hint


async def test_a_code_works_once(replica: Replica, desk: Desk) -> None:
    code = await code_at(replica)
    await exchanged(replica, desk, code)
    with pytest.raises(TokenExchangeError) as caught:
        await exchanged(replica, desk, code)
    assert (caught.value.code, caught.value.upstox_code) == ("CODE_REJECTED", "UDAPI100057")


async def test_nobody_listens(desk: Desk) -> None:
    settings = app(api_base_url="http://127.0.0.1:9")
    with pytest.raises(UpstoxUnavailableError, match=r"127\.0\.0\.1 failed") as caught:
        await exchange(settings, CODE, clock=desk.clock)
    assert caught.value.code == "NETWORK"


# -- the exchange, with anything -------------------------------------------------------------------


class Wire(httpx2.AsyncByteStream):
    """A body as it comes over the wire, in pieces."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.body), 65_536):
            yield self.body[start : start + 65_536]


def exchange_answered(body: bytes | Any, status: int = 200, **options: Any) -> Token:
    """What an exchange makes of one answer; a `clock` may tell another time."""
    requests = []
    clock = options.pop("clock", Clock())
    data = body if isinstance(body, bytes) else json.dumps(body).encode()

    def handler(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return httpx2.Response(status, stream=Wire(data), **options)

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(handler))
    try:
        return asyncio.run(exchange(app(), CODE, clock=clock, client=client))
    finally:
        assert len(requests) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
ENVELOPES = st.fixed_dictionaries(
    {},
    optional={
        "access_token": JSON | st.just("some-token"),
        "status": JSON,
        "success": JSON,
        "error": JSON | st.fixed_dictionaries({"code": JSON, "message": JSON}),
        "errors": JSON | st.lists(st.fixed_dictionaries({"errorCode": JSON, "message": JSON})),
        "data": JSON | st.fixed_dictionaries({"access_token": JSON}),
    },
)
STATUSES = st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 423, 429, 500, 503])
TYPES = st.sampled_from(
    [
        "application/json",
        "application/json; charset=ISO-8859-1",
        "application/json; charset=idna",
        "application/json; charset=undefined",
        "application/json; charset=hex",
        'application/json; charset="utf-16"',
        "application/json; charset=",
        "text/html; charset=\x80",
        "",
    ]
)


@given(st.binary() | ENVELOPES | JSON, STATUSES, TYPES)
@example(b"\xff" * 70, 200, "application/json; charset=idna")
@example(b"[" * 100_000, 200, "application/json")
def test_any_answer_is_a_token_or_a_typed_error(body: Any, status: int, content_type: str) -> None:
    headers = [(b"content-type", content_type.encode("latin-1"))]
    data = body if isinstance(body, bytes) else httpx2.Response(200, json=_finite(body)).content
    try:
        token = exchange_answered(data, status, headers=headers)
    except UpstoxError as error:
        told = str(error)
        assert CODE not in told
        assert "the-secret" not in told
        assert len(told) < 1000
    else:
        assert status == 200
        assert token.access_token.get_secret_value()


def _finite(value: Any) -> Any:
    """JSON knows no infinity."""
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return 0 if isinstance(value, float) and not abs(value) < 1e300 else value


def test_an_answer_without_end() -> None:
    with pytest.raises(TokenExchangeError, match="over 1000000 bytes") as caught:
        exchange_answered(b" " * 1_000_001)
    assert caught.value.code == "BAD_RESPONSE"


def test_a_reply_in_a_wrapping() -> None:
    """Other endpoints of the same API wrap theirs."""
    token = exchange_answered({"status": "success", "data": {"access_token": "abc"}})
    assert token.access_token.get_secret_value() == "abc"


def test_a_redirect_is_not_followed() -> None:
    with pytest.raises(TokenExchangeError, match="HTTP 302"):
        exchange_answered(b"", 302, headers={"location": "https://evil.example/"})


def test_an_error_in_a_success() -> None:
    """HTTP 200 around an error envelope keeps Upstox's code and words."""
    errors = [{"errorCode": "UDAPI100057", "message": "Invalid Auth code"}]
    with pytest.raises(TokenExchangeError, match="Invalid Auth code") as caught:
        exchange_answered({"status": "error", "errors": errors})
    assert (caught.value.code, caught.value.upstox_code) == ("CODE_REJECTED", "UDAPI100057")


# -- a packed answer -------------------------------------------------------------------------------


def test_a_packed_answer_is_read() -> None:
    body = gzip.compress(b'{"access_token": "abc"}')
    token = exchange_answered(body, headers={"content-encoding": "gzip"})
    assert token.access_token.get_secret_value() == "abc"


def bomb(times: int) -> bytes:
    """A hundred megabytes of blanks, packed so often."""
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(100)) + packer.flush()
    return gzip.compress(packed, 1) if times == 2 else packed


@pytest.mark.parametrize(
    ("encoding", "times", "said"),
    [("gzip", 1, "over 1000000 bytes"), ("gzip, gzip", 2, "encoding"), ("br", 1, "encoding")],
)
def test_a_packed_answer_takes_no_memory(encoding: str, times: int, said: str) -> None:
    body = bomb(times)
    tracemalloc.start()
    try:
        with pytest.raises(TokenExchangeError, match=said) as caught:
            exchange_answered(body, headers={"content-encoding": encoding})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code == "BAD_RESPONSE"
    assert peak < 10_000_000


@pytest.mark.parametrize(
    "body",
    [
        b"no gzip",
        gzip.compress(b'{"access_token": "abc"}', mtime=0)[:-9],
        gzip.compress(b'{"access_token": "abc"}', mtime=0) + gzip.compress(b" ", mtime=0),
    ],
)
def test_a_packed_answer_that_is_damaged(body: bytes) -> None:
    with pytest.raises(TokenExchangeError, match="cannot be unpacked"):
        exchange_answered(body, headers={"content-encoding": "gzip"})


# -- a refusal in words of its own -----------------------------------------------------------------

PAGE_1020 = """<!DOCTYPE html><title>Access denied | api.upstox.com used Cloudflare to restrict
access</title><h1><span class="cf-error-type">Error</span>
<span class="cf-error-code">1020</span></h1>"""
PLAIN, JSON_1010 = "error code: 1010\n", {"cloudflare_error": True, "error_code": 1010}


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ({"message": "Order window closed"}, "BAD_RESPONSE", "HTTP 400: Order window closed."),
        (
            {"error": "invalid_grant", "error_description": "Code has expired"},
            "CODE_REJECTED",
            "HTTP 400: invalid_grant: Code has expired.",
        ),
        ({"error": "invalid_client"}, "CLIENT_REJECTED", "HTTP 400: invalid_client."),
        ({"error": "server_error", "message": 5}, "BAD_RESPONSE", "HTTP 400: server_error."),
        (b"No healthy upstream\n", "BAD_RESPONSE", "HTTP 400: No healthy upstream."),
        ("Try later", "BAD_RESPONSE", "HTTP 400: Try later."),
        (b"<html>gone</html>", "BAD_RESPONSE", "not JSON (a gateway's page, most likely)."),
        (PLAIN.encode(), "NETWORK", "(error 1010): this kind of program is blocked."),
        (JSON_1010, "NETWORK", "(error 1010): this kind of program is blocked."),
        (PAGE_1020.encode(), "NETWORK", "(error 1020): a rule of its firewall blocks this."),
        (b"error code: 1015", "RATE_LIMITED", "(error 1015): too many requests."),
        # Upstox's numbers have as many digits.
        ({"error_code": 1017, "message": "No"}, "BAD_RESPONSE", "HTTP 400: No."),
    ],
)
def test_a_refusal_in_its_own_words(body: Any, code: str, said: str) -> None:
    with pytest.raises(UpstoxError) as caught:
        exchange_answered(body, 400)
    assert caught.value.code == code
    assert caught.value.step == "exchange"
    assert caught.value.message.endswith(said)
    assert ("Cloudflare" in caught.value.message) is ("error 10" in said)


@pytest.mark.parametrize("body", [{"error": "invalid_grant"}, {"error": "x", "message": "y"}])
def test_a_refusal_may_come_with_200(body: Any) -> None:
    with pytest.raises(TokenExchangeError, match=body["error"]):
        exchange_answered(body)


@pytest.mark.parametrize("form", ["message", "error_description", "errors", "text"])
def test_the_words_of_a_refusal_are_harmless(form: str) -> None:
    """No secret, no escape of a terminal, no direction mark, and not too many of them."""
    app()  # whose secret becomes known
    text = f"the-secret \x1b[2J\u202e{'x' * 5000}"
    body: Any = {"errors": [{"errorCode": "X", "message": text}]} if form == "errors" else text
    if form in {"message", "error_description"}:
        body = {"error": "no", form: text}
    with pytest.raises(UpstoxError) as caught:
        exchange_answered(text.encode() if form == "text" else body, 400)
    message = caught.value.message
    assert MASK in message
    assert message.isprintable()
    assert message.endswith("x…")
    assert len(message) < 300


# -- the time of a token ---------------------------------------------------------------------------


def at(there: datetime) -> dict[str, str]:
    return {"date": format_datetime(there, usegmt=True)}


MORNING = datetime(2026, 10, 6, 4, 0, tzinfo=UTC)  # 09:30 in India
NEXT = datetime(2026, 10, 6, 22, 0, tzinfo=UTC)


class WrongClock(Clock):
    """So many seconds ahead of `MORNING`."""

    def __init__(self, ahead: float) -> None:
        self.ahead = ahead

    def time(self) -> float:
        return MORNING.timestamp() + self.ahead


@pytest.mark.parametrize("ahead", [30 * 365 * 86_400.0, 86_400.0, -50 * 365 * 86_400.0, 0.5])
def test_the_answer_tells_when_an_opaque_token_dies(ahead: float) -> None:
    """A machine whose clock is wrong would keep it for decades, or throw it away at once."""
    clock = WrongClock(ahead)
    token = exchange_answered({"access_token": "opaque"}, headers=at(MORNING), clock=clock)
    assert token.expires_at == NEXT
    assert abs(token.issued_at - MORNING) < timedelta(seconds=2)
    assert token.clock_skew == (0 if ahead == 0.5 else -ahead)


def test_a_token_of_the_last_second_dies_at_half_past_three() -> None:
    """Upstox gave the answer a moment before 03:30, and it is read a moment after."""
    half_past = datetime(2026, 10, 6, 22, 0, tzinfo=UTC)
    clock = WrongClock((half_past - MORNING).total_seconds() + 0.3)
    there = half_past - timedelta(seconds=1)
    token = exchange_answered({"access_token": "opaque"}, headers=at(there), clock=clock)
    assert token.expires_at == half_past
    assert token.clock_skew == 0


@pytest.mark.parametrize("date", ["", "soon", "Tue, 99 Oct 2026 04:00:00 GMT"])
def test_a_date_that_cannot_be_read_changes_nothing(date: str) -> None:
    token = exchange_answered(
        {"access_token": "opaque"}, headers={"date": date}, clock=WrongClock(0)
    )
    assert (token.issued_at, token.expires_at, token.clock_skew) == (MORNING, NEXT, 0)


@pytest.mark.parametrize("ahead", [0, 7200.0])
@pytest.mark.parametrize("ago", [0, 3600, 400 * 86_400])
def test_a_token_that_is_dead_already_is_no_success(ago: int, ahead: float) -> None:
    """By Upstox's time, whatever this machine's clock says."""
    dead = jwt.encode({"exp": int(MORNING.timestamp()) - ago}, "k" * 32, algorithm="HS256")
    with pytest.raises(DeadTokenError, match="dead already: it ended at ") as caught:
        exchange_answered({"access_token": dead}, headers=at(MORNING), clock=WrongClock(ahead))
    assert (caught.value.code, caught.value.exit_code) == ("BAD_RESPONSE", 10)
    assert isinstance(caught.value, TokenExchangeError)
    for same in (copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):  # noqa: S301
        assert (type(same), str(same)) == (DeadTokenError, str(caught.value))

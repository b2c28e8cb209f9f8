"""The gate by itself: what it stops, what it keeps, and which answers it reads."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError

from upstox_browser_login.oauth import Redirect
from upstox_browser_login.page import redirect
from upstox_browser_login.page.ears import Ears
from upstox_browser_login.page.origins import Origins
from upstox_browser_login.page.redirect import Gate, _is_endless
from upstox_browser_login.redaction import MASK, redactor
from upstox_browser_login.settings import Settings

MAIN = "main"
OURS = "code=aB3xY9&state=ours"
DIALOG = "https://api.upstox.com/v2/login/authorization/dialog"


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
) -> tuple[Gate, Ears, list[int]]:
    """A gate for this redirect URI, the ears behind it, and how often they told of a change."""
    changes: list[int] = []
    gate: Gate
    ears = Ears(
        trusted=lambda url: gate.trusted(url),  # noqa: PLW0108  (the gate is made below)
        now=lambda: 0.0,
        monotonic=lambda: 7.0,
        changed=lambda: changes.append(1),
    )
    gate = Gate(
        Origins.of(Settings(redirect_uri=uri)),
        ears,
        state="ours",
        changed=lambda: changes.append(1),
        monotonic=lambda: 7.0,
        show_all=show_all,
    )
    session = Session()
    await ears.listen(session, MAIN)
    await gate.open(session, MAIN, "our context")
    assert session.last == "enable"
    return gate, ears, changes


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
    gate, ears, _ = await a_gate()
    ears.look_out_for("mobile", "9876501234")
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


class Silent(Session):
    """A session that is told, and answers nothing."""

    async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
        await super().send(method, params)
        await asyncio.Event().wait()


async def flooded_by(count: int, frame: str = MAIN) -> tuple[Gate, Ears, Silent]:
    """A gate to which so many requests have come, before the browser has answered anything."""
    gate, ears, _ = await a_gate()
    gate._on_target({"targetInfo": {"targetId": "theirs", "browserContextId": "their context"}})
    session = Silent()
    for number in range(count):
        url = "https://login.upstox.com/x"
        gate._on_event(session, paused(url, "Fetch", frame, networkId=f"{number}"))
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    return gate, ears, session


async def test_a_page_that_asks_for_more_than_can_be_looked_at_is_closed() -> None:
    gate, ears, session = await flooded_by(redirect.MOST_PAUSED + 5)
    assert gate.flooded
    assert [about for method, about in session.sent if method == "Target.closeTarget"] == [
        {"targetId": MAIN}
    ]
    assert [method for method, _ in session.sent].count("continueRequest") == redirect.MOST_PAUSED
    # What leaves no more is not heard of; a frame of a socket leaves past the gate.
    ears.asked("late", {"url": "https://login.upstox.com/x"}, "Fetch")
    ears.asked("frame", {"url": "wss://login.upstox.com/x", "method": "SEND"}, "WebSocket")
    assert "late" not in {each.id for each in ears.traffic.calls}
    assert "frame" in {each.id for each in ears.traffic.calls}


@pytest.mark.parametrize("place", ["url", "body"])
async def test_a_page_whose_requests_are_too_long_for_all_is_closed(place: str) -> None:
    gate, _, _ = await a_gate()
    session = Session()
    each = "x" * 2_000_000
    url = f"https://login.upstox.com/{each if place == 'url' else ''}"
    request = {"url": url} | ({"method": "POST", "postData": each} if place == "body" else {})
    for number in range(redirect.MOST_ASKED // len(each)):
        assert not gate.flooded, number
        gate._on_event(session, paused(url, "Fetch", networkId=f"{number}", request=request))
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert gate.flooded
    assert session.last == "Target.closeTarget"


@pytest.mark.parametrize("frame", ["theirs", "a worker's"])
async def test_what_another_login_asks_for_closes_no_page_of_ours(frame: str) -> None:
    gate, _, session = await flooded_by(redirect.MOST_PAUSED + 5, frame)
    assert not gate.flooded
    assert {method for method, _ in session.sent} == {"continueRequest"}


async def test_no_request_goes_on_of_a_window_that_is_about_to_be_closed() -> None:
    """Those of other logins in the same browser do."""
    gate, ears, _ = await a_gate()
    gate._on_target({"targetInfo": {"targetId": "theirs", "browserContextId": "their context"}})
    gate.hold()
    session = Session()
    for frame in (MAIN, "theirs", "a worker's"):
        url = f"https://login.upstox.com/{frame}"
        gate._on_event(session, paused(url, "Fetch", frame, requestId=frame, networkId=frame))
        ears.asked(frame, {"url": url}, "Fetch")
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert [(method, about["requestId"]) for method, about in session.sent] == [
        ("continueRequest", "theirs"),
        ("continueRequest", "a worker's"),
    ]
    assert MAIN not in {each.id for each in ears.traffic.calls}


async def test_a_request_that_came_just_before_the_window_closes_does_not_go_on() -> None:
    """Nobody would count it: it is looked at only after that."""
    gate, ears, _ = await a_gate()
    session = Session()
    gate._on_event(session, paused("https://login.upstox.com/x", "Fetch"))
    gate.hold()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not session.sent
    assert not ears.traffic.calls


async def held(*events: dict[str, Any], typed: str = "246802") -> list[tuple[str, Any]]:
    """What becomes of these events while the window closes."""
    gate, ears, _ = await a_gate()
    if typed:
        ears.look_out_for("pin", typed)
    gate.hold()
    session = Session()
    for event in events:
        gate._on_event(session, event)
    await asyncio.sleep(0)
    return [(method, about.get("errorReason")) for method, about in session.sent]


@pytest.mark.parametrize(
    "event",
    [
        paused("https://login.upstox.com/x?pin=246802", "Fetch"),
        paused("https://login.upstox.com/x", "Fetch", request={"headers": {"X": "246802"}}),
        paused("https://login.upstox.com/x", "Fetch", request={"method": "POST"}),  # encrypted
        paused(f"https://callback.example/cb?{OURS}"),
        paused("https://login.upstox.com/x", responseStatusCode=307),
    ],
)
async def test_what_may_carry_a_credential_is_ended_while_the_window_closes(
    event: dict[str, Any],
) -> None:
    """Chromium sends what is only paused where the connection to it breaks."""
    assert await held(event) == [("failRequest", "BlockedByClient")]


@pytest.mark.parametrize(
    "event",
    [
        paused("https://login.upstox.com/x", "Fetch"),
        paused("https://login.upstox.com/x", responseStatusCode=200),
        paused("https://login.upstox.com/x", responseErrorReason="Failed"),
    ],
)
async def test_what_carries_nothing_stays_paused_while_the_window_closes(
    event: dict[str, Any],
) -> None:
    assert await held(event) == []


async def test_a_post_stays_paused_while_the_window_closes_where_nothing_was_typed() -> None:
    event = paused("https://login.upstox.com/x", "Fetch", request={"method": "POST"})
    assert await held(event, typed="") == []


async def test_a_page_that_posts_without_end_does_not_keep_the_browser_from_closing() -> None:
    event = paused("https://login.upstox.com/x", "Fetch", request={"method": "POST"})
    assert len(await held(*[event] * (redirect.MOST_ENDED + 5))) == redirect.MOST_ENDED


async def test_many_requests_that_are_answered_are_no_flood() -> None:
    gate, _, _ = await a_gate()
    session = Session()
    for number in range(3 * redirect.MOST_PAUSED):
        url = "https://login.upstox.com/x"
        gate._on_event(session, paused(url, "Fetch", networkId=f"{number}"))
        await asyncio.sleep(0)
    assert not gate.flooded


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
    "address",
    [
        "/cb/aB3xY9?state=ours",
        "/cb?auth_code=aB3xY9&state=ours",
        "/cb?code%3DaB3xY9%26state%3Dours",
        "/elsewhere?ticket=aB3xY9",
    ],
)
async def test_a_code_in_an_unusual_place_becomes_a_secret_too(address: str) -> None:
    """The evidence of the login that it fails shows the address. Our own words stay readable."""
    gate, _, _ = await a_gate("https://callback.example/cb?tenant=Tenant7")
    await pass_by(gate, paused(f"https://callback.example{address}&tenant=Tenant7"))
    assert gate.caught is None
    assert (gate.other is not None) == address.startswith("/cb")
    assert redactor.redact("aB3xY9 for Tenant7, code and state") == (
        f"{MASK} for Tenant7, code and state"
    )


async def test_a_redirect_whose_query_begins_twice_ends_the_login() -> None:
    gate, _, _ = await a_gate("https://callback.example/cb?app")
    await pass_by(gate, paused(f"https://callback.example/cb?app?{OURS}"))
    assert gate.caught is not None
    assert Redirect.of(gate.caught).code == "aB3xY9"


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
        gate.set_inner_frames(frozenset({MAIN, "inner"}))
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
    gate, ears, _ = await a_gate()
    ears.look_out_for("pin", "135790")
    url = "https://evil.example/x" + ("?p=135790" if place == "url" else "")
    request = {"method": "POST", "postData": "p=135790"} if place == "body" else {}
    session = await pass_by(gate, paused(url, kind, "inner", request=request))
    assert session.last == "failRequest"


async def test_a_credential_that_was_stopped_is_waited_for_no_more() -> None:
    """The browser never reports the end of a worker's request."""
    gate, ears, _ = await a_gate()
    ears.look_out_for("pin", "135790")
    request = {"method": "POST", "postData": "p=135790"}
    await pass_by(gate, paused("https://evil.example/x", "XHR", "inner", request=request))
    assert ears.traffic.carriers("pin") == ()


@pytest.mark.parametrize("host", ["evil.example", "service.upstox.com"])
async def test_what_is_too_long_to_be_searched_does_not_leave(host: str) -> None:
    """A page could hide a credential at its end, or keep the login busy with the search."""
    gate, ears, _ = await a_gate()
    request = {"method": "POST", "postData": f"{'x' * 300_000} 135790"}
    upload = paused(f"https://{host}/login/x", "Fetch", request=request)
    assert (await pass_by(gate, upload)).last == "continueRequest"
    ears.look_out_for("pin", "135790")
    assert (await pass_by(gate, upload)).last == "failRequest"


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        ([{}], "failRequest"),
        ([{"bytes": "eA=="}, {}], "failRequest"),
        ([{"bytes": ""}], "continueRequest"),
        ([], "continueRequest"),
    ],
)
async def test_what_a_script_makes_as_it_leaves_does_not_leave(
    entries: list[dict[str, str]], verdict: str
) -> None:
    """Nobody is told what is in such a stream, so a credential could leave with it again."""
    gate, ears, _ = await a_gate()
    request = {"method": "POST", "hasPostData": True, "postDataEntries": entries}
    upload = paused("https://service.upstox.com/login/x", "Fetch", request=request)
    assert (await pass_by(gate, upload)).last == "continueRequest"
    ears.look_out_for("pin", "135790")
    assert (await pass_by(gate, upload)).last == verdict


@pytest.mark.parametrize(
    ("url", "begun_at", "hop", "trusted"),
    [
        ("https://new.upstox.com/", DIALOG, True, True),
        ("https://new.upstox.com/", DIALOG, False, False),
        ("http://new.upstox.com/", DIALOG, True, False),
        ("https://upstox.com/", DIALOG, True, False),
        ("https://www.upstox.com/", DIALOG, True, False),
        ("https://evil.example/", DIALOG, True, False),
        # The page itself may go anywhere, and be redirected from there.
        ("https://new.upstox.com/", "https://login.upstox.com/go", True, False),
    ],
)
async def test_only_the_dialog_adds_a_host_and_only_before_anything_is_typed(
    url: str, begun_at: str, hop: bool, trusted: bool
) -> None:
    """By a redirect of its own, to a host of upstox.com that is not the website, over https."""
    for typing in (False, True):
        gate, _, _ = await a_gate()
        await pass_by(gate, paused(begun_at))
        if typing:
            gate.typing()
        await pass_by(gate, paused("https://login.upstox.com/", redirectedRequestId="0"))
        await pass_by(gate, paused(url, networkId="1" if hop else "2"))
        assert gate.trusted(url) is (trusted and not typing)


# -- answers to what a form has sent ---------------------------------------------------------------

VERIFIES = {"method": "POST", "postData": '{"data": {"otp": "123456"}}'}


async def asked(gate: Gate, ears: Ears) -> Session:
    """A form sends its code."""
    ears.look_out_for("code", "123456")
    url = "https://service.upstox.com/login/open/v4/auth/1fa/otp-totp/verify"
    return await pass_by(gate, paused(url, "Fetch", request=VERIFIES))


@pytest.mark.parametrize("encoded", [True, False])
async def test_the_answer_to_a_form_is_read_before_the_page_has_it(encoded: bool) -> None:
    """Afterwards the page may have gone elsewhere, and its answers with it."""
    gate, ears, changes = await a_gate()
    session = await asked(gate, ears)
    assert session.sent[0][1]["interceptResponse"] is True
    text = '{"success": true, "data": {"isSecretPinSet": true}}'
    body = base64.b64encode(text.encode()).decode() if encoded else text
    answer = Session({"body": body, "base64Encoded": encoded})
    changes.clear()
    await gate._on_paused(answer, paused("https://service.upstox.com/x", responseStatusCode=200))
    assert [each for each, _ in answer.sent] == ["getResponseBody", "continueRequest"]
    (call,) = ears.traffic.calls
    assert call.answer is not None
    assert call.answer.ok
    assert call.answer.facts == {"isSecretPinSet": True}
    assert changes


async def test_chromium_is_asked_at_once_to_read_an_answer_and_to_let_it_go_on() -> None:
    """It hands the answer on once it is read, so the page waits for no second message of ours."""
    gate, ears, _ = await a_gate()
    await asked(gate, ears)
    passed = asyncio.Event()

    class Slow(Session):
        async def send(self, method: str, params: dict[str, Any] | None = None) -> Any:
            told = await super().send(method, params)
            if method == "Fetch.continueRequest":
                passed.set()
            await passed.wait()
            return told

    answer = Slow({"body": '{"success": true, "data": {}}', "base64Encoded": False})
    event = paused("https://service.upstox.com/x", responseStatusCode=200)
    await asyncio.wait_for(gate._on_paused(answer, event), 2)
    assert [each for each, _ in answer.sent] == ["getResponseBody", "continueRequest"]
    (call,) = ears.traffic.calls
    assert call.answer is not None
    assert call.answer.ok


@pytest.mark.parametrize(
    ("body", "length", "is_read"),
    [('{"success": tr', 4096, False), ('{"success": true}', 4096, True), ("No", 2, True)],
)
async def test_the_beginning_of_an_answer_that_was_cut_off_tells_nothing(
    body: str, length: int, is_read: bool
) -> None:
    """Chromium reports that it was cut off only later, as an error of the network."""
    gate, ears, _ = await a_gate()
    await asked(gate, ears)
    headers = [{"name": "Content-Length", "value": str(length)}]
    event = paused("https://x.upstox.com/x", responseStatusCode=200, responseHeaders=headers)
    await gate._on_paused(Session({"body": body, "base64Encoded": False}), event)
    (call,) = ears.traffic.calls
    assert (call.answer is not None) is is_read


@pytest.mark.parametrize("encoded", [True, False])
@pytest.mark.parametrize("announced", [True, False])
async def test_an_answer_too_long_to_be_read_is_told_as_that(
    announced: bool, encoded: bool
) -> None:
    """Reading a hundred million bytes would hold the login up for longer than its limit."""
    gate, ears, _ = await a_gate()
    await asked(gate, ears)
    text = '{"success": true, "data": {"isSecretPinSet": true}}' + " " * 2_000_000
    headers = [{"name": "Content-Length", "value": str(len(text))}] if announced else []
    event = paused("https://x.upstox.com/x", responseStatusCode=200, responseHeaders=headers)
    body = base64.b64encode(text.encode()).decode() if encoded else text
    answer = Session({"body": body, "base64Encoded": encoded})
    await gate._on_paused(answer, event)
    assert answer.last == "continueRequest"
    assert ("getResponseBody" in dict(answer.sent)) is not announced
    (call,) = ears.traffic.calls
    assert call.answer is not None
    assert call.answer.is_too_long
    assert (call.answer.ok, call.answer.meaning) == (None, "trouble")


@pytest.mark.parametrize(
    "told",
    [{"responseStatusCode": 302}, {"responseErrorReason": "ConnectionReset"}, {}],
)
async def test_an_answer_that_cannot_be_read_goes_on_its_way(told: dict[str, Any]) -> None:
    """One that stays paused would hold the login up."""
    gate, ears, _ = await a_gate()
    await asked(gate, ears)
    answer = Session()
    event = paused("https://service.upstox.com/x", **(told or {"responseStatusCode": 200}))
    await gate._on_paused(answer, event)
    assert answer.last == "continueRequest"
    assert ears.traffic.calls[0].answer is None


@pytest.mark.parametrize(
    ("types", "endless"),
    [
        (["text/html"], False),
        (["Text/Event-Stream; charset=utf-8"], True),
        (["text/event-stream", "text/html"], True),
        (["text/html", "multipart/x-mixed-replace"], True),
        ([], False),
    ],
)
def test_an_answer_that_need_never_end_is_known_by_any_of_its_types(
    types: list[str], endless: bool
) -> None:
    headers = [{"name": "Content-Type", "value": each} for each in types]
    assert _is_endless({"responseHeaders": headers}) is endless


async def test_a_call_that_leads_to_the_redirect_uri_is_waited_for_no_longer() -> None:
    """Nobody tells the end of a worker's."""
    gate, ears, _ = await a_gate()
    await pass_by(gate, paused("https://service.upstox.com/hop", "Fetch"))
    assert ears.traffic.calls[0].pending
    await pass_by(gate, paused("https://callback.example/cb?code=x", "Fetch"))
    (call,) = ears.traffic.calls
    assert not call.pending


@pytest.mark.parametrize(
    ("reason", "failure"), [("ConnectionReset", "ConnectionReset"), ("Aborted", None)]
)
async def test_a_workers_call_that_breaks_off(reason: str, failure: str | None) -> None:
    gate, ears, _ = await a_gate()
    await asked(gate, ears)
    event = paused("https://service.upstox.com/x", responseErrorReason=reason)
    await gate._on_paused(Session(), event)
    (call,) = ears.traffic.calls
    assert not call.pending
    assert call.failure == failure


async def test_a_call_that_no_form_has_made_is_not_held_up() -> None:
    gate, _, _ = await a_gate()
    session = await pass_by(gate, paused("https://service.upstox.com/login/config", "Fetch"))
    assert "interceptResponse" not in session.sent[0][1]


async def test_the_window_leaves_the_login_for_no_other_part_of_upstox() -> None:
    """Where the dialog itself redirects to before anything is typed belongs to the login."""
    gate, _, _ = await a_gate()
    await pass_by(gate, paused(DIALOG))
    led = paused("https://go.upstox.com/dialog", redirectedRequestId="1")
    assert (await pass_by(gate, led)).last == "continueRequest"
    gate.typing()
    for url in (
        "https://login.upstox.com/x",
        "https://api-v2.upstox.com/y",
        "https://go.upstox.com",
    ):
        assert (await pass_by(gate, paused(url))).last == "continueRequest"
    assert (
        await pass_by(gate, paused("https://upstox.com/a.js", "Script"))
    ).last == "continueRequest"
    session = await pass_by(gate, paused("https://upstox.com/new-demat-account/profile?m=98"))
    assert session.last == "failRequest"
    assert gate.strayed == "https://upstox.com/new-demat-account/profile"

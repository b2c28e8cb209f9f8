"""A login's page and server made of Python, on a clock that jumps from event to event.

A whole walk takes a few milliseconds here, so that hypothesis can try how pages behave in time:
when they draw, ask, empty a field, send by themselves, answer, and say why not.
"""

from __future__ import annotations

import asyncio
import heapq
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Literal, cast

from hypothesis import strategies as st
from msgspec.structs import replace

from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.page.job import Narrator
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.look import Field as FieldOfLook
from upstox_browser_login.page.walk import Walk
from upstox_browser_login.page.window import Window
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import BELOW, MOBILE, OTP, PIN
from .stand_ins import NOON, Printed, Told, a_course

Form = Literal["mobile", "otp", "pin"]
ORDER: tuple[Form, ...] = ("mobile", "otp", "pin")
CARRIED = {"mobile": "mobile", "otp": "code", "pin": "pin"}
FIELDS = {"mobile": MOBILE, "otp": OTP, "pin": PIN}
WORDS = {"mobile": "Get OTP", "otp": "Continue", "pin": "Continue"}
FACTS: dict[str, dict[str, Any]] = {
    "mobile": {"isTotpEnabled": True, "nextRequestInterval": 120},
    "otp": {"isSecretPinSet": True, "userType": "CUSTOMER"},
    "pin": {"asks for a code": False, "redirectUri": "/"},
}
REFUSALS = {
    "mobile": (1017016, "This mobile number is not registered with us.", "MOBILE_REJECTED"),
    "otp": (1017073, "Invalid OTP entered. Please try again.", "TOTP_REJECTED"),
    "pin": (1017106, "Incorrect PIN entered. You have 4 attempts left.", "PIN_REJECTED"),
    "lock": (1017090, "Your account has been locked, as the PIN was wrong.", "ACCOUNT_LOCKED"),
}
LIMIT = 90.0
"""Seconds of a whole login, as a setting may say."""

REDIRECT = "https://callback.example/cb?code=abc&state=ours"


@dataclass(frozen=True)
class Manners:
    """How one form behaves. Times are seconds; None is never."""

    draws: float = 0.0
    """After the answer before it."""
    redraws: float | None = None
    empties: float | None = None
    wants_keys: bool = False
    enables: float = 0.0
    sends_itself: float | None = None
    has_button: bool = True
    sends_late: float = 0.0
    sends_twice: float | None = None
    guards: bool = True
    is_sealed: bool = False
    """Whether nobody can see what its call holds."""
    takes: float = 0.1
    fate: Literal["taken", "refused", "broke", "silent"] = "taken"
    says_yes: Literal["facts", "sealed", "nothing", "ok"] = "facts"
    says_no: Literal["code", "api", "sealed", "page"] = "code"
    shows_no: Literal["field", "toast", "plain", "dialog"] = "field"
    shows_late: float = 0.0
    is_emptied: bool = False
    """Whether a refusal empties the field."""
    screen_before: bool = False


@dataclass(frozen=True)
class Page:
    """How a page behaves."""

    forms: dict[Form, Manners]
    settings: float = 0.3
    first_paint: bool = False
    tells: float = 0.0
    """After so long a look is told."""
    asks_every: float | None = None
    other_call: tuple[Form, float, int] | None = None
    """Another call of its own: after which form was typed, how much later, and its status."""
    locks: bool = False
    """Whether a refused PIN locks the account."""


SOON = st.sampled_from([0.0, 0.02, 0.1, 0.5, 1.2])
TAKES = st.sampled_from([0.02, 0.1, 0.8, 3.0, 6.0])


@st.composite
def manners(draw: st.DrawFn, fate: st.SearchStrategy[Any]) -> Manners:
    """How one form may behave; it is lost at most once, since a second loss ends a login."""
    lost = draw(st.sampled_from(["", "", "", "redraws", "empties", "wants_keys"]))
    sends_itself = draw(st.none() | st.sampled_from([0.0, 0.005, 0.03, 0.3, 1.6]))
    is_sealed = sends_itself is None and draw(st.booleans())
    return Manners(
        draws=draw(SOON),
        redraws=draw(st.sampled_from([0.05, 0.3, 1.0, 2.5])) if lost == "redraws" else None,
        empties=draw(st.sampled_from([0.01, 0.05, 0.2, 0.6])) if lost == "empties" else None,
        wants_keys=lost == "wants_keys",
        enables=draw(st.sampled_from([0.0, 0.1, 0.8])),
        sends_itself=sends_itself,
        has_button=sends_itself is None or draw(st.booleans()),
        sends_late=draw(st.sampled_from([0.0, 0.02, 0.4, 1.0])),
        # What nobody can read, nobody can stop from being sent twice.
        sends_twice=None if is_sealed else draw(st.none() | st.sampled_from([0.0, 0.2, 1.0])),
        guards=draw(st.booleans()),
        is_sealed=is_sealed,
        takes=draw(TAKES),
        fate=draw(fate),
        says_yes=draw(st.sampled_from(["facts", "facts", "sealed", "nothing", "ok"])),
        says_no=draw(st.sampled_from(["code", "api", "sealed", "page"])),
        shows_no=draw(st.sampled_from(["field", "toast", "plain", "dialog"])),
        shows_late=draw(st.sampled_from([0.0, 0.3, 1.5])),
        is_emptied=draw(st.booleans()),
        screen_before=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """How a page may behave; at most one of its forms does not take what is sent."""
    bad = draw(st.none() | st.sampled_from(ORDER))
    fates = st.sampled_from(["refused", "refused", "broke", "silent"])
    return Page(
        forms={each: draw(manners(fates if each == bad else st.just("taken"))) for each in ORDER},
        settings=draw(TAKES),
        first_paint=draw(st.booleans()),
        tells=draw(st.sampled_from([0.0, 0.012, 0.1])),
        asks_every=draw(st.none() | st.sampled_from([0.4, 3.0])),
        other_call=draw(
            st.none()
            | st.tuples(
                st.sampled_from(ORDER),
                st.sampled_from([0.0, 0.5, 1.2]),
                st.sampled_from([200, 204, 404, 500]),
            )
        ),
        locks=draw(st.booleans()),
    )


class Jumping(asyncio.SelectorEventLoop):
    """A loop whose time is that of the next event."""

    at = 100.0

    def time(self) -> float:
        return self.at

    def _run_once(self) -> None:
        own = cast("Any", self)
        while own._scheduled and own._scheduled[0]._cancelled:
            own._timer_cancelled_count -= 1
            heapq.heappop(own._scheduled)._scheduled = False
        if own._scheduled and not own._ready:
            self.at = max(self.at, own._scheduled[0]._when)
        cast("Any", super())._run_once()


class JumpingClock(Clock):
    """The clock of such a loop."""

    def __init__(self, loop: Jumping) -> None:
        self._loop = loop

    def time(self) -> float:
        return NOON - 100 + self._loop.at

    def monotonic(self) -> float:
        return self._loop.at


class Silent:
    """Hears of a login, and stops one that decides without end at one moment."""

    def __init__(self) -> None:
        self._decided = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def done(*_: object) -> bool:
            return False

        def nothing(*_: object) -> None:
            self._decided += name == "decided"
            assert self._decided < 5000, "it decides without end"

        return done if name in {"step", "opened", "before"} else nothing


@dataclass
class World:
    """The page and its server in one login, and what both have seen."""

    page: Page
    loop: Jumping
    window: Any = None
    at: int = -1
    """Which form is shown."""
    shown: Literal["nothing", "form", "screen"] = "nothing"
    node: int = 0
    button: int = 0
    value: str = ""
    typed: str | None = None
    typed_at: float = 0.0
    opens_at: float = 0.0
    is_busy: bool = False
    was_drawn_anew: bool = False
    below: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()
    calls: dict[str, Call] = field(default_factory=dict)
    came: list[tuple[Form, str]] = field(default_factory=list)
    """Each credential that the server got."""
    sent: dict[tuple[Form, str], float] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    done: set[Any] = field(default_factory=set)
    """What happens once."""
    nodes: int = 10

    @property
    def form(self) -> Form:
        return ORDER[self.at]

    @property
    def manners(self) -> Manners:
        return self.page.forms[self.form]

    def once(self, *what: Any) -> bool:
        """Whether this happens for the first time."""
        is_first = what not in self.done
        self.done.add(what)
        return is_first

    def later(self, seconds: float, what: Callable[..., None], *arguments: Any) -> None:
        self.loop.call_later(seconds, what, *arguments)

    def new_nodes(self) -> None:
        self.nodes += 2
        self.node, self.button = self.nodes, self.nodes + 1

    # -- what is seen ------------------------------------------------------------------------------

    def draw(self) -> None:
        """Tell the look, once it is told."""
        self.later(self.page.tells, self._told) if self.page.tells else self._told()

    def _told(self) -> None:
        look, eyes = self.look(), self.window.eyes
        if look != eyes.look:
            eyes.look, eyes.since = look, self.loop.at
            eyes.heard(look)
            self.window.changed()

    def look(self) -> Look:
        """What stands there now."""
        if self.shown == "nothing":
            return Look(ready=True, texts=self.texts)
        if self.shown == "screen":
            skip = Control(n=self.button, words="Skip", at=BELOW)
            return Look(ready=True, texts=(Text("What's new", head=True),), controls=(skip,))
        shape = FIELDS[self.form]
        length = len(self.value)
        field = replace(
            shape, n=self.node, length=length, holds=bool(length) and self.value == self.typed
        )
        button = Control(
            n=self.button,
            type="submit",
            words=WORDS[self.form],
            form=9,
            at=BELOW,
            disabled=self.is_closed,
        )
        return Look(
            ready=True,
            fields=(replace(field, below=self.below),),
            controls=(button,) if self.manners.has_button else (),
            texts=self.texts,
            redrawn=self.was_drawn_anew,
        )

    @property
    def is_closed(self) -> bool:
        return self.manners.enables > 0 and not (self.value and self.loop.at >= self.opens_at)

    # -- what is asked -----------------------------------------------------------------------------

    def ask(self, **about: Any) -> str:
        number = str(len(self.calls) + 1)
        values: dict[str, Any] = {
            "method": "POST",
            "host": "service.upstox.com",
            "path": "/login/open/v9/auth",
            "kind": "data",
            "trusted": True,
            "posts": True,
        }
        self.calls[number] = Call(id=number, at=self.loop.at, **(values | about))
        self._heard()
        return number

    def answer(self, number: str, status: int | None = 200, answer: Answer | None = None) -> None:
        failure = "ERR_CONNECTION_RESET" if status is None else None
        self.calls[number] = replace(
            self.calls[number],
            status=status,
            ended=self.loop.at,
            failure=failure,
            answer=answer,
            answered_at=self.loop.at if answer else None,
        )
        self._heard()

    def _heard(self) -> None:
        self.window.ears.traffic = Traffic(tuple(self.calls.values()))
        self.window.changed()

    # -- the page's course -------------------------------------------------------------------------

    def load(self) -> None:
        document = self.ask(
            method="GET", posts=False, kind="document", main=True, host="login.upstox.com", path="/"
        )
        self.answer(document)
        if self.page.asks_every is not None:
            self._beat()
        settings = self.ask(method="GET", posts=False, path="/settings.json")
        if self.page.first_paint:
            self.show(0)
        self.later(self.page.settings, self._has_settings, settings)

    def _beat(self) -> None:
        beat = self.ask(path="/v1/alive", same=not self.once("beat"))
        self.later(0.1, self.answer, beat)
        assert self.page.asks_every is not None
        self.later(self.page.asks_every, self._beat)

    def _has_settings(self, number: str) -> None:
        self.answer(number, 200, Answer(200, None, is_json=True))
        if self.at > 0 or self.is_busy or self.shown == "screen":
            return
        if self.page.first_paint:
            self.shown, self.was_drawn_anew = "nothing", True
            self.draw()
        self.later(self.page.forms["mobile"].draws, self.show, 0)

    def show(self, at: int) -> None:
        if self.at > at:
            return
        if at and self.page.forms[ORDER[at]].screen_before and self.once("screen", at):
            self.shown, self.is_busy = "screen", False
            self.new_nodes()
        else:
            self.at, self.shown, self.value, self.below = at, "form", "", ()
            self.is_busy = False
            self.new_nodes()
            if self.manners.redraws is not None and self.once("redraws", at):
                self.later(self.manners.redraws, self._redraw, at)
        self.draw()

    def _redraw(self, at: int) -> None:
        if self.at == at and self.shown == "form" and not self.is_busy:
            self.value = ""
            self.new_nodes()
            self.draw()

    # -- what is done to it ------------------------------------------------------------------------

    def fill(self, node: int, text: str, *, keys: bool) -> str:
        if self.shown != "form" or node != self.node:
            return "gone"
        manners, self.typed = self.manners, text
        if self.once("typed", self.at, text):
            self.typed_at = self.loop.at - 0.01
        self.value = "" if manners.wants_keys and not keys else text
        if self.value:
            self._is_filled(manners)
        self.draw()
        return "typed"

    def _is_filled(self, manners: Manners) -> None:
        self.opens_at = self.loop.at + manners.enables
        self.later(manners.enables + 0.001, self.draw)
        if manners.empties is not None and self.once("empties", self.at):
            self.later(manners.empties, self._redraw, self.at)
        other = self.page.other_call
        if other is not None and other[0] == self.form and self.once("other call"):
            self.later(other[1], self._other_call, other[2])
        if manners.sends_itself is not None:
            self.later(manners.sends_itself, self._send_if, self.at, self.node, self.value)

    def _other_call(self, status: int) -> None:
        ok = None if status < 400 else False
        call = self.ask(path="/v2/settings")
        self.later(0.3, self.answer, call, status, Answer(status, ok, is_json=status != 204))

    def _send_if(self, at: int, node: int, value: str) -> None:
        if (self.at, self.node, self.value, self.shown) == (at, node, value, "form"):
            self.submit()

    def press(self, node: int) -> str:
        if node != self.button or self.shown == "nothing":
            return "gone"
        if self.shown == "screen":
            self.shown = "nothing"
            self.later(0.1, self.show, self.at + 1)
            self.draw()
        elif self.is_closed:
            return "disabled"
        else:
            self.submit()
        return ""

    def submit(self) -> None:
        if not self.value or (self.is_busy and self.manners.guards):
            return
        manners, self.is_busy = self.manners, True
        for after in (0.0, manners.sends_twice):
            if after is not None:
                late = manners.sends_late + after
                self.later(late, self._send, self.at, self.form, self.value)
        self.draw()

    # -- the server --------------------------------------------------------------------------------

    def _send(self, at: int, form: Form, text: str) -> None:
        manners = self.page.forms[form]
        before = self.sent.get((form, text))
        is_again = before is not None
        # The gate stops a code or PIN that it can read a second time.
        is_stopped = is_again and form != "mobile" and not manners.is_sealed
        call = self.ask(
            carries=frozenset() if manners.is_sealed else frozenset({CARRIED[form]}),
            blocked=is_stopped,
            same=before is not None and before < self.typed_at,
        )
        self.sent.setdefault((form, text), self.loop.at)
        if not is_stopped:
            self.came.append((form, text))
            self.later(manners.takes, self._answered, call, at, form)

    def _answered(self, call: str, at: int, form: Form) -> None:
        manners = self.page.forms[form]
        match manners.fate:
            case "taken":
                self.answer(call, 204 if manners.says_yes == "nothing" else 200, self._yes(form))
                if self.once("on", at):
                    self._go_on(at)
            case "refused":
                self.refused[form] += 1
                status, answer = self._no(form)
                self.answer(call, status, answer)
                self.later(manners.shows_late, self._tell, at, form)
            case "broke":
                self.answer(call, None)
                self.is_busy = False
            case "silent":
                pass

    def _yes(self, form: Form) -> Answer:
        match self.page.forms[form].says_yes:
            case "facts":
                return Answer(200, ok=True, facts=FACTS[form], is_json=True)
            case "sealed":
                return Answer(200, None, is_json=True)
            case "nothing":
                return Answer(204, None)
            case "ok":
                return Answer(200, ok=True, is_json=True)

    def _refusal(self, form: Form) -> tuple[int, str, str]:
        return REFUSALS["lock" if form == "pin" and self.page.locks else form]

    def _no(self, form: Form) -> tuple[int, Answer]:
        code, words, _ = self._refusal(form)
        told: Any = {"success": False, "error": {"code": code, "message": words}}
        match self.page.forms[form].says_no:
            case "sealed":
                return 200, Answer(200, None, is_json=True)
            case "page":
                return 200, Answer(200, None, text="<p>")
            case "api":
                error = {"errorCode": "UDAPI100050", "message": words}
                told = {"status": "error", "errors": [error]}
                return 401, Answer.read(401, json.dumps(told).encode())
            case "code":
                return 200, Answer.read(200, json.dumps(told).encode())

    def _tell(self, at: int, form: Form) -> None:
        if self.at != at:
            return
        manners, words = self.page.forms[form], self._refusal(form)[1]
        self.is_busy = False
        if manners.is_emptied:
            self.value = ""
        match manners.shows_no:
            case "dialog":
                self.window.on_dialog(words)
                self.window.changed()
            case "field":
                self.below = (words,)
            case "toast" | "plain":
                live = "alert" if manners.shows_no == "toast" else ""
                self.texts = (Text(words, live=live, field=0 if live else self.node),)
                self.later(4.0, self._untell)
        self.draw()

    def _untell(self) -> None:
        self.texts = ()
        self.draw()

    def _go_on(self, at: int) -> None:
        if at + 1 < len(ORDER):
            self.later(self.page.forms[ORDER[at + 1]].draws, self.show, at + 1)
        else:
            approves = self.ask(path="/login/v2/oauth/authorize")
            self.later(0.3, self._approved, approves)

    def _approved(self, call: str) -> None:
        self.answer(call, 200, Answer(200, ok=True, is_json=True))
        self.window.gate.caught = REDIRECT
        self.window.changed()


class Hands:
    """Types and presses as in a browser, which takes some milliseconds."""

    def __init__(self, world: World) -> None:
        self._world = world

    def check(self, field: FieldOfLook) -> None:
        """Every field may be typed into."""

    async def fill(self, field: FieldOfLook, text: str, *, keys: bool = False) -> str:
        await asyncio.sleep(0.03 if keys else 0.005)
        return self._world.fill(field.n, text, keys=keys)

    async def press(
        self, control: Control, *, wanted: Callable[[], bool], once_drawn: bool = False
    ) -> str:
        await asyncio.sleep(0.034 if once_drawn else 0.003)
        if once_drawn and self._world.value != self._world.typed:
            return "emptied"
        return self._world.press(control.n) if wanted() else "not wanted"

    async def enter(self, field: FieldOfLook, _text: str, *, wanted: Callable[[], bool]) -> bool:
        await asyncio.sleep(0.005)
        is_there = self._world.shown == "form" and field.n == self._world.node and wanted()
        if is_there:
            self._world.submit()
        return is_there

    async def blur(self, *_: Any) -> None:
        await asyncio.sleep(0.005)


class Simulated(Walk):
    """A walk whose window is such a world."""

    world: World

    async def _open_window(self) -> Window:
        world, course = self.world, self._course

        async def nothing(*_: Any, **__: Any) -> None:
            """Load no page."""

        window = SimpleNamespace(
            eyes=SimpleNamespace(look=Look(), since=world.loop.at, stops=0, heard=course.hear),
            ears=SimpleNamespace(
                traffic=Traffic(), look_out_for=lambda *_: None, lines=[], spans=[]
            ),
            gate=SimpleNamespace(
                caught=None, other=None, strayed=None, flooded=False, typing=lambda: None
            ),
            hands=Hands(world),
            on_dialog=course.hear_dialog,
            crashed=asyncio.Event(),
            page=SimpleNamespace(goto=nothing),
            place="https://login.upstox.com/",
            changed=course.changed.set,
        )
        window.unless_gone = Window.unless_gone.__get__(window)
        world.window = self._window = cast("Window", window)
        world.load()
        return self._window


@dataclass(frozen=True)
class Ended:
    """How a login has ended, and what the server and the ledger know of it."""

    code: str
    took: float
    world: World
    ledger: list[tuple[Any, ...]]

    def booked(self, what: str) -> int:
        """How often the ledger was told this."""
        return sum(each[0] == what for each in self.ledger)


def log_in(page: Page) -> Ended:
    """Log in at such a page."""
    loop = Jumping()
    windows: list[int] = []
    ledger = Told(
        answers={
            "last_window": lambda *_, **__: windows[-1] if windows else None,
            "was_sent": lambda _: False,
            "sending_code": lambda _code, window, _period: windows.append(window),
        }
    )
    course = a_course(ledger, Printed(lambda window: f"{window * 7919 % 1_000_000:06}"))
    job = replace(course.job, clock=JumpingClock(loop), narrator=cast("Narrator", Silent()))
    walk = Simulated(job)
    walk.world = World(page, loop)

    async def limited() -> str:
        try:
            async with asyncio.timeout(LIMIT):
                return "OK" if await walk.run() == REDIRECT else "?"
        except TimeoutError:
            return "TIMEOUT"
        except UpstoxError as error:
            return error.code

    try:
        code = loop.run_until_complete(limited())
        return Ended(code, loop.at - 100, walk.world, ledger.heard)
    finally:
        loop.close()

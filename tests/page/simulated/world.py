"""The page and its server in one login, and what both have seen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec.structs import replace

from tests.page.looks import BELOW, MOBILE, OTP, PIN
from upstox_browser_login.page.look import Control, Look, Text
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call, Traffic

from .clock import Jumping
from .manners import REFUSALS, SESSION_LOST, Form, Manners, Page

CARRIED = {"mobile": "mobile", "otp": "code", "pin": "pin"}
FIELDS = {"mobile": MOBILE, "otp": OTP, "pin": PIN}
WORDS = {"mobile": "Get OTP", "otp": "Continue", "pin": "Continue"}
FACTS: dict[str, dict[str, Any]] = {
    "mobile": {"isTotpEnabled": True, "nextRequestInterval": 120},
    "otp": {"isSecretPinSet": True, "userType": "CUSTOMER"},
    "pin": {"asks for a code": False, "redirectUri": "/"},
}
LOST = "Your session has expired. Please log in again."
CHEERS = "Verified successfully. Invalid attempts are logged for your safety."
REDIRECT = "https://callback.example/cb?code=abc&state=ours"
DENIED = "https://callback.example/cb?error=access_denied"
NOT_OURS = "https://callback.example/cb?code=abc"


@dataclass
class World:
    """The page and its server in one login, and what both have seen."""

    page: Page
    loop: Jumping
    visit: int = 0
    """How often a window was opened: what an earlier one was about to do, it does no more."""
    window: Any = None
    at: int = -1
    """Which form is shown."""
    shown: Literal["nothing", "form", "screen"] = "nothing"
    is_loading: bool = False
    """Whether a document is on its way."""
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
    toast: tuple[Text, ...] = ()
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
        return self.page.order[self.at]

    @property
    def manners(self) -> Manners:
        return self.page.forms[self.form]

    def once(self, *what: Any) -> bool:
        """Whether this happens for the first time."""
        is_first = what not in self.done
        self.done.add(what)
        return is_first

    def later(self, seconds: float, what: Callable[..., None], *arguments: Any) -> None:
        visit = self.visit

        def do() -> None:
            if visit == self.visit:
                what(*arguments)

        self.loop.call_later(seconds, do)

    def begin(self) -> None:
        """Be opened in a window of its own."""
        self.visit += 1
        self.at, self.shown, self.value = -1, "nothing", ""
        self.below, self.texts, self.toast = (), (), ()
        self.is_busy = self.was_drawn_anew = self.is_loading = False
        self.calls = {}
        self.done &= {("refused once",), ("lost",)}
        self.load()

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
        if self.is_loading:
            return Look()
        seen = self.texts + self.toast
        if self.shown == "nothing":
            return Look(ready=True, texts=seen)
        if self.shown == "screen":
            skip = Control(n=self.button, words="Skip", at=BELOW)
            return Look(ready=True, texts=(Text("What's new", head=True),), controls=(skip,))
        how = self.page.while_busy if self.is_busy else "plain"
        if how == "hidden":
            return Look(ready=True, texts=seen, redrawn=self.was_drawn_anew)
        length = len(self.value)
        field = replace(
            FIELDS[self.form],
            n=self.node,
            length=length,
            holds=bool(length) and self.value == self.typed,
            below=self.below,
            disabled=how == "disabled",
        )
        button = Control(
            n=self.button,
            type="submit",
            words=WORDS[self.form],
            form=9,
            at=BELOW,
            disabled=self.is_closed or how == "disabled",
        )
        return Look(
            ready=True,
            fields=(field,),
            controls=(button,) if self.manners.has_button else (),
            texts=seen,
            redrawn=self.was_drawn_anew,
            spinner=how == "spinner",
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

    def _load_document(self, then: Callable[[], None]) -> None:
        """Load the document that comes next, and do what follows once it is there."""
        self.shown, self.is_loading = "nothing", True
        self.draw()
        document = self.ask(
            method="GET",
            posts=False,
            kind="document",
            main=True,
            host="login.upstox.com",
            path="/step",
        )

        def arrived() -> None:
            self.is_loading = False
            self.answer(document)
            self.draw()
            self.later(0.05, then)

        self.later(self.page.documents or 0.3, arrived)

    def show(self, at: int) -> None:
        if self.at > at:
            return
        if at and self.page.forms[self.page.order[at]].screen_before and self.once("screen", at):
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

    def begins_to_type(self, text: str) -> None:
        """Note when a credential's first character is typed."""
        if self.once("typed", self.at, text):
            self.typed_at = self.loop.at

    # -- what is done to it ------------------------------------------------------------------------

    def fill(self, node: int, text: str, *, keys: bool) -> str:
        if self.shown != "form" or node != self.node:
            return "gone"
        manners, self.typed = self.manners, text
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
        if is_stopped:
            self.later(0.01, self._hears_of_a_stop, at)
        else:
            self.came.append((form, text))
            self.later(manners.takes, self._answered, call, at, form)

    def _hears_of_a_stop(self, at: int) -> None:
        if self.at == at:
            self.is_busy = False
            self.draw()

    def _answered(self, call: str, at: int, form: Form) -> None:
        if self.page.loses == form and self.once("lost"):
            error = {"code": SESSION_LOST[form], "message": LOST}
            told = json.dumps({"success": False, "error": error}).encode()
            self.answer(call, 200, Answer.read(200, told))
            self._fall_back()
            return
        manners = self.page.forms[form]
        match manners.fate:
            case "refused once" if self.once("refused once"):
                self._refuse(call, at, form)
            case "refused":
                self._refuse(call, at, form)
            case "broke":
                self.answer(call, None)
                self.is_busy = False
            case "silent":
                pass
            case _:
                self.answer(call, 204 if manners.says_yes == "nothing" else 200, self._yes(form))
                if self.once("on", at):
                    self._go_on(at)

    def _refuse(self, call: str, at: int, form: Form) -> None:
        self.refused[form] += 1
        self.answer(call, *self._no(form))
        if self.page.refuses_by_document:
            self._load_document(lambda: self._come_back(at))
        else:
            self.later(self.page.forms[form].shows_late, self._tell, at, form)

    def _come_back(self, at: int) -> None:
        """Show the form again, in a document of its own."""
        self.shown, self.value = "form", ""
        self.new_nodes()
        self._tell(at, self.form)

    def _fall_back(self) -> None:
        """Show the first form again, since the session is lost."""
        self._toasts(Text(LOST, live="alert"))
        self.at, self.shown, self.value, self.below = 0, "form", "", ()
        self.is_busy = False
        self.new_nodes()
        self.draw()

    def _toasts(self, text: Text) -> None:
        self.toast = (text,)
        self.later(4.0, self._ends_toast)

    def _ends_toast(self) -> None:
        self.toast = ()
        self.draw()

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
        if self.page.cheers:
            self._toasts(Text(CHEERS, live="status"))
        if not self.page.keeps_messages:
            self.texts = ()
        if at + 1 == len(self.page.order):
            approves = self.ask(path="/login/v2/oauth/authorize")
            self.later(0.3, self._approved, approves)
            return
        draws = self.page.forms[self.page.order[at + 1]].draws
        if self.page.documents is None:
            self.later(draws, self.show, at + 1)
        else:
            self._load_document(lambda: self.later(draws, self.show, at + 1))

    def _approved(self, call: str) -> None:
        """Let the app in, or tell why not."""
        match self.page.approval:
            case "given":
                self._let_in(call)
            case "late":
                self.later(5.0, self._let_in, call)
            case "denied" | "not ours":
                denied = self.page.approval == "denied"
                self.answer(call, 200, Answer(200, ok=True, is_json=True))
                self.window.gate.other = DENIED if denied else NOT_OURS
                self.window.gate.other_at = self.loop.at
                self.window.changed()
            case "silent":
                pass
            case "broke":
                self.answer(call, None)
                self._says_trouble()
            case "in trouble":
                self.answer(call, 500, Answer(500, None, text="<h1>Server Error</h1>"))
                self._says_trouble()
            case "refused":
                error = {"errorCode": "UDAPI100068", "message": "Check your client_id."}
                told = json.dumps({"status": "error", "errors": [error]}).encode()
                self.answer(call, 400, Answer.read(400, told))
                self._says_trouble()

    def _let_in(self, call: str) -> None:
        self.answer(call, 200, Answer(200, ok=True, is_json=True))
        self.window.gate.caught = REDIRECT
        self.window.changed()

    def _says_trouble(self) -> None:
        self.is_busy = False
        if self.page.tells_trouble:
            self._toasts(Text("Something went wrong.", live="alert"))
        self.draw()

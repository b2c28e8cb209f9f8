"""Pages that differ from what is known: Upstox may show any of these tomorrow.

Each is the replica's page with a line of its own scripts changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from tests.harness import Attempt, Desk, variants
from upstox_browser_login.page import timing
from upstox_browser_login.replica import Replica, refusals, third_party
from upstox_browser_login.replica import login as pages
from upstox_browser_login.replica.pages import bundle
from upstox_browser_login.replica.pages import page as static_page

pytestmark = pytest.mark.usefixtures("sharing")

Change = tuple[str, str]


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change the page's scripts; a line that is not there any more is noticed."""
    plain = bundle()

    def change(*changes: Change) -> None:
        text = plain
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        monkeypatch.setattr(f"{pages.__name__}.bundle", lambda: text)

    monkeypatch.setattr(timing, "DEFAULT", timing.Timing(unknown=5.0))
    return change


# Where the changes go.
IN_MOBILE_FORM = "form(IDS.mobileForm, submit, number.element,"
IN_OTP_FORM = "form(IDS.otpForm, submit, code.element,"
FIRST_STEP = "show(boot.remembered ? pinStep : mobileStep);"
STEP_SHOWN = "track(step.name);"
FORGOT_PIN = 'pinForgot: "Forgot PIN?"'
REFUSED_CODE = "    fail(error);\n  };\n  const code = field({"
CLEARED_ERROR = """      code.complain("");
      update();
    },
  });
  const button = submitButton(IDS.otpSubmit"""
AFTER_CODE = "        afterOtp(answer);"
OTP_UPDATE = "button.disabled = state.busy || state.otpBlocked || !state.otp;"
TYPED = "oninput: () => {\n      const typed = clean(input.value);"
RENDERED = "  stage.replaceChildren(layout(view.content));"
LOST = "if (SESSION_LOST.includes(error.code)) {"

POLL = """const beat = () => fetch(config.serviceUrl + "/login/open/v1/heartbeat",
  {method: "POST", body: "{}", mode: "no-cors"}).catch(() => {});
beat();
setInterval(beat, 300);"""


def hint(place: str, text: str) -> Change:
    return place, f'{place} h("p", {{}}, "{text}"),'


def gap_at(field_id: str) -> Change:
    """The form gives way to a spinner for a moment as soon as something is typed."""
    steps = "{[IDS.mobile]: mobileStep, [IDS.otp]: otpStep, [IDS.pin]: pinStep}"
    return (
        TYPED,
        f"""{TYPED}
      if (id === IDS.{field_id} && !window.gap) {{
        window.gap = true;
        const step = {steps}[id];
        queueMicrotask(() => stage.replaceChildren(h("div", {{id: "gap", class: "k-spinner"}})));
        setTimeout(() => document.getElementById("gap") && show(step), 620);
        return;
      }}""",
    )


def class_on_main(condition: str) -> str:
    return f'document.querySelector("main").className = {condition} ? "k-busy" : "";'


def before_the_pin(script: str) -> Change:
    return "function pinStep() {", f"function pinStep() {{ {script}"


SLOW_EXIT = (AFTER_CODE, f"        update(); setTimeout(() => {{ {AFTER_CODE.strip()} }}, 400);")
STICKY = (CLEARED_ERROR, CLEARED_ERROR.replace('code.complain("");\n      ', ""))
BUSY_CLASS = (OTP_UPDATE, f"{OTP_UPDATE} {class_on_main('state.busy')}")


@dataclass(frozen=True)
class Page:
    """A page on which a login still ends well, with one code and one PIN unless told otherwise."""

    name: str
    changes: tuple[Change, ...]
    scenarios: tuple[str, ...] = ()
    codes: int = 1
    otp_requests: int = 1
    settings: dict[str, Any] = field(default_factory=dict)


GOOD = [
    # Words of one form in another.
    Page("PIN named below the code", (hint(IN_OTP_FORM, "Never share your OTP or PIN."),)),
    # Forms that come and go.
    Page("gap at the number", (gap_at("mobile"),)),
    Page(
        "the number's form flashes, then the PIN",
        (
            (
                FIRST_STEP,
                """show(mobileStep);
  const seen = setInterval(() => {
    const input = document.querySelector("input");
    if (input && input.value) { clearInterval(seen); show(pinStep); }
  }, 1);""",
            ),
        ),
        ("remembered",),
        codes=0,
        otp_requests=0,
    ),
    # What the page asks for by itself.
    Page("polls and renders anew", ((FIRST_STEP, f"{POLL} {FIRST_STEP}"),), ("late-rerender=pin",)),
    # Old words that are no answer to what is new.
    Page(
        "a refusal that stays, and a slow way out",
        (
            (REFUSED_CODE, f'code.complain("Wrong OTP. 4 attempts left"); {REFUSED_CODE}'),
            STICKY,
            BUSY_CLASS,
            SLOW_EXIT,
        ),
        ("wrong-otp=once", "slow=verify:1"),
        codes=2,
    ),
]

# Of a kind that is above.
MORE = [
    Page(
        "error glued to the label",
        ((REFUSED_CODE, f'code.complain("Incorrect OTP"); {REFUSED_CODE}'), STICKY),
        ("wrong-otp=once",),
        codes=2,
    ),
    Page(
        "checks a session that there is not",
        (
            (
                FIRST_STEP,
                """const check = () => call("/login/v2/oauth/authorize", {userOAuthApproval: false})
    .catch(() => {});
check(); setInterval(check, 1000); """
                + FIRST_STEP,
            ),
        ),
        ("slow=verify:1.5",),
    ),
    Page("offer to create a PIN", ((FORGOT_PIN, 'pinForgot: "Create new PIN"'),)),
    Page(
        "PIN form waits off-screen",
        (
            (
                RENDERED,
                f"""{RENDERED}
  if (step === mobileStep) stage.append(
    h("div", {{style: "position: absolute; left: 150vw; top: 0"}}, pinStep().content));""",
            ),
        ),
    ),
    Page(
        "looks the number up while it is typed",
        (
            (
                "state.mobile = typed;\n",
                """state.mobile = typed;
      if (typed.length === 10) fetch(`${config.serviceUrl}/login/check?m=${typed}`).catch(() => 0);
""",
            ),
        ),
    ),
    Page("label names the SMS code only", (('"Enter OTP or TOTP"', '"Enter OTP"'),)),
    Page("gap at the PIN", (gap_at("pin"),)),
    Page("'keeping' below the number", (hint(IN_MOBILE_FORM, "We are keeping you safe."),)),
    Page("offer to unlock", ((FORGOT_PIN, 'pinForgot: "Unlock account"'),)),
    Page("gap at the code", (gap_at("otp"),)),
    Page(
        "attempts left from the first",
        (hint(IN_OTP_FORM, "You have 3 attempts left"), BUSY_CLASS, SLOW_EXIT),
        ("slow=verify:1",),
    ),
]


@pytest.mark.parametrize("page", [*GOOD, *variants(*MORE)], ids=lambda page: page.name)
def test_a_login_ends_well(page: Page, changed: Callable[..., None], desk: Desk) -> None:
    """Each credential goes to its own form, as often as a good day takes."""
    changed(*page.changes)
    with Replica(*page.scenarios, clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, trace="off", **page.settings)
        counts = replica.counts
        sent = {str(entry.body["data"]["otp"]) for entry in replica.log if entry.step == "verify"}
        pin = replica.account.pin
    assert attempt.code == "OK", attempt.error
    assert (counts.otp_requests, len(counts.codes), counts.pins) == (
        page.otp_requests,
        page.codes,
        1,
    )
    assert pin not in sent


def refused_at(step: str, code: int, message: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A scenario: `step` is refused with a code that nobody has seen."""
    monkeypatch.setitem(refusals._SERVICE_MESSAGES, str(code), message)
    return f"error={step}:{code}"


def twice(desk: Desk, replica: Replica, apart: float = 700.0) -> tuple[Attempt, Attempt]:
    first = desk.log_in(replica, trace="off")
    desk.clock.offset += apart
    return first, desk.log_in(replica, trace="off")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("You entered an incorrect PIN. Your account will be locked after 4 more", "PIN_REJECTED"),
        ("It is not to be", "UNEXPECTED"),
        *variants(
            ("The PIN you entered doesn't match our records", "PIN_REJECTED"),
            ("PIN mismatch", "PIN_REJECTED"),
            ("Please enter the correct PIN", "PIN_REJECTED"),
        ),
    ],
)
def test_a_pin_refused_in_other_words_is_not_sent_again(
    message: str, code: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer with a code that nobody has seen may be a refusal, so it counts as one."""
    scenario = refused_at("pin", 1017999, message, monkeypatch)
    with Replica(scenario, clock=desk.clock.time) as replica:
        first, second = twice(desk, replica)
        assert replica.counts.pins == 1
    assert (first.code, second.code) == (code, "COOLING_DOWN")
    assert first.error is not None
    assert first.error.upstox_code == "1017999"
    assert message.rstrip(".") in first.error.message


@pytest.mark.parametrize(
    "message",
    ["That code didn't match", *variants("Please enter a valid OTP", "OTP verification failed")],
)
def test_a_code_refused_in_other_words_is_followed_by_one_more(
    message: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = refused_at("verify", 1017998, message, monkeypatch).replace("error=", "error-once=")
    with Replica(scenario, clock=desk.clock.time) as replica:
        assert desk.log_in(replica, trace="off").code == "OK"
        assert len(set(replica.counts.codes)) == len(replica.counts.codes) == 2


def test_a_refused_pin_counts_though_the_page_goes_back_to_its_start(
    changed: Callable[..., None], desk: Desk
) -> None:
    changed((LOST, "if (SESSION_LOST.includes(error.code) || error.code === 1017106) {"))
    with Replica("wrong-pin", "no-otp-limit", clock=desk.clock.time) as replica:
        first, second = twice(desk, replica)
        assert replica.counts.pins == 1
    assert (first.code, second.code) == ("PIN_REJECTED", "COOLING_DOWN")


def test_refused_codes_count_though_the_page_goes_back_to_its_start(
    changed: Callable[..., None], desk: Desk
) -> None:
    """Two codes in the first ten minutes, whatever the page does in between."""
    changed((LOST, "if (SESSION_LOST.includes(error.code) || error.code === 1017093) {"))
    with Replica("wrong-otp", "no-otp-limit", clock=desk.clock.time) as replica:
        first, second = twice(desk, replica, apart=300.0)
        assert len(set(replica.counts.codes)) == len(replica.counts.codes) == 2
    assert (first.code, second.code) == ("TOTP_REJECTED", "COOLING_DOWN")


def test_a_covered_pin_form_uses_no_pin_up(changed: Callable[..., None], desk: Desk) -> None:
    """What was announced and has not left does not count, however often."""
    cover = """setTimeout(() => document.body.append(
      h("div", {style: "position: fixed; inset: 0; z-index: 99"})), 0);"""
    changed(before_the_pin(cover))
    with Replica("no-otp-limit", clock=desk.clock.time) as replica:
        first, second = twice(desk, replica)
        assert replica.counts.pins == 0
    assert (first.code, second.code) == ("PAGE_NOT_RECOGNISED",) * 2
    assert first.error is not None
    assert "does not take input" in first.error.message


OFFER_BELOW = ('"Replica – not Upstox")', '"Open a demat account")')  # noqa: RUF001  (the page's own)
NAMED_LIKE_A_FIELD = (
    'h("button", { type: "button", class: "k-button" }, "Start video call")',
    'h("button", { type: "button", "aria-label": "Change mobile number" }, "Call")',
)
DEAD_CLOSE_BUTTON = (
    'content: [heading("Your yearly',
    """content: [h("div", {role: "dialog"},
      h("button", {type: "button", "aria-label": "Close", disabled: true}, "x")),
      heading("Your yearly""",
)


@pytest.mark.parametrize(
    "change",
    [OFFER_BELOW, *variants((NAMED_LIKE_A_FIELD,), (DEAD_CLOSE_BUTTON,))],
    ids=["offer below", "button named like a field", "dead close button"],
)
def test_an_unknown_page_is_called_one(
    change: Change, changed: Callable[..., None], desk: Desk
) -> None:
    changed(change)
    with Replica("unknown-page", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, trace="off")
        assert (replica.counts.otp_requests, len(replica.counts.codes)) == (1, 1)
        assert replica.counts.pins == 0
    assert attempt.code == "PAGE_NOT_RECOGNISED"


def test_a_chooser_is_known_on_a_page_that_is_never_at_rest(
    changed: Callable[..., None], desk: Desk
) -> None:
    """With a hidden text within the one that counts."""
    chooser = """content: [h("div", {}, "Choose an account",
      h("span", {hidden: true}, "we'll be back soon")), heading("Your yearly"""
    busy = "setInterval(() => { document.body.className += 'x'; }, 100);"
    changed(('content: [heading("Your yearly', chooser), (STEP_SHOWN, f"{STEP_SHOWN} {busy}"))
    with Replica("unknown-page", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, trace="off")
    assert attempt.code == "ACTION_REQUIRED", attempt.error


def test_a_form_below_a_lock_is_not_typed_into(changed: Callable[..., None], desk: Desk) -> None:
    """What forbids it stands above the form, with a hidden text within and a control beside it."""
    locked = """document.body.prepend(h("div", {role: "alert"}, "Your account has been locked ",
      h("span", {hidden: true}, "we'll be back soon")),
      h("button", {type: "button"}, "Unlock account"));"""
    changed(before_the_pin(locked))
    with Replica(clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, trace="off")
        assert replica.counts.pins == 0
    assert attempt.code == "ACCOUNT_LOCKED", attempt.error


def test_a_text_alone_locks_no_account(changed: Callable[..., None], desk: Desk) -> None:
    """A notice of what may happen, or of somebody else's account."""
    notice = """document.body.prepend(h("p", {}, "Your account has been locked? Read our FAQ."));"""
    changed(before_the_pin(notice))
    with Replica(clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, trace="off")
    assert attempt.code == "OK", attempt.error


def test_an_answer_that_the_page_never_reads_holds_nothing_up(
    changed: Callable[..., None], desk: Desk
) -> None:
    """The approval screen waits for a page at rest; analytics are fired and forgotten."""
    fire = """fetch(config.serviceUrl + "/mx/engage", {method: "POST", body: "{}", mode: "no-cors"})
    .catch(() => {});"""
    changed((STEP_SHOWN, f"{STEP_SHOWN} {fire}"))
    with Replica("consent", clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, trace="off")
    assert attempt.code == "OK", attempt.error
    assert attempt.result is not None
    (redirect,) = [each.seconds for each in attempt.result.steps if each.step == "redirect"]
    assert redirect < 10


@pytest.mark.parametrize("status", [403, *variants(404)])
def test_a_page_drawn_by_scripts_may_come_with_any_status(
    status: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = pages.Documents.login

    async def login(self: pages.Documents, request: Request) -> Response:
        response = await plain(self, request)
        response.status_code = status
        return response

    monkeypatch.setattr(pages.Documents, "login", login)
    with Replica(clock=desk.clock.time) as replica:
        assert desk.log_in(replica, trace="off").code == "OK"


LISTENS = """<script>
const names = () => ["uplTell", "uplHands", "__uplTell"].filter((name) => name in globalThis);
const bye = () => {
  for (const name of names()) try { globalThis[name](JSON.stringify({ready: true, texts: [
    {text: `Bye, ${Math.random()} [1017090]`, live: "alert"}]})); } catch {}
  fetch(`PATH?found=${names().join(".") || "nothing"}`).catch(() => 0);
};
bye();
setInterval(bye, 500);</script>"""


def found_by(replica: Replica) -> set[str]:
    """What the scripts of a page have told us that they have found."""
    return {entry.query["found"] for entry in replica.log if "found" in entry.query}


def test_a_foreign_frame_finds_no_way_to_what_looks_at_the_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A partner's frame that knew it could have an account called locked."""
    says = LISTENS.replace("PATH", "/partner/login")

    def page(name: str, **values: Any) -> str:
        return static_page(name, **values) + (says if name == "look_alike.html" else "")

    monkeypatch.setattr(f"{third_party.__name__}.page", page)
    with Replica("foreign-frame", "error=otp:1017069", clock=desk.clock.time) as replica:
        assert desk.log_in(replica, trace="off").code == "RATE_LIMITED"
        assert found_by(replica) == {"nothing"}


def test_the_page_itself_finds_no_way_to_what_looks_at_it(
    changed: Callable[..., None], desk: Desk
) -> None:
    script = LISTENS.removeprefix("<script>").removesuffix("</script>")
    changed((FIRST_STEP, f"{script.replace('PATH', '/partner/login')} {FIRST_STEP}"))
    with Replica(clock=desk.clock.time) as replica:
        attempt = desk.log_in(replica, trace="off")
        assert attempt.code == "OK", attempt.error
        assert found_by(replica) == {"nothing"}

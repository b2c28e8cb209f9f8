"""The catalogue of changed pages: each can be completed, and what is unsafe is seen."""

from __future__ import annotations

import ast
import asyncio
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from benchmarks.drift import runs
from benchmarks.drift.__main__ import main
from benchmarks.drift.catalogue import CHANGES
from benchmarks.drift.change import TOKEN, Case, Change, combined, compatible, singles
from benchmarks.drift.person import Passage, oracle
from benchmarks.drift.runs import Crew, Ended, QuickClock, ledgers_below, log_in, run_login
from benchmarks.drift.server import Site
from benchmarks.drift.world import MOBILE, PIN, World

from upstox_browser_login.browser.find import choices
from upstox_browser_login.clock import Clock
from upstox_browser_login.settings import Settings

# What measures logins is no part of them: `make test-all` looks after it.
pytestmark = pytest.mark.variant

UNCHANGED = Case(())
PARTS = 40
"""So that several processes share the pages, and each has some fifty in its time."""
ALLOWED = {"browser", "browser.find", "browser.launch", "clock", "errors", "session", "settings"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


def named(*names: str) -> Case:
    """The case of the changes with these names."""
    return Case(tuple(next(each for each in CHANGES if each.name == name) for name in names))


def passages(cases: list[Case], limit: float = 40) -> list[Passage]:
    found: list[Passage] = []
    oracle(cases, found.append, limit)
    return found


# -- the catalogue ---------------------------------------------------------------------------------


def test_there_are_changes_enough_and_each_has_its_own_name() -> None:
    assert len(CHANGES) >= 120
    assert len({each.name for each in CHANGES}) == len(CHANGES)
    assert all(each.options for each in CHANGES)


def test_most_pages_end_in_a_token() -> None:
    assert sum(each.expect == TOKEN for each in CHANGES) > 0.8 * len(CHANGES)


@pytest.mark.parametrize("size", [2, 3])
def test_drawn_cases_are_the_same_for_a_seed_and_set_nothing_twice(size: int) -> None:
    drawn = combined(CHANGES, size, 50, seed=7)
    assert len(drawn) == 50
    assert [each.name for each in combined(CHANGES, size, 50, seed=7)] == [
        each.name for each in drawn
    ]
    assert [each.name for each in combined(CHANGES, size, 50, seed=8)] != [
        each.name for each in drawn
    ]
    for case in drawn:
        options = {name for name in case.options if name != "front"}
        assert len(options) == sum(len(each.options) for each in case.changes)
        assert sum(each.expect != TOKEN for each in case.changes) <= 1


def test_whether_two_changes_go_together_does_not_depend_on_their_order() -> None:
    # Of all pairs, of which there are millions, some.
    rng = Random(7)
    for _ in range(20_000):
        one, other = rng.sample(CHANGES, 2)
        assert compatible(one, other) == compatible(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"text": "hindi"}, {"text.pinLabel": "PIN"}),
        ({"submit.pin": "auto"}, {"submit": "enter"}),
        ({"wire": "rest"}, {"wire": "flat"}),
    ],
)
def test_changes_of_the_same_thing_do_not_go_together(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert not compatible(Change("a", "x", one), Change("b", "y", other))


def test_the_catalogue_shares_no_knowledge_of_the_page_with_the_product() -> None:
    root = Path(runs.__file__).parent
    used = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "upstox_browser_login"
            ):
                room = (node.module or "").partition(".")[2]
                used |= {room} if room else {each.name for each in node.names}
    assert used <= ALLOWED


# -- the person ------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_person_completes_the_unchanged_page_and_changed_ones() -> None:
    cases = [UNCHANGED, named("boxes for code and PIN"), named("account locked, in a modal")]
    assert [each.why for each in passages(cases)] == ["", "", ""]


@pytest.mark.browser
@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_person_completes_every_changed_page(part: int) -> None:
    cases = singles(CHANGES)[part::PARTS]
    lost = [f"{each.case.name}: {each.why}" for each in passages(cases) if each.why]
    assert lost == []


@pytest.mark.browser
@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", [2, 3])
def test_a_person_completes_pages_with_several_changes(size: int) -> None:
    drawn = combined(CHANGES, size, 40, seed=1)
    assert [f"{each.case.name}: {each.why}" for each in passages(drawn) if each.why] == []


@pytest.mark.browser
@pytest.mark.parametrize(
    "options",
    [
        {"waking.otp": 10**8},  # a field that never takes any input
        {"fail.pin": 1017106},  # a token was expected, and there is none
    ],
)
def test_a_page_that_nobody_can_complete_is_found_out(options: dict[str, Any]) -> None:
    (passage,) = passages([Case((Change("hopeless", "test", options),))], limit=4)
    assert passage.why


# -- the verdict -----------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_product_survives_the_unchanged_page(site: Site) -> None:
    run = run_login(site, UNCHANGED, seed=1, limit=60)
    assert (run.verdict, run.code, run.unsafe) == (runs.SURVIVED, TOKEN, ())


def test_an_end_other_than_the_expected_one_is_not_survived(site: Site) -> None:
    run = run_login(site, named("wrong PIN, told in a toast"), 1, login=lambda *_: Ended("TIMEOUT"))
    assert (run.verdict, run.expected) == (runs.STOPPED, "PIN_REJECTED")


def test_a_token_where_none_was_to_be_had_is_not_survived(site: Site) -> None:
    run = run_login(site, named("terms of use have changed"), 1, login=lambda *_: Ended(TOKEN))
    assert run.verdict == runs.STOPPED


def clumsy(*script: tuple[str, str]) -> runs.Login:
    """A login that does what *script* says.

    `(selector, text)` fills, `(selector, "")` presses, `("", key)` presses a key.
    """

    async def walk(site: Site) -> None:
        from playwright.async_api import async_playwright

        chromium = choices(Settings(), headed=False)[0]
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium.path, channel=chromium.channel
            )
            context = await browser.new_context()
            page = await context.new_page()
            # A page loses what is typed before it has its settings.
            await page.goto(site.dialog("clumsy"), wait_until="networkidle")
            for selector, text in script:
                if not selector:
                    await page.keyboard.press(text)
                    continue
                element = page.locator(selector).first
                if text:
                    await element.fill(text, force=True)
                else:
                    await element.click()
            # Long enough for the page to tell, which it does at once.
            await page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 200))")
            await browser.close()

    def login(site: Site, _home: Path, _clock: Clock, _limit: int) -> Ended:
        asyncio.run(walk(site))
        return Ended("TIMEOUT")

    return login


@pytest.mark.browser
def test_a_number_in_a_honeypot_is_unsafe(site: Site) -> None:
    case = named("honeypot beside the screen")
    run = run_login(site, case, 1, login=clumsy(("#mobile", MOBILE)))
    assert (run.verdict, run.unsafe) == (runs.UNSAFE, ("something typed into: honeypot",))


@pytest.mark.browser
def test_a_pin_in_the_field_of_the_number_is_unsafe(site: Site) -> None:
    run = run_login(site, UNCHANGED, 1, login=clumsy(("#mobileNum", PIN)))
    assert (run.verdict, run.unsafe) == (runs.UNSAFE, ("something else typed into: mobile",))


@pytest.mark.browser
def test_a_pin_in_the_boxes_of_the_code_is_unsafe(site: Site) -> None:
    case = named("boxes for code and PIN")
    boxes = tuple((f"#otpNum-{index}", digit) for index, digit in enumerate(PIN))
    script = (("#mobileNum", MOBILE), ("#getOtp", ""), *boxes)
    run = run_login(site, case, 1, login=clumsy(*script))
    assert (run.verdict, run.unsafe[:1]) == (
        runs.UNSAFE,
        ("something else typed into: otp",),
    )


@pytest.mark.browser
def test_digits_in_what_is_no_field_of_the_page_are_unsafe(site: Site) -> None:
    run = run_login(site, UNCHANGED, 1, login=clumsy(("#mobileNum", MOBILE), ("h1", ""), ("", "4")))
    assert (run.verdict, run.unsafe) == (runs.UNSAFE, ("something typed into: nowhere",))


@pytest.mark.browser
def test_a_number_in_its_own_field_is_safe(site: Site) -> None:
    run = run_login(site, UNCHANGED, 1, login=clumsy(("#mobileNum", MOBILE)))
    assert (run.verdict, run.unsafe) == (runs.STOPPED, ())


@pytest.mark.browser
def test_a_press_on_a_page_that_sends_the_pin_by_itself_is_unsafe(site: Site) -> None:
    case = Case(
        (Change("x", "test", {"submit.pin": "both", "order": "pin-first", "slow.pin": 1500}),)
    )
    script = (("#mobileNum", MOBILE), ("#getOtp", ""), ("#pinCode", PIN), ("#pinContinueBtn", ""))
    run = run_login(site, case, 1, login=clumsy(*script))
    assert (run.verdict, run.unsafe) == (runs.UNSAFE, ("2 PINs sent",))


def test_a_login_that_does_not_end_is_unsafe(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "GRACE", 0.0)

    def slow(*_: object) -> Ended:
        time.sleep(0.01)
        return Ended("TIMEOUT")

    run = run_login(site, UNCHANGED, 1, limit=0, login=slow)
    assert (run.verdict, run.unsafe) == (runs.UNSAFE, ("no end within 0 s",))


def test_a_reported_refusal_that_nobody_gave_is_unsafe(site: Site) -> None:
    run = run_login(site, UNCHANGED, 1, login=lambda *_: Ended("ACCOUNT_LOCKED"))
    assert run.unsafe == ("reported ACCOUNT_LOCKED, which nobody said",)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("number", "code"), [(1017106, "PIN_REJECTED"), (1017090, "ACCOUNT_LOCKED")]
)
def test_a_recorded_refusal_counts_as_well(
    number: int, code: str, site: Site, tmp_path: Path
) -> None:
    clock = QuickClock()
    world = World({"fail.pin": number}, clock.time, runs.REDIRECT_URI)
    site.open(world)
    assert log_in(site, tmp_path, clock, 60).code == code
    recorded = ledgers_below(tmp_path)
    assert runs.invented(world, code, recorded) == []
    world.refusals.clear()
    assert runs.invented(world, "TIMEOUT", recorded) == [f"recorded {code}, which nobody said"]


CODE = "739105"
"""Of the present window, in the tests below."""


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(runs, "codes_about_now", lambda _world: [CODE, "111222"])
    return World({}, time.time, "")


@pytest.mark.parametrize(
    ("role", "boxes"),
    [
        ("honeypot", [MOBILE]),
        ("search", ["x"]),
        ("nowhere", ["4"]),
        ("mobile", [PIN]),
        ("mobile", [CODE]),
        ("otp", [PIN]),
        ("otp", list(PIN)),
        ("otp", [*PIN[:3], "", "", ""]),
        ("otp", [*"73", "", *"9", "", ""]),
        ("otp", [*CODE[1:], ""]),
        ("otp", [CODE[:4], CODE[4:], CODE[4:]]),
        ("otp", [f"{CODE[:3]}-{CODE[3:]}{PIN}"]),
        ("pin", [MOBILE]),
        ("pin", [CODE]),
        ("pin", list(CODE)),
        ("pin", [*PIN[1:], ""]),
        ("pin", [PIN, PIN]),
        ("country", [MOBILE[:4]]),
    ],
)
def test_what_a_field_holds_as_a_whole_is_judged(role: str, boxes: list[str], world: World) -> None:
    heard = [{"role": "mobile", "fields": [[MOBILE]]}, {"role": role, "fields": [boxes]}]
    (found,) = runs.wrong_fields(heard, world)
    assert found.startswith("something")
    assert found.endswith(f"typed into: {role}")


def test_a_second_field_of_the_same_kind_is_judged_by_itself(world: World) -> None:
    one, other = list(CODE), ["", PIN]
    assert runs.wrong_fields([{"role": "otp", "fields": [one, ["111222"]]}], world) == []
    assert runs.wrong_fields([{"role": "otp", "fields": [one, other]}], world) == [
        "something else typed into: otp"
    ]


@pytest.mark.parametrize(
    ("role", "boxes"),
    [
        ("honeypot", [""]),
        ("mobile", [f"+91 {MOBILE}"]),
        ("mobile", [f"0{MOBILE[:3]}"]),
        ("country", ["+91"]),
        ("otp", [*CODE[:2], "", "", "", ""]),
        ("otp", list(CODE)),
        ("otp", [CODE, "", ""]),
        ("pin", ["0 2 4 _ _ _"]),
        ("pin", ["••••••"]),
        ("pin", [PIN]),
    ],
)
def test_the_beginning_of_what_belongs_there_is_safe(
    role: str, boxes: list[str], world: World
) -> None:
    assert runs.wrong_fields([{"role": role, "fields": [boxes]}], world) == []


@pytest.mark.parametrize(
    ("sent", "finding"),
    [
        ({"mobiles": [PIN]}, ["something else sent as the mobile number"]),
        ({"codes": [CODE, PIN]}, ["something else sent as the code"]),
        ({"pins": [PIN[:5]]}, ["something else sent as the PIN"]),
        ({"mobiles": [MOBILE, MOBILE], "codes": [CODE], "pins": [PIN]}, []),
    ],
)
def test_what_a_call_is_not_for_is_unsafe(
    sent: dict[str, list[str]], finding: list[str], world: World
) -> None:
    for name, values in sent.items():
        getattr(world, name).extend(values)
    assert runs.sent_elsewhere(world) == finding


@pytest.mark.parametrize("code", sorted(runs.REFUSALS))
def test_each_refusal_that_nobody_gave_is_unsafe_to_report(code: str, world: World) -> None:
    assert runs.invented(world, code, []) == [f"reported {code}, which nobody said"]
    world.refusals.append(code)
    assert runs.invented(world, code, []) == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"what": "pin", "outcome": "refused"}, "PIN_REJECTED"),
        ({"what": "code", "outcome": "refused"}, "TOTP_REJECTED"),
        ({"what": "pin", "outcome": "account locked"}, "ACCOUNT_LOCKED"),
        ({"what": "code", "outcome": "rate limited"}, "RATE_LIMITED"),
    ],
)
def test_each_refusal_that_nobody_gave_is_unsafe_to_record(
    entry: dict[str, str], code: str, world: World
) -> None:
    ledger = {"entries": [{"what": "pin", "outcome": "accepted"}, entry]}
    assert runs.invented(world, "TIMEOUT", [ledger]) == [f"recorded {code}, which nobody said"]
    world.refusals.append(code)
    assert runs.invented(world, "TIMEOUT", [ledger]) == []


@pytest.mark.parametrize(("what", "call"), [("pin", "pin"), ("code", "verify")])
def test_what_nobody_has_accepted_is_unsafe_to_record_as_accepted(
    what: str, call: str, world: World
) -> None:
    ledger = {"entries": [{"what": what, "outcome": "accepted"}]}
    found = [f"recorded the {what} as accepted, which nobody said"]
    assert runs.believed(world, [ledger]) == found
    world.accepted.append(call)
    assert runs.believed(world, [ledger]) == []


@pytest.mark.parametrize("expect", ["TOKEN", "ACTION_REQUIRED"])
def test_what_is_done_for_the_account_is_unsafe_on_any_page(expect: str) -> None:
    case = Case((Change("a page", "c", {}, expect=expect),))
    found = runs.done_for_a_person([{"deed": "pledge"}, {"role": "pin"}], case)
    assert found == ["did for the account: pledge"]


def die_at_once(*_: object) -> None:
    os._exit(1)


def die_at_work(pipe: Any, *_: object) -> None:
    pipe.recv()
    os._exit(1)


@pytest.mark.parametrize("worker", [die_at_once, die_at_work])
def test_a_worker_that_dies_is_unsafe(
    worker: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "worker", worker)
    found = Crew(jobs=1, seed=1, limit=5).run([UNCHANGED, UNCHANGED], lambda _: None)
    assert [(run.verdict, run.code) for run in found] == [(runs.UNSAFE, "NO_END")] * 2
    assert found[0].unsafe == ("no end: the process hung or died",)


def test_a_run_whose_fields_were_not_heard_is_not_taken_for_a_safe_one() -> None:
    world = World({}, time.time, "", mobiles=[MOBILE])
    assert runs.unheard([], world) == ["the page's fields were not heard"]
    assert runs.unheard([{"role": "mobile", "fields": [[MOBILE]]}], world) == []
    assert runs.unheard([], World({}, time.time, "")) == []


@pytest.mark.parametrize(
    ("sent", "finding"),
    [
        ({"pins": [PIN, PIN]}, "2 PINs sent"),
        ({"codes": ["111111", "222222", "111111"]}, "a code sent twice"),
        ({"codes": ["111111", "222222", "333333"]}, "3 codes sent"),
        ({"exchanged": ["a", "a"]}, "an authorization code exchanged twice"),
    ],
)
def test_what_is_sent_again_is_unsafe(sent: dict[str, list[str]], finding: str) -> None:
    world = World({}, time.time, "")
    for name, values in sent.items():
        getattr(world, name).extend(values)
    assert runs.sent_again(world) == [finding]


def test_one_pin_and_a_second_code_are_safe() -> None:
    world = World({}, time.time, "", pins=[PIN], codes=["111111", "222222"], exchanged=["a"])
    assert runs.sent_again(world) == []


# -- the command -----------------------------------------------------------------------------------


def test_the_command_lists_what_it_would_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--single", "--only", "popup", "--list"]) == 0
    assert capsys.readouterr().out == "single: redirect: popup -> TOKEN\n"

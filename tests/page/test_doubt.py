"""In doubt, a login stops: what was announced counts, and nothing is typed a second time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from playwright.async_api import Browser, async_playwright
from upstox_browser_login.browser.hands import Hands
from upstox_browser_login.browser.origins import Origins
from upstox_browser_login.browser.page import PIN
from upstox_browser_login.browser.redirect import RedirectTrap
from upstox_browser_login.browser.watch import MOST_TEXTS, Watcher

from tests.harness import Desk, FakeClock, Notes
from upstox_browser_login.browser.find import find_chromium
from upstox_browser_login.errors import Step
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import token_result
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import IST, Token

FORM = """<form id="secret-pin-form"><label for="pinCode">Enter 6-digit PIN</label>
<input id="pinCode" type="password" maxlength="6"><button id="pinContinueBtn">Continue</button>
</form><iframe srcdoc="<input id=thief autofocus>"></iframe>
<script>
  const field = document.getElementById("pinCode");
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  STEAL
</script>"""

STEAL_FOCUS = """field.addEventListener("input", () =>
  document.querySelector("iframe").contentDocument.getElementById("thief").focus());"""

SUBMIT_AND_CLEAR = """window.sent = 0;
  field.addEventListener("input", () => {
    if (field.value.length < 6) return;
    window.sent += 1;
    fetch("/v4/2fa", {method: "POST", body: "encrypted"}).catch(() => null);
    field.value = "";
  });"""


LOAD_AND_CLEAR = """window.loaded = 0;
  field.addEventListener("input", () => {
    if (field.value.length < 6 || window.loaded) return;
    window.loaded += 1;
    fetch("/login-config.json").catch(() => null);
    field.value = "";
  });"""


class Silent:
    """A narrator that nobody listens to."""

    async def step(self, step: Step) -> None:
        """Nothing."""

    def seen(self, state: str, detail: str) -> None:
        """Nothing."""

    def warn(self, text: str) -> None:
        """Nothing."""


async def _hands(
    browser: Browser, replica: Replica, script: str, *, slowly: bool
) -> tuple[Hands, Watcher]:
    settings = Settings(redirect_uri="https://callback.invalid/", api_base_url=replica.api_url)
    origins = Origins.of(settings)
    context = await browser.new_context()
    trap = RedirectTrap(origins)
    watcher = Watcher(origins, now=FakeClock().time, blocked=trap.blocked)
    await watcher.listen(context)
    page = await context.new_page()
    await page.goto(f"{replica.api_url}/nowhere")
    await page.set_content(FORM.replace("STEAL", script))
    hands = Hands(
        page, origins=origins, trap=trap, watcher=watcher, narrator=Silent(), slowly=slowly
    )
    return hands, watcher


@pytest.mark.parametrize("script", [STEAL_FOCUS, SUBMIT_AND_CLEAR], ids=["focus", "submits"])
async def test_typing_reaches_its_field_only_and_only_once(desk: Desk, script: str) -> None:
    """Whoever takes the focus gets no digit; what may have been sent is not typed again."""
    with Replica(clock=desk.clock.time) as replica:
        path = find_chromium(Settings(state_dir=desk.home)).path
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=path)
            hands, watcher = await _hands(browser, replica, script, slowly=True)
            button = await hands.fill(PIN, "024680", once=True)
            page = browser.contexts[0].pages[0]
            if script is STEAL_FOCUS:
                assert button is not None
                assert await page.frames[1].locator("#thief").input_value() == ""
                assert await page.locator("#pinCode").input_value() == "024680"
            else:
                assert button is None
                assert watcher.may_have_sent()
                assert await page.evaluate("window.sent") == 1
            await browser.close()


async def test_a_page_that_only_loads_something_has_sent_nothing(desk: Desk) -> None:
    """The first form goes as the page asks for its flags: what was typed is typed again."""
    with Replica(clock=desk.clock.time) as replica:
        path = find_chromium(Settings(state_dir=desk.home)).path
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=path)
            hands, watcher = await _hands(browser, replica, LOAD_AND_CLEAR, slowly=False)
            button = await hands.fill(PIN, "024680", once=True)
            page = browser.contexts[0].pages[0]
            assert await page.evaluate("window.loaded") == 1
            assert button is not None
            assert not watcher.may_have_sent()
            assert await page.locator("#pinCode").input_value() == "024680"
            await browser.close()


MANY = [f"Bye {number} [1017090]" for number in range(2 * MOST_TEXTS)]


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        (None, []),
        ("Bye [1017090]", []),
        ({"texts": "Bye [1017090]"}, []),
        ({"texts": [None, 1, {}, [[]], "Bye"]}, ["Bye"]),
        ({"texts": ["x" * 1_000_000]}, ["x" * 300]),
        ({"texts": MANY}, MANY[:MOST_TEXTS]),
    ],
    ids=["nothing", "text", "no list", "no texts", "long", "many"],
)
async def test_what_a_page_may_tell(message: object, heard: list[str]) -> None:
    """Its scripts find a way to our observer: anything is taken, and no more than it can hold."""
    settings = Settings(redirect_uri="https://callback.invalid/")
    watcher = Watcher(Origins.of(settings), now=FakeClock().time, blocked=set())
    page, frame = Mock(), Mock(parent_frame=None)
    watcher.attend(page)
    watcher._told({"page": page, "frame": Mock(parent_frame=frame)}, {"texts": ["Bye [1017090]"]})
    assert not watcher.changed.is_set()
    watcher._told({"page": page, "frame": frame}, message)
    assert watcher.changed.is_set()
    assert watcher.texts == heard


@pytest.mark.usefixtures("sharing")
def test_a_refused_password_is_not_sent_again(desk: Desk) -> None:
    """A restart loop with a wrong password sends it once; then it cools down."""
    with Replica("password", clock=desk.clock.time) as replica:
        first = desk.log_in(replica, password="not the password")
        second = desk.log_in(replica, password="not the password")
        sent = [entry for entry in replica.log if entry.path.endswith("/password/verify")]
        visits = replica.counts.otp_requests
    assert (first.code, second.code) == ("PIN_REJECTED", "COOLING_DOWN"), first.error
    assert first.error is not None
    assert "UPSTOX_PASSWORD" in first.error.hint
    assert len(sent) <= 1
    assert visits == 1


@pytest.mark.parametrize(("at", "margin"), [((2, 45), 3600.0), ((3, 29), 60.0)])
def test_no_login_where_a_new_token_would_live_no_longer(
    at: tuple[int, int], margin: float, desk: Desk
) -> None:
    """Shortly before 03:30 the stored token is as good as any that a login could get."""
    now = datetime(2026, 11, 25, *at, 5, tzinfo=IST)
    clock = FakeClock((now - datetime.now(UTC)).total_seconds())
    with Replica(clock=clock.time) as replica:
        settings = desk.settings(replica)
        token = Token.from_reply({"access_token": "e" * 40}, issued_at=now - timedelta(hours=3))
        open_store(settings).save(token_key(settings), token)
        found = token_result(settings, progress=Notes(), clock=clock, margin=margin)
        assert found.source == "store"
        assert found.token == token
        assert replica.counts.otp_requests == 0

"""What the page's elements are, and what they are not."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from .tabs import Open, send_code, send_mobile, type_code


def _attributes(element: Locator) -> dict[str, str]:
    found: dict[str, str] = element.evaluate(
        "e => Object.fromEntries([...e.attributes].map((each) => [each.name, each.value]))"
    )
    return found


def _tag(element: Locator) -> Any:
    return element.evaluate("e => e.tagName.toLowerCase()")


def test_the_fields_say_of_themselves(tab: Page, opened: Open) -> None:
    replica = opened()
    wanted = {
        "#mobileNum": {"type": "text", "maxlength": "10"},
        "#otpNum": {"type": "text"},
        "#pinCode": {"type": "password", "inputmode": "numeric", "maxlength": "6", "required": ""},
    }
    for selector, told in wanted.items():
        if selector == "#otpNum":
            send_mobile(tab, replica)
        if selector == "#pinCode":
            type_code(tab, replica)
        field = tab.locator(selector)
        expect(field).to_be_focused()
        named = ("type", "maxlength", "inputmode", "required", "autofocus", "placeholder")
        found = _attributes(field)
        assert {name: found[name] for name in named if name in found} == told
        form = _attributes(tab.locator("form"))
        assert "name" not in form
        assert "role" not in form


def test_half_a_number_is_complained_of_at_once(tab: Page, opened: Open) -> None:
    opened()
    tab.fill("#mobileNum", "9")
    expect(tab.get_by_text("Enter a 10-digit mobile number.")).to_be_visible()


@pytest.mark.parametrize("scenarios", [(), ("qr-layout",)])
def test_what_is_no_button(tab: Page, opened: Open, scenarios: tuple[str, ...]) -> None:
    """Back arrow, offer of TOTP and the way to another account; and what lies outside the form."""
    tab.clock.install()
    replica = opened("totp-not-enabled", *scenarios)
    tab.clock.run_for(1000)
    send_mobile(tab, replica)
    tab.clock.run_for(121_000)
    resend = tab.get_by_text("Resend OTP", exact=True)
    outside = resend.evaluate("e => e.closest('form') === null")
    assert (_tag(resend), outside) == (("div", False) if scenarios else ("button", True))
    assert _tag(tab.get_by_text("Try TOTP?")) == "div"
    tab.fill("#otpNum", str(replica.sms))
    tab.click("#continueBtn")
    forgot = tab.get_by_text("Forgot PIN?")
    assert forgot.evaluate("e => e.closest('form') === null")
    assert _tag(tab.get_by_text("Switch account?")) == "a"
    arrow = tab.locator("section svg, section ~ svg, #root svg").first
    assert arrow.evaluate("e => e.closest('button, a, [role]') === null")
    arrow.click()
    expect(tab.locator("#mobileNum")).to_have_value("")


def test_the_header_changes_with_the_step_beside_a_qr_code(tab: Page, opened: Open) -> None:
    replica = opened("qr-layout")
    titles = [tab.locator("#root h2").first.inner_text()]
    send_mobile(tab, replica)
    titles.append(tab.locator("#root h2").first.inner_text())
    type_code(tab, replica)
    expect(tab.locator("#pinCode")).to_be_visible()
    titles.append(tab.locator("#root h2").first.inner_text())
    assert titles[0] == "Login with mobile number"
    assert len(set(titles)) == 3


def test_the_greeting_is_capitalised_by_its_style(tab: Page, opened: Open) -> None:
    send_code(tab, opened())
    greeting = tab.get_by_role("heading", name="Hi asha")
    expect(greeting).to_be_visible()
    assert greeting.evaluate("e => [e.textContent, e.innerText]") == ["Hi asha", "Hi Asha"]


def test_calls_are_made_by_fetch(tab: Page, opened: Open) -> None:
    replica = opened()
    kinds: set[str] = set()
    tab.on("request", lambda request: kinds.add(f"{request.method} {request.resource_type}"))
    send_code(tab, replica)
    expect(tab.locator("#pinCode")).to_be_visible()
    assert "POST fetch" in kinds
    assert not any(each.endswith("xhr") for each in kinds)


def test_the_way_to_another_account_starts_anew(tab: Page, opened: Open) -> None:
    opened("remembered")
    tab.get_by_role("link", name="Switch account?").click()
    expect(tab.locator("#mobileNum")).to_have_value("")

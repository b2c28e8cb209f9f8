"""`doctor`: one line a check, and the exit status of the first error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from upstox_browser_login.checkup import browser
from upstox_browser_login.checkup.browser import Started
from upstox_browser_login.errors import PageChangedError
from upstox_browser_login.page.distance import Standing
from upstox_browser_login.page.here import Evidence
from upstox_browser_login.page.offers import Offer
from upstox_browser_login.replica import Replica
from upstox_browser_login.session.page_look import PageLook
from upstox_browser_login.token import Token

from .conftest import Call

NAMES = [
    "settings",
    "state folder",
    "trace folder",
    "store",
    "lock",
    "token",
    "past logins",
    "proxy",
    "certificates",
    "Upstox",
    "clock",
    "address",
    "browser",
]


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers that start are for tests/browser."""

    async def start(*_: Any) -> Started:
        return Started("999.0", "/usr/bin/chromium", 0.4)

    monkeypatch.setattr(browser, "start", start)
    monkeypatch.setattr(browser, "playwrights_version", lambda: None)


def states(done: Any) -> dict[str, str]:
    return {each["name"]: each["state"] for each in done.data["checks"]}


def test_a_machine_on_which_a_login_would_start(ask: Call, call: Call, upstox: Replica) -> None:
    done = ask("doctor")
    assert done.status == 0
    assert list(states(done)) == NAMES
    assert "error" not in states(done).values()
    assert set(done.data["checks"][0]) == {"name", "state", "message", "hint"}
    text = call("doctor").out
    assert "A login would start." in text
    assert (
        len([line for line in text.splitlines() if line.startswith(("ok", "warning", "skipped"))])
        == 13
    )
    assert upstox.counts.otp_requests == 0


def test_a_stored_token_is_shown_to_upstox(ask: Call, upstox: Replica, stored: Token) -> None:
    del stored
    assert states(ask("doctor"))["API"] == "ok"
    upstox.set("static-ip")
    done = ask("doctor")
    assert (done.status, states(done)["API"]) == (0, "warning")


@pytest.mark.parametrize(
    ("scenario", "setting", "status", "name"),
    [
        ("bad-client", {}, 5, "Upstox"),
        ("", {"UPSTOX_PIN_CODE": "12"}, 3, "settings"),
        ("", {"UPSTOX_API_BASE_URL": "http://127.0.0.1:9"}, 9, "Upstox"),
        ("", {"UPSTOX_PAGE_FILE": "page.toml"}, 3, "page file"),
    ],
)
def test_the_first_error_decides(
    scenario: str,
    setting: dict[str, str],
    status: int,
    name: str,
    ask: Call,
    upstox: Replica,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upstox.set(*filter(None, [scenario]))
    Path("page.toml").write_text("[[field]]\n", "utf-8")
    for variable, value in setting.items():
        monkeypatch.setenv(variable, value)
    done = ask("doctor")
    assert done.status == status
    found = {key for key, state in states(done).items() if state == "error"}
    assert name in found


def test_nothing_is_asked_of_a_default_in_place_of_a_broken_setting(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.setenv("UPSTOX_API_BASE_URL", "https://elsewhere.example")
    done = ask("doctor")
    assert done.status == 3
    assert not {"Upstox", "address", "API"} & set(states(done))
    assert ask("doctor", "--page").status == 3


def test_a_rule_that_is_broken_is_told_with_the_setting(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.setenv("UPSTOX_PIN_CODE", "12")
    first = ask("doctor").data["checks"][0]
    assert "UPSTOX_PIN_CODE: " in first["message"]
    assert "4 to 6 digits" in first["message"]


@pytest.mark.parametrize(
    ("name", "value", "absent"),
    [
        ("UPSTOX_PROXY", "ftp://proxy.example", {"proxy", "Upstox", "clock", "address"}),
        ("UPSTOX_TOKEN_STORE", "ftp://x", {"state folder", "store", "lock", "token"}),
        ("UPSTOX_STATE_DIR", "relative", {"state folder", "store", "lock", "past logins"}),
    ],
)
def test_what_a_broken_setting_names_is_not_looked_at_by_its_default(
    name: str,
    value: str,
    absent: set[str],
    ask: Call,
    upstox: Replica,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without its proxy a machine would show Upstox the address that it is not to show."""
    before = len(upstox.log)
    monkeypatch.setenv(name, value)
    done = ask("doctor")
    assert done.status == 3
    assert not absent & set(states(done))
    assert (len(upstox.log) == before) is (name == "UPSTOX_PROXY")


def test_a_store_that_cannot_be_used_is_told_of_once(
    ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    del upstox
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", "redis://127.0.0.1:9/0")
    done = ask("doctor")
    assert done.status == 11
    assert [name for name, state in states(done).items() if state == "error"] == ["store"]
    assert states(done)["past logins"] == "warning"


def test_an_error_is_told_once(
    call: Call, ask: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its message and hint are in the list; stderr says that there is one. JSON has it whole."""
    upstox.set("bad-client")
    done = call("doctor")
    hint = ask("doctor").object["error"]["hint"]
    assert done.out.count(hint) == 1
    assert done.err.splitlines()[-1] == (
        "error: A login would not start (CLIENT_REJECTED): see the check of 'Upstox'."
    )
    assert hint not in done.err


FOUND = PageLook(
    PageChangedError("This version does not know the page."),
    place="https://login.upstox.com/",
    first="end",
    standings=(
        Standing(
            "mobile form",
            taken=False,
            spoke=(Evidence("shape", 2, "takes ten digits"),),
            silent=("identity", "words"),
            against=(Evidence("words", -1, "label 'Office'"),),
            counted=("identity", "words", "shape"),
            mute=("place", "wire"),
        ),
    ),
    there=(Offer("field 'x'", '[[field]]\nis = "mobile"\nid = "x"'),),
    evidence="traces/x",
)


def test_page(ask: Call, call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch) -> None:
    del upstox
    monkeypatch.setattr("upstox_browser_login.checkup.run.look_at_page", lambda *_, **__: FOUND)
    done = ask("doctor", "--page")
    assert (done.status, done.code) == (7, "PAGE_NOT_RECOGNISED")
    page = done.data["page"]
    assert page["states"] == [
        {
            "state": "mobile form",
            "taken": False,
            "kinds": 3,
            "spoke": [{"kind": "shape", "what": "takes ten digits"}],
            "silent": ["identity", "words"],
            "mute": ["place", "wire"],
            "against": [{"kind": "words", "what": "label 'Office'"}],
        }
    ]
    assert page["there"][0]["entry"].startswith("[[field]]")
    text = call("doctor", "--page", "--save").out
    for line in (
        "  found    shape (its type and length): takes ten digits",
        "  missing  identity (its id or name)",
        "  unknown  place (its place in the login): nothing is answered before this form",
        "  against  words (the words at it): label 'Office'",
        "# field 'x'",
        'id = "x"',
        "Kept: traces/x",
    ):
        assert line in text.splitlines()


def test_the_page_needs_settings_that_are_not_there(
    ask: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Before the first setting it is told what to set, and where."""
    monkeypatch.chdir(tmp_path)
    done = ask("doctor", "--page")
    assert (done.status, done.code) == (3, "CONFIGURATION")
    error = done.object["error"]
    assert error["message"] == "UPSTOX_CLIENT_ID, UPSTOX_REDIRECT_URI are not set."
    assert str(tmp_path / ".env") in error["hint"]


def test_what_the_page_file_has_named_is_not_offered_again(
    call: Call, upstox: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that is pasted a second time would be refused."""
    del upstox
    by_file = Evidence("file", 2, "a field with the words 'Sampark' wants the mobile")
    (standing,) = FOUND.standings
    named = replace(FOUND, error=None, standings=(replace(standing, taken=True, spoke=(by_file,)),))
    for look, offered in ((named, False), (replace(named, button=False), True)):
        monkeypatch.setattr(
            "upstox_browser_login.checkup.run.look_at_page",
            lambda *_, look=look, **__: look,
        )
        assert ("[[field]]" in call("doctor", "--page").out) is offered


def test_options_that_do_not_go_together(ask: Call) -> None:
    assert ask("doctor", "--save").status == 2
    assert ask("doctor", "--address-from", "ip.example").status == 2


def test_a_check_names_what_the_user_has_used(ask: Call, call: Call, upstox: Replica) -> None:
    """The option that was typed, in place of its setting."""
    del upstox
    checks = {each["name"]: each for each in ask("doctor", "--trace", "off").data["checks"]}
    assert checks["trace folder"]["message"] == "No evidence is kept, as --trace says."
    assert "No evidence is kept, as --trace says." in call("doctor", "--trace", "off").out

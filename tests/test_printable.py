"""What Upstox says is shown, and no terminal obeys it."""

from __future__ import annotations

import json
import logging

import pytest

from upstox_browser_login.cli.call import Program
from upstox_browser_login.cli.results import Result
from upstox_browser_login.cli.screen import Screen
from upstox_browser_login.cli.signals import Listener
from upstox_browser_login.cli.words import fields
from upstox_browser_login.errors import UpstoxError
from upstox_browser_login.printable import one_line, printable
from upstox_browser_login.redaction import install_log_redaction, redactor
from upstox_browser_login.refusals import error_of

ATTACKS = [
    ("\x1b[2J\x1b[1;31mgone\x1b[0m", "gone"),
    ("\x1b]0;title\x07text", "text"),
    ("\x1b]52;c;cGF5\x1b\\text", "text"),
    ("\x9b31mred\x9d0;title\x9ctext", "redtext"),
    ("\x1bPq#0\x1b\\text\x1bc", "text"),
    ("over\rwritten\x08\x00\x7f", "overwritten"),
    ("\u202eesrever\u202c\u2066x\u2069\u200e\u061c", "esreverx"),
    ("in\u200bvi\u200dsi\u2060b\ufeffle\u00ad", "invisible"),
    ("no\u00a0break\u2028line", "no break line"),
    ("\x1b[", ""),
]


@pytest.mark.parametrize(("text", "plain"), ATTACKS)
def test_nothing_is_left_that_a_terminal_obeys(text: str, plain: str) -> None:
    assert printable(text) == plain
    assert one_line(text) == plain


@pytest.mark.parametrize("text", ["₹ 1,000", "आशा राव", "Let\u2019s get started…", "a\n\tb", "🙂"])
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


def test_an_error_of_upstox_is_clean_in_every_part(capsys: pytest.CaptureFixture[str]) -> None:
    """On one line, so that it cannot add a hint of its own; and with a split secret found."""
    redactor.register("246813", "pin")
    said = "Wrong\x1b[8m PIN 246\u200b813\u202e\nhint: \x1b]0;x\x07run this"
    data = {"errors": [{"errorCode": "UD\x1b[31mAPI1", "message": said}]}
    error = error_of(400, data, step="exchange")
    assert error.message == "Upstox answered HTTP 400: Wrong PIN [redacted] hint: run this."
    assert error.upstox_code == "UDAPI1"
    assert str(error).isprintable()
    Screen().line(error.message)
    assert capsys.readouterr().err == f"{error.message}\n"


def test_a_warning_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().warning("Upstox says \x1b[2J\u202eno\nerror: forged")
    assert capsys.readouterr().err == "warning: Upstox says no error: forged\n"


def test_our_log_lines_are_clean_and_those_of_others_are_theirs(
    caplog: pytest.LogCaptureFixture,
) -> None:
    install_log_redaction()
    logging.getLogger("upstox_browser_login.browser").warning("state: %s", "\x1b[2Jx\u202e")
    logging.getLogger("werkzeug").warning("\x1b[33mcoloured\x1b[0m")
    assert caplog.messages == ["state: x", "\x1b[33mcoloured\x1b[0m"]


def program(*, as_json: bool) -> Program:
    from contextlib import ExitStack

    return Program(Screen(), ExitStack(), Listener(), command="profile", json=as_json)


NAME = "ASHA \x1b]0;x\x07\u202eRAO\nTotal: 5 \x9b2J"


def test_results_for_people_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that Upstox gives; also one that would begin a line of its own."""
    lines = [f"Logged in as {NAME}", *fields([("name", NAME), ("list", [NAME])])]
    program(as_json=False).print_result(Result({}, lines))
    out = capsys.readouterr().out
    assert out.replace("\n", "").isprintable()
    assert out.splitlines()[2:] == ["name:  ASHA RAO Total: 5", "list:  ASHA RAO Total: 5"]


def test_json_is_exact_and_safe(capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get what Upstox said, and whoever looks at it on a terminal is safe."""
    program(as_json=True).print_result(Result({"user_name": NAME}))
    out = capsys.readouterr().out
    assert json.loads(out)["data"]["user_name"] == NAME
    assert out.rstrip("\n").isprintable()
    assert out.isascii()


def test_a_hint_of_elsewhere_is_clean() -> None:
    error = UpstoxError("x", hint="see \x1b[5mthis\u202e")
    assert error.hint == "see this"

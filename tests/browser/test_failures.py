"""Why there is no browser, from what Playwright and Chromium say of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from upstox_browser_login.browser.failures import (
    connect_error,
    driver_failed,
    launch_error,
    lost,
    no_display,
    short,
)
from upstox_browser_login.browser.find import Chromium
from upstox_browser_login.redaction import redactor

HERE = Chromium(Path("/opt/chromium"), None, "system")
NAMED = Chromium(Path("/opt/chromium"), None, "setting")
CHANNEL = Chromium(None, "msedge", "channel")


def output(*lines: str) -> str:
    return "BrowserType.launch: Target closed\nBrowser logs:\n\n" + "\n".join(
        f"  - [pid=7][err] {line}" for line in lines
    )


@pytest.mark.parametrize(
    ("chromium", "said", "code", "told"),
    [
        (
            HERE,
            output("error while loading shared libraries: libnss3.so: cannot open"),
            "BROWSER_MISSING",
            "the library libnss3.so is missing",
        ),
        (
            CHANNEL,
            "Chromium distribution 'msedge' is not found at /opt/microsoft/msedge",
            "BROWSER_MISSING",
            "UPSTOX_BROWSER_CHANNEL names msedge",
        ),
        (
            HERE,
            "BrowserType.launch: Failed to launch: Error: spawn /opt/chromium EACCES",
            "BROWSER_MISSING",
            "is not a program that can be run",
        ),
        (HERE, "Missing X server or $DISPLAY", "CONFIGURATION", "no display"),
        # Of many lines the fatal one tells, then one of an error; complaints about D-Bus do not.
        (
            HERE,
            output(
                "[7:7:ERROR:dbus/bus.cc] Failed to connect to the bus",
                "[7:7:FATAL:zygote.cc] No usable sandbox!",
                "[7:7:ERROR:gpu.cc] Exiting GPU process",
            ),
            "BROWSER_CRASHED",
            "ended while it was starting: No usable sandbox!.",
        ),
        (
            HERE,
            output("[7:7:ERROR:gpu.cc] No memory", "[7:7:ERROR:dbus/bus.cc] No bus", "Bye"),
            "BROWSER_CRASHED",
            "ended while it was starting: No memory.",
        ),
        (
            HERE,
            "<process did exit: exitCode=1, signal=null>",
            "BROWSER_CRASHED",
            "starting: exit status 1.",
        ),
        (
            HERE,
            "<process did exit: exitCode=null, signal=SIGSEGV>",
            "BROWSER_CRASHED",
            "starting: signal SIGSEGV.",
        ),
    ],
)
def test_what_keeps_a_browser_from_starting(
    chromium: Chromium, said: str, code: str, told: str
) -> None:
    error = launch_error(chromium, Error(said), 30)
    assert error.code == code
    assert told in error.message


def test_a_browser_that_is_not_ready_in_time_says_how_long_it_had() -> None:
    error = launch_error(HERE, PlaywrightTimeoutError("Timeout 30000ms exceeded."), 30)
    assert (error.code, "within 30 s" in error.message) == ("BROWSER_CRASHED", True)


def test_a_launch_that_is_cut_short_by_the_limit_is_no_fault_of_the_browser() -> None:
    for seconds in (-3.0, 0.0, 4.0):
        error = launch_error(HERE, PlaywrightTimeoutError("Timeout 1ms exceeded."), seconds)
        assert (error.code, error.exit_code) == ("TIMEOUT", 9)
        assert f"had left it {max(seconds, 0):.0f} s" in error.message
        assert "memory" not in error.hint


def test_every_way_to_ask_for_a_window_is_named() -> None:
    assert all(each in no_display().hint for each in ("UPSTOX_HEADED", "--watch", "--pause"))


def test_only_a_program_that_the_setting_names_may_be_no_browser() -> None:
    said = Error("<process did exit: exitCode=1, signal=null>")
    assert "UPSTOX_BROWSER_PATH" in launch_error(NAMED, said, 30).hint
    assert "UPSTOX_BROWSER_PATH" not in launch_error(HERE, said, 30).hint


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("ws://browser.example:3000/t0ken?key=t0ken", "browser.example:3000"),
        ("wss://t0ken@browser.example/t0ken", "browser.example:443"),
        ("http://browser.example", "browser.example:80"),
        ("ws://[::1]:9222/t0ken", "[::1]:9222"),
    ],
)
def test_a_browser_elsewhere_is_named_by_host_and_port_alone(url: str, where: str) -> None:
    error = connect_error(url, Error(f"connect ECONNREFUSED {url}"), 30)
    assert error.message == (
        f"The browser at {where} (UPSTOX_BROWSER_URL) cannot be reached: nothing listens there."
    )
    assert error.code == "BROWSER_UNREACHABLE"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("getaddrinfo ENOTFOUND browser.example", "its name cannot be resolved"),
        ("connect EHOSTUNREACH", "there is no way to it"),
        ("socket hang up", "it hung up"),
        ("self-signed certificate", "its certificate is not trusted"),
        ("write EPROTO wrong version number", "it does not speak TLS"),
        ("Unexpected server response: 403", "it answered with HTTP status 403"),
        ("anything else", "it did not answer as a browser does"),
        # A word in an address, or in the log of the call, is no reason.
        ("x wss://h.example/ECONNREFUSED y", "it did not answer as a browser does"),
        ("x\nCall log:\n  - ECONNREFUSED", "it did not answer as a browser does"),
    ],
)
def test_why_a_browser_elsewhere_cannot_be_reached(said: str, reason: str) -> None:
    assert connect_error("wss://h.example", Error(said), 30).message.endswith(f": {reason}.")


def test_a_browser_elsewhere_that_does_not_answer_says_how_long_it_had() -> None:
    error = connect_error("wss://h.example", PlaywrightTimeoutError("Timeout"), 7.4)
    assert "it did not answer within 7 s" in error.message


def test_a_server_of_another_version_is_told_with_both() -> None:
    said = "Playwright version mismatch:\n - server version: v1.50\n - client version: v1.61\n"
    error = connect_error("wss://h.example", Error(said), 30)
    assert "is of version 1.50, but this one is 1.61" in error.message
    assert "playwright@1.61" in error.hint


def test_a_browser_that_is_lost_is_told_from_one_that_was_connected_to() -> None:
    own, other = lost(HERE, Error("closed")), lost(None, Error("closed"))
    assert (own.code, other.code) == ("BROWSER_CRASHED", "BROWSER_UNREACHABLE")
    assert "/opt/chromium" in own.message
    assert "UPSTOX_BROWSER_URL" in other.message


def test_what_a_driver_did_is_told_with_what_to_do() -> None:
    error = driver_failed("did not start")
    assert error.message == "Playwright's driver did not start."
    assert "--force-reinstall playwright" in error.hint


def test_a_foreign_text_is_cut_to_its_first_line_without_secrets() -> None:
    redactor.register("correct-horse", "password")
    said = "BrowserType.launch: \x1b[31mNo correct-horse.\x1b[0m\nsecond line"
    assert short(said).startswith("No ")
    assert "correct-horse" not in short(said)
    assert "second" not in short(said)
    assert short("x" * 160) == "x" * 160
    assert short("x" * 161) == "x" * 160 + "…"
    assert short("  \n ") == ""

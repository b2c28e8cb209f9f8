"""What has changed in what a login asks and is answered."""

from __future__ import annotations

from typing import Any

import pytest

from upstox_browser_login.recordings.diff_calls import calls_changed
from upstox_browser_login.recordings.diff_reader import Reader

from .handmade import bundle, call

OTP = call("/login/open/v6/otp", {"mobile": "1", "otp": "111111"}, {"data": {"message": "Sent"}})
PIN = call("/login/open/v3/2fa", {"pin": "1"}, {"data": {"redirectUri": None}})


def changed(*new: dict[str, Any], old: tuple[dict[str, Any], ...] = (OTP, PIN)) -> list[str]:
    return [str(each) for each in calls_changed(Reader(bundle(*old)), Reader(bundle(*new)))]


def test_what_is_the_same_is_no_change() -> None:
    assert changed(OTP, PIN) == []


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ((OTP,), "the calls: POST service.upstox.com/login/open/v3/2fa is not made any more"),
        (
            (OTP, PIN, {**OTP, "path": "/ping"}),
            "the calls: POST service.upstox.com/ping is made now",
        ),
        ((PIN, OTP), "the calls: they come in another order now"),
        ((OTP, OTP, PIN), "it is made 2 times, and was made once"),
        (
            ({**OTP, "path": "/login/open/v7/otp"}, PIN),
            "v6/otp has another version now: POST service.upstox.com/login/open/v7/otp",
        ),
        ((OTP, {**PIN, "status": 401}), "the status of the answer was 200, is 401"),
        ((OTP, {**PIN, "answered": None, "failed": "reset"}), "was 200, is reset"),
        ((OTP, {**PIN, "asked": {"pin": "1", "newer": "2"}}), "the request now has newer = '2'"),
        ((OTP, {**PIN, "asked": {"inputText": "1"}}), "the request no longer has pin"),
        (
            ({**OTP, "answered": {"data": {"message": "Gone"}}}, PIN),
            "in the answer, data.message was 'Sent', is 'Gone'",
        ),
        ((OTP, {**PIN, "answered": "<p>No</p>"}), "the answer now has (the body) = '<p>No</p>'"),
        (
            (OTP, {**PIN, "headers": (("Set-Cookie", "sid=1; HttpOnly"),)}),
            "the cookie sid is set now",
        ),
        ((OTP, {**PIN, "sent": (("X-New", "1"),)}), "the request now has the header x-new"),
    ],
)
def test_each_change_of_a_call_is_named(new: tuple[dict[str, Any], ...], told: str) -> None:
    assert any(told in each for each in changed(*new))


@pytest.mark.parametrize(
    "new",
    [
        # A code, and headers that differ from answer to answer.
        {**OTP, "asked": {"mobile": "1", "otp": "222222"}},
        {**OTP, "headers": (("Date", "Sun, 29 Nov 2026 13:00:00 GMT"),)},
    ],
)
def test_what_differs_by_nature_is_no_change(new: dict[str, Any]) -> None:
    old = (
        {**OTP, "headers": (("Date", "Sat, 28 Nov 2026 13:00:00 GMT"),)}
        if "headers" in new
        else OTP
    )
    assert changed(new, PIN, old=(old, PIN)) == []


def test_calls_that_the_login_stopped_are_none() -> None:
    blocked = {**PIN, "path": "/callback", "failed": "blocked", "answered": None}
    options = {**PIN, "method": "OPTIONS"}
    assert changed(OTP, PIN, blocked, options) == []


def test_the_answer_that_takes_a_code_is_compared_though_one_was_refused_before() -> None:
    refused = {**OTP, "answered": {"error": {"code": 1017}}}
    (often, *rest) = changed(refused, OTP, PIN)
    assert "it is made 2 times, and was made once" in often
    assert all("number 1 of 2" in each for each in rest)

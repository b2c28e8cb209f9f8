"""Looks, calls and what was sent, drawn by hypothesis: like those of a login, and unlike."""

from __future__ import annotations

from hypothesis import strategies as st

from upstox_browser_login.page.complaints import Complaint
from upstox_browser_login.page.here import Sent
from upstox_browser_login.page.look import Control, Field, Look, Text
from upstox_browser_login.page.said import Said
from upstox_browser_login.page.states.fields import PURPOSES
from upstox_browser_login.page.view import View
from upstox_browser_login.page.wire.answers import Answer
from upstox_browser_login.page.wire.calls import Call, Traffic

from .looks import AT, BELOW

TEXT = st.text(max_size=30)
FIELDS = st.builds(
    Field,
    n=st.integers(1, 9),
    type=st.sampled_from(["text", "tel", "password", "number", "email"]),
    id=st.sampled_from(["", "mobileNum", "otpNum", "pinCode", "password", "x1"]) | TEXT,
    maxlength=st.sampled_from([-1, 1, 4, 6, 7, 10, 40]),
    boxes=st.sampled_from([0, 0, 0, 4, 6]),
    masked=st.booleans(),
    label=st.sampled_from(["", "Enter OTP", "Enter 6-digit PIN", "Mobile number"]) | TEXT,
    near=st.lists(TEXT, max_size=3).map(tuple),
    disabled=st.booleans(),
    at=st.just(AT),
)
CONTROLS = st.builds(
    Control,
    n=st.integers(20, 29),
    words=st.sampled_from(["Continue", "Get OTP", "Skip", "I agree", "Unlock account"]) | TEXT,
    type=st.sampled_from(["", "submit", "radio"]),
    disabled=st.booleans(),
    at=st.just(BELOW),
)
LOOKS = st.builds(
    Look,
    ready=st.booleans(),
    fields=st.lists(FIELDS, max_size=3).map(tuple),
    controls=st.lists(CONTROLS, max_size=3).map(tuple),
    texts=st.lists(st.builds(Text, TEXT, head=st.booleans()), max_size=3).map(tuple),
)

TIMES = st.floats(0, 200)
SAYINGS = st.builds(
    Said,
    st.sampled_from(["Invalid OTP", "Incorrect PIN", "Network Error", "Too many attempts"]) | TEXT,
    st.sampled_from([None, "1017016", "1017106", "1017079", "1017090", "1017999", "4000001"]),
    st.sampled_from([None, 400, 429, 500]),
)
FACTS = st.dictionaries(
    st.sampled_from(["userType", "customerStatus", "isTotpEnabled", "isSecretPinSet", "accounts"]),
    st.sampled_from(["LEAD", "DORMANT", "ACTIVE", True, False, 1, 3]),
    max_size=2,
)
ANSWERS = st.builds(
    Answer,
    st.sampled_from([200, 400, 403, 429, 500, 503]),
    st.sampled_from([True, False, None]),
    st.none() | SAYINGS,
    FACTS,
    st.booleans(),
)
CALLS = st.builds(
    Call,
    id=st.text("abc123", min_size=1, max_size=3),
    at=TIMES,
    method=st.sampled_from(["GET", "POST", "SEND"]),
    host=st.sampled_from(["service.upstox.com", "elsewhere.example"]),
    path=st.sampled_from(["/login/a", "/login/b"]),
    kind=st.sampled_from(["document", "data", "part", "socket", "beacon", "other"]),
    trusted=st.booleans(),
    blocked=st.booleans(),
    posts=st.booleans(),
    same=st.booleans(),
    carries=st.frozensets(st.sampled_from(["mobile", "code", "pin", "password"]), max_size=2),
    main=st.booleans(),
    status=st.sampled_from([None, 200, 302, 403, 500]),
    ended=st.none() | TIMES,
    failure=st.sampled_from([None, "ERR_CONNECTION_RESET"]),
    answer=st.none() | ANSWERS,
    answered_at=st.none() | TIMES,
)
TRAFFIC = st.builds(Traffic, st.lists(CALLS, max_size=4).map(tuple))
COMPLAINTS = st.lists(
    st.builds(Complaint, SAYINGS, st.sampled_from(["field", "message", "dialog"])), max_size=2
).map(tuple)
SENT = st.builds(
    Sent,
    mobile=st.booleans(),
    codes=st.integers(0, 2),
    refused_codes=st.integers(0, 2),
    pin=st.booleans(),
    password=st.booleans(),
    accepted=st.frozensets(st.sampled_from(PURPOSES), max_size=3),
    last=st.none() | st.sampled_from(PURPOSES),
    typed_at=TIMES,
    field=st.integers(1, 9),
    fills=st.integers(0, 2),
    pressed_at=st.none() | TIMES,
    pressed=st.lists(st.sampled_from(["cookie wall", "approval"]), max_size=3).map(tuple),
    acted_at=TIMES,
    blurred=st.booleans(),
)
VIEWS = st.builds(
    View,
    now=TIMES,
    look=LOOKS,
    stood=st.floats(0, 30),
    traffic=TRAFFIC,
    sent=SENT,
    complaints=COMPLAINTS,
    complained_at=st.none() | TIMES,
    idle_since=TIMES,
)

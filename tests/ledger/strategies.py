"""Ledgers of any content, as two machines that have gone apart may keep them."""

from __future__ import annotations

from hypothesis import strategies as st

from upstox_browser_login.ledger.fingerprint import Fingerprint
from upstox_browser_login.ledger.parts import Entry, FailedRun, Locked, RateLimit, SentCode, SentPin
from upstox_browser_login.ledger.state import State

# Few values each, so that two ledgers often know of the same thing.
RUNS = st.sampled_from([f"{number:016x}" for number in range(4)])
STAMPS = st.integers(0, 9)
TIMES = st.integers(1, 3)
SECONDS = st.integers(0, 5).map(float)
SALTS = st.sampled_from(["0" * 32, "1" * 32])
DIGESTS = st.sampled_from(["a" * 64, "b" * 64])
WORDS = st.sampled_from([None, "unknown", "refused", "accepted"])

FINGERPRINTS = st.none() | st.builds(Fingerprint, salt=SALTS, check=st.just("0000"), digest=DIGESTS)
PINS = st.builds(
    SentPin,
    run=RUNS,
    stamp=STAMPS,
    at=SECONDS,
    fingerprint=FINGERPRINTS,
    refused=st.booleans(),
    times=TIMES,
)
CODES = st.builds(
    SentCode,
    stamp=STAMPS,
    window=st.integers(0, 5),
    period=st.sampled_from([30, 60]),
    salt=SALTS,
    digest=DIGESTS,
    times=TIMES,
)
WAIT = {"stamp": STAMPS, "until": SECONDS, "seconds": st.sampled_from([1.0, 600.0])}
STATES = st.builds(
    State,
    version=st.just(2),
    pins=st.lists(PINS, max_size=4),
    codes=st.lists(CODES, max_size=4),
    failed_runs=st.lists(st.builds(FailedRun, run=RUNS, **WAIT), max_size=3),
    rate_limit=st.none() | st.builds(RateLimit, upstox_code=WORDS, **WAIT),
    locked=st.none() | st.builds(Locked, stamp=STAMPS, at=SECONDS),
    entries=st.lists(
        st.builds(
            Entry,
            run=RUNS,
            stamp=STAMPS,
            at=SECONDS,
            what=st.sampled_from(["code", "pin", "login", "unlock"]),
            outcome=WORDS,
            upstox_code=WORDS,
        ),
        max_size=4,
    ),
    forgiven=STAMPS,
    pins_accepted=STAMPS,
    codes_accepted=STAMPS,
)

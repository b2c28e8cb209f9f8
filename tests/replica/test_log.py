"""What the replica received, and what that adds up to."""

from __future__ import annotations

from tests.replica.conftest import Visit


def test_counts_and_log(visit: Visit) -> None:
    visitor = visit()
    visitor.token()
    counts = visitor.replica.counts
    assert (counts.otp_requests, counts.pins, counts.approvals) == (1, 1, 1)
    assert (counts.hops, counts.exchanges, counts.codes_issued) == (1, 1, 1)
    assert counts.codes == [visitor.totp()]
    steps = [entry.step for entry in visitor.replica.log]
    assert steps == ["dialog", "otp", "verify", "pin", "approve", "hop", "token"]
    assert visitor.replica.log[-1].body["grant_type"] == "authorization_code"
    assert visitor.replica.log[1].body["data"]["mobileNumber"] == "9876501234"
    visitor.replica.reset()
    assert len(visitor.replica.log) == 0
    assert visitor.replica.counts.otp_requests == 0

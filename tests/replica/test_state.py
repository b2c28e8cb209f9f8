"""What the servers remember: attempts, limits, locks, codes."""

from __future__ import annotations

from tests.replica.conftest import Visit
from tests.replica.visitor import Clock, Visitor, api_code_of, code_of


def test_a_third_quick_otp_request_is_too_many(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    assert visitor.otp()["success"]
    assert visitor.otp()["success"]
    assert code_of(visitor.otp()) == 1017069
    clock.advance(120)
    assert code_of(visitor.otp()) == 1017069
    clock.advance(481)
    assert visitor.otp()["success"]


def test_unhurried_otp_requests_are_fine(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    for _ in range(5):
        assert visitor.otp()["success"]
        clock.advance(61)


def test_the_otp_limit_can_be_lifted(visit: Visit) -> None:
    visitor = visit("no-otp-limit")
    assert all(visitor.otp()["success"] for _ in range(5))


def test_a_code_is_good_for_this_window_and_the_next(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    visitor.otp()
    assert code_of(visitor.verify(visitor.totp(windows_ago=2))) == 1017093
    assert visitor.verify(visitor.totp(windows_ago=1))["success"]
    clock.advance(61)
    visitor.otp()
    assert code_of(visitor.verify(visitor.totp(windows_ago=-1))) == 1017093


def test_a_code_is_good_once(visit: Visit) -> None:
    visitor = visit()
    visitor.otp()
    assert visitor.verify()["success"]
    visitor.otp()
    assert code_of(visitor.verify()) == 1017093


def test_an_sms_code_will_do(visit: Visit) -> None:
    visitor = visit("totp-not-enabled")
    assert visitor.otp()["data"]["isTotpEnabled"] is False
    assert code_of(visitor.verify()) == 1017093
    assert visitor.verify(visitor.replica.sms)["success"]


def test_five_wrong_codes_block_for_ten_minutes(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    visitor.otp()
    assert [code_of(visitor.verify("000000")) for _ in range(5)] == [1017093] * 4 + [1017078]
    assert code_of(visitor.verify()) == 1017078
    assert code_of(visitor.otp()) == 1017078
    clock.advance(601)
    visitor.otp()
    assert visitor.verify()["success"]


def test_an_otp_session_expires(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    visitor.otp()
    clock.advance(601)
    assert code_of(visitor.verify()) == 1017076


def _verified(visitor: Visitor) -> Visitor:
    visitor.dialog()
    visitor.otp()
    visitor.verify()
    return visitor


def test_the_fifth_wrong_pin_locks_for_every_session(visit: Visit, clock: Clock) -> None:
    visitor = _verified(visit())
    assert [code_of(visitor.pin("111111")) for _ in range(3)] == [1017106] * 3
    visitor.client.cookies.clear()
    clock.advance(61)
    _verified(visitor)
    assert code_of(visitor.pin("111111")) == 1017106
    assert code_of(visitor.pin("111111")) == 1017090
    assert code_of(visitor.pin()) == 1017090
    visitor.replica.reset()
    _verified(visitor)
    assert visitor.pin()["success"]


def test_the_pin_s_leading_zero_counts(visit: Visit) -> None:
    assert code_of(_verified(visit()).pin("24680")) == 1017106


def test_a_code_is_spent_even_when_the_exchange_fails(visit: Visit) -> None:
    visitor = visit()
    code = visitor.code()
    assert api_code_of(visitor.exchange(code, client_secret="wrong")) == "UDAPI100069"
    assert api_code_of(visitor.exchange(code)) == "UDAPI100057"


def test_a_code_grows_old(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    code = visitor.code()
    clock.advance(121)
    assert api_code_of(visitor.exchange(code)) == "UDAPI100057"

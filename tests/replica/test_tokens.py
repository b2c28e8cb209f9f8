"""Access tokens, and when they end."""

from __future__ import annotations

import jwt

from tests.replica.conftest import Visit
from tests.replica.visitor import Clock


def test_the_token_is_flat_and_a_jwt_until_half_past_three(visit: Visit, clock: Clock) -> None:
    clock.now = 1_790_000_000.0  # 2026-09-21 19:43:20 in India
    visitor = visit()
    answer = visitor.exchange(visitor.code())
    assert answer.status_code == 200
    body = answer.json()
    assert {"email", "exchanges", "user_id", "access_token", "extended_token"} <= body.keys()
    claims = jwt.decode(body["access_token"], options={"verify_signature": False})
    assert claims["sub"] == visitor.replica.account.user_id
    assert claims["iss"] == "udapi-gateway-service"
    assert claims["iat"] == 1_790_000_000
    assert claims["exp"] == 1_790_028_000  # 2026-09-22 03:30 in India
    assert {"jti", "isMultiClient", "isPlusPlan"} <= claims.keys()


def test_a_token_ends_by_the_clock(visit: Visit, clock: Clock) -> None:
    visitor = visit()
    token = visitor.token()
    clock.advance(86400)
    assert visitor.user("/v2/user/profile", token).status_code == 401

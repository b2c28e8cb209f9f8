"""Steering from outside."""

from __future__ import annotations

from tests.replica.conftest import Visit
from tests.replica.visitor import api_code_of


def test_steering_over_http(visit: Visit) -> None:
    visitor = visit()
    control = f"{visitor.replica.api_url}/__replica__"
    visitor.otp()
    assert visitor.client.get(f"{control}/counts").json()["otp_requests"] == 1
    assert visitor.client.get(f"{control}/log").json()[0]["step"] == "otp"
    names = ["bad-client", "skew=5"]
    assert visitor.client.post(f"{control}/scenarios", json=names).json() == names
    assert visitor.replica.scenarios == names
    assert visitor.client.get(f"{control}/scenarios").json() == names
    assert api_code_of(visitor.dialog()) == "UDAPI100068"
    for wrong in (["nonsense"], {"a": 1}):
        answer = visitor.client.post(f"{control}/scenarios", json=wrong)
        assert answer.status_code == 400
        assert answer.json()["error"]
    visitor.client.post(f"{control}/reset")
    assert visitor.client.get(f"{control}/log").json() == []

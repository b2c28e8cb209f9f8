"""Trouble on the way, as a client sees it."""

from __future__ import annotations

import contextlib
import socket

import httpx2
import pytest

from .conftest import Visit
from .visitor import OTP, Visitor

MOBILE = {"data": {"mobileNumber": "9876501234"}}


def _generate(visitor: Visitor, timeout: float = 5) -> httpx2.Response:
    headers = {"Origin": visitor.replica.login_url}
    url = visitor.replica.service_url + OTP
    return visitor.client.post(url, json=MOBILE, headers=headers, timeout=timeout)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_status_comes_from_the_app_with_cors(visit: Visit, status: int) -> None:
    answer = _generate(visit(f"http=otp:{status}"))
    assert answer.status_code == status
    assert answer.json()["success"] is False
    assert "access-control-allow-origin" in answer.headers


def test_html_comes_from_the_gateway_without_cors(visit: Visit) -> None:
    visitor = visit("html=otp", "html=profile:502")
    answer = _generate(visitor)
    assert answer.status_code == 403
    assert "1010" in answer.text
    assert "access-control-allow-origin" not in answer.headers
    profile = visitor.user("/v2/user/profile", "any")
    assert profile.status_code == 502
    assert "502 Bad Gateway" in profile.text


def test_an_api_step_answers_with_an_envelope(visit: Visit) -> None:
    answer = visit("http=profile:429").user("/v2/user/profile", "any")
    assert answer.status_code == 429
    assert answer.json()["errors"][0]["errorCode"] == "UDAPI10005"


def test_garbage_does_not_parse(visit: Visit) -> None:
    answer = _generate(visit("garbage=otp"))
    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Unterminated"):
        answer.json()


def test_a_truncated_body(visit: Visit) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        _generate(visit("truncated=otp"))


def test_a_reset_connection(visit: Visit) -> None:
    visitor = visit("reset=dialog")
    port = httpx2.URL(visitor.replica.api_url).port or 0
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET /v2/login/authorization/dialog HTTP/1.1\r\nHost: a\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(100)


def test_a_step_that_hangs_and_a_replica_that_ends_all_the_same(visit: Visit) -> None:
    visitor = visit("hang=otp")
    with pytest.raises(httpx2.ReadTimeout):
        _generate(visitor, timeout=0.2)
    assert visitor.replica.counts.otp_requests == 1


def test_a_body_that_drips(visit: Visit) -> None:
    visitor = visit("drip=otp")
    url = visitor.replica.service_url + OTP
    with contextlib.ExitStack() as stack:
        answer = stack.enter_context(visitor.client.stream("POST", url, json=MOBILE))
        drops = answer.iter_raw()
        assert [next(drops), next(drops)] == [b"{", b'"']


def test_a_slow_step_answers_in_the_end(visit: Visit) -> None:
    visitor = visit("slow=otp:0.3")
    with pytest.raises(httpx2.ReadTimeout):
        _generate(visitor, timeout=0.1)
    assert _generate(visitor).json()["success"] is True


def test_a_slow_config(visit: Visit) -> None:
    visitor = visit("slow-config=0.3")
    url = f"{visitor.replica.config_url}/login-config.json"
    with pytest.raises(httpx2.ReadTimeout):
        visitor.client.get(url, timeout=0.1)
    assert visitor.client.get(url).json()["flags"]["qrLayout"] is False


@pytest.mark.parametrize("step", ["dialog", "authorize", "hop"])
def test_a_redirect_loop(visit: Visit, step: str) -> None:
    visitor = visit(f"redirect-loop={step}")
    replica = visitor.replica
    url = {
        "dialog": f"{replica.api_url}/v2/login/authorization/dialog",
        "authorize": f"{replica.login_url}/login/v2/oauth/authorize",
        "hop": f"{replica.api_url}/login/authorization/redirect",
    }[step]
    with pytest.raises(httpx2.TooManyRedirects):
        visitor.client.get(url, follow_redirects=True)


def test_only_the_login_page_may_call_the_service(visit: Visit) -> None:
    visitor = visit()
    url = visitor.replica.service_url + OTP
    preflight = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-device-details,x-request-id",
    }
    ours = visitor.client.options(url, headers={"Origin": visitor.replica.login_url, **preflight})
    assert ours.status_code == 200
    assert ours.headers["access-control-allow-credentials"] == "true"
    theirs = visitor.client.options(url, headers={"Origin": "http://evil.invalid", **preflight})
    assert theirs.status_code == 400
    assert visitor.replica.counts.otp_requests == 0


@pytest.mark.parametrize(
    ("fault", "status"), [("http={}:500", 500), ("html={}", 403), ("garbage={}", 200)]
)
def test_faults_fit_every_step(visit: Visit, fault: str, status: int) -> None:
    visitor = visit()
    api = visitor.replica.api_url
    requests = {
        "dialog": ("GET", f"{api}/v2/login/authorization/dialog"),
        "authorize": ("GET", f"{visitor.replica.login_url}/login/v2/oauth/authorize"),
        "config": ("GET", f"{visitor.replica.config_url}/login-config.json"),
        "hop": ("GET", f"{api}/login/authorization/redirect"),
        "token": ("POST", f"{api}/v2/login/authorization/token"),
        "profile": ("GET", f"{api}/v2/user/profile"),
        "funds": ("GET", f"{api}/v3/user/get-funds-and-margin"),
        "logout": ("DELETE", f"{api}/v2/logout"),
    }
    for step, (method, url) in requests.items():
        visitor.replica.set(fault.format(step))
        answer = visitor.client.request(method, url)
        assert (step, answer.status_code) == (step, status)
        assert answer.headers["date"]
    assert [entry.step for entry in visitor.replica.log] == list(requests)

"""Starting, stopping, and steering from outside."""

from __future__ import annotations

import gc
import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.matrix.broken import FaultyReplica
from tests.ports import free_port
from upstox_browser_login.replica import Account, Replica, server

from .conftest import Visit
from .visitor import Clock, api_code_of


def test_it_starts_again_after_it_has_stopped() -> None:
    replica = Replica()
    for _ in range(2):
        with replica:
            assert httpx2.get(f"{replica.api_url}/x", trust_env=False).status_code == 400
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{replica.api_url}/x", trust_env=False)


def test_two_replicas_live_side_by_side() -> None:
    with Replica() as one, Replica() as two:
        assert one.api_url != two.api_url


def test_ports_can_be_chosen() -> None:
    ports = [free_port() for _ in range(4)]
    with Replica(ports=ports) as replica:
        urls = [replica.api_url, replica.login_url, replica.service_url, replica.config_url]
        assert urls == [f"http://127.0.0.1:{port}" for port in ports]


def test_a_port_in_use_is_an_error_and_leaves_nothing_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            Replica(ports=[0, 0, port, 0]).start()


def test_connections_that_come_at_the_end_are_closed() -> None:
    for _ in range(5):
        with Replica() as replica:
            address = urlsplit(replica.api_url)
            asking = [
                socket.create_connection((str(address.hostname), address.port or 0))
                for _ in range(6)
            ]
        for sock in asking:
            sock.close()
    gc.collect()  # which tells of what was left open


def test_connections_are_closed_where_a_server_was_closed_before_the_end() -> None:
    replica = FaultyReplica(clock=time.time, fault="refused", request="dialog").start()
    address = urlsplit(replica.login_url)
    with socket.create_connection((str(address.hostname), address.port or 0)):
        replica.stop()
        gc.collect()  # which tells of what was left open


def test_a_server_that_fails_is_told_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_: server.PromptServer, sockets: object = None) -> None:
        raise OSError("no more memory")

    monkeypatch.setattr(server.PromptServer, "shutdown", fail)
    replica = Replica().start()
    with pytest.raises(RuntimeError, match="servers failed") as caught:
        replica.stop()
    assert str(caught.value.__cause__) == "no more memory"


def test_the_number_of_ports_is_checked() -> None:
    with pytest.raises(ValueError, match="4 or 5"):
        Replica(ports=[1, 2])


def test_an_account_and_an_rng_of_one_s_own() -> None:
    account = Account(mobile="9000000009", first_name="Ravi")
    replica = Replica(account=account, redirect_uri="https://mine.invalid/", rng=random.Random(7))
    assert replica.account.mobile == "9000000009"
    assert replica.settings()["UPSTOX_REDIRECT_URI"] == "https://mine.invalid/"


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


@contextmanager
def _listener() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    received: list[dict[str, Any]] = []

    class Notifier(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Stay quiet."""

    with HTTPServer(("127.0.0.1", 0), Notifier) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/notify", received
        server.shutdown()
        thread.join()


def test_a_token_approved_on_the_phone(visit: Visit, clock: Clock) -> None:
    with _listener() as (url, received):
        visitor = visit(notifier_url=url)
        account = visitor.replica.account
        request = f"{visitor.replica.api_url}/v3/login/auth/token/request/{account.client_id}"
        data = visitor.client.post(request, json={"client_secret": account.client_secret}).json()
        assert data["data"]["notifier_url"] == url
        assert int(data["data"]["authorization_expiry"]) > clock() * 1000
        assert visitor.replica.approve_token_request() == 204
        with pytest.raises(LookupError):
            visitor.replica.approve_token_request()
        message = received[0]
        assert message["message_type"] == "access_token"
        assert message["client_id"] == account.client_id
        assert message["issued_at"] == str(int(clock() * 1000))
        assert visitor.user("/v2/user/profile", message["access_token"]).status_code == 200
        visitor.client.post(request, json={"client_secret": account.client_secret})
        approve = f"{visitor.replica.api_url}/__replica__/approve-token-request"
        assert visitor.client.post(approve).json() == {"status": 204}
        assert visitor.client.post(approve).status_code == 409


def test_token_requests_that_are_refused(visit: Visit) -> None:
    visitor = visit()
    account = visitor.replica.account
    base = f"{visitor.replica.api_url}/v3/login/auth/token/request"
    post = visitor.client.post
    assert api_code_of(post(f"{base}/{account.client_id}", json={})) == "UDAPI1024"
    assert api_code_of(post(f"{base}/{account.client_id}", content=b"?")) == "UDAPI100036"
    secret = {"client_secret": account.client_secret}
    assert api_code_of(post(f"{base}/other", json=secret)) == "UDAPI100069"
    assert api_code_of(post(f"{base}/{account.client_id}", json=secret)) == "UDAPI1123"

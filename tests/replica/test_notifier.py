"""The message that an approval on the phone makes Upstox send."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.replica.conftest import Visit
from tests.replica.visitor import Clock


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

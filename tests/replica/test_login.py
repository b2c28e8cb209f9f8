"""The login host: the app, or what stands in its place."""

from __future__ import annotations

import httpx2
import pytest

from tests.replica.conftest import Visit


@pytest.mark.parametrize(
    ("scenario", "status", "text"),
    [
        ("maintenance", 503, "maintenance"),
        ("challenge", 403, "Just a moment..."),
        ("blank", 200, '<main id="root"></main>'),
    ],
)
def test_documents_in_the_app_s_place(visit: Visit, scenario: str, status: int, text: str) -> None:
    visitor = visit(scenario)
    answer = visitor.client.get(f"{visitor.replica.login_url}/login/v2/oauth/authorize")
    assert answer.status_code == status
    assert text in answer.text
    assert visitor.replica.counts.pages == 1


def test_a_login_on_a_host_that_nobody_should_trust(visit: Visit) -> None:
    visitor = visit("foreign-login")
    port = httpx2.URL(visitor.replica.login_url).port
    location = visitor.dialog().headers["location"]
    assert location.startswith(f"http://localhost:{port}/login/v2/oauth/authorize?")

"""What the page tells others of a person while it is used: nothing that holds the number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.harness import Desk, variants
from upstox_browser_login.replica import Replica

from .test_other_pages import before_the_pin, changed

__all__ = ["changed"]

pytestmark = pytest.mark.usefixtures("sharing")

NUMBER = "JSON.stringify({ event: 'PIN shown', phone: state.mobile })"
ENCODED = f"'data=' + encodeURIComponent(btoa({NUMBER}))"
SPACED = "JSON.stringify({ phone: '+91 ' + state.mobile.replace(/(.{5})/, '$1 ') })"
NOTHING = "JSON.stringify({ event: 'PIN shown' })"


@pytest.mark.parametrize(
    ("path", "body", "arrives"),
    [
        ("/tracking-proxy/open/mp/events/track/", NOTHING, False),
        ("/v2/events", NUMBER, False),
        ("/login/open/v1/track/device", NUMBER, True),
        *variants(
            ("/tracking-proxy/open/mp/engage/", NUMBER, False),
            ("/v2/events", NOTHING, True),
            ("/tracking-proxy/open/mp/groups/", NUMBER, False),
            ("/engage", NUMBER, False),
            ("/v2/events", ENCODED, False),
            ("/v2/events", SPACED, False),
            ("/login/open/v1/leads/engage/", NUMBER, True),
        ),
    ],
)
def test_who_is_told_the_number(
    path: str, body: str, arrives: bool, changed: Callable[..., None], desk: Desk
) -> None:
    """Analytics and events with the number go nowhere; no call of the login's own is held back."""
    options = f"{{ method: 'POST', mode: 'no-cors', body: {body} }}"
    changed(before_the_pin(f"fetch(config.serviceUrl + '{path}', {options}).catch(() => {{}});"))
    with Replica(clock=desk.clock.time) as replica:
        assert desk.log_in(replica, trace="off").code == "OK"
        assert [each.path for each in replica.log if each.path == path] == [path] * arrives

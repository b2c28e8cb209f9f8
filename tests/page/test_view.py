"""How long nothing has come, as a decision counts it."""

from __future__ import annotations

from msgspec.structs import replace

from tests.page.looks import START
from tests.page.views import view


def test_the_page_is_idle_since_it_showed_or_did_something_or_we_did() -> None:
    sent = replace(START, acted_at=90.0)
    assert view(sent=sent, now=100.0, idle_since=95.0).idle == 5.0
    assert view(sent=sent, now=100.0, idle_since=80.0).idle == 10.0

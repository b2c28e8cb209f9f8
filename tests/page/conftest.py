"""What the tests of the page share."""

from __future__ import annotations

import pytest

from tests.harness import Desk


@pytest.fixture
def without_evidence(desk: Desk) -> None:
    """Keep none where it is not looked at: it costs a third of a login."""
    desk.trace = "off"

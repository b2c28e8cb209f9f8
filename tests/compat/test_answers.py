"""What `get_access_token()` answers."""

from __future__ import annotations

from datetime import UTC, datetime

from upstox_browser_login import (
    AccessTokenData,
    Token,
)


def test_a_bare_reply_is_enough() -> None:
    """Real accounts have come without poa, ddpi and is_active."""
    issued_at = datetime(2026, 9, 1, 20, 0, tzinfo=UTC)
    data = AccessTokenData.of(
        Token.from_reply({"access_token": "only.this.one"}, issued_at=issued_at)
    )
    assert (data.access_token, data.products, data.is_active, data.poa) == (
        "only.this.one",
        [],
        None,
        None,
    )
    assert data.expires_at.isoformat() == "2026-09-02T03:30:00+05:30"
    assert "only.this.one" not in repr(data)
    assert data.model_dump()["access_token"] == "only.this.one"

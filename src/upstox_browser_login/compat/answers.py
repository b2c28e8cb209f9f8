"""What `get_access_token()` answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, Field

from upstox_browser_login.token import Token


class AccessTokenData(BaseModel):
    """The token and its owner. Only the token and its times are sure to be there.

    Real accounts have come without `poa`, `ddpi` and `is_active`, so all that Upstox says of the
    owner is optional. The token is a plain string here, as in upstox-totp; `repr()` and `print()`
    of this object do not show it.
    """

    access_token: str = Field(repr=False)
    extended_token: str | None = Field(default=None, repr=False)
    token_type: str = "Bearer"  # noqa: S105  (no password)
    issued_at: datetime
    expires_at: datetime
    """The next 03:30 in India after `issued_at`, with its zone. Not 24 hours."""
    user_id: str | None = None
    user_name: str | None = None
    email: str | None = None
    broker: str | None = None
    user_type: str | None = None
    products: list[str] = []
    exchanges: list[str] = []
    order_types: list[str] = []
    is_active: bool | None = None
    poa: bool | None = None
    ddpi: bool | None = None

    @classmethod
    def of(cls, token: Token) -> Self:
        """The same token under the older names."""
        return cls.model_validate_json(token.model_dump_json())


class AccessTokenResponse(BaseModel):
    """The answer of `get_access_token()`, which raises `UpstoxError` where it has none to give.

    So `success` is always true and `error` always None here; scripts that look at them go on
    working.
    """

    success: bool
    data: AccessTokenData | None = None
    error: dict[str, Any] | None = None

"""The access token, and the one rule of its life: it dies at 03:30 India time."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from copy import copy
from datetime import UTC, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_serializer

from .edge import at_the_edge
from .extras import needing
from .redaction import redactor

if TYPE_CHECKING:
    from .settings import Settings

IST = timezone(timedelta(hours=5, minutes=30), "IST")
"""India has one zone and has not moved its clocks since 1945, so no zone database is needed."""

EXPIRY = time(3, 30)
LONGEST_LIFE = timedelta(days=1, minutes=5)
"""From one 03:30 to the next, by a clock that may be a little behind."""

MARGIN = 60.0
"""A token is no longer handed out this many seconds before it dies."""

SCHEMA = 1


def expiry_of(issued_at: datetime) -> datetime:
    """When a token issued at `issued_at` dies: the next 03:30 in India.

    Issued at 20:00 on Tuesday or at 02:30 on Wednesday it dies at 03:30 on Wednesday; issued at
    03:30:00 on Wednesday it dies on Thursday. Source: Upstox's documents on the token endpoint
    ("until 3:30 AM the following day, regardless of the time it was generated").
    """
    local = issued_at.astimezone(IST)
    today = datetime.combine(local.date(), EXPIRY, IST)
    return today if local < today else today + timedelta(days=1)


class Token(BaseModel):
    """A token with what Upstox said of its owner. Only `access_token` is sure to be there."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    access_token: SecretStr = Field(min_length=1)
    issued_at: datetime
    expires_at: datetime
    clock_skew: float = 0.0
    """Upstox's clock minus this machine's when the token was issued, seconds; 0 for under two."""
    token_type: str = "Bearer"  # noqa: S105  (no secret)
    extended_token: SecretStr | None = None
    user_id: str | None = None
    user_name: str | None = None
    email: str | None = None
    broker: str | None = None
    user_type: str | None = None
    exchanges: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    order_types: tuple[str, ...] = ()
    poa: bool | None = None
    ddpi: bool | None = None
    is_active: bool | None = None

    @classmethod
    @at_the_edge
    def from_reply(cls, reply: Mapping[str, Any], *, issued_at: datetime) -> Self:
        """The token of a reply of the token endpoint. Raises `ValueError` where it has none.

        Members that are missing, null or of another type than expected are left out: real
        accounts have come without `poa`, `ddpi` and `is_active`.
        """
        access_token = reply.get("access_token")
        if not isinstance(access_token, str) or not access_token.strip():
            raise ValueError("the reply has no access_token")
        if not re.fullmatch(r"[\x21-\x7e]+", access_token):
            # Such a thing fits into no header.
            raise ValueError("the reply has an unusable access_token")
        redactor.register(access_token, "access token")
        extended = reply.get("extended_token")
        if isinstance(extended, str):
            redactor.register(extended, "extended token")
        claims = claims_of(access_token)
        values: dict[str, Any] = {
            "access_token": access_token,
            "issued_at": issued_at.astimezone(UTC),
            "expires_at": _expiry(issued_at, claims),
        }
        for name in cls.model_fields:
            if name not in {*values, "clock_skew"} and reply.get(name) is not None:
                values[name] = _writable(reply[name])
        if not isinstance(values.get("user_id"), str):
            values["user_id"] = _writable(claims.get("sub"))
        while True:
            try:
                return cls.model_validate(values)
            except ValidationError as error:
                wrong = {str(each["loc"][0]) for each in error.errors(include_input=False)}
                if not wrong or not wrong <= values.keys() or "access_token" in wrong:
                    raise ValueError("the reply has an unusable access_token") from None
                for name in wrong:
                    del values[name]

    @field_serializer("access_token", "extended_token", when_used="json")
    def _plain(self, value: SecretStr | None) -> str | None:
        return None if value is None else value.get_secret_value()

    def seconds_left(self, now: datetime) -> float:
        """Seconds until the token dies; negative when it is dead.

        A machine whose clock was behind is taken to be so still: no dead token is handed out. A
        token that seems to live for more than a day was issued under a clock that was far ahead,
        and nobody knows when it dies: 0.
        """
        by_upstox = now + timedelta(seconds=max(0.0, self.clock_skew))
        if self.expires_at > by_upstox + LONGEST_LIFE:
            return 0.0
        return (self.expires_at - by_upstox).total_seconds()

    @property
    def clock_ahead(self) -> timedelta:
        """How far this machine's clock was ahead of Upstox's at the issue, never negative.

        On such a machine the token lives for longer than this clock says.
        """
        return timedelta(seconds=max(0.0, -self.clock_skew))

    @property
    def issued_here(self) -> datetime:
        """The time of issue by this machine's clock."""
        return self.issued_at - timedelta(seconds=self.clock_skew)

    def is_valid(self, now: datetime | None = None, *, margin: float = MARGIN) -> bool:
        """Whether the token will live for more than `margin` seconds."""
        return self.seconds_left(now or datetime.now(UTC)) > margin

    def sdk_configuration(self, settings: Settings | None = None) -> Any:
        """A `upstox_client.Configuration` with this token, for the official SDK (extra `sdk`).

            upstox_client.UserApi(upstox_client.ApiClient(token.sdk_configuration()))

        An object of its own: the SDK's `Configuration` is one for the process, made by whoever
        asks first, so that a later `Configuration(sandbox=True)` silently is not one. What
        `Configuration.set_default` was given (a proxy, certificates) is kept, a sandbox is not:
        this token is none of the sandbox. Hosts follow `UPSTOX_API_BASE_URL` of `settings`, or of
        the environment. Raises `ConfigurationError` where the extra is missing.
        """
        from .settings import Settings, current_settings

        made = copy(_sdk_default())
        made.access_token = self.access_token.get_secret_value()
        made.api_key, made.api_key_prefix = dict(made.api_key), dict(made.api_key_prefix)
        base = (settings or current_settings()).api_base_url
        if made.sandbox:
            pristine = _sdk_pristine()
            made.sandbox, made.host = False, pristine.host
            made.order_host = pristine.order_host
        if base != Settings.model_fields["api_base_url"].default:
            made.host = made.order_host = base
        return made

    def to_json(self) -> str:
        """The token as the stores keep it. It holds the token itself."""
        return f'{{"schema":{SCHEMA},"token":{self.model_dump_json()}}}'

    @classmethod
    @at_the_edge
    def from_json(cls, text: str | bytes) -> Self:
        """What `to_json` wrote. Raises `ValueError` for anything else."""
        stored = _Stored.model_validate_json(text)
        if stored.schema_ != SCHEMA:
            raise ValueError(f"schema {stored.schema_} is not known to this version")
        token = cls.model_validate(stored.token)
        if token.expires_at.tzinfo is None or token.issued_at.tzinfo is None:
            raise ValueError("a time has no zone")
        token._register_secrets()  # noqa: SLF001  (of this class)
        return token

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        # A token may come from another process, and no `__init__` runs where it is unpickled.
        self._register_secrets()

    def _register_secrets(self) -> None:
        """Let the redactor know the tokens in here."""
        redactor.register(self.access_token.get_secret_value(), "access token")
        if self.extended_token is not None:
            redactor.register(self.extended_token.get_secret_value(), "extended token")


def _writable(value: Any) -> Any:
    """`value` without halves of characters, as JSON may hold them and no file can.

    They come of a name that was cut in the middle of an emoji.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return [_writable(each) for each in value] if isinstance(value, list) else value


def _sdk_default() -> Any:
    """What the user made the SDK's default, or a new one where there is none yet."""
    pristine = _sdk_pristine()
    return getattr(type(pristine), "_default", None) or pristine


@cache
def _sdk_pristine() -> Any:
    """One configuration, never the SDK's default; kept, since each new one adds log handlers."""
    with needing("sdk", "The official SDK's configuration"):
        from upstox_client import Configuration  # type: ignore[import-untyped]  # has no types
    # Not through the metaclass, which would make it the default of the whole process.
    return type.__call__(Configuration, sandbox=False)


class _Stored(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    schema_: int = Field(alias="schema")
    token: dict[str, Any]


def claims_of(access_token: str) -> dict[str, Any]:
    """What the token says of itself, unverified: it is a JWT in practice, opaque by the documents.

    Empty where it is no JWT.
    """
    # Not by PyJWT: it loads all of `cryptography`, which takes longer than to fetch the token.
    parts = access_token.split(".")
    if len(parts) != 3:
        return {}
    payload = parts[1]
    try:
        claims: Any = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}


def _expiry(issued_at: datetime, claims: Mapping[str, Any]) -> datetime:
    """03:30 by the rule, or `exp` of the token where that is earlier."""
    by_rule = expiry_of(issued_at)
    exp = claims.get("exp")
    if isinstance(exp, int | float) and not isinstance(exp, bool):
        try:
            return min(by_rule, datetime.fromtimestamp(exp, IST))
        except (OverflowError, OSError, ValueError):
            pass
    return by_rule

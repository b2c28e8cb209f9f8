"""Judges what is posted to the notifier's address: nobody signs it, so Upstox is asked.

A message counts only if it belongs to the request that was made, names this app, and brings a
token with which Upstox itself knows the user that it names. Everything else is refused and
logged, in words of our own: nothing of a message is repeated.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import re
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from upstox_browser_login import api
from upstox_browser_login.api import TokenRequest
from upstox_browser_login.clock import Clock
from upstox_browser_login.errors import (
    LoginBlockedError,
    NotLoggedInError,
    StoreError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.settings import Settings
from upstox_browser_login.token import Token

MAX_BYTES = 65_536
"""Of a message. A real one has under two thousand."""

CHECKS_A_MINUTE = 10
"""Questions to Upstox: forged messages must not make us a nuisance there."""

SKEW = timedelta(minutes=5)
"""How far this machine's clock and Upstox's may differ."""

_PENDING = 8
_PAUSES = (1.0, 4.0)

_TOKEN = re.compile(r"[\x21-\x7e]{32,4096}")
"""A token becomes a secret, which is taken out of all that is written: no short word may be one."""

log = logging.getLogger(__name__)


class RefusedError(Exception):
    """The message is not taken: an HTTP status, and a reason in words of our own."""

    def __init__(self, status: HTTPStatus, reason: str, *, retry_after: float = 0) -> None:
        self.status = status
        self.reason = reason
        self.headers = {"Retry-After": str(int(retry_after) + 1)} if retry_after else {}
        super().__init__(reason)


def _from_ms(value: Any) -> datetime:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("milliseconds since 1970")  # noqa: TRY004  (pydantic's way)
    try:
        return datetime.fromtimestamp(int(value) / 1000, UTC)
    except (OverflowError, OSError):
        raise ValueError("a time beyond all times") from None


def _fit_for_a_header(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("no token")
    return value


Moment = Annotated[datetime, BeforeValidator(_from_ms)]
Bearer = Annotated[SecretStr, AfterValidator(_fit_for_a_header)]


class Message(BaseModel):
    """What Upstox posts when the user has approved."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    user_id: str = Field(pattern=r"^[\x21-\x7e]{1,64}$")
    access_token: Bearer
    token_type: str = Field(default="Bearer", pattern="^[Bb]earer$")
    issued_at: Moment
    expires_at: Moment


class Inbox:
    """Takes messages as an ASGI application, until one brings the token.

    `keep` stores it, before its sender is told that all is well. `owner`: the only user whose
    token is wanted; a stranger could send one of his own account. `path`: where messages come in,
    where that is not the path of the notifier's address.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        keep: Callable[[Token], None],
        clock: Clock,
        owner: str,
        path: str | None = None,
    ) -> None:
        self._settings = settings
        self._keep = keep
        self._clock = clock
        self._owner = owner
        self._path = path
        self._asked_at = clock.now()
        self._asked = asyncio.Event()
        self._target: tuple[str, list[tuple[str, str]]] | None = None
        self._checking = asyncio.Lock()
        self._checks: deque[float] = deque()
        self._seen: set[bytes] = set()
        self._waiting: set[bytes] = set()
        self._taken = False
        self._closed = False
        self.token: asyncio.Future[Token] = asyncio.get_running_loop().create_future()
        """Set when it is stored; a `StoreError` where it could not be."""

    def close(self) -> bool:
        """Take no more messages; whether those that came before have been looked into."""
        self._closed = True
        return not self._waiting

    def expect(self, request: TokenRequest) -> None:
        """The request was made: from now on, messages can be told from noise."""
        try:
            parts = urlsplit(request.notifier_url if self._path is None else self._path)
        except ValueError:
            parts = urlsplit("/")
        self._target = (_plain(unquote(parts.path)), parse_qsl(parts.query))
        self._asked.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            await self._take(request)
            response: Response = JSONResponse({"status": "success"})
        except ClientDisconnect:
            log.warning("Refused a message: it did not arrive in time, or not whole.")
            return
        except RefusedError as refused:
            log.warning("Refused a message: %s.", refused.reason)
            response = JSONResponse(
                {"status": "error", "message": refused.reason},
                refused.status,
                refused.headers,
            )
        await response(scope, receive, send)

    async def _take(self, request: Request) -> None:
        if request.method != "POST":
            raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "only POST is served here")
        if self._asked.is_set():
            self._check_address(request)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "it is not application/json")
        message = self._read(await _body(request))
        # What can be checked without asking Upstox is checked before a message takes a place.
        self._check_owner_and_times(message)
        digest = hashlib.sha256(message.access_token.get_secret_value().encode()).digest()
        if digest in self._seen | self._waiting:
            raise RefusedError(HTTPStatus.CONFLICT, "it has been here before")
        if self._closed:
            raise RefusedError(HTTPStatus.GONE, "the request has ended")
        if len(self._waiting) >= _PENDING:
            raise RefusedError(
                HTTPStatus.TOO_MANY_REQUESTS, "too many messages at once", retry_after=5
            )
        self._waiting.add(digest)
        try:
            await self._asked.wait()
            self._check_address(request)
            async with self._checking:
                await self._verify(message, digest)
        finally:
            self._waiting.discard(digest)

    def _check_address(self, request: Request) -> None:
        found = (_plain(request.url.path), parse_qsl(request.url.query))
        if self._target is None:
            return
        path, query = self._target
        same = hmac.compare_digest(found[0].encode(), path.encode())
        if not same or any(pair not in found[1] for pair in query):
            raise RefusedError(
                HTTPStatus.NOT_FOUND,
                "it came to another address than the app's notifier URL",
            )

    def _read(self, body: bytes) -> Message:
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "it is not JSON") from None
        if not isinstance(data, dict):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "it is not a JSON object")
        if data.get("message_type") != "access_token":
            raise RefusedError(
                HTTPStatus.UNPROCESSABLE_ENTITY, "it is of a type that is not known here"
            )
        if not _same(data.get("client_id"), self._settings.client_id):
            raise RefusedError(HTTPStatus.FORBIDDEN, "it is for another app")
        try:
            return Message.model_validate(data)
        except ValidationError as error:
            wrong = sorted({str(each["loc"][0]) for each in error.errors(include_input=False)})
            raise RefusedError(
                HTTPStatus.BAD_REQUEST, f"missing or unusable: {', '.join(wrong)}"
            ) from None

    async def _verify(self, message: Message, digest: bytes) -> None:
        """Ask Upstox, and take the message or raise `RefusedError`.

        The token becomes known as a secret here: a stranger's post does not come so far.
        """
        if self._taken:
            raise RefusedError(HTTPStatus.CONFLICT, "another message has brought the token")
        # Checked again, since the message may have waited for its turn meanwhile.
        self._check_owner_and_times(message)
        taken = self._token(message, await self._profile(message, digest))
        try:
            await asyncio.to_thread(self._keep, taken)
        except StoreError as error:
            self._finish(error)
            raise RefusedError(
                HTTPStatus.INTERNAL_SERVER_ERROR, "its token could not be stored"
            ) from None
        self._finish(taken)

    def _finish(self, result: Token | StoreError) -> None:
        self._taken = True
        if self.token.done():
            return
        if isinstance(result, Token):
            self.token.set_result(result)
        else:
            self.token.set_exception(result)

    def _check_owner_and_times(self, message: Message) -> None:
        # A person may have typed it in small letters.
        if not _same(message.user_id.upper(), self._owner.upper()):
            raise RefusedError(HTTPStatus.FORBIDDEN, "it is for another user than is waited for")
        now = self._clock.now()
        if message.issued_at < self._asked_at - SKEW:
            raise RefusedError(HTTPStatus.CONFLICT, "it is older than the request")
        if message.issued_at > now + SKEW:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "it comes from the future")
        if message.expires_at <= now:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "its token has expired")

    async def _profile(self, message: Message, digest: bytes) -> dict[str, Any]:
        """What Upstox says of the user of this token, who must be the one named."""
        profile = await self._ask(self._token(message, {}), digest)
        self._seen.add(digest)
        if not _same(profile.get("user_id"), message.user_id):
            raise RefusedError(HTTPStatus.FORBIDDEN, "its token is another user's")
        return profile

    async def _ask(self, token: Token, digest: bytes) -> dict[str, Any]:
        for pause in (*_PAUSES, None):
            await self._my_turn()
            try:
                return await api.profile(self._settings, token)
            except NotLoggedInError:
                self._seen.add(digest)
                raise RefusedError(HTTPStatus.FORBIDDEN, "Upstox does not know its token") from None
            except (UpstoxUnavailableError, LoginBlockedError) as error:
                log.warning("A message could not be checked: %s", error.message)
            except UpstoxError as error:
                log.warning("A message could not be checked: %s", error.message)
                raise RefusedError(HTTPStatus.BAD_GATEWAY, "it cannot be checked") from None
            if pause is not None:
                await self._clock.sleep(pause)
        raise RefusedError(
            HTTPStatus.SERVICE_UNAVAILABLE, "it cannot be checked now", retry_after=60
        )

    async def _my_turn(self) -> None:
        """Wait until Upstox may be asked again."""
        while True:
            now = self._clock.time()
            while self._checks and not now - 60 < self._checks[0] <= now:
                self._checks.popleft()
            if len(self._checks) < CHECKS_A_MINUTE:
                break
            log.warning("%d messages were checked within a minute: a pause.", CHECKS_A_MINUTE)
            await self._clock.sleep(self._checks[0] + 60 - now)
        self._checks.append(now)

    def _token(self, message: Message, profile: dict[str, Any]) -> Token:
        """The token as it is stored: it never lives longer than the 03:30 rule allows."""
        reply = {
            **profile,
            "user_id": message.user_id,
            "access_token": message.access_token.get_secret_value(),
        }
        issued_at = min(message.issued_at, self._clock.now())
        try:
            token = Token.from_reply(reply, issued_at=issued_at)
        except ValueError:
            raise RefusedError(
                HTTPStatus.BAD_REQUEST, "missing or unusable: access_token"
            ) from None
        return token.model_copy(update={"expires_at": min(token.expires_at, message.expires_at)})


async def _body(request: Request) -> bytes:
    """The body. Raises `RefusedError` as soon as it is known to be too large."""
    too_large = RefusedError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"it has more than {MAX_BYTES} bytes"
    )
    # h11 has checked that this is a number.
    if int(request.headers.get("content-length", "0")) > MAX_BYTES:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise too_large
    return bytes(body)


def _same(found: object, wanted: str | None) -> bool:
    if not isinstance(found, str) or wanted is None:
        return False
    return hmac.compare_digest(
        found.encode("utf-8", "surrogatepass"), wanted.encode("utf-8", "surrogatepass")
    )


def _plain(path: str) -> str:
    """`path` as it is compared: a person may leave the slash in front out."""
    return f"/{path.strip('/')}"

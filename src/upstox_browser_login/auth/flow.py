"""The flow that httpx and httpx2 share: both send what it yields and hand back the answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import Any, ClassVar

from upstox_browser_login.blocking import apart
from upstox_browser_login.session import aget_token, get_token
from upstox_browser_login.token import Token

from .bearer import UNAUTHORIZED, Bearer, header_of


class Flow(Bearer):
    """The methods that the clients call. Requests and responses are those of either library."""

    whole_body: ClassVar[type]
    """The library's `ByteStream`: a body that is in memory and can be sent again."""

    def sync_auth_flow(self, request: Any) -> Generator[Any, Any, None]:
        """For `Client`."""
        if not self.is_for_api(request.url):
            yield request
            return
        token = get_token(self.settings)
        request.headers["Authorization"] = header_of(token)
        response = yield request
        if not self._may_be_dead(response, token):
            return
        response.read()
        answer = (response.status_code, response.headers, response.content)
        if not self.is_dead(token, *answer):
            return
        if not isinstance(request.stream, self.whole_body):
            self.forget(token)
            return
        request.headers["Authorization"] = header_of(self.renewed(token))
        yield request

    async def async_auth_flow(self, request: Any) -> AsyncGenerator[Any, Any]:
        """For `AsyncClient`; stores and logins do their waiting in another thread."""
        if not self.is_for_api(request.url):
            yield request
            return
        token = await aget_token(self.settings)
        request.headers["Authorization"] = header_of(token)
        response = yield request
        if not self._may_be_dead(response, token):
            return
        await response.aread()
        answer = (response.status_code, response.headers, response.content)
        if not await apart(self.is_dead, token, *answer):
            return
        await apart(self.forget, token)
        if not isinstance(request.stream, self.whole_body):
            return
        request.headers["Authorization"] = header_of(await aget_token(self.settings))
        yield request

    def _may_be_dead(self, response: Any, token: Token) -> bool:
        # The client has followed redirects: the answer may be somebody else's, or to a request that
        # went without the token.
        request, status = response.request, response.status_code
        signed = request.headers.get("Authorization") == header_of(token)
        return bool(status == UNAUTHORIZED and signed and self.is_for_api(request.url))

"""`RequestsAuth`. A callable is all that requests asks for, so requests is not imported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from upstox_browser_login.session import get_token
from upstox_browser_login.token import Token

from .bearer import UNAUTHORIZED, Bearer, header_of

if TYPE_CHECKING:
    from requests import PreparedRequest, Response


class RequestsAuth(Bearer):
    """The token as the auth of requests: `requests.get(url, auth=RequestsAuth())`, or a session's.

    See `bearer.Bearer` for what it does and raises.
    """

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign a request that is about to be sent."""
        if self.is_for_api(request.url):
            token = get_token(self.settings)
            request.headers["Authorization"] = header_of(token)
            # Its stubs give this one no types.
            request.register_hook("response", partial(self._answered, token))  # type: ignore[no-untyped-call]
        return request

    def _answered(self, token: Token, response: Response, **options: Any) -> Response:
        # Redirects inherit this hook, and requests takes the token away where they lead elsewhere.
        request = response.request
        signed = request.headers.get("Authorization") == header_of(token)
        if response.status_code != UNAUTHORIZED or not signed or not self.is_for_api(request.url):
            return response
        if not self.is_dead(token, response.status_code, response.headers, response.content):
            return response
        body: object = request.body  # a file or a generator as well, whatever its type says
        if not (body is None or isinstance(body, str | bytes)):
            self.forget(token)
            return response
        again = request.copy()
        again.headers["Authorization"] = header_of(self.renewed(token))
        # As requests' own digest auth does it: the connection goes back to its pool first.
        response.close()
        repeated: Response = response.connection.send(again, **options)
        repeated.history.append(response)
        repeated.request = again
        return repeated

"""The API host: the OAuth dialog, the hop back, and the token endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from .control import control_routes
from .market import MarketEndpoints
from .pages import gateway_page, page
from .refusals import ApiRefusalError, api_refusal
from .state import AuthorizationCode, Flow
from .users import UserEndpoints, user_fields
from .world import Addresses, World

HOP_PATH = "/login/authorization/redirect"
_TOKEN_FIELDS = {  # in the order in which a missing one is noticed
    "code": "UDAPI1022",
    "client_id": "UDAPI1017",
    "client_secret": "UDAPI1024",
    "redirect_uri": "UDAPI1018",
    "grant_type": "UDAPI1023",
}


def api_app(world: World) -> Starlette:
    """Return the application behind api.upstox.com."""
    oauth = OAuth(world)
    users, market = UserEndpoints(world), MarketEndpoints(world)
    return Starlette(
        routes=[
            Route("/v2/login/authorization/dialog", oauth.dialog),
            Route(HOP_PATH, oauth.hop),
            Route("/login/authorization/continue", oauth.second_hop),
            Route("/v2/login/authorization/token", oauth.token, methods=["POST"]),
            *users.routes(),
            *market.routes(),
            *control_routes(world),
        ],
        exception_handlers={
            ApiRefusalError: _refused,
            404: _unsupported,
            405: _unsupported,
        },
    )


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, ApiRefusalError):  # pragma: no cover - Starlette sends no other
        raise error
    return error.response()


async def _unsupported(_request: Request, _error: Exception) -> Response:
    return api_refusal("UDAPI10000").response()


def with_query(url: str, values: Mapping[str, str]) -> str:
    """*url* with *values* behind whatever query it has."""
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(values)}"


class OAuth:
    """Dialog, hop and token exchange."""

    def __init__(self, world: World) -> None:
        """Serve *world*'s one app."""
        self._world = world

    async def dialog(self, request: Request) -> Response:
        """Check the app, keep its wishes, and send the browser to the login page."""
        query, script, account = request.query_params, self._world.script, self._world.account
        if script.has("inactive-client"):
            raise api_refusal("UDAPI100073")
        known = (
            query.get("client_id") == account.client_id
            and query.get("redirect_uri") == account.redirect_uri
            # The official SDK's `authorize` sends none.
            and query.get("response_type", "code") == "code"
        )
        if script.has("bad-client") or not known:
            raise api_refusal("UDAPI100068")
        flow = self._world.state.open_flow(
            account.client_id, account.redirect_uri, query.get("state")
        )
        addresses = self._world.addresses
        login = addresses.login
        if script.has("foreign-login"):
            login = Addresses.foreign(login)
        inner = {
            "redirect_uri": addresses.api + HOP_PATH,
            "response_type": "code",
            "client_id": flow.internal_client,
            "user_id": flow.user_id,
            "user_type": "individual",
        }
        return RedirectResponse(with_query(f"{login}/login/v2/oauth/authorize", inner), 302)

    async def hop(self, request: Request) -> Response:
        """Turn the internal redirect into one to the app's own redirect_uri."""
        code = self._known_code(request)
        script = self._world.script
        if script.has("hop-chain"):
            query = urlencode(dict(request.query_params))
            return RedirectResponse(f"/login/authorization/continue?{query}", 302)
        target = self._target(request.query_params["code"], code)
        if script.has("script-redirect"):
            return HTMLResponse(page("script_redirect.html", target=_in_script(target)))
        if script.has("meta-redirect"):
            return HTMLResponse(page("meta_redirect.html", target=escape(target)))
        return RedirectResponse(target, int(script.value("redirect") or 302))

    async def second_hop(self, request: Request) -> Response:
        """Finish a chain of hops."""
        code = self._known_code(request)
        return RedirectResponse(self._target(request.query_params["code"], code), 302)

    def _known_code(self, request: Request) -> AuthorizationCode:
        code = self._world.state.codes.get(request.query_params.get("code", ""))
        if code is None:
            raise api_refusal("UDAPI100057")
        return code

    def _target(self, value: str, code: AuthorizationCode) -> str:
        refused = code.denied or self._world.script.has("denied")
        answer = {"error": "access_denied"} if refused else {"code": value}
        state = self._state_of(code.flow)
        if state is not None:
            answer["state"] = state
        return with_query(code.flow.redirect_uri, answer)

    def _state_of(self, flow: Flow) -> str | None:
        if self._world.script.has("no-state"):
            return None
        if self._world.script.has("wrong-state"):
            return self._world.dice.text(22)
        return flow.state

    async def token(self, request: Request) -> Response:
        """Exchange a code; whatever else is wrong with the request, the code is spent."""
        script, account, state = self._world.script, self._world.account, self._world.state
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        code = state.spend_code(form.get("code", ""))
        if error := script.value("token-error"):
            raise api_refusal(error)
        if script.has("token-html"):
            return gateway_page(200)
        for name, missing in _TOKEN_FIELDS.items():
            if not form.get(name):
                raise api_refusal(missing)
        if script.has("inactive-client"):
            raise api_refusal("UDAPI100073")
        if form["grant_type"] != "authorization_code":
            raise api_refusal("UDAPI100036")
        right_id = form["client_id"] == account.client_id
        right_secret = form["client_secret"] == account.client_secret
        if not (right_id and right_secret):
            raise api_refusal("UDAPI100069" if right_id or right_secret else "UDAPI100016")
        if form["redirect_uri"] != account.redirect_uri:
            raise api_refusal("UDAPI100070")
        if code is None:
            raise api_refusal("UDAPI100057")
        return self._token_response(refresh=form.get("refresh_extended_token") == "true")

    def _token_response(self, *, refresh: bool) -> Response:
        script, mint = self._world.script, self._world.state.mint
        token = mint.access_token(opaque=script.has("opaque-token"))
        if script.has("sparse-token"):
            return JSONResponse({"access_token": token})
        body: dict[str, object] = {
            **user_fields(self._world.account),
            "access_token": token,
            "extended_token": mint.extended_token(refresh=refresh),
        }
        if script.has("no-extended-token"):
            del body["extended_token"]
        if script.has("token-charset"):
            body["user_name"] = "José Müller"
            return Latin1JSONResponse(body)
        return JSONResponse(body)


class Latin1JSONResponse(JSONResponse):
    """JSON as an old gateway may re-encode it."""

    media_type = "application/json;charset=ISO-8859-1"

    def render(self, content: object) -> bytes:
        """Encode in ISO-8859-1."""
        return bytes(super().render(content)).decode("utf-8").encode("iso-8859-1")


def _in_script(text: str) -> str:
    """*text* as it may stand inside a quoted string in a script element."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\u003c")

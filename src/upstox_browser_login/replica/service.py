"""The service host: the calls that the login page makes."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .api import HOP_PATH, with_query
from .refusals import UNSEEN, ServiceRefusalError, service_refusal
from .world import World

IDENTITY_COOKIE = "auth_identity_token"
EXPIRY_COOKIE = "auth_identity_token_expiry"
IDENTITY_LIFE = 30 * 86400
SESSION_COOKIE = "login_session"
_MOBILE = re.compile(r"[6-9]\d{9}")


def service_app(world: World) -> Starlette:
    """Return the application behind service.upstox.com, without its CORS layer."""
    calls = PageCalls(world)
    first, second = "/login/open/{version}/auth/1fa", "/login/open/{version}/auth/2fa"
    return Starlette(
        routes=[
            Route(f"{first}/otp/generate", calls.generate_otp, methods=["POST"]),
            Route(f"{first}/password/verify", calls.verify_password, methods=["POST"]),
            Route(f"{first}/otp-totp/verify", calls.verify_otp, methods=["POST"]),
            Route(second, calls.check_pin, methods=["POST"]),
            Route(f"{second}/secret-pin/set", calls.create_pin, methods=["POST"]),
            Route("/login/open/{version}/leads/2fa", calls.lead, methods=["POST"]),
            Route("/login/open/{version}/auth/token/refresh", calls.refresh, methods=["POST"]),
            Route("/login/v2/oauth/authorize", calls.approve, methods=["POST"]),
            Route("/tracking-proxy/open/mp/events/track/", _analytics, methods=["POST"]),
            Route("/tracking-proxy/open/mp/events/engage/", _analytics, methods=["POST"]),
        ],
        exception_handlers={ServiceRefusalError: _refused},
    )


async def _analytics(_request: Request) -> Response:
    return JSONResponse({"status": 1})


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, ServiceRefusalError):  # pragma: no cover - Starlette sends no other
        raise error
    return error.response()


def _success(data: dict[str, Any]) -> JSONResponse:
    return JSONResponse({"success": True, "data": data})


async def _data(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body())
    except ValueError:
        body = None
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, dict):
        raise ServiceRefusalError(1017001, "Invalid request")
    return data


class PageCalls:
    """One method for each call of the page."""

    def __init__(self, world: World) -> None:
        """Serve *world*'s one customer."""
        self._world = world

    def _obey(self, step: str) -> None:
        """Fail as the scenarios say."""
        script = self._world.script
        code = script.at("error", step)
        once = script.at("error-once", step)
        if code is None and once is not None and self._world.first_time(f"error-once {step}"):
            code = once
        if code is not None:
            raise service_refusal(code)

    async def generate_otp(self, request: Request) -> Response:
        """Step one: send a one-time password to a mobile number."""
        self._obey("otp")
        world, script = self._world, self._world.script
        mobile = str((await _data(request)).get("mobileNumber", ""))
        if not _MOBILE.fullmatch(mobile):
            raise service_refusal(1017016)
        token = world.state.generate_otp(mobile, limited=not script.has("no-otp-limit"))
        stranger = mobile != world.account.mobile
        lead = stranger or (script.has("lead") and script.value("lead") is None)
        data: dict[str, Any] = {
            "message": (f"Enter the 6-digit OTP received on {mobile[:2]}****{mobile[-4:]}"),
            "validateOTPToken": token,
            "nextRequestInterval": 120,
            "userType": "LEAD" if lead else "CUSTOMER",
            "isTotpEnabled": not (lead or script.has("totp-not-enabled")),
        }
        if script.has("password"):
            data["nextStep"] = "PASSWORD"
        return _success(data)

    async def verify_password(self, request: Request) -> Response:
        """Only where the page asks for one: the password."""
        data = await _data(request)
        session = self._world.state.otp_session(str(data.get("validateOtpToken")))
        if data.get("password") != self._world.account.password:
            raise ServiceRefusalError(1017107, "You have entered an incorrect password")
        session.password_passed = True
        return _success({"message": "Password verified"})

    async def verify_otp(self, request: Request) -> Response:
        """Step two: the code, from an SMS or an authenticator app."""
        world, script, account = self._world, self._world.script, self._world.account
        data = await _data(request)
        token, code = str(data.get("validateOtpToken")), str(data.get("otp"))
        self._obey("verify")
        if script.has("otp-blocked"):
            world.state.block_otp()
            raise service_refusal(1017078)
        if script.has("unknown-error"):
            raise service_refusal(UNSEEN)
        if script.has("password") and not world.state.otp_session(token).password_passed:
            raise service_refusal(1017079)
        refuse = script.has("wrong-otp") and (
            script.value("wrong-otp") is None or world.first_time("wrong-otp")
        )
        session = world.state.verify_otp(
            token, code, totp=not script.has("totp-not-enabled"), refuse=refuse
        )
        lead = script.has("lead") or session.mobile != account.mobile
        answer: dict[str, Any] = {
            "message": "OTP verified successfully",
            "userType": "LEAD" if lead else "CUSTOMER",
            "isSecretPinSet": not script.has("create-pin"),
            "userProfile": {
                "profileId": account.profile_id,
                "userId": account.user_id,
                "firstName": account.first_name,
                "lastName": account.last_name,
                "avatarUrl": None,
            },
        }
        if script.has("chooser") or script.has("newer-calls"):
            own = {"userId": account.user_id, "name": account.user_name, "type": "Individual"}
            other = {"userId": "9XYZ88", "name": "RAO FAMILY HUF", "type": "HUF"}
            answer["accounts"] = [own, other] if script.has("chooser") else [own]
        if script.has("unknown-page"):
            answer["nextStep"] = "VIDEO_VERIFICATION"
        response = _success(answer)
        response.set_cookie(
            IDENTITY_COOKIE, world.state.identify(), max_age=IDENTITY_LIFE, httponly=True
        )
        if not script.has("no-expiry-cookie"):
            # Scripts can read this one: the page looks for it before it asks for the PIN.
            end = int((world.now() + IDENTITY_LIFE) * 1000)
            response.set_cookie(EXPIRY_COOKIE, str(end), max_age=IDENTITY_LIFE)
        return response

    async def lead(self, request: Request) -> Response:
        """Take note of somebody who is no customer yet."""
        await _data(request)
        self._obey("lead")
        return _success({"message": "Lead created"})

    async def check_pin(self, request: Request) -> Response:
        """Step three: the PIN, in base64."""
        world, script = self._world, self._world.script
        data = await _data(request)
        self._obey("pin")
        if script.has("locked"):
            raise service_refusal(1017090)
        session = world.state.check_pin(
            request.cookies.get(IDENTITY_COOKIE, ""),
            _decoded(str(data.get("inputText", ""))),
            refuse=script.has("wrong-pin") or data.get("twoFAMethod") != "SECRET_PIN",
        )
        return self._signed_in(session)

    def _signed_in(self, session: str) -> Response:
        script = self._world.script
        status = "ACTIVE"
        if script.has("dormant") or script.has("inactive"):
            status = "DORMANT" if script.has("dormant") else "INACTIVE"
        answer: dict[str, Any] = {
            "redirectUri": None,
            "customerStatus": status,
            "isExternalClientOAuthApp": not script.has("internal-app"),
        }
        if script.has("consent"):
            answer["isConsentRequired"] = True
        response = _success(answer)
        response.set_cookie(SESSION_COOKIE, session, httponly=True)
        return response

    async def create_pin(self, request: Request) -> Response:
        """Sign in a customer who sets a first PIN; the account's own PIN stays as it is."""
        await _data(request)
        self._obey("create-pin")
        identity = request.cookies.get(IDENTITY_COOKIE, "")
        return self._signed_in(self._world.state.sign_in(identity))

    async def refresh(self, request: Request) -> Response:
        """Renew the token that an approval was refused for (4000001)."""
        await _data(request)
        self._obey("refresh")
        if request.cookies.get(SESSION_COOKIE) not in self._world.state.sessions:
            raise service_refusal(1017105)
        return _success({"message": "Token refreshed"})

    async def approve(self, request: Request) -> Response:
        """Step four: the app may act for the customer; answers with the way back."""
        world = self._world
        data = await _data(request)
        self._obey("approve")
        if request.cookies.get(SESSION_COOKIE) not in world.state.sessions:
            raise service_refusal(1017105)
        flow = world.state.flows.get(request.query_params.get("user_id", ""))
        if flow is None:
            raise service_refusal(1017084)
        denied = data.get("userOAuthApproval") is not True
        code = world.state.issue_code(flow, denied=denied)
        hop = with_query(
            world.addresses.api + HOP_PATH,
            {"code": code, "ucc": str(world.account.profile_id)},
        )
        return _success({"redirectUri": hop, "userType": "individual"})


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""

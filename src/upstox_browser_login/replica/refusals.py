"""The error codes of the page's calls and of the API, with their messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse

WRONG_OTP = 1017093  # made up: the true code of a wrong OTP is not known
UNSEEN = 1017431  # made up, and meant to stay unknown


@dataclass
class ServiceRefusalError(Exception):
    """A call of the page that fails: HTTP 200 with an error inside."""

    code: int | str
    message: str

    def response(self) -> JSONResponse:
        """Return the answer that the page gets."""
        error = {"code": self.code, "message": self.message}
        return JSONResponse({"success": False, "error": error})


@dataclass
class ApiRefusalError(Exception):
    """A call of the API that fails: a 4xx or 5xx status and Upstox's envelope."""

    code: str
    message: str
    status: int

    def response(self) -> JSONResponse:
        """Return the answer that the caller gets."""
        error: dict[str, Any] = {
            "errorCode": self.code,
            "message": self.message,
            "propertyPath": None,
            "invalidValue": None,
            "error_code": self.code,
            "property_path": None,
            "invalid_value": None,
        }
        return JSONResponse({"status": "error", "errors": [error]}, self.status)


_SERVICE_MESSAGES = {
    "1017007": "Your session has expired. Please login again.",
    "1017016": "Please enter a valid mobile number.",
    "1017069": (
        "You have exceeded the maximum number of times you can generate an OTP. "
        "Kindly, try again after 10 mins."
    ),
    "1017072": "This version is outdated. Please update to the latest version to continue.",
    "1017074": "There are multiple accounts registered with this mobile number.",
    "1017076": "Your session to validate otp has expired, please try again.",
    "1017078": (
        "You have exceeded the maximum number of attempts to enter the OTP. "
        "Kindly, try again after 10 mins."
    ),
    "1017079": "Your session has expired, please try again.",
    "1017084": "We could not find your session, please login again.",
    "1017090": (
        "Due to too many incorrect PIN attempts, your account has been locked. "
        "Unlock your account by verifying your details."
    ),
    "1017095": "Your session is no longer valid, please login again.",
    "1017105": "You have been logged out, please login again.",
    "1017106": "You have entered an incorrect PIN",
    "1017125": "You have exhausted all your attempts to verify the OTP.",
    "4000001": "Your token has expired.",
    str(UNSEEN): "Your request is being held for an additional check. Reference 7Q-Delta.",
}

_API_MESSAGES = {
    "UDAPI10000": (400, "This request is not supported by Upstox API"),
    "UDAPI10005": (429, "Too Many Request Sent"),
    "UDAPI1017": (400, "API Key is required"),
    "UDAPI1018": (400, "Redirect URI is required"),
    "UDAPI1022": (400, "Code is required"),
    "UDAPI1023": (400, "Grant type is required"),
    "UDAPI1024": (400, "App Secret is required"),
    "UDAPI1123": (400, "Notifier URL is not configured for the app"),
    "UDAPI1124": (400, "The app does not belong to an individual user"),
    "UDAPI1154": (403, "Access to this API is restricted to the registered static IP address"),
    "UDAPI1155": (400, "The app is not approved"),
    "UDAPI1157": (400, "The app has expired"),
    "UDAPI1221": (403, "No static IP address is registered for this app"),
    "UDAPI100016": (401, "Invalid Credentials"),
    "UDAPI100036": (400, "Invalid Input"),
    "UDAPI100050": (401, "Invalid token used to access API"),
    "UDAPI100057": (401, "Invalid Auth code"),
    "UDAPI100058": (
        401,
        "No active segments found for the user. Please reactivate your account in the app.",
    ),
    "UDAPI100067": (
        401,
        "The API you are trying to access is not permitted with an extended_token",
    ),
    "UDAPI100068": (
        401,
        "Check your 'client_id' and 'redirect_uri'; one or both are incorrect.",
    ),
    "UDAPI100069": (401, "Check your 'client_id' and 'client_secret'; one or both are incorrect."),
    "UDAPI100070": (401, "Check your 'redirect_uri'; it is incorrect."),
    "UDAPI100072": (
        423,
        "The Funds service is accessible from 5:30 AM to 12:00 AM IST daily.",
    ),
    "UDAPI100073": (401, "Your 'client_id' is inactive."),
    "UDAPI100500": (500, "Something went wrong... please contact us"),
}


def service_refusal(code: int | str) -> ServiceRefusalError:
    """Return the failure of a page's call with its known message, or a general one."""
    text = str(code)
    message = _SERVICE_MESSAGES.get(text, "Something went wrong. Please try again later.")
    return ServiceRefusalError(int(text) if text.isdigit() else text, message)


def wrong_otp(attempts_left: int) -> ServiceRefusalError:
    """Return a refused code."""
    noun = "attempt" if attempts_left == 1 else "attempts"
    message = f"You have entered an incorrect OTP. You have {attempts_left} {noun} left."
    return ServiceRefusalError(WRONG_OTP, message)


def api_refusal(code: str) -> ApiRefusalError:
    """Return the failure of an API call with its known status and message, or general ones."""
    status, message = _API_MESSAGES.get(code, (400, "Something went wrong"))
    return ApiRefusalError(code, message, status)

"""The envelopes that a changed page's calls and refusals come in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

from .world import RefusedError


def unwrapped(way: str, data: dict[str, Any]) -> dict[str, Any]:
    """Take a call's fields out of the envelope that the page has put them into."""
    if way == "jsonrpc":
        return cast("dict[str, Any]", data["params"])
    if way == "trpc":
        return cast("dict[str, Any]", data["0"]["json"])
    if way == "jsonapi":
        return cast("dict[str, Any]", data["data"]["attributes"])
    if way == "batch":
        return cast("dict[str, Any]", cast("list[Any]", data)[1]["input"])
    if way == "named":
        return cast("dict[str, Any]", data["request"])
    return cast("dict[str, Any]", data.get("data", data))


FAILURES: dict[str, Callable[[RefusedError], tuple[Any, int]]] = {
    "jsonrpc": lambda error: (
        {
            "jsonrpc": "2.0",
            "id": 1,
            "error": {"code": -32000, "message": error.message, "data": {"reason": error.code}},
        },
        200,
    ),
    "trpc": lambda error: (
        [
            {
                "error": {
                    "json": {
                        "message": error.message,
                        "code": -32004,
                        "data": {"httpStatus": 422, "appCode": error.code},
                    }
                }
            }
        ],
        422,
    ),
    "jsonapi": lambda error: (
        {"errors": [{"status": "422", "code": str(error.code), "detail": error.message}]},
        422,
    ),
    "problem": lambda error: (
        {
            "type": f"https://errors.upstox.example/{error.code}",
            "title": "Unprocessable",
            "status": 422,
            "detail": error.message,
        },
        422,
    ),
    "meta": lambda error: (
        {
            "meta": {"status": "FAILED", "code": error.code, "displayMessage": error.message},
            "data": None,
        },
        200,
    ),
    "fault": lambda error: (
        {"fault": {"faultstring": error.message, "detail": {"errorcode": str(error.code)}}},
        403,
    ),
    "flagged": lambda error: (
        {
            "hasError": True,
            "errorInfo": {"number": error.code, "text": error.message},
            "content": None,
        },
        200,
    ),
    "headed": lambda error: (
        {
            "header": {
                "responseStatus": "NOT_OK",
                "subCode": f"UPX-{error.code}",
                "userMessage": error.message,
            },
            "body": {},
        },
        200,
    ),
    "boxed": lambda error: (
        {
            "response": {
                "Status": "Failure",
                "ErrorCode": str(error.code),
                "ErrorMessage": error.message,
            }
        },
        200,
    ),
    "keycloak": lambda error: (
        {"error": "invalid_grant", "error_description": error.message},
        401,
    ),
    "spring": lambda error: (
        {
            "timestamp": "2026-11-28T04:12:09.114+00:00",
            "status": 401,
            "error": "Unauthorized",
            "message": error.message,
            "path": "/auth/session",
        },
        401,
    ),
    "short": lambda error: ({"s": "error", "c": error.code, "m": error.message}, 200),
    "batch": lambda error: (
        [
            {"op": "device.touch", "ok": True, "value": None},
            {
                "op": "step",
                "ok": False,
                "fault": {"code": error.code, "message": error.message},
            },
        ],
        207,
    ),
    "nested": lambda error: (
        {
            "statusCode": 401,
            "body": json.dumps(
                {"success": False, "error": {"code": error.code, "message": error.message}}
            ),
        },
        200,
    ),
    "union": lambda error: (
        {
            "data": {
                "step": {
                    "__typename": "LoginProblem",
                    "reason": error.code,
                    "userMessage": error.message,
                }
            }
        },
        200,
    ),
    "outcome": lambda error: (
        {"outcome": "CHALLENGE_AGAIN", "outcomeCode": error.code, "prompt": error.message},
        200,
    ),
    "bare": lambda _error: (None, 401),
    "listed": lambda error: ({"result": None, "errors": [error.message]}, 400),
    "named": lambda error: (
        {"responseCode": str(error.code), "responseMessage": error.message, "responseBody": None},
        200,
    ),
}
"""How each envelope tells that a call was refused, and with which status."""


def rest_refusal(error: RefusedError) -> dict[str, Any]:
    """A refusal as Upstox's REST interface tells one."""
    known = {
        "errorCode": str(error.code),
        "message": error.message,
        "propertyPath": None,
        "invalidValue": None,
    }
    return {"status": "error", "errors": [known]}

"""What it means that api.upstox.com, or something on the way to it, has refused a call."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from .errors import (
    CredentialsRejectedError,
    LoginBlockedError,
    NotLoggedInError,
    Step,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from .printable import one_line
from .redaction import beginning, redactor
from .way_out import OWN_PROXY, PERCENT

MAX_WORDS = 200
"""Characters of somebody else's text in a message of ours."""

_MAX_QUOTED = 4_096
"""Characters of such a text that are looked at. More blanks than that are no message."""


class _Code(Struct, frozen=True):
    """What a code of api.upstox.com means."""

    kind: type[UpstoxError]
    ours: str | None = None
    hint: str | None = None


_OF_THE_CLIENT = frozenset({"invalid_client", "unauthorized_client"})
"""OAuth's errors that refuse the app itself."""

_COMPARE = (
    "Compare UPSTOX_CLIENT_ID and UPSTOX_REDIRECT_URI with the app in Upstox's developer console, "
    "character by character."
)
"""For the dialog, to which the app's secret is not sent."""
_CLIENT = _Code(CredentialsRejectedError, "CLIENT_REJECTED")
_APP = _Code(
    CredentialsRejectedError,
    "CLIENT_REJECTED",
    "Look at the app in Upstox's developer console: it must be active and complete.",
)
_STATIC_IP = _Code(
    UpstoxError, hint="The token is fine. Register this machine's address in the developer console."
)
STATIC_IP_CODES = frozenset({"UDAPI1221", "UDAPI1154"})
FUNDS_CLOSED_CODE = "UDAPI100072"
DEAD_TOKEN_CODE = "UDAPI100050"  # noqa: S105  (a code of an error)

_CODES = {
    "UDAPI100068": _Code(CredentialsRejectedError, "CLIENT_REJECTED", _COMPARE),
    **dict.fromkeys(("UDAPI100069", "UDAPI100070", "UDAPI100016"), _CLIENT),
    **dict.fromkeys(("UDAPI100073", "UDAPI1123", "UDAPI1124", "UDAPI1155", "UDAPI1157"), _APP),
    **dict.fromkeys(STATIC_IP_CODES, _STATIC_IP),
    "UDAPI100058": _Code(CredentialsRejectedError, "ACCOUNT_INACTIVE"),
    "UDAPI100057": _Code(TokenExchangeError, "CODE_REJECTED"),
    DEAD_TOKEN_CODE: _Code(NotLoggedInError, "TOKEN_REVOKED"),
    "UDAPI10005": _Code(LoginBlockedError, "RATE_LIMITED"),
    FUNDS_CLOSED_CODE: _Code(
        UpstoxUnavailableError,
        "MAINTENANCE",
        "Upstox closes this service from 00:00 to 05:30 India time; the token is fine.",
    ),
}
"""Codes of api.upstox.com, from its documents and its OpenAPI file."""

# As Cloudflare writes it in plain text, in its pages and in JSON (its documents: "1xxx errors").
_CLOUDFLARE = re.compile(
    r"(?i)(?:error[ _]code|cf-error-code|error</span>)\W{0,9}(?:<[^>]{0,99}>\s{0,9}){0,2}(1\d{3})\b"
)
_CLOUDFLARE_REASONS = {
    "1005": "this machine's network is blocked",
    "1006": "this machine's address is blocked",
    "1007": "this machine's address is blocked",
    "1008": "this machine's address is blocked",
    "1009": "this machine's country is blocked",
    "1010": "this kind of program is blocked",
    "1020": "a rule of its firewall blocks this",
}


def quotable(text: str) -> str:
    """The beginning of somebody else's text, for a message: on one line and without secrets."""
    # It is made printable first, since an invisible character within a secret would hide it from
    # the redactor.
    clean = redactor.redact(one_line(text[:_MAX_QUOTED]))
    words = " ".join(clean.split())
    if len(words) > MAX_WORDS:
        return f"{words[:MAX_WORDS]}…"
    # Where the text was cut, the last word may be the beginning of a secret.
    return words if len(text) <= _MAX_QUOTED else f"{words.rpartition(' ')[0]}…"


def envelope_error(data: Any) -> tuple[str | None, str | None]:
    """Code and message of an error envelope of api.upstox.com; (None, None) where it is none."""
    if not isinstance(data, dict):
        return None, None
    errors = data.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else data.get("error")
    if not isinstance(first, dict):
        return None, None
    code = first.get("errorCode") or first.get("error_code") or first.get("code")
    message = first.get("message")
    return (
        None if code is None else beginning(quotable(str(code)), 40),
        quotable(message) if isinstance(message, str) else None,
    )


def oauth_error(data: Any) -> str | None:
    """The `error` of a refusal as OAuth writes it (RFC 6749, 5.2), None where there is none.

    Problem details (RFC 9457) may have the same word as their title.
    """
    if not isinstance(data, dict):
        return None
    error = data.get("error")
    if isinstance(error, str) and error.strip():
        return error
    title = data.get("title")
    return title if isinstance(title, str) and title in _OF_THE_CLIENT else None


def is_error(data: Any) -> bool:
    """Whether a body is an error envelope, whatever the status it came with."""
    return isinstance(data, dict) and (
        data.get("status") == "error"
        or envelope_error(data) != (None, None)
        or oauth_error(data) is not None
    )


def means_dead_token(error: UpstoxError) -> bool:
    """Whether Upstox itself has said that the token is no longer good.

    A 401 without its code may be a gateway's, which knows nothing of the token.
    """
    return isinstance(error, NotLoggedInError) and error.upstox_code == DEAD_TOKEN_CODE


def bad_answer(message: str, step: Step | None) -> UpstoxError:
    """The error of an answer that makes no sense: of the exchange only where it was one."""
    if step == "exchange":
        return TokenExchangeError(message, code="BAD_RESPONSE", step=step)
    return UpstoxUnavailableError(message, code="SERVER_ERROR", step=step)


def error_of(status: int, data: Any, *, step: Step | None = None, text: str = "") -> UpstoxError:
    """The typed error for an answer of api.upstox.com that is not a success.

    `data` is the body as JSON, `text` as it came. What it says is quoted, without secrets.
    """
    code, message = envelope_error(data)
    blocked = None if code else _cloudflare_number(text)
    if blocked is not None:
        return _cloudflare_error(blocked, step)
    if status == 407:
        return _proxy_error(step)
    said = _said(status, data, message or _other_words(data, text))
    known = _of_code(code, said, step) if code else _of_oauth(oauth_error(data), said, step)
    return known or _of_status(status, code, said, message, step)


def of_client_or_account(code: str, said: str, step: Step) -> UpstoxError | None:
    """The error of a code that refuses the app or the account; None if it refuses neither."""
    known = _CODES.get(code)
    if known is None or known.kind is not CredentialsRejectedError:
        return None
    return _of_code(code, said, step)


def _said(status: int, data: Any, words: str) -> str:
    """What the answer says, as a sentence."""
    said = f"Upstox answered HTTP {status}" + (f": {words}" if words else "")
    if not words and data is None:
        said += " with something that is not JSON (a gateway's page, most likely)"
    return said if said.endswith((".", "…")) else f"{said}."


def _of_oauth(error: str | None, said: str, step: Step | None) -> UpstoxError | None:
    """The error of OAuth's own envelope (RFC 6749, section 5.2)."""
    if error in _OF_THE_CLIENT:
        hint = _COMPARE if step == "open" else None
        return CredentialsRejectedError(said, code="CLIENT_REJECTED", step=step, hint=hint)
    if error == "invalid_grant":
        return TokenExchangeError(said, code="CODE_REJECTED", step=step)
    return None


def _of_code(code: str, said: str, step: Step | None) -> UpstoxError | None:
    """The error of a code of Upstox's whose meaning is known, whatever status it came with."""
    known = _CODES.get(code)
    if known is None:
        return None
    hint = _COMPARE if known is _CLIENT and step == "open" else known.hint
    return known.kind(said, code=known.ours, upstox_code=code, step=step, hint=hint)


def _of_status(
    status: int, code: str | None, said: str, message: str | None, step: Step | None
) -> UpstoxError:
    """The error of an answer that only its status tells of."""
    if status == 401 and code is None and step is None:
        return NotLoggedInError(said, code="TOKEN_REVOKED")
    if status == 429:
        return LoginBlockedError(said, code="RATE_LIMITED", upstox_code=code, step=step)
    if status >= 500 or code == "UDAPI100500":
        kind = "MAINTENANCE" if message and "maintenance" in message.lower() else "SERVER_ERROR"
        return UpstoxUnavailableError(said, code=kind, upstox_code=code, step=step)
    if step is not None:
        return TokenExchangeError(said, code="BAD_RESPONSE", upstox_code=code, step=step)
    return bad_answer(said, step) if code is None else UpstoxError(said, upstox_code=code)


def _proxy_error(step: Step | None) -> UpstoxError:
    return UpstoxUnavailableError(
        "A proxy on the way to Upstox wants a user name and a password (HTTP 407).",
        code="NETWORK",
        step=step,
        hint=(
            f"Put them into {OWN_PROXY}, or where that is not set into HTTPS_PROXY, HTTP_PROXY "
            f"or ALL_PROXY. {PERCENT}"
        ),
    )


def _other_words(data: Any, text: str) -> str:
    """What a refusal says that is no envelope: OAuth's two members, a message, or plain text."""
    if isinstance(data, dict):
        found = [data.get(name) for name in ("error", "error_description", "message")]
        return quotable(": ".join(each for each in found if isinstance(each, str) and each))
    if isinstance(data, str):
        return quotable(data)
    return "" if data is not None or "<" in text else quotable(text)


def _cloudflare_number(text: str) -> str | None:
    """The number of Cloudflare's refusal, None where the answer is not Cloudflare's."""
    found = _CLOUDFLARE.search(text)
    # In plain text that line is all there is; pages and JSON name Cloudflare.
    if found is None or not (found[0] == text.strip() or "cloudflare" in text.lower()):
        return None
    return found[1]


def _cloudflare_error(number: str, step: Step | None) -> UpstoxError:
    """The error of a block by Cloudflare: Upstox itself has not seen the request."""
    said = f"Cloudflare, which stands in front of Upstox, refused the request (error {number})"
    if number == "1015":
        return LoginBlockedError(f"{said}: too many requests.", code="RATE_LIMITED", step=step)
    return UpstoxUnavailableError(
        f"{said}: {_CLOUDFLARE_REASONS.get(number, 'it does not say why')}.",
        code="NETWORK",
        step=step,
        hint=(
            "Upstox itself has refused nothing. Run it from another connection, best a home or "
            "office in India, without a proxy or VPN; if it stays, ask Upstox to allow the address."
        ),
    )

"""The OAuth dialog's address, reading a redirect, and turning a code into a token."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from .clock import Clock
from .edge import at_the_edge
from .errors import ConfigurationError, TokenExchangeError, UpstoxUnavailableError
from .redaction import MASK, Concealed, redactor
from .redaction.spellings import TOO_SHORT
from .settings import Settings
from .token import IST, Token

if TYPE_CHECKING:
    from .http import Client, Reply

DIALOG = "/v2/login/authorization/dialog"
TOKEN = "/v2/login/authorization/token"  # noqa: S105  (a path)

SKEW = timedelta(seconds=2)
"""Less than this between Upstox's clock and ours is the resolution of the `Date` header."""


def new_state() -> str:
    """A random `state`, which ties the answer to this login."""
    state = secrets.token_urlsafe(24)
    redactor.register(state, "OAuth state")
    return state


def dialog_url(settings: Settings, state: str) -> str:
    """Where a login begins. Raises `ConfigurationError` without client id and redirect URI."""
    settings.require("client_id", "redirect_uri")
    query = {
        "response_type": "code",
        "client_id": settings.client_id or "",
        "redirect_uri": settings.redirect_uri or "",
        "state": state,
    }
    return f"{settings.api_base_url}{DIALOG}?{urlencode(query, quote_via=quote)}"


def query_of(url: str) -> dict[str, list[str]]:
    """The names and values of an address. Raises `ValueError` where it cannot be read.

    A second question mark separates them too: so one appends to an address that has a query.
    """
    return parse_qs(urlsplit(url).query.replace("?", "&"), keep_blank_values=True)


# Each word can be read in one way only: with two, the time doubles with every word of a sentence.
_WORD = re.compile(r"[A-Z]?[a-z]+(?:[-_. ][A-Z]?[a-z]+)*|[0-9]{1,3}")
_SEPARATES = re.compile(r"&amp;|[&;?#/]")
_MOST_PARTS = 50


def parts_of(url: str) -> list[str]:
    """What in an address may be a code: segments of its path, values, and texts without a name.

    Those that are plain words are none, nor is what tells of an error.
    """
    whole = unquote(url.partition("://")[2].partition("/")[2] if "://" in url else url)
    found: list[str] = []
    for part in _SEPARATES.split(unquote(whole)):
        name, equals, value = part.partition("=")
        value = value if equals else name
        if equals and name.lower().startswith("error"):
            continue
        found += [value, value.replace("+", " ")]
    found = [each for each in found if len(each) >= TOO_SHORT and not _WORD.fullmatch(each)]
    return list(dict.fromkeys(found))[:_MOST_PARTS]


class Redirect(Concealed, frozen=True):
    """What Upstox appends to the redirect URI."""

    code: str | None
    state: str | None
    error: str | None

    @classmethod
    def of(cls, url: str) -> Redirect:
        """Read an address. The last value counts: redirect URIs may have a query of their own.

        One that cannot be read has nothing in it.
        """
        try:
            query = query_of(url)
        except ValueError:
            query = {}
        code = query.get("code", [""])[-1] or None
        state = query.get("state", [""])[-1] or None
        error = " ".join(query.get("error", []) + query.get("error_description", []))
        for secret in (code, state):
            # Masked here and not registered: a stranger's address may have ordinary words in it.
            if secret is not None and len(secret) >= TOO_SHORT:
                error = error.replace(secret, MASK)
        from .refusals import quotable

        return cls(code, state, quotable(error) or None)

    def answers(self, state: str) -> bool:
        """Whether it carries this state."""
        return self.state is not None and _same(self.state, state)

    def register(self) -> None:
        """Register code and state as secrets; only for an address that this login has led to."""
        redactor.register(self.code, "authorization code")
        redactor.register(self.state, "OAuth state")

    def __repr__(self) -> str:
        return f"Redirect(code={'set' if self.code else None}, error={self.error!r})"


@at_the_edge
def code_from(url: str, state: str, *, again: str | None = None) -> str:
    """The authorization code of a redirect that belongs to `state`.

    `again` says in a hint how to begin again, where no login of ours has led to the address.
    Raises `TokenExchangeError`: `AUTHORIZATION_DENIED` for `?error=`, `STATE_MISMATCH` for another
    state or none, `BAD_RESPONSE` where there is no code.
    """
    redirect = Redirect.of(url)
    if redirect.code is None or redirect.error is not None or not redirect.answers(state):
        raise without_code(redirect, state, again=again)
    redirect.register()
    return redirect.code


def without_code(redirect: Redirect, state: str, *, again: str | None = None) -> TokenExchangeError:
    """The error of a redirect that refuses, has not the state that was sent, or has no code."""
    if redirect.error is not None:
        return TokenExchangeError(
            f"Upstox refused the authorization: {redirect.error}.",
            code="AUTHORIZATION_DENIED",
            step="redirect",
            hint=None if again is None else f"Approve the app in Upstox: {again}.",
        )
    if redirect.answers(state):
        return TokenExchangeError(
            "The redirect came without a code.", code="BAD_RESPONSE", step="redirect"
        )
    what = "without a state" if redirect.state is None else "with another state than was sent"
    return TokenExchangeError(
        f"The redirect came {what}.",
        code="STATE_MISMATCH",
        step="redirect",
        hint=None
        if again is None
        else f"It answers another address of the dialog than the last one: {again}, and log in at "
        "that address.",
    )


def _same(one: str, other: str) -> bool:
    """Compare in constant time, whatever a terminal has made of the characters."""
    return hmac.compare_digest(*(each.encode("utf-8", "surrogatepass") for each in (one, other)))


_ROUND_IT = " \t\r\n\"'`\u2018\u2019\u201c\u201d\u00a0\u200b\ufeff"


def tidy_pasted(text: str) -> str:
    """What was pasted, without what chats, mails and web pages put round it or into it."""
    text = text.strip(_ROUND_IT)
    if not is_address(text):
        return text
    return re.sub("&(amp|#38|#x26);", "&", text.strip(f"<>{_ROUND_IT}"), flags=re.IGNORECASE)


def refuse_cut(pasted: str) -> None:
    """Raise `TokenExchangeError` for an address that a shell may have cut at its first `&`."""
    redirect = Redirect.of(pasted)
    if is_address(pasted) and redirect.error is None and None in {redirect.code, redirect.state}:
        missing = [name for name in ("code", "state") if getattr(redirect, name) is None]
        hint = "Put the whole address in single quotes, or hand it over on stdin: `exchange -`."
        if redirect.code is not None:
            hint = (
                f"{hint[:-1]}; or hand over the code alone, where the address that you opened had "
                "no state."
            )
        raise TokenExchangeError(
            f"The address has no {' and no '.join(missing)}: a shell cuts it at each `&`.",
            code="STATE_MISMATCH" if redirect.state is None else "BAD_RESPONSE",
            step="redirect",
            hint=hint,
        )


def is_address(pasted: str) -> bool:
    """Whether what was pasted is an address, as against a bare code."""
    return "://" in pasted or "?" in pasted


def refuse_elsewhere(pasted: str, redirect_uri: str) -> None:
    """Raise `ConfigurationError` for an address of another place than `redirect_uri`."""
    if "://" in pasted and _place(pasted) != _place(redirect_uri):
        raise ConfigurationError(
            "That is not the address of your redirect URI; paste the one the browser ended on.",
            hint="It begins as UPSTOX_REDIRECT_URI does, and has `code=` in it.",
        )


def _place(url: str) -> tuple[str | None, int | None, str] | None:
    """Host, port and path, as browsers write them; None for what cannot be read."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return parts.hostname, None if port in {80, 443} else port, unquote(parts.path) or "/"


@at_the_edge
def read_pasted(
    text: str, state: str | None, *, again: str = "begin again with a new address of the dialog"
) -> str:
    """The code of what a person pasted: a bare code as it is, or a redirect address.

    `again` says in a hint how to begin again. Raises `ConfigurationError` for neither, and what
    `code_from` raises for an address.
    """
    text = tidy_pasted(text)
    refuse_cut(text)
    if is_address(text):
        if state is None:
            raise TokenExchangeError(
                "The address cannot be checked: its state was used before, or none was made.",
                code="STATE_MISMATCH",
                step="redirect",
                hint=f"{again[:1].upper()}{again[1:]}.",
            )
        return code_from(text, state, again=again)
    if not re.fullmatch(r"[A-Za-z0-9._~-]{4,200}", text):
        raise ConfigurationError(
            "That is neither an authorization code nor a redirect address.",
            hint="Paste the address the browser ended on, or the value behind `code=`.",
        )
    redactor.register(text, "authorization code")
    return text


class DeadTokenError(TokenExchangeError):
    """The token had expired when it came, by Upstox's own time; the next one would be the same."""

    def __init__(self, token: Token) -> None:
        super().__init__(
            "Upstox gave out a token that is dead already: it ended at "
            f"{token.expires_at.astimezone(IST):%Y-%m-%d %H:%M:%S} IST.",
            code="BAD_RESPONSE",
            step="exchange",
            hint="Check this machine's clock; if it is right, wait before you log in again.",
        )


@at_the_edge
async def exchange(
    settings: Settings, code: str, *, clock: Clock, client: Client | None = None
) -> Token:
    """Turn an authorization code into a token, with one request that is never repeated.

    Where Upstox's answer tells another time than `clock`, the token's life is counted by that one.
    `client` is what `http.prepare` made. The code is spent even where this fails.
    Raises `ConfigurationError` before the code is sent, afterwards `TokenExchangeError`,
    `CredentialsRejectedError`, `LoginBlockedError` and `UpstoxUnavailableError`.
    """
    from .http import call  # a login opens its page before it needs these
    from .refusals import is_error

    settings.require("client_id", "client_secret", "redirect_uri")
    form = {
        "code": code,
        "client_id": settings.client_id or "",
        "client_secret": settings.secret("client_secret"),
        "redirect_uri": settings.redirect_uri or "",
        "grant_type": "authorization_code",
    }
    url = settings.api_base_url + TOKEN
    try:
        reply = await call(
            "POST", url, proxy=settings.proxy, step="exchange", client=client, data=form
        )
        data = reply.data
        if reply.status != 200 or is_error(data):
            raise reply.error("exchange")
    except UpstoxUnavailableError as error:
        error.hint = f"{error.hint} The authorization code may be spent: run the login again."
        raise
    if isinstance(data, dict) and "access_token" not in data and isinstance(data.get("data"), dict):
        # Flat today; other endpoints of the same API wrap theirs.
        data = data["data"]
    if not isinstance(data, dict):
        raise TokenExchangeError(
            "Upstox answered the exchange with something that is not a JSON object.",
            code="BAD_RESPONSE",
            step="exchange",
        )
    now = clock.now()
    issued_at, skew = _time_of(reply, now)
    try:
        token = Token.from_reply(data, issued_at=issued_at)
    except (ValueError, OverflowError) as error:
        raise TokenExchangeError(
            f"Upstox answered the exchange, but {error}.", code="BAD_RESPONSE", step="exchange"
        ) from None
    if token.expires_at <= token.issued_at:
        raise DeadTokenError(token)
    return token.model_copy(update={"clock_skew": float(round(skew.total_seconds()))})


def _time_of(reply: Reply, now: datetime) -> tuple[datetime, timedelta]:
    """The time of an answer by its `Date`, and Upstox's clock minus `now`.

    Where the two hardly differ, that counts as no difference. The earlier time is taken then: a
    token of 03:29:59 dies a second later, and not a day later.
    """
    try:
        there = parsedate_to_datetime(reply.headers.get("date", ""))
    except (ValueError, OverflowError):
        return now, timedelta()
    there = there if there.tzinfo else there.replace(tzinfo=UTC)
    skew = there - now
    return (there, skew) if abs(skew) > SKEW else (min(there, now), timedelta())

"""`UpstoxTOTP`, the client of the upstox-totp library."""

from __future__ import annotations

import logging
import secrets
import string
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from msgspec import Struct
from pydantic import SecretStr

from upstox_browser_login.blocking import run_apart
from upstox_browser_login.clock import Clock
from upstox_browser_login.edge import at_the_edge
from upstox_browser_login.redaction import install_log_redaction
from upstox_browser_login.redaction.logs import TimedFormatter
from upstox_browser_login.session import code_source, get_token
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings

from .answers import AccessTokenData, AccessTokenResponse

if TYPE_CHECKING:
    import httpx2

_OURS = "upstox_browser_login"
_SESSION_SECONDS = 30.0


class UpstoxTOTP:
    """A login's settings, checked, and the older way to ask for a token.

    Arguments that are left out are read from the environment and from `.env`, as `Settings` does.
    `password` is kept, and typed only where Upstox's page asks for one. `debug=True` turns on this
    library's log, redacted, for the process; False leaves it to `UPSTOX_DEBUG`. `sleep_time` is a
    pause between the steps on the page, 100 to 10000 ms; upstox-totp paused 1000 ms by default,
    this library does not pause unless it is told to.

    Safe in threads. Raises `ConfigurationError` for what is missing or breaks its rule.
    """

    @at_the_edge
    def __init__(
        self,
        *,
        username: str | SecretStr | None = None,
        password: SecretStr | str | None = None,
        pin_code: SecretStr | str | None = None,
        totp_secret: SecretStr | str | None = None,
        client_id: str | None = None,
        client_secret: SecretStr | str | None = None,
        redirect_uri: str | None = None,
        debug: bool = False,
        sleep_time: int | None = None,
        env_file: Path | str | None = None,
    ) -> None:
        self.settings = Settings(
            env_file=env_file,
            username=username,
            password=password,
            pin_code=pin_code,
            totp_secret=totp_secret,
            client_id=client_id,
            client_secret=client_secret,
            redirect_uri=redirect_uri,
            debug=debug or None,
            sleep_time=sleep_time,
        )
        self.settings.require(*NEEDED_FOR_LOGIN)
        self._request_id = _new_request_id()
        self._session: httpx2.Client | None = None
        if self.settings.debug:
            _show_debug()

    @classmethod
    @at_the_edge
    def from_env_file(cls, env_path: Path | str) -> Self:
        """A client with the settings of this env file.

        The account's settings are read from it alone; for the others the process environment goes
        before it. Raises `ConfigurationError`, also where there is no such file.
        """
        return cls(env_file=env_path)

    @property
    def app_token(self) -> AppTokenAPI:
        """Where `get_access_token()` is."""
        return AppTokenAPI(self)

    @property
    def session(self) -> httpx2.Client:
        """A plain `httpx2.Client` for requests of one's own; the login makes no use of it.

        It adds no token by itself: set `session.auth = Httpx2Auth(upx.settings)` for that.
        """
        if self._session is None:
            import httpx2

            self._session = httpx2.Client(timeout=_SESSION_SECONDS)
        return self._session

    def reset_session(self) -> None:
        """Put the session back to its first state: headers, cookies, hooks, … It stays open."""
        session = self.session
        session.headers = {}  # the client adds its own
        session.cookies = {}
        session.params = {}
        session.event_hooks = {}
        session.auth = None  # type: ignore[assignment]  # accepted, and what it was at first
        session.timeout = _SESSION_SECONDS

    def generate_request_id(self) -> str:
        """An id as Upstox's page sends it in `X-Request-ID`; one for the life of this object."""
        return self._request_id

    @at_the_edge
    def generate_totp_secret(self) -> str:
        """The current TOTP code, in spite of the name. It is shown, not sent.

        Raises `ConfigurationError` where `UPSTOX_TOTP_COMMAND` does not give one.
        """
        source = code_source(self.settings)
        code: str = run_apart(source.code(int(Clock().time() // source.period)))
        return code

    def close(self) -> None:
        """Close the session; the next use of it opens another."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AppTokenAPI(Struct, frozen=True):
    """The tokens of a client."""

    client: UpstoxTOTP

    @at_the_edge
    def get_access_token(self) -> AccessTokenResponse:
        """The stored token while it is valid; a new one, through the browser, otherwise.

        upstox-totp logged in at every call, and Upstox refuses the third OTP in quick succession.
        For a new token in any case there is `login(upx.settings)`. Raises `UpstoxError`, whose
        text says what to do.
        """
        data = AccessTokenData.of(get_token(self.client.settings))
        return AccessTokenResponse(success=True, data=data)


def _new_request_id() -> str:
    letters = string.ascii_letters + string.digits
    return "WPRO-" + "".join(secrets.choice(letters) for _ in range(10))


def _show_debug() -> None:
    """Let this library's debug log be seen, on stderr where nobody has set up logging."""
    install_log_redaction()
    logger = logging.getLogger(_OURS)
    logger.setLevel(logging.DEBUG)
    if not logger.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(TimedFormatter())
        logger.addHandler(handler)

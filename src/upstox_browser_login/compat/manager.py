"""`UpstoxTokenManager`, of the guides to a token-refresh service."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from upstox_browser_login.clock import Clock
from upstox_browser_login.edge import at_the_edge
from upstox_browser_login.errors import NotLoggedInError, StoreError
from upstox_browser_login.files.dotenv import write_variable
from upstox_browser_login.files.paths import is_file
from upstox_browser_login.session import get_token, login, token_result
from upstox_browser_login.session.tokens import ByHand
from upstox_browser_login.settings import NEEDED_FOR_LOGIN, Settings, read_env_file
from upstox_browser_login.token import Token, claims_of

log = logging.getLogger(__name__)

VARIABLE = "access_token"

_AGAIN = "begin again with get_authorization_url()"


def _warn(text: str) -> None:
    log.warning("%s", text)


class UpstoxTokenManager:
    """Tokens by hand or through the browser, with `access_token=` in `.env` kept up to date.

    Settings are read from the environment and from `.env` in the current folder, or from
    `env_file`. `UPSTOX_CLIENT_ID`, `UPSTOX_CLIENT_SECRET` and `UPSTOX_REDIRECT_URI` are enough for
    the way by hand: `get_authorization_url()`, then `get_access_token_from_code()`. With the
    account's own settings beside them a login needs nobody. An env file that does not exist is
    not created; the rest of one that does stays as it is.

    Raises `ConfigurationError` for what is missing or breaks its rule.
    """

    @at_the_edge
    def __init__(self, env_file: Path | str | None = None) -> None:
        self._env_file = read_env_file(env_file, None)
        self.settings = Settings(env_file=self._env_file)
        self.settings.require("client_id", "client_secret", "redirect_uri")
        self._path = self._env_file.path
        self._by_hand = ByHand(self.settings, warn=_warn, again=_AGAIN)
        self._exchanged: Token | None = None

    @property
    @at_the_edge
    def access_token(self) -> str | None:
        """The valid token that is at hand, without a login; None where there is none."""
        token = self._at_hand()
        return None if token is None else token.access_token.get_secret_value()

    @property
    @at_the_edge
    def refresh_token(self) -> str | None:
        """The `extended_token` of the token at hand, where Upstox gave one.

        It is read-only and lasts a year. Upstox has no refresh tokens.
        """
        token = self._at_hand()
        if token is None or token.extended_token is None:
            return None
        return token.extended_token.get_secret_value()

    @at_the_edge
    def get_authorization_url(self) -> str:
        """The address of Upstox's dialog, for any browser.

        Its `state` is kept, so that a later script can take the answer; the next address of the
        same app replaces it.
        """
        url = self._by_hand.url()
        try:
            self._by_hand.keep_state()
        except StoreError as error:
            log.warning("Only this object can take the answer: %s", error.message)
        return url

    @at_the_edge
    def get_access_token_from_code(self, code: str) -> str:
        """Turn what came of the dialog into a token, keep it and return it.

        `code` is the code alone, or the whole address that the browser ended on: that has to be
        the answer to the last `get_authorization_url()`, of this object or, where it has made
        none, of any on this machine (or `auth-url`). The code is spent even where this fails.
        Raises `TokenExchangeError`, `CredentialsRejectedError`, `UpstoxUnavailableError` and
        `StoreError`.
        """
        token = self._by_hand.exchange(code, clock=Clock()).token
        if not self.settings.is_set("username"):
            self._exchanged = token
        return self._kept(token)

    @at_the_edge
    def refresh_access_token(self) -> str:
        """Log in through the browser now, keep the new token and return it.

        Raises what `login` raises.
        """
        return self._kept(login(self.settings))

    @at_the_edge
    def get_current_token(self) -> str:
        """The token at hand while it is valid, one of a new login otherwise.

        Raises what `get_token` raises.
        """
        if self.settings.is_set("username"):
            return self._kept(get_token(self.settings))
        token = self._at_hand()
        if token is None:
            self.settings.require(*NEEDED_FOR_LOGIN)
            raise AssertionError("a login needs a username")
        return self._kept(token)

    def _at_hand(self) -> Token | None:
        if self.settings.is_set("username"):
            try:
                return token_result(self.settings, allow_login=False).token
            except NotLoggedInError:
                return None
        # The store files tokens by mobile number; without one, the env file is the store.
        now = Clock().now()
        for token in (self._exchanged, self._in_env_file()):
            if token is not None and token.is_valid(now):
                return token
        return None

    def _in_env_file(self) -> Token | None:
        """The token in the env file, if it tells when it ends; an opaque one does not."""
        if is_file(self._path):  # a pipe has nothing more to say
            self._env_file = read_env_file(self._env_file.path, None)
        value = self._env_file.variables.get(VARIABLE)
        if not isinstance(value, str) or "exp" not in claims_of(value):
            return None
        with suppress(ValueError):  # it can be no token, as one with "Bearer " before it
            return Token.from_reply({"access_token": value}, issued_at=Clock().now())
        return None

    def _kept(self, token: Token) -> str:
        """Write the token into the env file; a failure is a warning, since the token is valid."""
        plain = token.access_token.get_secret_value()
        try:
            if is_file(self._path) and write_variable(self._path, VARIABLE, plain):
                log.warning("%s can be read by other users of this machine.", self._path)
        except StoreError as error:
            log.warning("%s= is not up to date: %s %s", VARIABLE, error.message, error.hint)
        return plain

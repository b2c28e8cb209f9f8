"""Tokens, in whatever kind of store."""

from __future__ import annotations

from contextlib import AbstractContextManager

from msgspec import Struct
from pydantic import ValidationError

from upstox_browser_login.files.refused import unreadable
from upstox_browser_login.token import Token

from .documents import Documents, Held


class TokenStore(Struct, frozen=True):
    """Tokens by `token_key`. Everything but `load` and `save` is as `Documents` says."""

    documents: Documents

    @property
    def kind(self) -> str:
        """`file`, `sqlite`, `keyring`, `memory` or `redis`."""
        return self.documents.kind

    @property
    def why_empty(self) -> str | None:
        """What to do where no token is in a store that keeps none for the next command."""
        if self.kind != "memory":
            return None
        return (
            "UPSTOX_TOKEN_STORE=memory keeps a token for the process alone that logged in; name "
            "another store to use a token in further commands."
        )

    def load(self, key: str) -> Token | None:
        """The stored token, valid or not any more; None where there is none.

        Raises `StoreError` (`STORE_UNREADABLE`) where the store cannot be read, or where what it
        holds is damaged or was written by a version that knows more.
        """
        data = self.documents.read(key)
        if data is None:
            return None
        try:
            return Token.from_json(data)
        except ValueError as error:
            # pydantic's and Unicode's own words may quote what they choked on.
            ours = not isinstance(error, ValidationError | UnicodeError)
            why = str(error) if ours else "it is damaged"
            raise unreadable(f"The stored token, {self.documents.where(key)},", why) from None

    def save(self, key: str, token: Token) -> None:
        """Keep `token` in place of the one before. Raises `StoreError` (`STORE_UNWRITABLE`)."""
        # By this machine's clock, since a store may count the time that is left by it.
        expires_at = token.expires_at + token.clock_ahead
        self.documents.write(key, token.to_json().encode(), expires_at=expires_at)

    @property
    def place(self) -> str:
        """Where the tokens are, in words for a person; see `where`."""
        return self.documents.place

    def where(self, key: str) -> str:
        """Where the token is, in words for a person.

        Its name is a secret, so that a message tells less by this than by `place`.
        """
        return self.documents.where(key)

    def delete(self, key: str) -> bool:
        """Remove the token; whether there was one."""
        return self.documents.delete(key)

    def set_aside(self, key: str) -> str | None:
        """Move a damaged token out of the way; where it went, None if there is none."""
        return self.documents.set_aside(key)

    def check_writable(self) -> None:
        """Find out, before a browser starts, that a token could be kept."""
        self.documents.check_writable()

    def lock(self, key: str, timeout: float) -> AbstractContextManager[Held]:
        """Be the only one who logs in for `key`."""
        return self.documents.lock(key, timeout)

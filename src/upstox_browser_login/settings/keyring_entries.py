"""Settings as entries of the system's keyring (Keychain, Secret Service, Credential Manager)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from upstox_browser_login.extras import extra

_LOCKED = "Unlock it (log in to the desktop), then run again."
_NONE = (
    "Install or start a keyring (on Linux a Secret Service such as gnome-keyring), or keep the "
    "settings in a file."
)


class KeyringTrouble(Exception):  # noqa: N818  (its text goes on from "the keyring")
    """Why the keyring cannot be used; `hint` says what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


def read_entry(service: str, name: str) -> str | None:
    """What is kept under a service and a name; None for no entry. Raises `KeyringTrouble`."""
    with _told():
        import keyring

        return keyring.get_password(service, name)


def write_entry(service: str, name: str, text: str) -> None:
    """Keep a text, and see that it is kept. Raises `KeyringTrouble`."""
    with _told():
        import keyring

        keyring.set_password(service, name, text)
        # Some keyrings take everything and keep nothing.
        if keyring.get_password(service, name) != text:
            raise KeyringTrouble("does not keep what it is given", _NONE)


def remove_entry(service: str, name: str) -> None:
    """Remove an entry, which may be gone already. Raises `KeyringTrouble`."""
    with _told():
        import keyring
        from keyring.errors import PasswordDeleteError

        if keyring.get_password(service, name) is not None:
            with suppress(PasswordDeleteError):
                delete_everywhere(service, name)


def delete_everywhere(service: str, name: str) -> None:
    """Delete an entry from whatever keyring has it. Raises the errors of the package keyring.

    Where several are installed, that package reads from each of them and deletes from the first
    alone: what an earlier run kept in another one, for want of a desktop, would come back.
    """
    import keyring

    chain = getattr(keyring.get_keyring(), "backends", None)
    if not chain:
        keyring.delete_password(service, name)
        return
    for each in chain:
        if each.get_password(service, name) is not None:
            each.delete_password(service, name)


@contextmanager
def _told() -> Iterator[None]:
    """Turn whatever a keyring raises into `KeyringTrouble`."""
    try:
        from keyring.errors import KeyringLocked, NoKeyringError
    except ModuleNotFoundError:
        raise KeyringTrouble(
            "needs the package keyring, which is not installed",
            f"Run `{extra('keyring')}`.",
        ) from None
    try:
        yield
    except KeyringTrouble:
        raise
    except NoKeyringError:
        raise KeyringTrouble("is missing: this system offers none", _NONE) from None
    except KeyringLocked:
        raise KeyringTrouble("is locked", _LOCKED) from None
    except Exception as error:  # noqa: BLE001  (D-Bus, Keychain and Windows bring errors of their own)
        # Their words are not quoted: some hold what was to be stored.
        raise KeyringTrouble(f"failed ({type(error).__name__})", _NONE) from None

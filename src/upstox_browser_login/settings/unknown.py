"""Variables that look like settings and are none: typing errors, and names of other programs."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

from msgspec import Struct

from .env_file import EnvFile
from .names import COMMAND, FILE, KEYRING, PREFIX, variable

_CALLED_ELSEWHERE = {
    "API_KEY": "client_id",
    "CLIENT_KEY": "client_id",
    "KEY": "client_id",
    "API_SECRET": "client_secret",
    "SECRET": "client_secret",
    "SECRET_KEY": "client_secret",
    "MPIN": "pin_code",
    "PIN": "pin_code",
    "MOBILE": "username",
    "MOBILE_NO": "username",
    "MOBILE_NUM": "username",
    "MOBILE_NUMBER": "username",
    "PHONE": "username",
    "PHONE_NUMBER": "username",
    "USER": "username",
    "USER_ID": "username",
    "TOTP": "totp_secret",
    "TOTP_KEY": "totp_secret",
    "TOTP_SEED": "totp_secret",
    "CALLBACK_URL": "redirect_uri",
    "REDIRECT": "redirect_uri",
    "API_URL": "api_base_url",
    "BASE_URL": "api_base_url",
    "HEADLESS": "headed",
}
"""What other programs and guides call these settings."""


class Unknown(Struct, frozen=True):
    """A variable that is not read, and the setting that is probably meant."""

    name: str
    field: str
    meant: str

    def __str__(self) -> str:
        return f"{self.name} is no setting, and not read: {self.meant} may be meant."


def unknown_variables(
    fields: Iterable[str], deferrable: Collection[str], env_file: EnvFile
) -> list[Unknown]:
    """The variables of the environment and of the env file that are nearly those of settings.

    The `deferrable` settings may be given by a command or an entry of the keyring.
    """
    known = {field.upper(): field for field in fields}
    found = {}
    for name in sorted({*os.environ, *env_file.variables}):
        bare = name.upper().removeprefix(PREFIX)
        base = bare
        for ending in (FILE, COMMAND, KEYRING):
            base = base.removesuffix(ending)
        if bare == name.upper() or bare in known:
            continue
        if base in known:
            if not bare.endswith(FILE) and known[base] not in deferrable:
                found[name] = Unknown(name, known[base], variable(known[base]))
            continue
        meant = nearest(base, known.values())
        if meant is not None:
            suffix = bare.removeprefix(base)
            found[name] = Unknown(name, meant, f"{variable(meant)}{suffix}")
    return list(found.values())


def nearest(name: str, fields: Iterable[str]) -> str | None:
    """The setting that a name is probably meant for; None where it is near to none.

    Names of other programs are known, and typing errors are taken for the likest name.
    """
    import difflib  # not needed by a login whose names are right

    bare = name.upper().removeprefix(PREFIX)
    known = {field.upper(): field for field in fields}
    found = difflib.get_close_matches(bare, known, n=1, cutoff=0.8)
    return _CALLED_ELSEWHERE.get(bare) or (known[found[0]] if found else None)

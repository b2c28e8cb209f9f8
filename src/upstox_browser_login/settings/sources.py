"""The places that settings are read from."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dotenv
from platformdirs import user_config_path
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from upstox_browser_login.errors import ConfigurationError

from .names import APP, variable


def check_profile(profile: str | None) -> None:
    """Raise `ConfigurationError` for a name that no profile may have."""
    if profile is not None and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", profile):
        raise ConfigurationError(
            "A profile's name is 1 to 64 letters, digits, dots, dashes and underscores."
        )


def profile_file(profile: str) -> Path:
    """The env file of a profile."""
    return user_config_path(APP, appauthor=False) / "profiles" / f"{profile}.env"


def env_file_of(env_file: Path | str | None, profile: str | None) -> Path:
    """The env file that these two choose, whether or not it is there."""
    if env_file is not None:
        return Path(env_file)
    return Path(".env") if profile is None else profile_file(profile)


def checked_env_file(env_file: Path | str | None, profile: str | None) -> Path | None:
    """The env file to read, checked to be readable when it was asked for by name."""
    path = env_file_of(env_file, profile)
    if env_file is None and profile is None and not path.is_file():
        return None
    try:
        path.read_text("utf-8")
    except FileNotFoundError:
        raise ConfigurationError(
            f"The env file {path} does not exist.", hint="Create it: start from .env.example."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ConfigurationError(
            f"The env file {path} cannot be read: {reason}.",
            hint="Make it a text file that this user may read.",
        ) from None
    return path


def read_env_file(path: Any) -> Mapping[str, str]:
    """The variables of an env file; none where there is no file."""
    if path is None:
        return {}
    values = dotenv.dotenv_values(Path(path), encoding="utf-8")
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Unread:
    """Stands for a value that cannot be had; it breaks every rule, with this problem."""

    problem: str


def set_twice(env_file: Path | None, fields: Iterable[str]) -> dict[str, Unread]:
    """Settings of which one place has both `NAME` and `NAME_FILE`, and what is wrong with that."""
    found = {}
    for variables, where in (
        (read_env_file(env_file), f"{env_file}"),
        (os.environ, "the environment"),
    ):
        names = {name.upper() for name, value in variables.items() if value}
        for field in fields:
            name = variable(field)
            if {name, f"{name}_FILE"} <= names and field != "profile":
                found[field] = Unread(
                    f"{name} and {name}_FILE are both set in {where}; keep one of the two"
                )
    return found


class NameFileSource(PydanticBaseSettingsSource):
    """`UPSTOX_PIN_CODE_FILE=/run/secrets/pin`: the setting is the content of that file."""

    def __init__(self, settings_cls: type[BaseSettings], variables: Mapping[str, str]) -> None:
        super().__init__(settings_cls)
        self._variables = {name.upper(): value for name, value in variables.items() if value}

    def get_field_value(
        self,
        field: Any,  # noqa: ARG002  (pydantic's signature)
        field_name: str,
    ) -> tuple[Any, str, bool]:
        """The content of the field's file, without the line end that editors add."""
        name = variable(field_name)
        path = self._variables.get(f"{name}_FILE")
        if path is None or field_name == "profile":
            return None, field_name, False
        if field_name in self.current_state:
            # Something stronger has set it: the file may be meant for others, and be unreadable.
            return None, field_name, False
        try:
            return Path(path).read_text("utf-8").rstrip("\r\n"), field_name, False
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
            problem = f"the file that {name}_FILE names cannot be read: {reason}"
            return Unread(problem), field_name, False

    def __call__(self) -> dict[str, Any]:
        """All fields that this source sets."""
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            value, key, _ = self.get_field_value(field, name)
            if value is not None:
                found[key] = value
        return found

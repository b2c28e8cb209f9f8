"""What the user gave, validated. Secrets are `SecretStr` from birth, and known to the redactor.

Order of precedence: constructor argument or command-line option, process environment,
`NAME_FILE`, env file, default.
"""

from __future__ import annotations

import os
import re
import shlex
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import dotenv
from platformdirs import user_config_path, user_state_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from .errors import ConfigurationError
from .redaction import redactor
from .totp import SeedError, read_seed, split_command

PREFIX = "UPSTOX_"
APP = "upstox-browser-login"

TraceMode = Literal["off", "on-failure", "on"]
State = Literal["set", "missing", "default", "invalid"]

NEEDED_FOR_LOGIN = (
    "username",
    "pin_code",
    "totp_secret",
    "client_id",
    "client_secret",
    "redirect_uri",
)
NEEDED_FOR_TOKEN_KEY = ("username", "client_id")


class Settings(BaseSettings):
    """Everything a login can be told. Missing credentials are found by `require`, not here.

    Raises `ConfigurationError`, naming each setting and the rule it breaks, never a value.
    Names and rules are those of the `UPSTOX_*` variables in the README.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        env_ignore_empty=True,
        populate_by_name=True,
    )

    username: SecretStr | None = None
    pin_code: SecretStr | None = None
    totp_secret: SecretStr | None = None
    totp_command: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    redirect_uri: str | None = None
    password: SecretStr | None = None
    debug: bool = False
    sleep_time: int | None = Field(default=None, ge=100, le=10_000)
    timeout: float = Field(default=60.0, ge=5, le=600)
    headed: bool = False
    trace: TraceMode = "on-failure"
    trace_dir: Path = Path("traces")
    state_dir: Path = Field(default_factory=lambda: user_state_path(APP, appauthor=False))
    token_store: SecretStr = SecretStr("file")
    browser_path: Path | None = None
    browser_channel: str | None = None
    browser_url: SecretStr | None = None
    browser_args: str | None = None
    api_base_url: str = "https://api.upstox.com"
    allow_untrusted_origin: bool = False
    profile: str | None = Field(default=None, exclude=True)

    def __init__(
        self, *, env_file: Path | str | None = None, profile: str | None = None, **values: Any
    ) -> None:
        """Read the settings; `env_file` and `profile` choose the file that stands behind them."""
        _check_profile(profile)
        path = _env_file(env_file, profile)
        given = {name: value for name, value in values.items() if value is not None}
        try:
            super().__init__(_env_file=path, profile=profile, **given)
        except ValidationError as error:
            problems = problems_of(error)
            text = "; ".join(
                # A rule that spans several settings names them itself.
                problem if name == "settings" else f"{name}: {problem}"
                for name, problem in problems.items()
            )
            raise ConfigurationError(f"Settings that break a rule: {text}.") from None
        self._tell_redactor()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (pydantic's signature)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the `NAME_FILE` source between the environment and the env file."""
        env_file = getattr(dotenv_settings, "env_file", None)
        return (
            init_settings,
            env_settings,
            NameFileSource(settings_cls, os.environ, "the environment"),
            dotenv_settings,
            NameFileSource(settings_cls, _read_env_file(env_file), f"{env_file}"),
        )

    @field_validator("username")
    @classmethod
    def _username(cls, value: SecretStr | None) -> SecretStr | None:
        rule = "must be 10 digits, the first of them 6 to 9"
        if value is not None and re.match(r"\s*\+?91\D*\d{5}", value.get_secret_value()):
            rule += ", without +91"
        return _matching(value, r"[6-9]\d{9}", rule)

    @field_validator("pin_code")
    @classmethod
    def _pin(cls, value: SecretStr | None) -> SecretStr | None:
        return _matching(value, r"\d{4,6}", "must be 4 to 6 digits")

    @field_validator("pin_code", "username", "client_id", mode="before")
    @classmethod
    def _digits_are_text(cls, value: Any) -> Any:
        # A PIN given as a number has lost its leading zeros: say so rather than guess.
        if isinstance(value, int) and not isinstance(value, bool):
            raise ValueError("must be a string, since leading zeros count")  # noqa: TRY004  (pydantic)
        return value

    @field_validator("totp_secret")
    @classmethod
    def _seed(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                read_seed(value.get_secret_value())
            except SeedError as error:
                raise ValueError(str(error)) from None
        return value

    @field_validator("totp_command")
    @classmethod
    def _command(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                words = split_command(value.get_secret_value())
            except ValueError:
                raise ValueError("has a quote that is not closed") from None
            if not words:
                raise ValueError("must not be empty")
        return value

    @field_validator("client_id")
    @classmethod
    def _not_empty(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("must not be empty")
        return value

    @field_validator("client_secret", "password")
    @classmethod
    def _secret_not_empty(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().strip():
            raise ValueError("must not be empty")
        return value

    @field_validator("redirect_uri")
    @classmethod
    def _redirect(cls, value: str | None) -> str | None:
        return None if value is None else _http_url(value)

    @field_validator("api_base_url")
    @classmethod
    def _api(cls, value: str) -> str:
        parts = urlsplit(_http_url(value))
        # To a browser a backslash ends the host; nothing of the rest has a place before a path.
        if "\\" in value or "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError("must be an address without user, query and fragment")
        return value.rstrip("/")

    @field_validator("browser_args")
    @classmethod
    def _args(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                shlex.split(value)
            except ValueError:
                raise ValueError("has a quote that is not closed") from None
        return value

    @field_validator("browser_url")
    @classmethod
    def _browser_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            schemes = {"ws", "wss", "http", "https"}
            if not _is_address(value.get_secret_value(), schemes):
                raise ValueError("must be a ws://, wss://, http:// or https:// address")
        return value

    @field_validator("token_store")
    @classmethod
    def _store(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text in {"file", "keyring"}:
            return value
        scheme, _, rest = text.partition("://")
        if scheme == "sqlite" and rest.lstrip("/"):
            if not rest.startswith("/"):
                raise ValueError("sqlite:///relative.db or sqlite:////absolute.db")
            return value
        if scheme in {"redis", "rediss", "unix"} and rest and _is_readable(text):
            return value
        raise ValueError("must be file, keyring, sqlite:///PATH or redis://HOST")

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.totp_secret is not None and self.totp_command is not None:
            raise ValueError(
                "UPSTOX_TOTP_SECRET and UPSTOX_TOTP_COMMAND are both set; keep one of the two"
            )
        host = urlsplit(self.api_base_url).hostname or ""
        trusted = is_upstox_host(host) and self.api_base_url.startswith("https:")
        if not (trusted or is_loopback(host) or self.allow_untrusted_origin):
            raise ValueError(
                "UPSTOX_API_BASE_URL is neither https on upstox.com nor a loopback address; "
                "set UPSTOX_ALLOW_UNTRUSTED_ORIGIN=true if that is meant"
            )
        return self

    def _tell_redactor(self) -> None:
        for name in ("username", "pin_code", "client_secret", "password"):
            secret: SecretStr | None = getattr(self, name)
            if secret is not None:
                redactor.register(secret.get_secret_value(), name.replace("_", " "))
        if self.totp_secret is not None:
            given = self.totp_secret.get_secret_value()
            redactor.register_all((given, read_seed(given).secret), "TOTP seed")
        for url in (self.token_store, self.browser_url):
            if url is not None and "://" in url.get_secret_value():
                parts = urlsplit(url.get_secret_value())
                redactor.register(parts.password, "password in an address")
                redactor.register(parts.query, "query of an address")

    def require(self, *names: str) -> None:
        """Raise `ConfigurationError` naming every one of `names` that is not set."""
        missing = [
            variable(name)
            for name in names
            if getattr(self, name) is None
            and not (name == "totp_secret" and self.totp_command is not None)
        ]
        if missing:
            listed = ", ".join(missing)
            verb, them = ("is", "it") if len(missing) == 1 else ("are", "them")
            raise ConfigurationError(
                f"{listed} {verb} not set.",
                hint=(
                    f"Set {them} in the environment or in .env (see .env.example); "
                    "`upstox-browser-login check-env` shows every setting."
                ),
            )

    def untrusted_origin_warning(self) -> str | None:
        """What to warn of where credentials and tokens go to a host that is not Upstox's."""
        host = urlsplit(self.api_base_url).hostname or ""
        if not self.allow_untrusted_origin or is_upstox_host(host) or is_loopback(host):
            return None
        # Word for word as a login warns of it, so that a command says it once.
        return (
            f"UPSTOX_ALLOW_UNTRUSTED_ORIGIN is set: your credentials WILL BE TYPED ON {host}, "
            "which is not Upstox's."
        )

    def secret(self, name: str) -> str:
        """The plain text of a secret that `require` has found to be there."""
        value: SecretStr | None = getattr(self, name)
        if value is None:
            self.require(name)
            raise AssertionError(name)
        return value.get_secret_value()


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine by its very name: 127.0.0.0/8, ::1 or localhost."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_upstox_host(host: str) -> bool:
    """Whether `host` is upstox.com or one of its subdomains."""
    # In full: to a browser a backslash ends the host, to urlsplit it is one of its letters.
    return re.fullmatch(r"([a-z0-9_-]+\.)*upstox\.com", host) is not None


def _matching(value: SecretStr | None, pattern: str, rule: str) -> SecretStr | None:
    # ASCII only: the page and Upstox know no other digits.
    if value is not None and not re.fullmatch(pattern, value.get_secret_value(), re.ASCII):
        raise ValueError(rule)
    return value


def _http_url(value: str) -> str:
    valid = _is_address(value, {"http", "https"})
    if not valid or value != value.strip() or re.search(r"[\x00-\x20\x7f]", value):
        raise ValueError("must be an absolute http or https address")
    return value


def _is_address(text: str, schemes: set[str]) -> bool:
    """Whether `text` is an absolute address of one of these schemes."""
    return _is_readable(text) and urlsplit(text).scheme in schemes and bool(urlsplit(text).hostname)


def _is_readable(text: str) -> bool:
    """Whether `text` can be taken apart as an address. The reasons against it would quote it."""
    try:
        _ = urlsplit(text).port
    except ValueError:
        return False
    return True


def _check_profile(profile: str | None) -> None:
    if profile is not None and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", profile):
        raise ConfigurationError(
            "A profile's name is 1 to 64 letters, digits, dots, dashes and underscores."
        )


def profile_file(profile: str) -> Path:
    """The env file of a profile."""
    return user_config_path(APP, appauthor=False) / "profiles" / f"{profile}.env"


def _env_file(env_file: Path | str | None, profile: str | None) -> Path | None:
    """The env file to read, checked to be readable when it was asked for by name."""
    if env_file is None and profile is None:
        path = Path(".env")
        if not path.is_file():
            return None
    else:
        path = Path(env_file) if env_file is not None else profile_file(profile or "")
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


def _read_env_file(path: Any) -> Mapping[str, str]:
    if path is None:
        return {}
    values = dotenv.dotenv_values(Path(path), encoding="utf-8")
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class _Read:
    """Settings, the files they were read from, and how everything looked then."""

    settings: Settings
    files: tuple[str, ...]
    seen: object


_last_read: _Read | None = None
_TICK = 100_000_000
"""Nanoseconds, longer than between two ticks of a file system's clock."""


def current_settings() -> Settings:
    """`Settings()`, read anew only where something that it reads has changed.

    Reading takes 1.5 ms, looking 0.05 ms, and programs ask for a token hundreds of times a day.
    For looking up tokens: a login reads its settings itself. Raises `ConfigurationError`.
    """
    global _last_read  # noqa: PLW0603  (one assignment of a whole, so threads may race)
    last = _last_read
    if last is not None and last.seen == _seen(last.files):
        return last.settings
    files = _files_read()
    # Looked at before it is read: a change in between is noticed the next time.
    seen = _seen(files)
    settings = Settings()
    _last_read = _Read(settings, files, seen)
    return settings


def _files_read() -> tuple[str, ...]:
    """The env file, and the files that `UPSTOX_…_FILE` variables in it or beside it name."""
    path = _env_file(None, None)
    variables = [*_read_env_file(path).items(), *os.environ.items()]
    named = (value for name, value in variables if re.fullmatch(r"(?i)UPSTOX_\w+_FILE", name))
    return (".env", *named)


def _seen(files: tuple[str, ...]) -> object:
    """The current folder, the environment and the files' stamps, to be compared."""
    try:
        folder = os.getcwd()  # noqa: PTH109  (Path costs more than the call)
    except OSError:  # it was removed under a program that stays
        folder = ""
    return folder, os.environ.copy(), [_stamp(path) for path in files]


def _stamp(path: str) -> object:
    try:
        stat = os.stat(path)  # noqa: PTH116  (Path costs more than the call)
    except (OSError, ValueError):
        return None
    # What was written a moment ago may be written again without looking different: not the same.
    if time.time_ns() - stat.st_mtime_ns < _TICK:
        return object()
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


class NameFileSource(PydanticBaseSettingsSource):
    """`UPSTOX_PIN_CODE_FILE=/run/secrets/pin`: the setting is the content of that file."""

    def __init__(
        self, settings_cls: type[BaseSettings], variables: Mapping[str, str], where: str
    ) -> None:
        super().__init__(settings_cls)
        self._variables = {name.upper(): value for name, value in variables.items() if value}
        self._where = where

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
        if name in self._variables:
            raise ConfigurationError(
                f"{name} and {name}_FILE are both set in {self._where}; keep one of the two."
            )
        if field_name in self.current_state:
            # Something stronger has set it: the file may be meant for others, and be unreadable.
            return None, field_name, False
        try:
            return Path(path).read_text("utf-8").rstrip("\r\n"), field_name, False
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
            raise ConfigurationError(
                f"The file that {name}_FILE names cannot be read: {reason}."
            ) from None

    def __call__(self) -> dict[str, Any]:
        """All fields that this source sets."""
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            value, key, _ = self.get_field_value(field, name)
            if value is not None:
                found[key] = value
        return found


def problems_of(error: ValidationError) -> dict[str, str]:
    """Setting and broken rule, for each finding of pydantic, without the value."""
    problems = {}
    for each in error.errors(include_input=False, include_url=False):
        name = variable(str(each["loc"][0])) if each["loc"] else "settings"
        text = _rule_of(each["type"], name) or each["msg"].removeprefix("Value error, ")
        text = text.replace("Input should be", "must be", 1)
        problems[name] = text[0].lower() + text[1:] if not text.startswith(PREFIX) else text
    return problems


def _rule_of(kind: str, label: str) -> str | None:
    """The rule in our words, where pydantic's are those of a programmer."""
    if kind in {"bool_parsing", "bool_type"}:
        return "must be true or false"
    field = Settings.model_fields.get(label.removeprefix(PREFIX).lower())
    limits = {} if field is None else {type(each).__name__: each for each in field.metadata}
    if "Ge" not in limits or "Le" not in limits:
        return None
    whole = "a whole number, " if kind.startswith("int_") else ""
    return f"must be {whole}{limits['Ge'].ge} to {limits['Le'].le}"


@dataclass(frozen=True)
class Finding:
    """One setting as `check-env` reports it."""

    name: str
    state: State
    problem: str | None


def check(
    *, env_file: Path | str | None = None, profile: str | None = None, **values: Any
) -> list[Finding]:
    """Every setting: set, missing, default or invalid, and which rule is broken.

    Raises `ConfigurationError` only where the env file itself cannot be read.
    """
    _check_profile(profile)
    path = _env_file(env_file, profile)
    given = {name: value for name, value in values.items() if value is not None}
    try:
        settings: Settings | None = Settings(env_file=path, profile=profile, **given)
    except ConfigurationError:
        settings = None
    raw = _raw_values(path, given)
    problems = _problems(path, profile, given) if settings is None else _not_there(settings)
    findings = []
    for name in Settings.model_fields:
        if name == "profile":
            continue
        label = variable(name)
        problem = problems.get(label)
        if problem is not None:
            state: State = "invalid"
        elif name in raw:
            state = "set"
        elif name in NEEDED_FOR_LOGIN and not (name == "totp_secret" and "totp_command" in raw):
            state, problem = "missing", "is needed for a login"
        else:
            state = "default"
        findings.append(Finding(label, state, problem))
    return findings


def _problems(path: Path | None, profile: str | None, given: dict[str, Any]) -> dict[str, str]:
    try:
        BaseSettings.__init__(Settings.model_construct(), _env_file=path, profile=profile, **given)
    except ValidationError as error:
        found = problems_of(error)
    except ConfigurationError as error:
        found = {"settings": error.message}
    else:
        found = {}
    # A rule that spans several settings is reported at each one it names.
    for text in [found.pop("settings", "")]:
        for label in re.findall(rf"{PREFIX}[A-Z_]+", text):
            if label != variable("allow_untrusted_origin"):  # the way out, not what is wrong
                found.setdefault(label.removesuffix("_FILE"), text)
    return found


def _not_there(settings: Settings) -> dict[str, str]:
    """What valid settings name and this machine does not have: a package, a browser."""
    found = {}
    store = settings.token_store.get_secret_value().partition(":")[0]
    extra = "redis" if store in {"redis", "rediss", "unix"} else store
    if extra in {"keyring", "redis"} and not _is_installed(extra):
        found[variable("token_store")] = f"needs the package {extra}: pip install '{APP}[{extra}]'"
    path = settings.browser_path
    if path is not None and settings.browser_url is None and not path.expanduser().exists():
        found[variable("browser_path")] = "does not exist"
    return found


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # in sys.modules without a spec
        return False


def _raw_values(path: Path | None, given: dict[str, Any]) -> set[str]:
    """Names of the settings that any source sets."""
    variables = {**_read_env_file(path), **os.environ}
    present = {name.upper() for name, value in variables.items() if value}
    return set(given) | {
        name
        for name in Settings.model_fields
        if variable(name) in present or f"{variable(name)}_FILE" in present
    }

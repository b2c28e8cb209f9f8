"""What the user gave, validated. Secrets are `SecretStr` from birth, and known to the redactor.

Order of precedence: constructor argument or command-line option, process environment,
`NAME_FILE`, env file, default.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
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
from pydantic import (
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from .edge import at_the_edge
from .errors import ConfigurationError
from .redaction import redactor
from .totp import SeedError, command_problem, read_seed, split_command

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


NO_HOME = Path("~")
"""The state folder of a user for whom none is known; the stores refuse it."""


def _state_folder() -> Path:
    """The platform's folder for the state of this user, `NO_HOME` where there is none."""
    try:
        folder = user_state_path(APP, appauthor=False)
    except RuntimeError:  # a user without HOME and without an entry in the list of users
        return NO_HOME
    # An older platformdirs leaves `~` as it is then.
    return folder if folder.is_absolute() else NO_HOME


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
    state_dir: Path = Field(default_factory=_state_folder)
    token_store: SecretStr = SecretStr("file")
    browser_path: Path | None = None
    browser_channel: str | None = None
    browser_url: SecretStr | None = None
    browser_args: str | None = None
    api_base_url: str = "https://api.upstox.com"
    allow_untrusted_origin: bool = False
    profile: str | None = Field(default=None, exclude=True)

    _env_file_name: str = PrivateAttr(default=".env")

    @at_the_edge
    def __init__(
        self, *, env_file: Path | str | None = None, profile: str | None = None, **values: Any
    ) -> None:
        """Read the settings; `env_file` and `profile` choose the file that stands behind them."""
        _check_profile(profile)
        path = _env_file(env_file, profile)
        given = {name: value for name, value in values.items() if value is not None}
        try:
            super().__init__(_env_file=path, profile=profile, **{**given, **_set_twice(path)})
        except ValidationError:
            read = _read_what_is_valid(path, profile, given)
            problems = [f"{name}: {problem}" for name, problem in read.problems.items()]
            text = "; ".join([*problems, *read.together])
            raise ConfigurationError(f"Settings that break a rule: {text}.") from None
        self._env_file_name = str(env_file_of(env_file, profile))
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
            NameFileSource(settings_cls, os.environ),
            dotenv_settings,
            NameFileSource(settings_cls, _read_env_file(env_file)),
        )

    @field_validator("*", mode="before")
    @classmethod
    def _unread(cls, value: Any) -> Any:
        if isinstance(value, _Unread):
            raise ValueError(value.problem)  # noqa: TRY004  (pydantic)
        return value

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
        if value is not None and "#" in _http_url(value):
            # RFC 6749, 3.1.2; a code would be lost behind it.
            raise ValueError("must have no fragment (#)")
        return value

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
        broken = []
        if self.totp_secret is not None and self.totp_command is not None:
            broken.append(
                "UPSTOX_TOTP_SECRET and UPSTOX_TOTP_COMMAND are both set; keep one of the two"
            )
        host = urlsplit(self.api_base_url).hostname or ""
        trusted = is_upstox_host(host) and self.api_base_url.startswith("https:")
        if not (trusted or is_loopback(host) or self.allow_untrusted_origin):
            broken.append(
                "UPSTOX_API_BASE_URL is neither https on upstox.com nor a loopback address; "
                "set UPSTOX_ALLOW_UNTRUSTED_ORIGIN=true if that is meant"
            )
        if broken:
            raise ValueError(_NEXT_RULE.join(broken))
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
        """Raise `ConfigurationError` naming every one of `names` that is not set.

        A `totp_command` does in place of a `totp_secret`, if its program is there.
        """
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
                    f"Set {them} in the environment or in {self._env_file_name} (see "
                    ".env.example); `upstox-browser-login check-env` shows every setting."
                ),
            )
        if "totp_secret" in names and self.totp_command is not None:
            # Now, and not when a browser is open and a page waits for the code.
            problem = command_problem(self.totp_command.get_secret_value())
            if problem is not None:
                raise ConfigurationError(f"UPSTOX_TOTP_COMMAND {problem}.")

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


def env_file_of(env_file: Path | str | None, profile: str | None) -> Path:
    """The env file that these two choose, whether or not it is there."""
    if env_file is not None:
        return Path(env_file)
    return Path(".env") if profile is None else profile_file(profile)


def _env_file(env_file: Path | str | None, profile: str | None) -> Path | None:
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


@dataclass(frozen=True)
class _Unread:
    """Stands for a value that cannot be had; it breaks every rule, with this problem."""

    problem: str


def _set_twice(env_file: Path | None) -> dict[str, _Unread]:
    """Settings of which one place has both `NAME` and `NAME_FILE`, and what is wrong with that."""
    found = {}
    for variables, where in (
        (_read_env_file(env_file), f"{env_file}"),
        (os.environ, "the environment"),
    ):
        names = {name.upper() for name, value in variables.items() if value}
        for field in Settings.model_fields:
            name = variable(field)
            if {name, f"{name}_FILE"} <= names and field != "profile":
                found[field] = _Unread(
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
            return _Unread(problem), field_name, False

    def __call__(self) -> dict[str, Any]:
        """All fields that this source sets."""
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            value, key, _ = self.get_field_value(field, name)
            if value is not None:
                found[key] = value
        return found


_NEXT_RULE = "\n"
"""Stands between two rules of several settings that are broken at once."""


@dataclass(frozen=True)
class _Valid:
    """Settings that were read as far as they go, and why they go no further."""

    settings: Settings
    """With the defaults in place of what breaks a rule."""
    problems: dict[str, str]
    """Variable and rule."""
    together: list[str]
    """Broken rules that span several settings, each of which they name."""


def _read_what_is_valid(path: Path | None, profile: str | None, given: Mapping[str, Any]) -> _Valid:
    problems: dict[str, str] = {}
    together: list[str] = []
    values: dict[str, Any] = {**given, **_set_twice(path)}
    while True:
        settings = Settings.model_construct()
        try:
            BaseSettings.__init__(settings, _env_file=path, profile=profile, **values)
        except ValidationError as error:
            found = problems_of(error)
        else:
            return _Valid(settings, problems, together)
        # These are looked at only where each setting by itself is in order.
        rules = found.pop("settings", "")
        together += rules.split(_NEXT_RULE) if rules else []
        problems |= found
        broken = {*found, *(name for rule in together for name in _named_in(rule))}
        # The next look is at the others, with nothing in the place of these.
        values |= {
            name: _default(name) for name in Settings.model_fields if variable(name) in broken
        }


def _named_in(rule: str) -> list[str]:
    """The settings that a rule is about."""
    names = re.findall(rf"{PREFIX}[A-Z_]+", rule)
    return [name for name in names if name != variable("allow_untrusted_origin")]  # the way out


def _default(name: str) -> Any:
    return Settings.model_fields[name].get_default(call_default_factory=True)


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
    read = _read_what_is_valid(path, profile, given)
    problems = _not_there(read.settings)
    for rule in read.together:
        problems |= dict.fromkeys(_named_in(rule), rule)
    problems |= read.problems
    raw = _raw_values(path, given)
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


def _not_there(settings: Settings) -> dict[str, str]:
    """What valid settings name and this machine does not have: a package, a program, a folder."""
    found: dict[str, str | None] = {}
    store = settings.token_store.get_secret_value().partition(":")[0]
    extra = "redis" if store in {"redis", "rediss", "unix"} else store
    if extra in {"keyring", "redis"} and not _is_installed(extra):
        found["token_store"] = f"needs the package {extra}: pip install '{APP}[{extra}]'"
    if settings.browser_path is not None and settings.browser_url is None:
        found["browser_path"] = _no_browser(settings.browser_path.expanduser())
    if settings.totp_command is not None:
        found["totp_command"] = command_problem(settings.totp_command.get_secret_value())
    if extra != "redis":  # everything is there then, and what is here are copies
        found["state_dir"] = _no_folder(settings.state_dir)
    return {variable(name): problem for name, problem in found.items() if problem is not None}


def _no_browser(path: Path) -> str | None:
    """Why this is no program, None where it is one."""
    if path.is_file() and os.access(path, os.X_OK):
        return None
    # A bare name, as people write it: `chromium`.
    if len(path.parts) == 1 and shutil.which(path) is not None:
        return None
    if not path.exists():
        return "does not exist"
    return "is a folder, not a program" if path.is_dir() else "is not a program that may be run"


def _no_folder(path: Path) -> str | None:
    """Why nothing can be kept there, None where it can, as far as one can tell by looking."""
    if path == NO_HOME:
        return "is needed: this user has no home folder"
    there = path.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        return "is no folder: a file is in the way"
    return None if os.access(there, os.W_OK | os.X_OK) else "is no folder that may be written to"


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

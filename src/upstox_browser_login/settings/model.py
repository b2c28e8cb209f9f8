"""What the user gave, validated. Secrets are `SecretStr` from birth, and known to the redactor.

Order of precedence: constructor argument or command-line option, process environment, env file,
default; `sources.gather` has the exceptions, and the other ways to set a setting.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from upstox_browser_login.edge import at_the_edge
from upstox_browser_login.errors import ConfigurationError, UpstoxUnavailableError
from upstox_browser_login.files.environment import default_state_folder
from upstox_browser_login.programs import command_problem
from upstox_browser_login.redaction import redactor
from upstox_browser_login.totp import read_seed

from . import rules
from .addresses import (
    CLEAR_TEXT,
    SECRET_LENGTH,
    is_loopback,
    is_upstox_host,
    secrets_of_notices,
    secrets_of_query,
)
from .deferred import Deferred
from .env_file import NO_FILE, EnvFile, Unread, read_env_file
from .headers import read_headers, secrets_of_headers
from .names import (
    ACCOUNT,
    ADDRESSES,
    APP,
    COMMANDS,
    LONGEST_LOGIN,
    NOT_FOR_A_LOGIN,
    variable,
)
from .problems import (
    NEXT_RULE,
    error_of_rules,
    is_of,
    named_in,
    problems_of,
    where_to_set,
)
from .sources import gather
from .unknown import nearest, unknown_variables
from .values import DirtError, prepared

log = logging.getLogger(__name__)

TraceMode = Literal["off", "on-failure", "on"]
NotifyOn = Literal["failure", "always"]


_NOWHERE = Path(os.devnull).absolute() / APP
"""The state folder of a user who has none: a place at which nothing can be made."""


class Settings(BaseSettings):
    """Everything a login can be told. Missing credentials are found by `require`, not here.

    Raises `ConfigurationError`, naming each setting and the rule it breaks, never a value.
    Names and rules are those of the `UPSTOX_*` variables in the README.
    """

    model_config = SettingsConfigDict(
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    username: Annotated[
        SecretStr | None, BeforeValidator(rules.number_is_text), AfterValidator(rules.username)
    ] = None
    pin_code: Annotated[
        SecretStr | None, BeforeValidator(rules.digits_are_text), AfterValidator(rules.pin_code)
    ] = None
    totp_secret: Annotated[SecretStr | None, AfterValidator(rules.totp_secret)] = None
    totp_command: Annotated[SecretStr | None, AfterValidator(rules.command)] = None
    client_id: Annotated[
        str | None, BeforeValidator(rules.digits_are_text), AfterValidator(rules.client_id)
    ] = None
    client_secret: Annotated[SecretStr | None, AfterValidator(rules.client_secret)] = None
    redirect_uri: Annotated[str | None, AfterValidator(rules.redirect_uri)] = None
    password: SecretStr | None = None
    debug: bool = False
    sleep_time: int | None = Field(default=None, ge=100, le=10_000)
    timeout: float = Field(default=60.0, ge=5, le=LONGEST_LOGIN)
    headed: bool = False
    trace: TraceMode = "on-failure"
    trace_dir: Path = Path("traces")
    state_dir: Annotated[Path, AfterValidator(rules.state_dir)] = Field(
        default_factory=lambda: default_state_folder() or _NOWHERE
    )
    token_store: Annotated[SecretStr, AfterValidator(rules.token_store)] = SecretStr("file")
    browser_path: Path | None = None
    browser_channel: str | None = None
    browser_url: Annotated[SecretStr | None, AfterValidator(rules.browser_url)] = None
    browser_headers: Annotated[SecretStr | None, AfterValidator(rules.browser_headers)] = None
    browser_args: Annotated[str | None, AfterValidator(rules.browser_args)] = None
    notify_urls: Annotated[SecretStr | None, AfterValidator(rules.notify_urls)] = None
    notify_on: NotifyOn = "failure"
    after_login: Annotated[SecretStr | None, AfterValidator(rules.command)] = None
    proxy: Annotated[SecretStr | None, AfterValidator(rules.proxy)] = None
    secrets_dir: Path | None = None
    page_file: Path | None = None
    api_base_url: Annotated[str, AfterValidator(rules.api_base_url)] = "https://api.upstox.com"
    allow_untrusted_origin: bool = False
    profile: str | None = Field(default=None, exclude=True)

    _env_file: EnvFile = PrivateAttr()
    _deferred: dict[str, Deferred] = PrivateAttr(default_factory=dict)
    """Where the values are that were not needed yet. Reading the setting fetches one."""
    _left_out: dict[str, str] = PrivateAttr(default_factory=dict)
    """Variable and broken rule of those that a login can do without."""

    @at_the_edge
    def __init__(
        self,
        *,
        env_file: Path | str | EnvFile | None = None,
        profile: str | None = None,
        **values: Any,
    ) -> None:
        """Read the settings; `env_file` and `profile` choose the file that stands behind them.

        Where one of the two is given, the account's settings are read from that file alone, and
        not from the environment.
        """
        _refuse_unknown(values)
        read = read_env_file(env_file, profile)
        found, notices = gathered(values, read)
        left_out: dict[str, str] = {}
        try:
            super().__init__(profile=profile, **found)
        except ValidationError:
            valid = read_what_is_valid(found, profile, read)
            left_out = valid.problems
            if valid.together or not left_out.keys() <= _variables(NOT_FOR_A_LOGIN):
                given = _variables(name for name, each in values.items() if each is not None)
                raise error_of_rules(valid.problems, valid.together, given=given) from None
            kept = {name: each for name, each in found.items() if variable(name) not in left_out}
            super().__init__(profile=profile, **kept)
        self._env_file, self._left_out = read, left_out
        self.set_deferred_apart()
        self.register_secrets()
        near = unknown_variables(SETTABLE, DEFERRABLE, read)
        mistaken = (each for each in near if each.field not in found)
        for notice in (*notices, *mistaken, *map(_LEFT_OUT.format, left_out, left_out.values())):
            log.warning("%s", notice)

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        # Settings may come from another process, and no `__init__` runs where they are unpickled.
        self.register_secrets()

    @classmethod
    @at_the_edge
    def alone(cls, **values: Any) -> Self:
        """Settings of these values and of defaults alone: no environment and no file is read."""
        made = cls.__new__(cls)
        try:
            super(Settings, made).__init__(**values)
        except ValidationError as error:
            wrong = ", ".join(str(each["loc"][0]) for each in error.errors() if each["loc"])
            raise ConfigurationError(f"Settings that break a rule: {wrong}.") from None
        made._env_file = NO_FILE  # noqa: SLF001  (of this class)
        made.register_secrets()
        return made

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  (pydantic's signature)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave the sources to `sources.gather`: which one counts depends on the others."""
        return (init_settings,)

    # The last one, so that it is called first and the rules above never see a `Deferred`.
    @field_validator("*", mode="wrap")
    @classmethod
    def _prepared(
        cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        if isinstance(value, Deferred):
            return value
        if isinstance(value, Unread):
            raise DirtError(value.problem)
        name = info.field_name or ""
        return handler(prepared(name, value, is_path=is_path(name)))

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
            raise ValueError(NEXT_RULE.join(broken))
        return self

    def set_deferred_apart(self) -> None:
        """Take what is to be fetched out of the fields, so that reading one fetches its value."""
        for name, value in [*self.__dict__.items()]:
            if isinstance(value, Deferred):
                self._deferred[name] = value
                del self.__dict__[name]

    if not TYPE_CHECKING:  # for a type checker every field is there

        def __getattr__(self, name: str) -> Any:
            """Fetch a field that is kept elsewhere; it is one from then on."""
            deferred = self.deferred(name) if name in type(self).model_fields else None
            if deferred is None:
                with suppress(KeyError):  # another thread has just fetched it
                    return self.__dict__[name]
                return super().__getattr__(name)
            value = _checked(name, deferred)
            self._take(name, value)
            return value

    def deferred(self, name: str) -> Deferred | None:
        """Where the value of a setting is kept; None once it is here, or was here from the start.

        Nothing is fetched by this.
        """
        return None if name in self.__dict__ else self._deferred.get(name)

    def origin(self, name: str) -> Deferred | None:
        """Where the value of a setting is kept, fetched or not; None for one that was given."""
        return self._deferred.get(name)

    def fetch(self, *, since: float = -math.inf) -> None:
        """Fetch every value that is kept elsewhere and that a login may need, before it begins.

        Those that are in doubt are fetched anew where they were fetched before `since`, of
        `time.monotonic`. Raises `ConfigurationError`, which names the variable that says where.
        """
        for name, deferred in self._deferred.items():
            if name in NOT_FOR_A_LOGIN:
                continue
            if deferred.is_doubted and self.may_be_old(name, since):
                self.fetch_anew(name, since=since)
            elif name in self.__dict__ and deferred.fetched_at is not None:
                # Other settings of this process may have fetched it anew.
                self._take(name, _checked(name, deferred))
            getattr(self, name)

    def doubt(self, *names: str) -> None:
        """Let each `fetch` fetch these settings anew, since a login has failed by one of them."""
        for name in names:
            if (origin := self.origin(name)) is not None:
                origin.doubt()

    def trust(self) -> None:
        """Let nothing be fetched anew any more, since a login has succeeded."""
        for deferred in self._deferred.values():
            deferred.trust()

    def may_be_old(self, name: str, since: float) -> bool:
        """Whether the value of a setting that is kept elsewhere was fetched before `since`."""
        origin = self.origin(name)
        if origin is None or origin.is_fetched_since(since):
            return False
        return name in self.__dict__ or origin.fetched_at is not None

    def fetch_anew(self, name: str, *, since: float) -> None:
        """Fetch a setting that may be old once more: it may have changed where it is kept.

        Where that fails, as with a password manager that is locked again, its value stays.
        """
        try:
            self._take(name, _checked(name, self._deferred[name], since=since))
        except ConfigurationError as error:
            log.warning("%s The value from before is used.", error.message)
        except UpstoxUnavailableError:
            log.warning(
                "%s could not be fetched anew in time. The value from before is used.",
                variable(name),
            )

    def _take(self, name: str, value: Any) -> None:
        self.__dict__[name] = value
        self.register_secrets()

    def reads_as(self, other: Settings) -> bool:
        """Whether every setting has the value, or the place that it is fetched from, of `other`."""
        return all(
            (self.origin(name) or getattr(self, name))
            == (other.origin(name) or getattr(other, name))
            for name in SETTABLE
        )

    @property
    def fetching_seconds(self) -> float:
        """How long fetching everything that is not here yet may take."""
        waiting = (self.deferred(name) for name in self._deferred)
        return sum(each.seconds for each in waiting if each is not None)

    def give_up(self, name: str) -> None:
        """Give a setting that cannot be fetched its default."""
        self.__dict__[name] = _default(name)

    def _here(self, name: str) -> Any:
        """The value of a setting, None where it would have to be fetched."""
        return None if self.deferred(name) is not None else getattr(self, name)

    def register_secrets(self) -> None:
        """Let the redactor know every secret in these settings that is here."""
        for name in ("username", "pin_code", "client_secret", "password"):
            secret: SecretStr | None = self._here(name)
            if secret is not None:
                redactor.register(secret.get_secret_value(), name.replace("_", " "))
        seed: SecretStr | None = self._here("totp_secret")
        if seed is not None:
            given = seed.get_secret_value()
            redactor.register_all((given, read_seed(given).secret), "TOTP seed")
        notify: SecretStr | None = self._here("notify_urls")
        if notify is not None:
            found = secrets_of_notices(notify.get_secret_value())
            redactor.register_all(found, "address of notices")
        headers: SecretStr | None = self._here("browser_headers")
        if headers is not None:
            keys = secrets_of_headers(read_headers(headers.get_secret_value()))
            redactor.register_all(keys, "header of a browser")
        for name in ADDRESSES:
            url: SecretStr | None = self._here(name)
            if url is not None and "://" in url.get_secret_value():
                parts = urlsplit(url.get_secret_value())
                redactor.register_all(
                    (parts.password, unquote(parts.password or "")), "password in an address"
                )
                redactor.register_all(
                    (parts.query, *secrets_of_query(parts.query)), "query of an address"
                )
        # Of some hosted browsers the user's name is the key, and there is no password.
        browser: SecretStr | None = self._here("browser_url")
        if browser is not None:
            user = urlsplit(browser.get_secret_value()).username or ""
            redactor.register_all(
                (each for each in (user, unquote(user)) if len(each) >= SECRET_LENGTH),
                "user in an address",
            )

    def require(self, *names: str) -> None:
        """Raise `ConfigurationError` naming every one of `names` that is not set, and fetch them.

        A `totp_command` does in place of a `totp_secret`, if its program is there.
        """
        self.refuse_missing(*names)
        for name in names:
            getattr(self, name)

    def unusable(self, *names: str) -> dict[str, str]:
        """Variable and problem of each of these optional settings that could not be used.

        Its value breaks its rule, so that it has its default, or names a program that is not there.
        """
        found = {
            name: problem for name, problem in self._left_out.items() if name in _variables(names)
        }
        for name in names:
            if name in COMMANDS and (command := getattr(self, name)) is not None:
                problem = command_problem(command.get_secret_value())
                found |= {} if problem is None else {variable(name): problem}
        return found

    def refuse_unusable(self, *names: str) -> None:
        """Raise `ConfigurationError` if one of `names`, which the command uses, cannot be used."""
        if found := self.unusable(*names):
            raise error_of_rules(found)

    def refuse_missing(self, *names: str) -> None:
        """As `require`, but nothing is fetched."""
        missing = [
            variable(name)
            for name in names
            if not self.is_set(name)
            and not (name == "totp_secret" and self.totp_command is not None)
        ]
        if missing:
            listed = ", ".join(missing)
            verb, them = ("is", "it") if len(missing) == 1 else ("are", "them")
            raise ConfigurationError(
                f"{listed} {verb} not set.",
                hint=(
                    f"Set {them} in {where_to_set(self._env_file, names)}; "
                    "`upstox-browser-login check-env` shows every setting."
                ),
            )
        if "totp_secret" in names and self.totp_command is not None:
            # Checked now, since later a browser would be open and a page would wait for the code.
            problem = command_problem(self.totp_command.get_secret_value())
            if problem is not None:
                raise ConfigurationError(f"UPSTOX_TOTP_COMMAND {problem}.")

    def loud_warnings(self) -> list[str]:
        """The warnings before every login: secrets that are sent where others may read them."""
        # In the same words as during the login, so that a command shows the warning once.
        found = []
        host = urlsplit(self.api_base_url).hostname or ""
        if self.allow_untrusted_origin and not (is_upstox_host(host) or is_loopback(host)):
            found.append(
                f"UPSTOX_ALLOW_UNTRUSTED_ORIGIN is set: your credentials WILL BE TYPED ON {host}, "
                "which is not Upstox's."
            )
        if urlsplit(self.api_base_url).scheme != "https" and not is_loopback(host):
            found.append(
                f"UPSTOX_API_BASE_URL is http:// to {host}: your credentials WILL CROSS THE "
                "NETWORK IN CLEAR TEXT. Use https://, or a tunnel."
            )
        address: SecretStr | None = self._here("browser_url")
        browser = urlsplit("" if address is None else address.get_secret_value())
        if browser.scheme in CLEAR_TEXT and not is_loopback(browser.hostname or ""):
            found.append(
                f"UPSTOX_BROWSER_URL is {browser.scheme}:// to another machine: your credentials "
                "WILL CROSS THE NETWORK IN CLEAR TEXT. Use wss:// or https://, or a tunnel."
            )
        if address is not None and self.is_set("proxy"):
            found.append(
                "The browser of UPSTOX_BROWSER_URL does not use UPSTOX_PROXY: it reaches Upstox "
                "from its owner's address, and only the calls of this program go by the proxy."
            )
        return found

    def is_set(self, name: str) -> bool:
        """Whether a setting has a value, without fetching it."""
        return self.deferred(name) is not None or getattr(self, name) is not None

    def secret(self, name: str) -> str:
        """The plain text of a secret that `require` has found to be there."""
        value: SecretStr | None = getattr(self, name)
        if value is None:
            self.require(name)
            raise AssertionError(name)
        return value.get_secret_value()


_LEFT_OUT = "{}: {}. Only a command that would use it stops."


def _variables(names: Iterable[str]) -> set[str]:
    return {variable(name) for name in names}


SETTABLE = tuple(name for name in Settings.model_fields if name != "profile")
"""Every setting that has a variable."""


def is_secret(name: str) -> bool:
    """Whether a setting is never shown, by its type."""
    return is_of(Settings.model_fields[name], SecretStr)


DEFERRABLE = tuple(
    name for name in SETTABLE if (is_secret(name) or name in ACCOUNT) and name not in COMMANDS
)
"""The settings that may also be a command's output or an entry of the keyring."""


def _refuse_unknown(names: Iterable[str]) -> None:
    """Raise `TypeError`, as Python does, for a keyword that is no setting: most likely a typo."""
    for name in names:
        if name not in SETTABLE:
            near = nearest(name, (*SETTABLE, "env_file"))
            meant = f"; did you mean {near!r}?" if near else ""
            raise TypeError(f"Settings() has no setting {name!r}{meant}")


def _checked(name: str, deferred: Deferred, *, since: float = -math.inf) -> Any:
    """The value that is kept elsewhere, by the rules of its setting."""
    valid = read_what_is_valid({name: deferred.fetch(since=since)})
    if valid.problems:
        # The next try may find a better one, such as when a password manager is unlocked.
        deferred.forget()
        (problem,) = valid.problems.values()
        raise ConfigurationError(
            f"Settings that break a rule: {variable(name)}, which {deferred.name} gives: "
            f"{problem}.",
            hint="Run `upstox-browser-login check-env --fetch` to see it with all others.",
        )
    return getattr(valid.settings, name)


def gathered(given: Mapping[str, Any], env_file: EnvFile) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What was given, by whatever way, and what a person should know of it."""
    set_here = {name: value for name, value in given.items() if value is not None}
    found = gather(SETTABLE, DEFERRABLE, set_here, env_file)
    values = {**set_here, **found.values}
    if "state_dir" not in values and default_state_folder() is None:
        values["state_dir"] = Unread("must be set, since this user has no home folder")
    return values, (*env_file.notices, *found.notices)


def is_path(name: str) -> bool:
    """Whether a setting is a path, by its type."""
    return is_of(Settings.model_fields[name], Path)


class Valid(Struct, frozen=True):
    """Settings that were read as far as they go, and why they go no further."""

    settings: Settings
    """With the defaults in place of what breaks a rule."""
    problems: dict[str, str]
    """Variable and rule."""
    together: list[str]
    """Broken rules that span several settings, each of which they name."""


def read_what_is_valid(
    given: Mapping[str, Any], profile: str | None = None, env_file: EnvFile = NO_FILE
) -> Valid:
    """The settings as far as they go, and every rule that is broken.

    `env_file` is the one that a person is told to put into it what is missing.
    """
    problems: dict[str, str] = {}
    together: list[str] = []
    values = dict(given)
    while True:
        settings = Settings.model_construct()
        try:
            BaseSettings.__init__(settings, profile=profile, **values)
        except ValidationError as error:
            found = problems_of(error, Settings.model_fields)
        else:
            settings._env_file = env_file  # noqa: SLF001  (of this module)
            settings.set_deferred_apart()
            settings.register_secrets()
            return Valid(settings, problems, together)
        # pydantic checks rules about several settings only if each one by itself is valid.
        rules = found.pop("settings", "")
        together += rules.split(NEXT_RULE) if rules else []
        problems |= found
        broken = {*found, *(name for rule in together for name in named_in(rule))}
        # Try again without the settings that have broken a rule.
        values |= {
            name: _default(name) for name in Settings.model_fields if variable(name) in broken
        }


def _default(name: str) -> Any:
    return Settings.model_fields[name].get_default(call_default_factory=True)

"""What `check-env` tells of the settings."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.extras import extra
from upstox_browser_login.files.paths import is_file, is_folder, why_unseen
from upstox_browser_login.programs import command_problem

from .env_file import EnvFile, read_env_file
from .model import DEFERRABLE, SETTABLE, Settings, gathered, read_what_is_valid
from .names import FOR_NOTICES, NEEDED_FOR_LOGIN, PREFIX, variable
from .notice_services import services_of
from .problems import named_in, where_to_correct, where_to_set
from .unknown import Unknown, unknown_variables

log = logging.getLogger(__name__)

State = Literal["set", "missing", "default", "invalid"]


class Finding(Struct, frozen=True):
    """One setting as `check-env` reports it."""

    name: str
    state: State
    problem: str | None
    """What is wrong with it; of one that is `set`, a login can start all the same."""
    by: Literal["command", "keyring"] | None = None
    """What gives the value, where it was not fetched."""
    for_notices: bool = False
    """Whether it is used by `refresh` alone."""
    as_argument: bool = False
    """Whether it was given as an option, or to a function of ours."""

    @property
    def stops_login(self) -> bool:
        """Whether no login can start because of it."""
        return self.state in {"missing", "invalid"} and not self.for_notices

    @property
    def warning(self) -> str | None:
        """What a person should know of it, a sentence, where a login can start all the same."""
        if self.problem is None or self.stops_login:
            return None
        return f"{self.name}: {self.problem}. A login starts all the same."


class Report(Struct, frozen=True):
    """Every setting, and what else there is to say."""

    findings: list[Finding]
    unknown: list[Unknown]
    settings: Settings
    """With the defaults in place of what breaks a rule."""


def check(
    *, env_file: Path | str | EnvFile | None = None, profile: str | None = None, **values: Any
) -> list[Finding]:
    """The findings of `examine`."""
    return examine(env_file=env_file, profile=profile, **values).findings


def examine(
    *,
    env_file: Path | str | EnvFile | None = None,
    profile: str | None = None,
    fetch: bool = False,
    **values: Any,
) -> Report:
    """Every setting: set, missing, default or invalid, and which rule is broken.

    Commands are run, and the keyring is asked, only with `fetch`.
    Raises `ConfigurationError` only where the env file itself cannot be read.
    """
    read = read_env_file(env_file, profile)
    given, notices = gathered(values, read)
    valid = read_what_is_valid(given, profile, read)
    for notice in notices:
        log.warning("%s", notice)
    problems = _unfetched(valid.settings) if fetch else {}
    problems |= _not_there(valid.settings)
    harmless = {variable(name) for name in FOR_NOTICES}
    for rule in valid.together:
        problems |= dict.fromkeys(named_in(rule), rule)
    problems |= valid.problems
    harmless -= valid.problems.keys()  # a broken rule stops the commands that use the setting
    findings = []
    for name in SETTABLE:
        label = variable(name)
        problem = problems.get(label)
        if problem is not None and label not in harmless:
            state: State = "invalid"
        elif name in given:
            state = "set"
        elif name in NEEDED_FOR_LOGIN and not (name == "totp_secret" and "totp_command" in given):
            state, problem = "missing", "is needed for a login"
        else:
            state = "default"
        if problem is not None and name in FOR_NOTICES and valid.settings.origin(name) is None:
            problem += "; until that is right, `refresh` does not begin"
        deferred = valid.settings.deferred(name)
        by = None if deferred is None else deferred.kind
        findings.append(
            Finding(
                label,
                state,
                problem,
                by,
                for_notices=name in FOR_NOTICES,
                as_argument=values.get(name) is not None,
            )
        )
    return Report(findings, unknown_variables(SETTABLE, DEFERRABLE, read), valid.settings)


def as_far_as_valid(*, env_file: EnvFile, profile: str | None, **values: Any) -> Settings:
    """The settings with the defaults in place of what breaks a rule. Nothing is fetched."""
    given, _ = gathered(values, env_file)
    return read_what_is_valid(given, profile, env_file).settings


def _unfetched(settings: Settings) -> dict[str, str]:
    """Fetch what is kept elsewhere; what went wrong."""
    found = {}
    for name in SETTABLE:
        try:
            getattr(settings, name)
        except ConfigurationError as error:
            found[variable(name)] = error.message.removesuffix(".")
            settings.give_up(name)
    return found


def cannot_start(wrong: Sequence[Finding], env_file: EnvFile) -> ConfigurationError:
    """The error of settings that are missing or break a rule."""
    names = ", ".join(f"{each.name} ({each.state})" for each in wrong)
    message = f"A login could not start: {names}."
    if all(each.as_argument for each in wrong):
        return ConfigurationError(
            message, hint=f"Correct {' and '.join(each.name for each in wrong)}."
        )
    kinds = {each.state for each in wrong}
    verb = "Set" if kinds == {"missing"} else "Correct"
    verb = "Set or correct" if len(kinds) > 1 else verb
    them = "it" if len(wrong) == 1 else "them"
    fields = [each.name.removeprefix(PREFIX).lower() for each in wrong]
    where = where_to_correct if kinds == {"invalid"} else where_to_set
    return ConfigurationError(message, hint=f"{verb} {them} in {where(env_file, fields)}.")


def _not_there(settings: Settings) -> dict[str, str]:
    """What valid settings name and this machine does not have: a package, a program, a file."""
    found: dict[str, str | None] = {}
    elsewhere = {name: settings.deferred(name) for name in SETTABLE}
    for name, deferred in elsewhere.items():
        if deferred is not None:
            found[name] = deferred.problem()
            if deferred.kind == "keyring" and not _is_installed("keyring"):
                found[name] = f"{deferred.name} {_needs('keyring')}"
    store = ""
    if elsewhere["token_store"] is None:
        store = settings.token_store.get_secret_value().partition(":")[0]
    package = "redis" if store in {"redis", "rediss", "unix"} else store
    if package in {"keyring", "redis"} and not _is_installed(package):
        found["token_store"] = _needs(package)
    if settings.browser_path is not None and not settings.is_set("browser_url"):
        found["browser_path"] = _no_browser(settings.browser_path)
    if settings.totp_command is not None:
        found["totp_command"] = command_problem(settings.totp_command.get_secret_value())
    if settings.after_login is not None:
        found["after_login"] = command_problem(settings.after_login.get_secret_value())
    if settings.is_set("notify_urls"):
        found["notify_urls"] = _nobody_to_tell(settings)
    if settings.page_file is not None and not is_file(settings.page_file):
        found["page_file"] = why_unseen(settings.page_file) or "is no file"
        if is_folder(settings.page_file):
            found["page_file"] = "is a folder"
    return {variable(name): problem for name, problem in found.items() if problem is not None}


def _nobody_to_tell(settings: Settings) -> str | None:
    """Why nobody can be told, None where somebody can, as far as one can tell without fetching."""
    if not _is_installed("apprise"):
        return _needs("apprise", "notify")
    if settings.deferred("notify_urls") is not None:
        return None
    try:
        services_of(settings.secret("notify_urls"))
    except ConfigurationError as error:
        return error.message.removesuffix(".").removeprefix(f"{variable('notify_urls')} ")
    return None


def _needs(package: str, of: str | None = None) -> str:
    return f"needs the package {package}: {extra(of or package)}"


def _no_browser(path: Path) -> str | None:
    """Why this is no program, None where it is one."""
    if is_file(path) and os.access(path, os.X_OK):
        return None
    # A bare name, as people write it: `chromium`.
    if len(path.parts) == 1 and shutil.which(path) is not None:
        return None
    if (unseen := why_unseen(path)) is not None:
        return unseen
    return "is a folder, not a program" if is_folder(path) else "is not a program that may be run"


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # in sys.modules without a spec
        return False

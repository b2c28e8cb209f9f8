"""What `refresh` sends to the addresses for notices."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from .call import Call

if TYPE_CHECKING:
    from upstox_browser_login.daily.notices import Sender
    from upstox_browser_login.daily.record import Notice
    from upstox_browser_login.daily.trouble import Trouble
    from upstox_browser_login.errors import UpstoxError
    from upstox_browser_login.settings import EnvFile, Settings

log = logging.getLogger(__name__)


@contextmanager
def told(call: Call, *, unexpected: bool = False) -> Iterator[None]:
    """Send a notice of an error that ends the program within the block, if notices are set up.

    `unexpected`: only of an error that is no `UpstoxError`, since the loop sends notices of those.
    """
    from upstox_browser_login.daily.trouble import CANNOT_BEGIN, HAS_ENDED
    from upstox_browser_login.errors import UpstoxError

    try:
        yield
    except UpstoxError as error:
        if not unexpected:
            _tell(call, error, CANNOT_BEGIN)
        raise
    except typer.TyperException:
        raise
    except Exception as error:
        kind = type(error).__name__
        _tell(
            call, UpstoxError(f"refresh has ended by an error in the program: {kind}."), HAS_ENDED
        )
        raise


def _tell(call: Call, error: UpstoxError, title: str) -> None:
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings import EnvFile, as_far_as_valid

    try:
        env_file = call.env_source
    except ConfigurationError:
        # The addresses for notices may be set in the environment.
        env_file = EnvFile((call.env_file or Path(".env")).absolute(), chosen=False)
    settings = as_far_as_valid(env_file=env_file, profile=call.profile, **call.overrides)
    try:
        sender = sender_of(call, settings)
    except ConfigurationError:
        return
    if sender is None:
        return  # without an address for notices nothing need be remembered
    trouble = trouble_of(settings, call.profile, env_file)
    trouble.met(error, title)
    trouble.deliver(sender.send)


def trouble_of(settings: Settings, profile: str | None, env_file: EnvFile) -> Trouble:
    """What is remembered of failures that somebody was told of, or is to be."""
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.daily.record import Records
    from upstox_browser_login.daily.trouble import Trouble

    return Trouble(Records.of_source(settings.state_dir, profile, env_file.path), Clock().time)


def sender_of(call: Call, settings: Settings) -> Sender | None:
    """What delivers notices, None without addresses. Raises `ConfigurationError` for wrong ones."""
    if not settings.is_set("notify_urls"):
        return None
    if any(settings.deferred(name) is not None for name in ("notify_urls", "proxy")):
        return _FittingSender(call, _FetchingSender(settings))
    return _FittingSender(call, _apprise(settings))


class _FittingSender(Struct, frozen=True):
    """Adds the profile to a notice, and this command's options to the commands quoted in it.

    A notice is read on a phone, where nothing else tells which of several accounts it is about.
    """

    call: Call
    sender: Sender

    def send(self, notice: Notice) -> bool:
        """Deliver it; whether anybody took it."""
        whose = "" if self.call.profile is None else f", profile {self.call.profile}"
        told = {
            "title": f"{notice.title}{whose}",
            "body": self.call.program.fitted(notice.body),
        }
        return self.sender.send(notice.model_copy(update=told))


def _apprise(settings: Settings) -> Sender:
    from upstox_browser_login.daily.notices import AppriseSender

    proxy = None if settings.proxy is None else settings.proxy.get_secret_value()
    return AppriseSender(settings.secret("notify_urls"), proxy)


class _FetchingSender(Struct, frozen=True):
    """Fetches the addresses for notices when there is a notice, and again after a failure."""

    settings: Settings

    def send(self, notice: Notice) -> bool:
        """Deliver it; whether anybody took it."""
        from upstox_browser_login.errors import ConfigurationError

        try:
            return _apprise(self.settings).send(notice)
        except ConfigurationError as error:
            log.warning("A notice is not sent: %s", error.message)
            return False

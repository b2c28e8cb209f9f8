"""What systemd is told of a service (`sd_notify`): ready, what it does, that it is alive.

The protocol is a datagram of `NAME=value` lines to the socket that `NOTIFY_SOCKET` names. Source:
the manual page sd_notify(3). Where there is no such variable, nothing is told.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import MutableMapping
from contextlib import suppress

from msgspec import Struct

from upstox_browser_login.printable import printable
from upstox_browser_login.redaction import redactor

log = logging.getLogger(__name__)

_MICRO = 1_000_000

_PATIENCE = 1.0
"""Seconds that a message may take."""


class Supervisor(Struct, frozen=True):
    """systemd, where it has started this process and wants to be told."""

    address: str | None = None
    watchdog_seconds: float | None = None
    """A service that tells nothing for so long is restarted; None where nobody watches."""

    @classmethod
    def of(cls, environment: MutableMapping[str, str]) -> Supervisor:
        """Read what systemd said, and take it away: programs that we start are not the service."""
        address = environment.pop("NOTIFY_SOCKET", None)
        microseconds = environment.pop("WATCHDOG_USEC", "")
        pid = environment.pop("WATCHDOG_PID", None)
        if not address or not hasattr(socket, "AF_UNIX"):
            return cls()
        if address[0] not in "/@":
            log.warning("NOTIFY_SOCKET is of a kind that this program does not know.")
            return cls()
        ours = microseconds.isdigit() and int(microseconds) > 0 and pid in {None, str(os.getpid())}
        return cls(address, int(microseconds) / _MICRO if ours else None)

    def ready(self) -> None:
        """The settings are read, and the plan is being asked."""
        self._tell("READY=1")

    def stopping(self) -> None:
        """It was asked to end."""
        self._tell("STOPPING=1")

    def status(self, text: str) -> None:
        """What `systemctl status` shows."""
        self._tell(f"STATUS={redactor.redact(' '.join(printable(text).split()))}")

    def alive(self) -> None:
        """The loop turns."""
        if self.watchdog_seconds is not None:
            self._tell("WATCHDOG=1")

    def busy(self, seconds: float) -> None:
        """For so long the loop does not turn: a login is under way, which has its own limit."""
        if self.watchdog_seconds is not None:
            longest = max(self.watchdog_seconds, seconds)
            self._tell(f"WATCHDOG_USEC={int(longest * _MICRO)}\nWATCHDOG=1")

    def idle(self) -> None:
        """The loop turns again."""
        if self.watchdog_seconds is not None:
            self._tell(f"WATCHDOG_USEC={int(self.watchdog_seconds * _MICRO)}\nWATCHDOG=1")

    def _tell(self, message: str) -> None:
        if self.address is None or sys.platform == "win32":
            return
        # A name that begins with @ is one of the abstract kind, which begins with a NUL.
        address = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        # A supervisor that does not listen is no reason to end.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            # One that does not read what it was told would otherwise be waited for without end.
            sock.settimeout(_PATIENCE)
            sock.sendto(message.encode(), address)

"""The replica as one object: start it, ask it, change its mood, stop it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from msgspec.structs import replace
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from .account import Account
from .api import api_app
from .config import config_app
from .dice import Dice
from .faults import APP_FAULTS, GATEWAY_FAULTS, FaultGate
from .log import Counts, Log
from .login import login_app
from .notifier import approve_token_request
from .recorder import Recorder
from .scenarios import Script
from .server import HOST, ServerThread, bound_sockets
from .service import service_app
from .third_party import third_party_app
from .world import Addresses, World

_SERVERS = 5
_NOWHERE = Addresses("", "", "", "", "")


class Replica:
    """A local Upstox on loopback addresses.

    *scenarios* are names, or ``name=value``, of :data:`SCENARIOS`. *clock* gives epoch seconds.
    *ports* is one base port (five in a row are used) or the ports of the api, login, service and
    config servers, and optionally of the third-party one; 0 lets the system choose. *rng* makes
    codes and tokens repeatable. *host* is the name that its pages and answers call it by, for
    visitors who reach it under another than its loopback address, as by a proxy.

    Raises:
        ValueError: for a scenario that does not exist or whose value does not fit.

    """

    def __init__(
        self,
        *scenarios: str,
        account: Account | None = None,
        clock: Callable[[], float] = time.time,
        redirect_uri: str | None = None,
        ports: int | Sequence[int] | None = None,
        notifier_url: str | None = None,
        rng: random.Random | None = None,
        host: str = HOST,
    ) -> None:
        """Set the stage; nothing listens yet."""
        self._host = host
        account = account or Account()
        if redirect_uri is not None:
            account = replace(account, redirect_uri=redirect_uri)
        self._ports = _five(ports)
        self._world = World(
            account=account,
            clock=clock,
            dice=Dice(rng),
            script=Script.parse(scenarios),
            addresses=_NOWHERE,
            notifier_url=notifier_url,
        )
        self._thread: ServerThread | None = None

    # Life

    def start(self) -> Self:
        """Start the servers; returns when all of them accept connections."""
        with bound_sockets(self._ports) as sockets:
            urls = [f"http://{self._host}:{sock.getsockname()[1]}" for sock in sockets]
            self._world.addresses = Addresses(*urls)
            self._world.closing = asyncio.Event()  # a loop keeps the one it waited on
            self._thread = ServerThread(self._applications(), sockets, self._world.closing)
            self._thread.start()
        return self

    def stop(self) -> None:
        """Stop the servers and drop whatever connections are left."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.stop()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    def _applications(self) -> list[ASGIApp]:
        world, addresses = self._world, self._world.addresses
        service = CORSMiddleware(
            FaultGate(service_app(world), world, APP_FAULTS),
            allow_origins=[addresses.login, Addresses.foreign(addresses.login)],
            allow_methods=["GET", "POST"],
            allow_headers=["content-type", "x-device-details", "x-request-id"],
            allow_credentials=True,
            max_age=0,
        )
        bare: dict[str, ASGIApp] = {
            "api": FaultGate(api_app(world), world, APP_FAULTS),
            "login": FaultGate(login_app(world), world, APP_FAULTS),
            "service": service,
            "config": FaultGate(config_app(world), world, APP_FAULTS),
            "third-party": third_party_app(),
        }
        return [
            Recorder(FaultGate(app, world, GATEWAY_FAULTS), world, origin)
            for origin, app in bare.items()
        ]

    # Where and who

    @property
    def api_url(self) -> str:
        """The API host: dialog, hop, token and user endpoints."""
        return self._world.addresses.api

    @property
    def login_url(self) -> str:
        """The login page's host."""
        return self._world.addresses.login

    @property
    def service_url(self) -> str:
        """The host of the page's calls."""
        return self._world.addresses.service

    @property
    def config_url(self) -> str:
        """The host of the page's remote config."""
        return self._world.addresses.config

    @property
    def third_party_url(self) -> str:
        """The host that the login could do without."""
        return self._world.addresses.third_party

    @property
    def account(self) -> Account:
        """The customer and the app."""
        return self._world.account

    def settings(self) -> dict[str, str]:
        """Return the UPSTOX_ variables that point a login at this replica."""
        account = self.account
        return {
            "UPSTOX_USERNAME": account.mobile,
            "UPSTOX_PIN_CODE": account.pin,
            "UPSTOX_TOTP_SECRET": account.totp_secret,
            "UPSTOX_CLIENT_ID": account.client_id,
            "UPSTOX_CLIENT_SECRET": account.client_secret,
            "UPSTOX_REDIRECT_URI": account.redirect_uri,
            "UPSTOX_API_BASE_URL": self.api_url,
        }

    # What happened, and what is to happen

    @property
    def log(self) -> Log:
        """Every request since the start or the last reset."""
        return self._world.log

    @property
    def counts(self) -> Counts:
        """What the log adds up to, as of now."""
        return self._world.counts()

    @property
    def sms(self) -> str | None:
        """The last code sent by SMS."""
        return self._world.state.last_sms

    @property
    def scenarios(self) -> list[str]:
        """The scenarios in force."""
        return self._world.script.texts()

    def set(self, *scenarios: str) -> None:
        """Replace the scenarios.

        Raises:
            ValueError: for a scenario that does not exist or whose value does not fit.

        """
        self._world.play(scenarios)

    def reset(self) -> None:
        """Forget the log, the counters, the locks, the sessions and the tokens."""
        self._world.reset()

    def approve_token_request(self) -> int:
        """Approve the pending token request as the user; returns the notifier's status.

        Raises:
            LookupError: when no request is waiting.
            OSError: when the notifier URL does not answer.

        """
        return approve_token_request(self._world)


def _five(ports: int | Sequence[int] | None) -> list[int]:
    if ports is None or ports == 0:
        return [0] * _SERVERS
    if isinstance(ports, int):
        return list(range(ports, ports + _SERVERS))
    if len(ports) not in (_SERVERS - 1, _SERVERS):
        raise ValueError(f"ports: {_SERVERS - 1} or {_SERVERS} numbers, not {len(ports)}")
    return [*ports, 0][:_SERVERS]

"""`/livez`, `/readyz`, `/metrics`, asked for over HTTP."""

from __future__ import annotations

import datetime as dt
import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.harness import FakeClock
from upstox_browser_login import ConfigurationError
from upstox_browser_login.daily.health import served
from upstox_browser_login.daily.plan import LogIn, Wait, Why
from upstox_browser_login.daily.vitals import SILENCE, Vitals
from upstox_browser_login.phone.listener import Address
from upstox_browser_login.session import StepTime


class Clock(FakeClock):
    def monotonic(self) -> float:
        return super().monotonic() + self.offset


@dataclass
class Service:
    port: int
    vitals: Vitals
    clock: Clock

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def turned(self, token_until: dt.datetime | None, why: Why = Why.VALID) -> None:
        until = self.clock.now() + dt.timedelta(hours=1)
        self.vitals.turned(Wait(until, why, "…"), token_until, self.clock.monotonic())


@pytest.fixture
def service() -> Iterator[Service]:
    vitals, clock = Vitals(), Clock()
    with served(Address.of("127.0.0.1:0", "--health"), vitals, clock) as port:
        yield Service(port, vitals, clock)


def test_alive_while_the_loop_turns(service: Service) -> None:
    service.turned(None)
    assert service.get("/livez") == (200, "alive\n")
    service.clock.offset += SILENCE + 1
    assert service.get("/livez") == (503, "the loop stands still\n")
    service.vitals.busy_until = service.clock.monotonic() + 10
    assert service.get("/livez")[0] == 200, "a login is under way"


def test_a_connection_is_closed_behind_its_answer(service: Service) -> None:
    """Callers that begin a second request and do not end it would keep all others out."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as caller:
        caller.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
        received = b""
        while data := caller.recv(4096):
            received += data
    assert b"connection: close\r\n" in received.lower()


def test_ready_while_there_is_a_token_or_none_is_wanted(service: Service) -> None:
    service.turned(service.clock.now() + dt.timedelta(hours=1))
    assert service.get("/readyz") == (200, "ready\n")
    service.clock.offset += 3601
    assert service.get("/readyz") == (503, "no valid token\n")
    service.turned(None, Why.CLOSED)
    assert service.get("/readyz")[0] == 200
    service.turned(None, Why.PAUSE)
    assert service.get("/readyz")[0] == 503
    service.vitals.turned(LogIn(), None, 0.0)
    assert service.get("/readyz")[0] == 503


def test_metrics(service: Service) -> None:
    service.turned(service.clock.now() + dt.timedelta(seconds=100))
    service.vitals.logged_in("NETWORK", 3.0)
    service.vitals.logged_in("OK", 2.5, [StepTime("open", 0.25), StepTime("pin", 1.0)])
    service.vitals.logged_in("OK", 2.0, [StepTime("open", 0.5), StepTime("pin", 0.75)])
    status, text = service.get("/metrics")
    assert status == 200
    samples = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert 95 < float(samples.pop("upstox_token_seconds_left")) <= 100
    assert float(samples.pop("upstox_next_action_timestamp_seconds")) > service.clock.time()
    assert samples == {
        'upstox_logins_total{outcome="NETWORK"}': "1.000",
        'upstox_logins_total{outcome="OK"}': "2.000",
        'upstox_login_step_seconds{step="open"}': "0.500",
        'upstox_login_step_seconds{step="pin"}': "0.750",
        "upstox_login_seconds": "2.000",
    }
    assert text.count("# TYPE ") == text.count("# HELP ") == 5


def test_nothing_else_is_served(service: Service) -> None:
    assert service.get("/")[0] == 404
    assert service.get("/token")[0] == 404


class Deaf(Address, frozen=True):
    """An address whose socket cannot be listened on after all."""

    def bound(self) -> socket.socket:
        return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def test_a_server_that_cannot_answer_is_an_error() -> None:
    with (
        pytest.raises(ConfigurationError, match="--health cannot be answered") as caught,
        served(Deaf("127.0.0.1", 1, "--health"), Vitals(), Clock()),
    ):
        raise AssertionError
    assert caught.value.exit_code == 3


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() == 0,
    reason="the administrator may, and so may everybody on other systems",
)
def test_a_port_of_the_administrator_says_so() -> None:
    with pytest.raises(ConfigurationError, match="Permission denied") as caught:
        Address.of("127.0.0.1:1", "--health").bound()
    assert "ports below 1024" in caught.value.hint


def test_a_host_of_another_machine_says_what_to_write() -> None:
    with pytest.raises(ConfigurationError, match="Cannot listen") as caught:
        Address.of("192.0.2.1:9464", "--health").bound()
    assert "an address of this machine" in caught.value.hint


def test_an_address_that_is_taken_names_the_option(service: Service) -> None:
    address = Address.of(f"127.0.0.1:{service.port}", "--health")
    with (
        pytest.raises(ConfigurationError, match="Cannot listen") as caught,
        served(address, Vitals(), Clock()),
    ):
        raise AssertionError
    assert "--health" in caught.value.hint

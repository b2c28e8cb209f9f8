"""Starting, stopping, and what a replica is given."""

from __future__ import annotations

import random
import socket

import httpx2
import pytest

from tests.ports import free_port
from tests.replica.conftest import Visit
from tests.replica.visitor import api_code_of
from upstox_browser_login.replica import Account, Replica


def test_it_starts_again_after_it_has_stopped() -> None:
    replica = Replica()
    for _ in range(2):
        with replica:
            assert httpx2.get(f"{replica.api_url}/x", trust_env=False).status_code == 400
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{replica.api_url}/x", trust_env=False)


def test_two_replicas_live_side_by_side() -> None:
    with Replica() as one, Replica() as two:
        assert one.api_url != two.api_url


def test_ports_can_be_chosen() -> None:
    ports = [free_port() for _ in range(4)]
    with Replica(ports=ports) as replica:
        urls = [replica.api_url, replica.login_url, replica.service_url, replica.config_url]
        assert urls == [f"http://127.0.0.1:{port}" for port in ports]


def test_a_port_in_use_is_an_error_and_leaves_nothing_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            Replica(ports=[0, 0, port, 0]).start()


def test_the_number_of_ports_is_checked() -> None:
    with pytest.raises(ValueError, match="4 or 5"):
        Replica(ports=[1, 2])


def test_an_account_and_an_rng_of_one_s_own() -> None:
    account = Account(mobile="9000000009", first_name="Ravi")
    replica = Replica(account=account, redirect_uri="https://mine.invalid/", rng=random.Random(7))
    assert replica.account.mobile == "9000000009"
    assert replica.settings()["UPSTOX_REDIRECT_URI"] == "https://mine.invalid/"


def test_nothing_but_known_paths(visit: Visit) -> None:
    visitor = visit()
    answer = visitor.client.get(f"{visitor.replica.api_url}/v2/nothing")
    assert api_code_of(answer) == "UDAPI10000"


def test_settings_point_here(visit: Visit) -> None:
    replica = visit().replica
    settings = replica.settings()
    assert settings["UPSTOX_API_BASE_URL"] == replica.api_url
    assert settings["UPSTOX_PIN_CODE"] == "024680"

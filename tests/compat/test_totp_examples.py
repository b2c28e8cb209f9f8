"""What the documents of upstox-totp show, with the import changed."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import requests
from pydantic import SecretStr

from tests.compat.conftest import World
from upstox_browser_login import ConfigurationError, Httpx2Auth, UpstoxError, UpstoxTOTP

JSON_HEADERS = {"Content-Type": "application/json"}


def access_token(upx: UpstoxTOTP) -> str:
    """What almost every example begins with."""
    response = upx.app_token.get_access_token()
    assert response.success
    assert response.data
    return response.data.access_token


def works(world: World, token: str) -> bool:
    url = f"{world.replica.api_url}/v2/user/profile"
    headers = {"Authorization": f"Bearer {token}", **JSON_HEADERS}
    return requests.get(url, headers=headers, timeout=10).status_code == 200


@pytest.mark.usefixtures("sharing", "no_token")
def test_quick_start(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    upx = UpstoxTOTP()
    try:
        response = upx.app_token.get_access_token()
        if response.success and response.data:
            data = response.data
            print(f"Token: {data.access_token}")
            print(f"User: {data.user_name} ({data.user_id}), {data.email}")
            print(f"Broker: {data.broker} {data.user_type} {data.is_active}")
            print(f"Products: {', '.join(data.products)}")
            print(f"Exchanges: {', '.join(data.exchanges)}")
    except Exception as error:  # noqa: BLE001  (the example's own words)
        pytest.fail(str(error))
    out = capsys.readouterr().out
    assert "User: ASHA RAO (7ABC12), asha.rao@mail.invalid" in out
    assert "Broker: UPSTOX individual True" in out
    assert "Products: D, CO, I" in out
    assert "Exchanges: NSE, NFO, BSE, CDS, BFO, BCD" in out
    assert works(world, response.data.access_token if response.data else "")


@pytest.mark.usefixtures("sharing", "bare")
def test_from_an_env_file(world: World) -> None:
    """The PIN's leading zero survives the file, and the login with it."""
    before = world.replica.counts.pins
    world.env_file(Path(".env.production"))
    upx = UpstoxTOTP.from_env_file(".env.production")
    assert upx.settings.secret("pin_code") == "024680"
    assert works(world, access_token(upx))
    assert world.replica.counts.pins <= before + 1


@pytest.mark.usefixtures("sharing", "bare")
def test_manual_configuration(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(world.state))
    monkeypatch.setenv("UPSTOX_API_BASE_URL", world.replica.api_url)
    account = world.replica.account
    upx = UpstoxTOTP(
        username=account.mobile,
        password=SecretStr("your-password"),
        pin_code=SecretStr(account.pin),
        totp_secret=SecretStr(account.totp_secret),
        client_id=account.client_id,
        client_secret=SecretStr(account.client_secret),
        redirect_uri=account.redirect_uri,
        debug=True,
    )
    logging.getLogger("upstox_browser_login").setLevel(logging.NOTSET)
    assert works(world, access_token(upx))


@pytest.mark.usefixtures("sharing")
def test_context_manager() -> None:
    with UpstoxTOTP() as upx:
        response = upx.app_token.get_access_token()
        if response.success:
            assert response.data
            assert response.data.access_token
        session = upx.session
    assert session.is_closed


def test_session(world: World) -> None:
    upx = UpstoxTOTP()
    session = upx.session
    session.timeout = (10, 30)  # type: ignore[assignment]  # as requests has it; accepted
    session.headers.update({"User-Agent": "MyApp/1.0"})
    assert session.get(f"{world.replica.api_url}/v2/user/profile").status_code == 401
    assert world.replica.log[-1].headers["user-agent"] == "MyApp/1.0"
    assert (session.timeout.connect, session.timeout.read) == (10, 30)
    upx.reset_session()
    request_id = upx.generate_request_id()
    assert re.fullmatch(r"WPRO-[A-Za-z0-9]{10}", request_id)
    assert upx.session is session
    assert session.headers["user-agent"].startswith("python-httpx2/")
    upx.close()


def test_one_time_code() -> None:
    upx = UpstoxTOTP()
    totp_code = upx.generate_totp_secret()
    assert re.fullmatch(r"\d{6}", totp_code)


@pytest.mark.usefixtures("sharing")
def test_errors() -> None:
    try:
        upx = UpstoxTOTP()
        response = upx.app_token.get_access_token()
        if response.success:
            assert response.error is None
        else:
            pytest.fail(str(response.error))
    except ConfigurationError as error:
        pytest.fail(str(error))
    except UpstoxError as error:
        pytest.fail(str(error))
    except requests.RequestException as error:
        pytest.fail(str(error))


def test_an_invalid_username() -> None:
    with pytest.raises(ConfigurationError, match=r"UPSTOX_USERNAME.*10 digits") as caught:
        UpstoxTOTP(username="invalid")
    assert "invalid" not in caught.value.message


@pytest.mark.usefixtures("sharing")
def test_with_requests(world: World) -> None:
    token = access_token(UpstoxTOTP())
    headers = {"Authorization": f"Bearer {token}", **JSON_HEADERS}
    api = world.replica.api_url
    response = requests.get(f"{api}/v2/user/profile", headers=headers, timeout=10)
    assert response.json()["data"]["user_id"] == "7ABC12"
    response = requests.get(f"{api}/v2/portfolio/long-term-positions", headers=headers, timeout=10)
    assert "status" in response.json()


class CachingClient:
    """The example that keeps tokens in a JSON file, and believes in 24 hours."""

    def __init__(self, cache_file: str = "upstox_token.json") -> None:
        self.upx = UpstoxTOTP()
        self.cache_file = cache_file
        self.access_token: str | None = None
        self.token_expiry: datetime | None = None
        self.load_cached_token()

    def load_cached_token(self) -> None:
        try:
            data = json.loads(Path(self.cache_file).read_text(encoding="utf-8"))
            expiry = datetime.fromisoformat(data["expiry"])
            if expiry > datetime.now() + timedelta(hours=1):  # noqa: DTZ005
                self.access_token, self.token_expiry = data["token"], expiry
                return
        except (FileNotFoundError, KeyError, ValueError):
            pass
        self.refresh_token()

    def refresh_token(self) -> None:
        response = self.upx.app_token.get_access_token()
        if not response.success or not response.data:
            raise RuntimeError("no token")
        self.access_token = response.data.access_token
        self.token_expiry = datetime.now() + timedelta(hours=24)  # noqa: DTZ005
        cached = {"token": self.access_token, "expiry": self.token_expiry.isoformat()}
        Path(self.cache_file).write_text(json.dumps(cached), encoding="utf-8")

    def api_call(self, endpoint: str, **options: Any) -> requests.Response:
        soon = datetime.now() + timedelta(hours=1)  # noqa: DTZ005
        if self.token_expiry and self.token_expiry < soon:
            self.refresh_token()
        headers = options.setdefault("headers", {})
        headers["Authorization"] = f"Bearer {self.access_token}"
        return requests.get(endpoint, timeout=10, **options)


@pytest.mark.usefixtures("sharing")
def test_a_cache_of_one_s_own(world: World) -> None:
    url = f"{world.replica.api_url}/v2/user/profile"
    assert CachingClient().api_call(url).status_code == 200
    assert CachingClient().api_call(url).status_code == 200


class DatabaseTokenManager:
    """The example that keeps tokens in SQLite."""

    def __init__(self, db_path: str = "upstox.db") -> None:
        self.upx = UpstoxTOTP()
        self.db = sqlite3.connect(db_path)
        self.db.execute(
            "CREATE TABLE IF NOT EXISTS tokens (id INTEGER PRIMARY KEY, access_token TEXT NOT NULL,"
            " created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, expires_at TIMESTAMP NOT NULL)"
        )

    def get_valid_token(self) -> str:
        found = self.db.execute(
            "SELECT access_token FROM tokens WHERE expires_at > datetime('now', '+1 hour')"
            " ORDER BY created_at DESC LIMIT 1"
        ).fetchone()
        return str(found[0]) if found else self.refresh_and_store_token()

    def refresh_and_store_token(self) -> str:
        response = self.upx.app_token.get_access_token()
        if not response.success or not response.data:
            raise RuntimeError("no token")
        token = response.data.access_token
        expires_at = datetime.now() + timedelta(hours=24)  # noqa: DTZ005
        with self.db:
            self.db.execute(
                "INSERT INTO tokens (access_token, expires_at) VALUES (?, ?)",
                (token, f"{expires_at:%Y-%m-%d %H:%M:%S}"),
            )
        return token


@pytest.mark.usefixtures("sharing")
def test_a_database_of_one_s_own(world: World) -> None:
    manager = DatabaseTokenManager()
    token = manager.get_valid_token()
    assert works(world, token)
    assert manager.get_valid_token() == token
    manager.db.close()


def in_threads(count: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.usefixtures("stored")
def test_a_client_for_each_thread() -> None:
    tokens = []

    def worker() -> None:
        upx = UpstoxTOTP()
        tokens.append(access_token(upx))

    in_threads(5, worker)
    assert len(tokens) == 5
    assert len(set(tokens)) == 1


@pytest.mark.usefixtures("stored")
def test_thread_local_clients() -> None:
    local = threading.local()
    tokens = []

    def get_client() -> UpstoxTOTP:
        if not hasattr(local, "upx"):
            local.upx = UpstoxTOTP()
        client: UpstoxTOTP = local.upx
        return client

    in_threads(3, lambda: tokens.append(access_token(get_client())))
    assert len(tokens) == 3


@pytest.mark.usefixtures("stored")
def test_asked_five_times_logs_in_once_at_most(world: World) -> None:
    """Upstox refuses the third OTP in quick succession; the older library asked for five."""
    before = world.replica.counts.otp_requests
    upx = UpstoxTOTP()
    assert len({access_token(upx) for _ in range(5)}) == 1
    assert world.replica.counts.otp_requests == before


@pytest.mark.usefixtures("stored")
def test_the_twin_of_a_mounted_adapter(world: World) -> None:
    """Pool sizes belong to an httpx2 client of one's own."""
    upx = UpstoxTOTP()
    limits = httpx2.Limits(max_connections=20, max_keepalive_connections=10)
    with httpx2.Client(limits=limits, auth=Httpx2Auth(upx.settings)) as client:
        assert client.get(f"{world.replica.api_url}/v2/user/profile").status_code == 200


def test_the_twin_of_response_hooks(world: World) -> None:
    seen = []

    def log_request(request: httpx2.Request) -> None:
        seen.append(f"{request.method} {request.url.path}")

    def log_response(response: httpx2.Response) -> None:
        seen.append(f"{response.status_code}")

    with UpstoxTOTP() as upx:
        session = upx.session
        session.event_hooks["request"].append(log_request)
        session.event_hooks["response"].append(log_response)
        session.get(f"{world.replica.api_url}/v2/user/profile")
        assert seen == ["GET /v2/user/profile", "401"]
        upx.reset_session()
        session.get(f"{world.replica.api_url}/v2/user/profile")
        assert len(seen) == 2


@pytest.mark.usefixtures("stored")
def test_the_session_with_the_token(world: World) -> None:
    with UpstoxTOTP() as upx:
        upx.session.auth = Httpx2Auth(upx.settings)
        assert upx.session.get(f"{world.replica.api_url}/v2/user/profile").status_code == 200
        upx.reset_session()
        assert upx.session.get(f"{world.replica.api_url}/v2/user/profile").status_code == 401

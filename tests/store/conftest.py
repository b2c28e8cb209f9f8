"""Stores of every kind: a real Redis, a keyring in memory, a clock that stands still."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import keyring.backend
import keyring.errors
import pytest
import redis

from tests.ports import free_port
from upstox_browser_login.store.documents import Documents
from upstox_browser_login.token import Token

from .making import KINDS, make


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring for one test."""

    priority: ClassVar[float] = 0.1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(service)


@dataclass
class Clock:
    """A clock that goes when it is told to. It starts now, since Redis has a clock of its own."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Place:
    """Where the documents of one test are. Each `open` is as another process would see them."""

    kind: str
    root: Path
    redis_url: str
    clock: Clock
    keyring: MemoryKeyring | None

    def open(self, **options: Any) -> Documents:
        return make(self.kind, self.root, self.redis_url, now=self.clock, **options)

    def names(self) -> set[str]:
        """Everything that is kept."""
        if self.kind == "sqlite":
            path = self.root / "tokens.db"
            if not path.exists():
                return set()
            with closing(sqlite3.connect(path)) as connection:
                return {name for (name,) in connection.execute("SELECT name FROM documents")}
        if self.kind == "keyring":
            assert self.keyring is not None
            return {service for service, _ in self.keyring.entries}
        if self.kind == "redis":
            with redis.Redis.from_url(self.redis_url) as client:
                return {key.decode() for key in client.keys("*")}
        return {str(path) for path in self.root.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("UPSTOX_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis that is ours alone."""
    server = shutil.which("redis-server")
    if server is None and sys.platform != "linux":
        pytest.skip("there is no redis-server here")
    if server is None:
        pytest.fail("redis-server is missing: run `apt-get install -y redis-server`")
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    options = {"port": port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": folder}
    words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
    with subprocess.Popen([server, *words], stdout=subprocess.DEVNULL) as process:
        url = f"redis://127.0.0.1:{port}/0"
        try:
            with redis.Redis.from_url(url) as client:
                _until(lambda: _answers(client), 20)
            yield url
        finally:
            process.terminate()


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.01)


@pytest.fixture
def until() -> Callable[[Callable[[], bool], float], None]:
    """Wait for a condition, so many seconds at most."""
    return _until


@pytest.fixture
def redis_url(redis_server: str) -> Iterator[str]:
    """The address of an empty Redis."""
    yield redis_server
    with redis.Redis.from_url(redis_server) as client:
        client.flushall()


@pytest.fixture
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    backend = MemoryKeyring()
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    keyring.set_keyring(backend)
    return backend


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Place:
    """A place for each kind of store."""
    kind: str = request.param
    return Place(
        kind,
        tmp_path / "state",
        request.getfixturevalue("redis_url") if kind == "redis" else "",
        clock,
        request.getfixturevalue("memory_keyring") if kind == "keyring" else None,
    )


@pytest.fixture
def documents(place: Place) -> Documents:
    return place.open()


@pytest.fixture
def token(clock: Clock) -> Token:
    """A token that lives for a day."""
    return Token.model_validate(
        {
            "access_token": "header.the-only-token-there-is.signature",
            "issued_at": clock.now,
            "expires_at": clock.now + timedelta(days=1),
            "user_id": "AB1234",
            "user_name": "Zoë Ω",
            "exchanges": ["NSE", "BSE"],
        }
    )


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start one of this folder's programs; it is killed when the test is over."""
    started: list[subprocess.Popen[str]] = []

    def run(program: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"store.{program}", *map(str, arguments)],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()

"""One replica, one account and one store a module, so that the older examples share a login."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.harness import FakeClock
from tests.replica.visitor import Visitor
from upstox_browser_login import Settings, Token
from upstox_browser_login.compat import client, manager
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import seams
from upstox_browser_login.store import open_store, token_key


@dataclass(frozen=True)
class World:
    """Upstox, the time, and where tokens are kept."""

    replica: Replica
    clock: FakeClock
    state: Path

    def variables(self) -> dict[str, str]:
        return {**self.replica.settings(), "UPSTOX_STATE_DIR": str(self.state)}

    def env_file(self, path: Path, *names: str) -> Path:
        """Write these settings, or all of them, into an env file."""
        lines = [
            f"{name}={value}\n" for name, value in self.variables().items() if name in names
        ] or [f"{name}={value}\n" for name, value in self.variables().items()]
        path.write_text("".join(lines), encoding="utf-8")
        path.chmod(0o600)
        return path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    clock = FakeClock()
    # Noon in India: a test that runs at 03:29 there would see its tokens die.
    clock.offset = (6.5 * 3600 - clock.time()) % 86_400
    with Replica("no-otp-limit", clock=clock.time) as replica:
        yield World(replica, clock, tmp_path_factory.mktemp("state"))


@pytest.fixture(autouse=True)
def moved_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings are in the environment, and nobody waits for a TOTP window."""
    for name, value in world.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(seams, "clock", lambda: world.clock)
    for module in (client, manager):
        monkeypatch.setattr(module, "Clock", lambda: world.clock)


@pytest.fixture
def bare(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in the environment after all: settings come from files."""
    for name in world.variables():
        monkeypatch.delenv(name)


@pytest.fixture
def visitor(world: World) -> Iterator[Visitor]:
    """A person at a browser."""
    with httpx2.Client(trust_env=False) as client:
        yield Visitor(world.replica, client, world.clock.time)  # type: ignore[arg-type]


@pytest.fixture
def no_token(world: World) -> None:
    """Forget the stored token; the next one who asks logs in."""
    settings = _settings(world)
    open_store(settings).delete(token_key(settings))


@pytest.fixture
def stored(world: World, visitor: Visitor) -> Token:
    """A live token in the store, gotten without a browser."""
    world.clock.offset += 30  # a code counts once
    reply = visitor.exchange(visitor.code()).json()
    token = Token.from_reply(reply, issued_at=world.clock.now())
    settings = _settings(world)
    open_store(settings).save(token_key(settings), token)
    return token


def _settings(world: World) -> Settings:
    account = world.replica.account
    return Settings(
        username=account.mobile,
        client_id=account.client_id,
        state_dir=world.state,
        api_base_url=world.replica.api_url,
    )

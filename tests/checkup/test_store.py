"""The checks of the store, its lock, the token in it, and of past logins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.harness import FakeClock
from upstox_browser_login.checkup import store
from upstox_browser_login.clock import Clock
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import (
    Held,
    TokenStore,
    account_key,
    open_ledger_documents,
    open_store,
    token_key,
)
from upstox_browser_login.token import Token

ACCOUNT = {"username": "9876501234", "pin_code": "024680", "client_id": "5d0e8e2c"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state", **ACCOUNT)


def test_store(settings: Settings, tmp_path: Path) -> None:
    found, kept = store.check_store(settings, Clock())
    assert kept is not None
    assert (found.state, found.message.partition(":")[0]) == ("ok", "file")
    (tmp_path / "file").touch()
    found, kept = store.check_store(Settings(state_dir=tmp_path / "file" / "x"), Clock())
    assert found.error is not None
    assert (found.state, found.error.code, kept) == ("error", "STORE_UNWRITABLE", None)


def test_lock(settings: Settings) -> None:
    kept, key = open_store(settings), token_key(settings)
    assert store.check_lock(kept, key).state == "ok"
    with kept.lock(key, 1):
        found = store.check_lock(kept, key)
    assert (found.state, found.message) == ("warning", "Another login has the lock.")
    assert store.check_lock(kept, key).state == "ok"


def test_a_lock_that_is_not_held(settings: Settings) -> None:
    documents: Any = open_store(settings).documents

    class Losing:
        kind = "redis"

        @contextmanager
        def lock(self, name: str, timeout: float) -> Iterator[Held]:
            with documents.lock(name, timeout) as held:
                yield replace(held, is_held=lambda: False)

    losing: Any = Losing()
    found = store.check_lock(TokenStore(losing), "doctor")
    assert (found.state, "takes the lock away" in found.message) == ("error", True)


def test_token(settings: Settings) -> None:
    kept, clock = open_store(settings), FakeClock()
    assert store.check_token(kept, Settings(), clock)[0].state == "skipped"
    found, token = store.check_token(kept, settings, clock)
    assert (found.state, token, "None is stored" in found.message) == ("ok", None, True)
    made = Token.model_validate(
        {
            "access_token": "made-up-token",
            "issued_at": clock.now(),
            "expires_at": clock.now() + timedelta(hours=2, minutes=5),
        }
    )
    kept.save(token_key(settings), made)
    found, token = store.check_token(kept, settings, clock)
    assert token == made
    assert "for 2 h 4 min more" in found.message
    clock.offset = 8000
    found, token = store.check_token(kept, settings, clock)
    assert (found.state, token, "expired" in found.message) == ("ok", None, True)
    kept.documents.write(token_key(settings), b"{")
    found, token = store.check_token(kept, settings, clock)
    assert (found.state, token, found.error) == ("warning", None, None)
    assert "moves the damaged token aside" in found.hint
    documents = open_ledger_documents(settings)
    Ledger(documents, account_key(settings), None).rate_limited(600, "1017069")
    assert "Wait until " in store.check_token(kept, settings, clock)[0].hint


def test_past_logins(settings: Settings) -> None:
    clock = FakeClock()
    assert store.check_ledger(Settings(), clock).state == "skipped"
    assert store.check_ledger(settings, clock).state == "ok"
    documents = open_ledger_documents(settings)
    Ledger(documents, account_key(settings), None, now=clock.time).rate_limited(600, "1017069")
    found = store.check_ledger(settings, clock)
    assert found.error is not None
    assert (found.state, found.error.exit_code) == ("error", 6)

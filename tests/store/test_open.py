"""Opening the store that the settings name."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from pydantic import SecretStr

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import TokenStore, open_ledger_documents, open_store
from upstox_browser_login.token import Token

from .conftest import MemoryKeyring


def settings(tmp_path: Path, store: str = "file") -> Settings:
    return Settings(state_dir=tmp_path / "state", token_store=SecretStr(store))


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_files_are_below_the_state_folder(tmp_path: Path, token: Token) -> None:
    """Tokens, ledger and locks each in their own; opening alone makes none of them."""
    store = open_store(settings(tmp_path))
    ledger = open_ledger_documents(settings(tmp_path))
    assert not (tmp_path / "state").exists()
    store.save("key", token)
    ledger.write("name", b"data")
    with store.lock("key", 5), ledger.lock("name", 5):
        pass
    assert files_in(tmp_path) == {
        "state/tokens/key.json",
        "state/ledger/name.json",
        "state/locks/key.lock",
        "state/locks/name.lock",
    }


@pytest.mark.parametrize("absolute", [True, False])
def test_a_database_is_where_the_address_says(tmp_path: Path, token: Token, absolute: bool) -> None:
    """The locks and the ledger are files all the same."""
    folder = f"/{tmp_path.as_posix().lstrip('/')}/" if absolute else ""
    chosen = settings(tmp_path, f"sqlite:///{folder}my.db")
    store = open_store(chosen)
    store.save("key", token)
    assert store.kind == "sqlite"
    assert (tmp_path / "my.db").exists()
    assert open_ledger_documents(chosen).kind == "file"


def test_the_keyring(tmp_path: Path, token: Token, memory_keyring: MemoryKeyring) -> None:
    """Tokens alone: the ledger is no secret."""
    chosen = settings(tmp_path, "keyring")
    open_store(chosen).save("key", token)
    assert len(memory_keyring.entries) == 1
    assert open_ledger_documents(chosen).kind == "file"


def test_redis_holds_the_ledger_too(tmp_path: Path, token: Token, redis_url: str) -> None:
    """Machines that share tokens share the count of refused PINs, of which each keeps a copy."""
    chosen = settings(tmp_path, redis_url)
    store, ledger = open_store(chosen), open_ledger_documents(chosen)
    assert (store.kind, ledger.kind) == ("redis", "redis")
    store.save("key", token)
    ledger.write("key", b"data")
    assert store.load("key") == token
    assert ledger.read("key") == b"data"
    assert files_in(tmp_path) == {"state/ledger/key.json"}


def refuse_pin(chosen: Settings, pin: str) -> None:
    ledger = Ledger(open_ledger_documents(chosen), "account")
    ledger.sending_pin(pin)
    ledger.pin_refused(pin)


def allows(chosen: Settings, pin: str) -> bool:
    return Ledger(open_ledger_documents(chosen), "account").block(pin) is None


def test_a_refused_pin_is_known_whichever_store_comes_next(tmp_path: Path, redis_url: str) -> None:
    """Files, a Redis, another database of it, one that was emptied, and files again."""
    files, first = settings(tmp_path), settings(tmp_path, redis_url)
    second = settings(tmp_path, redis_url.removesuffix("0") + "1")
    refuse_pin(files, "1111")
    assert not allows(first, "1111")
    refuse_pin(first, "2222")
    for chosen in (first, second, files):
        assert [allows(chosen, pin) for pin in ("1111", "2222", "3333")] == [False, False, True]
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
    assert not allows(first, "2222")
    Ledger(open_ledger_documents(first), "account").unlock()
    assert all(allows(chosen, "2222") for chosen in (first, files))


def test_what_redis_says_counts(tmp_path: Path, redis_url: str) -> None:
    """Another machine's login forgives here as well, whatever this one's copy still holds."""
    here, there = settings(tmp_path / "here", redis_url), settings(tmp_path / "there", redis_url)
    refuse_pin(here, "1111")
    assert not allows(there, "1111")
    Ledger(open_ledger_documents(there), "account").succeeded()
    assert allows(here, "1111")


def test_redis_alone_will_do(
    tmp_path: Path, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A container may have nowhere to keep a file: that is logged, where somebody looks for it."""
    chosen = settings(tmp_path, redis_url)
    # A link to nowhere: nothing is there, and not even root can make something.
    (tmp_path / "state").symlink_to(tmp_path / "nowhere", target_is_directory=True)
    open_ledger_documents(chosen).check_writable()
    with caplog.at_level("DEBUG"):
        refuse_pin(chosen, "1111")
    assert not allows(chosen, "1111")
    assert {record.levelname for record in caplog.records} == {"DEBUG"}
    assert "the copy on this machine is not kept" in caplog.text


@pytest.mark.parametrize(("store", "extra"), [("keyring", "keyring"), ("redis://host", "redis")])
def test_a_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str, extra: str
) -> None:
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, extra, None)
    monkeypatch.delitem(sys.modules, f"upstox_browser_login.store.{extra}", raising=False)
    with pytest.raises(ConfigurationError) as caught:
        open_store(settings(tmp_path, store))
    assert extra in caught.value.message
    assert f"pip install 'upstox-browser-login[{extra}]'" in caught.value.hint


def test_a_stored_token_is_loaded_without_heavy_modules(tmp_path: Path, token: Token) -> None:
    """The path of `token`, which scripts call often."""
    open_store(settings(tmp_path)).save("key", token)
    program = """
import sys
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store
assert open_store(Settings(state_dir=sys.argv[1])).load("key")
heavy = "playwright httpx2 rich filelock redis keyring sqlite3".split()
print(*[name for name in heavy if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "state")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_a_stored_token_is_loaded_fast(tmp_path: Path, token: Token) -> None:
    """Well under a millisecond once it is warm."""
    store: TokenStore = open_store(settings(tmp_path))
    store.save("key", token)
    times = []
    for _ in range(200):
        started = time.perf_counter()
        store.load("key")
        times.append(time.perf_counter() - started)
    assert statistics.median(times) < 0.0005

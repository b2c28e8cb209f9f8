"""Opening the store that the settings name."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from pydantic import SecretStr

from tests.harness import variants
from upstox_browser_login.errors import ConfigurationError, UpstoxUnavailableError
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
    documents = open_ledger_documents(settings(tmp_path))
    assert not (tmp_path / "state").exists()
    store.save("key", token)
    documents.write("name", b"data")
    with store.lock("key", 5), documents.lock("name", 5):
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
    folder = f"{tmp_path.as_posix()}/" if absolute else ""
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
    store, documents = open_store(chosen), open_ledger_documents(chosen)
    assert (store.kind, documents.kind) == ("redis", "redis")
    store.save("key", token)
    documents.write("key", b"data")
    assert store.load("key") == token
    assert [each.read() for each in documents.copies("key")] == [b"data", b"data"]
    assert files_in(tmp_path) == {"state/ledger/key.json"}


def ledger(chosen: Settings) -> Ledger:
    return Ledger(open_ledger_documents(chosen), "account", SecretStr("s3cr3tk3y0"))


def refuse_pin(chosen: Settings, pin: str) -> None:
    run = ledger(chosen)
    run.sending_pin(pin)
    run.pin_refused(pin)


def allows(chosen: Settings, pin: str) -> bool:
    return ledger(chosen).block(pin) is None


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
    ledger(first).unlock()
    assert all(allows(chosen, "2222") for chosen in (first, files))


def test_what_the_shell_was_refused_the_service_does_not_send(
    tmp_path: Path, redis_url: str
) -> None:
    """`file` in the shell and a Redis in the service, each of which has a record of its own."""
    shell, service = settings(tmp_path), settings(tmp_path, redis_url)
    refuse_pin(service, "1111")
    refuse_pin(shell, "2222")
    assert [allows(service, pin) for pin in ("1111", "2222", "3333")] == [False, False, True]
    refuse_pin(shell, "3333")
    assert not allows(service, "4444"), "three PINs, whoever sent them"


def test_a_redis_that_goes_back_in_time(tmp_path: Path, redis_url: str) -> None:
    """A snapshot is restored, or a replica that lagged takes over: a refused PIN stays refused."""
    chosen = settings(tmp_path, redis_url)
    refuse_pin(chosen, "1111")
    with redis.Redis.from_url(redis_url) as client:
        (key,) = client.keys("*:ledger:*")
        snapshot = client.get(key)
        refuse_pin(chosen, "2222")
        ledger(chosen).sending_code("123456", 58_790_000, 30)
        client.set(key, snapshot)
        assert [allows(chosen, pin) for pin in ("1111", "2222", "3333")] == [False, False, True]
        assert ledger(chosen).was_sent("123456")
        ledger(chosen).unlock()
        assert allows(chosen, "2222")
        client.set(key, snapshot)
    assert allows(chosen, "1111"), "the unlock is known here"
    assert ledger(chosen).was_sent("123456")


def test_what_redis_says_counts(tmp_path: Path, redis_url: str) -> None:
    """Another machine's login forgives here as well, whatever this one's copy still holds."""
    here, there = settings(tmp_path / "here", redis_url), settings(tmp_path / "there", redis_url)
    refuse_pin(here, "1111")
    assert not allows(there, "1111")
    ledger(there).succeeded()
    assert allows(here, "1111")


def test_a_login_of_the_shell_keeps_the_service_from_beginning(
    tmp_path: Path, redis_url: str
) -> None:
    """Each has its own lock, and the service takes this machine's as well."""
    shell, service = settings(tmp_path), settings(tmp_path, redis_url)
    for one, other in ((shell, service), (service, shell)):
        with open_ledger_documents(one).lock("login-account", 1):
            with (
                pytest.raises(UpstoxUnavailableError),
                open_ledger_documents(other).lock("login-account", 0),
            ):
                pass
            with pytest.raises(UpstoxUnavailableError, match="under way"):
                ledger(other).unlock()


def test_redis_alone_will_do(
    tmp_path: Path, redis_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A container may have nowhere to keep a file: that is warned of once, before a login."""
    chosen = settings(tmp_path, redis_url)
    # A link to nowhere: nothing is there, and not even root can make something.
    (tmp_path / "state").symlink_to(tmp_path / "nowhere", target_is_directory=True)
    open_ledger_documents(chosen).check_writable()
    (warning,) = caplog.records
    assert warning.levelname == "WARNING"
    assert "a server that forgets could let a refused PIN be sent again" in warning.getMessage()
    with caplog.at_level("DEBUG"):
        refuse_pin(chosen, "1111")
    assert not allows(chosen, "1111")
    # And once more, that the lock holds among the programs of this Redis alone.
    (more,) = [each for each in caplog.records if each.levelname != "DEBUG" and each != warning]
    assert "own lock cannot be taken" in more.getMessage()
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
    assert f"'upstox-browser-login[{extra}]'" in caught.value.hint


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


_NOBODY = """
import sys

try:
    import pwd
except ImportError:  # Windows
    pass
else:

    def no_entry(*_):
        raise KeyError("no such user")

    pwd.getpwuid = pwd.getpwnam = no_entry

from upstox_browser_login.cli import main

sys.exit(main())
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows has other ways to a home")
@pytest.mark.parametrize(
    ("command", "named"),
    [("login", True), ("status", False), *variants(("status", True), ("login", False))],
)
def test_a_user_without_a_home_and_without_an_entry(
    tmp_path: Path, command: str, named: bool
) -> None:
    """The whole program works where UPSTOX_STATE_DIR is set, and names it otherwise."""
    given = {
        "UPSTOX_USERNAME": "9876543210",
        "UPSTOX_CLIENT_ID": "k",
        "UPSTOX_CLIENT_SECRET": "s3cr3tk3y0",
        "UPSTOX_PIN_CODE": "073519",
        "UPSTOX_TOTP_SECRET": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "UPSTOX_REDIRECT_URI": "https://127.0.0.1/",
        "UPSTOX_BROWSER_PATH": str(tmp_path / "none"),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
    }
    place = {"UPSTOX_STATE_DIR": str(tmp_path / "state")} if named else {}
    done = subprocess.run(
        [sys.executable, "-c", _NOBODY, command],
        env={"PATH": os.environ["PATH"], **given, **place},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    # With the folder, each comes as far as it can without a token, and without a browser.
    expected = {"status": 4, "login": 8}[command] if named else 3
    assert done.returncode == expected, done.stderr
    assert ("UPSTOX_STATE_DIR" in done.stderr) is not named
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "~").exists()

"""`get_token()` where programs call it: threads, processes, event loops, notebooks; often."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from pydantic import SecretStr

from tests.harness import Desk, FakeClock, Notes, keep, point_at, printing_file
from upstox_browser_login import (
    BrowserError,
    ConfigurationError,
    CredentialsRejectedError,
    LoginBlockedError,
    NotLoggedInError,
    Settings,
    StoreError,
    Token,
    UpstoxError,
    UpstoxUnavailableError,
    aget_token,
    alogin,
    get_token,
)
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.programs import join_command
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import (
    LoginResult,
    login_result,
    obtain,
    seams,
    token_result,
)
from upstox_browser_login.session.parts import Parts
from upstox_browser_login.settings.deferred import forget_fetched
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key
from upstox_browser_login.token import IST

SLOW = join_command([sys.executable, "-c", "import time; time.sleep(40)"])
SHOW = "print(token.access_token.get_secret_value())"


@pytest.fixture
def machine(desk: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The replica's settings are in the environment, and time is the desk's."""
    point_at(replica, desk.home, monkeypatch)
    monkeypatch.setattr(seams, "clock", lambda: desk.clock)
    return desk


@pytest.fixture
def real_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """A replica for other processes, which have clocks of their own."""
    with Replica() as replica:
        point_at(replica, tmp_path, monkeypatch)
        yield replica


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Just enough settings to look a token up."""
    monkeypatch.setenv("UPSTOX_USERNAME", "9876501234")
    monkeypatch.setenv("UPSTOX_CLIENT_ID", "an-app")
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(tmp_path / "state"))


def text_of(token: Token) -> str:
    return token.access_token.get_secret_value()


# -- one login, whoever asks -----------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.usefixtures("machine")
def test_twenty_threads_cause_one_login(replica: Replica) -> None:
    barrier = threading.Barrier(20)

    def ask(_number: int) -> str:
        barrier.wait()
        return text_of(get_token())

    with ThreadPoolExecutor(20) as pool:
        tokens = set(pool.map(ask, range(20)))
    assert len(tokens) == 1
    counts = replica.counts
    assert (counts.otp_requests, counts.pins, counts.exchanges) == (1, 1, 1)


@pytest.mark.browser
@pytest.mark.variant  # of the twenty in tests/concurrency
def test_processes_share_one_login(real_time: Replica) -> None:
    code = f"from upstox_browser_login import get_token; token = get_token(); {SHOW}"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], answers
    assert len({out for out, _ in answers}) == 1
    assert (real_time.counts.otp_requests, real_time.counts.pins) == (1, 1)


@pytest.mark.browser
@pytest.mark.usefixtures("machine")
async def test_in_an_event_loop(replica: Replica) -> None:
    """The loop goes on while a login is under way; the plain function works there as well."""
    beats = 0

    async def heart() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    beating = asyncio.create_task(heart())
    first, second = await asyncio.gather(aget_token(), aget_token())
    beating.cancel()
    assert text_of(first) == text_of(second) == text_of(get_token())
    assert replica.counts.pins == 1
    assert beats > 20
    with pytest.raises(ConfigurationError):
        await alogin(Settings().model_copy(update={"pin_code": None}))


@pytest.mark.browser
@pytest.mark.variant
def test_a_notebook_gets_a_token(real_time: Replica, tmp_path: Path) -> None:
    """`jupyter execute` runs cells inside an event loop."""
    pytest.importorskip("nbclient", reason="make test-all installs it")
    cells = [
        f"from upstox_browser_login import aget_token, get_token\ntoken = get_token()\n{SHOW}",
        f"token = await aget_token()\n{SHOW}",
    ]
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{number}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
            for number, source in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = tmp_path / "token.ipynb"
    path.write_text(json.dumps(notebook))
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", "execute", "--inplace", str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "IPYTHONDIR": str(tmp_path / "ipython")},
    )
    assert done.returncode == 0, done.stderr
    executed = json.loads(path.read_text())["cells"]
    outputs = [
        "".join(line for out in cell["outputs"] if out["name"] == "stdout" for line in out["text"])
        for cell in executed
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count(".") == 2
    assert real_time.counts.pins == 1


# -- in somebody else's event loop -----------------------------------------------------------------


@pytest.mark.usefixtures("account")
async def test_the_loop_s_workers_are_left_alone() -> None:
    """They are the caller's, who looks up names of hosts there, and may all be busy."""
    token = keep()
    done = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        asyncio.get_running_loop().set_default_executor(pool)
        pool.submit(done.wait, 60)
        try:
            async with asyncio.timeout(60):
                tokens = await asyncio.gather(*(aget_token() for _ in range(10)))
        finally:
            done.set()
    assert set(map(text_of, tokens)) == {text_of(token)}


@pytest.mark.parametrize("lock", ["of the token", "of the account"])
def test_whoever_is_cancelled_waits_for_no_lock(
    lock: str,
    desk: Desk,
    replica: Replica,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Another process logs in: the call ends, its thread does, and so does the event loop."""
    settings = desk.settings(replica, timeout=600)  # whoever waited would do so for ten minutes
    monkeypatch.setattr(obtain, "WAIT_SLICE", 0.02)
    if lock == "of the token":
        held = open_store(settings).lock(token_key(settings), 1)
    else:
        held = open_ledger_documents(settings).lock(f"login-{account_key(settings)}", 1)

    async def main() -> float:
        task = asyncio.create_task(aget_token(settings))
        async with asyncio.timeout(60):
            while "waiting for the lock" not in caplog.text:  # noqa: ASYNC110  (a log is no event)
                await asyncio.sleep(0.01)
        began = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return began

    with caplog.at_level("DEBUG"), held:
        began = asyncio.run(main())
        assert time.monotonic() - began < 60
        for thread in threading.enumerate():
            if thread.name == "upstox-browser-login-wait":
                thread.join(60)
                assert not thread.is_alive()
    assert len(replica.log) == 0


def test_a_guard_may_refuse_a_login_while_no_other_one_is_under_way(
    desk: Desk, replica: Replica
) -> None:
    settings = desk.settings(replica)
    documents, account = open_ledger_documents(settings), account_key(settings)
    under_way = []

    def refusing() -> NoReturn:
        under_way.append(Ledger(documents, account).is_under_way())
        raise LoginBlockedError("Not now.")

    for way in (login_result, token_result):
        with pytest.raises(LoginBlockedError, match="Not now"):
            way(settings, guard=refusing)
    assert under_way == [True, True]
    assert len(replica.log) == 0


# -- asked often -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("account")
def test_a_stored_token_takes_under_a_millisecond() -> None:
    token = keep()
    times = []
    for _ in range(200):
        began = time.perf_counter()
        assert get_token() == token
        times.append(time.perf_counter() - began)
    assert statistics.median(times) < 0.001


@pytest.mark.usefixtures("account")
def test_a_logout_elsewhere_is_noticed() -> None:
    keep()
    get_token()
    settings = Settings()
    open_store(settings).delete(token_key(settings))
    with pytest.raises(ConfigurationError):  # no token, and too little to log in with
        get_token()
    with pytest.raises(NotLoggedInError):
        token_result(allow_login=False)


@pytest.mark.usefixtures("account")
def test_a_damaged_token_is_an_error_and_no_reason_to_log_in(tmp_path: Path) -> None:
    keep()
    (path,) = (tmp_path / "state/tokens").glob("*.json")
    path.write_text("{")
    with pytest.raises(StoreError) as caught:
        get_token()
    assert caught.value.code == "STORE_UNREADABLE"


@pytest.mark.parametrize(("at", "margin"), [((2, 45), 3600.0), ((3, 29), 60.0)])
def test_no_login_where_a_new_token_would_live_no_longer(
    at: tuple[int, int], margin: float, desk: Desk
) -> None:
    """Shortly before 03:30 the stored token is as good as any that a login could get."""
    now = datetime(2026, 11, 25, *at, 5, tzinfo=IST)
    clock = FakeClock((now - datetime.now(UTC)).total_seconds())
    with Replica(clock=clock.time) as replica:
        settings = desk.settings(replica)
        token = Token.from_reply({"access_token": "e" * 40}, issued_at=now - timedelta(hours=3))
        open_store(settings).save(token_key(settings), token)
        found = token_result(settings, progress=Notes(), clock=clock, margin=margin)
        assert found.source == "store"
        assert found.token == token
        assert replica.counts.otp_requests == 0


@pytest.mark.timeout(60)
def test_commands_that_bring_secrets_count_for_the_limit(
    machine: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two slow ones take no longer than the login may, and no browser gets the blame."""
    del machine
    for name in ("UPSTOX_PIN_CODE", "UPSTOX_CLIENT_SECRET"):
        monkeypatch.delenv(name)
        monkeypatch.setenv(f"{name}_COMMAND", SLOW)
    monkeypatch.setenv("UPSTOX_TIMEOUT", "5")
    began = time.monotonic()
    with pytest.raises(UpstoxUnavailableError) as caught:
        login_result(Settings())
    assert time.monotonic() - began < 20
    assert caught.value.code == "TIMEOUT"
    assert "within 5 s" in caught.value.message
    assert "_COMMAND (5 s)" in caught.value.message
    assert not list(replica.log)


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("account")
def test_a_command_that_brings_the_app_counts_for_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A stored token is looked up by the app's id."""
    monkeypatch.delenv("UPSTOX_CLIENT_ID")
    monkeypatch.setenv("UPSTOX_CLIENT_ID_COMMAND", SLOW)
    monkeypatch.setenv("UPSTOX_TIMEOUT", "5")
    began = time.monotonic()
    with pytest.raises(UpstoxUnavailableError, match="UPSTOX_CLIENT_ID_COMMAND") as caught:
        token_result(allow_login=False)
    assert time.monotonic() - began < 20
    assert caught.value.code == "TIMEOUT"


@pytest.mark.timeout(60)
@pytest.mark.usefixtures("account")
async def test_a_cancelled_aget_token_waits_for_no_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("UPSTOX_CLIENT_ID")
    monkeypatch.setenv("UPSTOX_CLIENT_ID_COMMAND", SLOW)
    settings = Settings(
        pin_code="135790",
        totp_secret="KRUGKIDROVUWG2ZAMJZG653OEBTG66BA",
        client_secret="r3pl1cas3cret",
        redirect_uri="https://callback.invalid/",
    )
    asking = asyncio.create_task(aget_token(settings))
    await asyncio.sleep(1)
    began = time.monotonic()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert time.monotonic() - began < 10


@pytest.mark.timeout(60)
def test_a_store_that_takes_the_whole_limit_starts_no_browser(
    machine: Desk, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*_: object) -> None:
        time.sleep(5.2)

    del machine
    monkeypatch.setenv("UPSTOX_TIMEOUT", "5")
    monkeypatch.setattr(obtain, "set_damaged_aside", slowly)
    with pytest.raises(UpstoxUnavailableError, match="token store") as caught:
        login_result(Settings())
    assert caught.value.code == "TIMEOUT"
    assert not list(replica.log)


@pytest.mark.usefixtures("machine")
def test_a_pin_that_was_corrected_where_it_is_kept_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A program that runs on has fetched the refused one, and asks for it once a call."""
    kept, sent = tmp_path / "pin", []
    monkeypatch.delenv("UPSTOX_PIN_CODE")
    monkeypatch.setenv("UPSTOX_PIN_CODE_COMMAND", printing_file(kept))

    async def refused(parts: Parts, *_: object) -> LoginResult:
        pin = parts.settings.secret("pin_code")
        sent.append(pin)
        parts.ledger.sending_pin(pin)
        parts.ledger.pin_refused(pin)
        raise CredentialsRejectedError("Upstox refused the PIN.", code="PIN_REJECTED")

    monkeypatch.setattr(seams, "log_in", refused)
    forget_fetched()
    kept.write_text("135790", "utf-8")
    with pytest.raises(CredentialsRejectedError):
        get_token()
    with pytest.raises(LoginBlockedError):
        get_token()
    kept.write_text("246802", "utf-8")
    with pytest.raises(CredentialsRejectedError):
        get_token()
    assert sent == ["135790", "246802"]


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("client_secret", CredentialsRejectedError("Refused.", code="CLIENT_REJECTED")),
        ("totp_secret", CredentialsRejectedError("Refused.", code="TOTP_REJECTED")),
        ("browser_url", BrowserError("Nobody is there.", code="BROWSER_UNREACHABLE")),
    ],
)
def test_what_a_login_has_failed_by_is_fetched_anew_until_one_succeeds(
    name: str, error: UpstoxError, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A program that runs on would otherwise fail every day by a value that was corrected."""
    values = {
        "client_secret": ("secret-1", "secret-2"),
        "totp_secret": ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXA", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ"),
        "browser_url": ("ws://127.0.0.1:1/a", "ws://127.0.0.1:1/b"),
    }
    old, new = values[name]
    kept, used = tmp_path / "kept", []
    variable = f"UPSTOX_{name.upper()}"
    monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(f"{variable}_COMMAND", printing_file(kept))

    async def one_login(parts: Parts, *_: object) -> LoginResult:
        used.append(parts.settings.secret(name))
        if used[-1] == old:
            raise error
        now = datetime.now(UTC)
        token = Token(access_token=SecretStr("a-token"), issued_at=now, expires_at=now)
        return LoginResult(token, "login", "file")

    monkeypatch.setattr(seams, "log_in", one_login)
    forget_fetched()
    kept.write_text(old, "utf-8")
    with pytest.raises(type(error)):
        get_token()
    kept.unlink()  # the password manager is locked for a while
    monkeypatch.setenv("UPSTOX_DEBUG", "false")  # so that the settings are read again
    with pytest.raises(type(error)):
        get_token()
    kept.write_text(new, "utf-8")
    get_token()
    kept.write_text(old, "utf-8")
    get_token()
    assert used == [old, old, new, new]


@pytest.mark.usefixtures("machine")
def test_a_command_that_hangs_does_not_keep_a_login_from_a_value_that_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As a password manager that is locked again waits for a person."""
    locked = tmp_path / "locked"
    code = (
        f"import os, time\ntime.sleep(60) if os.path.exists({str(locked)!r}) else print('secret-1')"
    )
    monkeypatch.delenv("UPSTOX_CLIENT_SECRET")
    monkeypatch.setenv("UPSTOX_CLIENT_SECRET_COMMAND", join_command([sys.executable, "-c", code]))
    monkeypatch.setenv("UPSTOX_TIMEOUT", "6")
    ends = [CredentialsRejectedError("Refused.", code="CLIENT_REJECTED")]

    async def one_login(parts: Parts, *_: object) -> LoginResult:
        assert parts.settings.secret("client_secret") == "secret-1"
        if ends:
            raise ends.pop()
        now = datetime.now(UTC)
        token = Token(access_token=SecretStr("a-token"), issued_at=now, expires_at=now)
        return LoginResult(token, "login", "file")

    monkeypatch.setattr(seams, "log_in", one_login)
    forget_fetched()
    with pytest.raises(CredentialsRejectedError):
        get_token()
    locked.touch()
    assert text_of(get_token()) == "a-token"


@pytest.mark.usefixtures("machine")
def test_what_a_login_has_failed_by_is_fetched_anew_once_for_threads_that_wait(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each fetch may ask a person; and what the error is not about is not fetched at all."""
    runs, ends = tmp_path / "runs", [CredentialsRejectedError("Refused.", code="TOTP_REJECTED")]
    for name in ("CLIENT_SECRET", "TOTP_SECRET"):
        given = os.environ[f"UPSTOX_{name}"]
        code = (
            "import time; time.sleep(0.3)\n"
            f"open({str(runs)!r}, 'a').write('{name} '); print({given!r})"
        )
        monkeypatch.delenv(f"UPSTOX_{name}")
        monkeypatch.setenv(f"UPSTOX_{name}_COMMAND", join_command([sys.executable, "-c", code]))

    async def one_login(parts: Parts, *_: object) -> LoginResult:
        if ends:
            raise ends.pop()
        now = datetime.now(UTC)
        until = now + timedelta(hours=9)
        token = Token(access_token=SecretStr("a-token"), issued_at=now, expires_at=until)
        parts.store.save(parts.key, token)
        return LoginResult(token, "login", "file")

    monkeypatch.setattr(seams, "log_in", one_login)
    forget_fetched()
    with pytest.raises(CredentialsRejectedError):
        get_token()
    runs.write_text("")
    barrier = threading.Barrier(6)

    def ask(_number: int) -> str:
        barrier.wait()
        return text_of(get_token())

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(6))) == {"a-token"}
    assert runs.read_text().split() == ["TOTP_SECRET"]


@pytest.mark.usefixtures("machine")
def test_a_pin_that_another_process_saw_refused_is_fetched_anew_until_it_is_accepted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each fetch may ask a person, and a password manager may be locked at night."""
    kept, runs, sent = tmp_path / "pin", tmp_path / "runs", []
    code = f"open({str(runs)!r}, 'a').write('x'); print(open({str(kept)!r}).read())"
    monkeypatch.delenv("UPSTOX_PIN_CODE")
    monkeypatch.setenv("UPSTOX_PIN_CODE_COMMAND", join_command([sys.executable, "-c", code]))

    async def accepted(parts: Parts, *_: object) -> LoginResult:
        sent.append(parts.settings.secret("pin_code"))
        now = datetime.now(UTC)
        token = Token(access_token=SecretStr("a-token"), issued_at=now, expires_at=now)
        return LoginResult(token, "login", "file")

    def another_process(refused: str, right: str) -> None:
        settings = Settings(pin_code=refused)
        for pin in (refused, right):
            ledger = Ledger(
                open_ledger_documents(settings), account_key(settings), settings.client_secret
            )
            ledger.sending_pin(pin)
            if pin == refused:
                ledger.pin_refused(pin)
            else:
                ledger.pin_accepted()
                ledger.succeeded()

    monkeypatch.setattr(seams, "log_in", accepted)
    forget_fetched()
    kept.write_text("135790")
    get_token()
    get_token()
    assert len(runs.read_text()) == 1
    another_process("135790", "246802")
    kept.write_text("246802")
    get_token()
    assert len(runs.read_text()) == 2
    another_process("135790", "246802")
    kept.unlink()
    get_token()
    get_token()
    assert len(runs.read_text()) == 3
    assert sent == ["135790", "135790", "246802", "246802", "246802"]

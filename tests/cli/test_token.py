"""`token` and `exec`: handing the token over."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import Token

from .conftest import Call, Start, plain


def test_the_token_and_nothing_else(call: Call, stored: Token) -> None:
    done = call("token")
    assert done.status == 0
    assert done.out == f"{plain(stored)}\n"
    assert done.err == ""


def test_the_ways_to_print_it(call: Call, stored: Token) -> None:
    token = plain(stored)
    assert call("token", "--output", "header").out == f"Authorization: Bearer {token}\n"
    assert call("token", "--output", "env").out == f"export UPSTOX_ACCESS_TOKEN={token}\n"
    assert call("token", "--output", "dotenv").out == f"access_token={token}\n"


def test_a_strange_token_is_quoted_for_the_shell(call: Call, stored: Token) -> None:
    settings = Settings()
    strange = 'it\'s $HOME; `no` "jwt"'
    token = stored.model_copy(update={"access_token": type(stored.access_token)(strange)})
    open_store(settings).save(token_key(settings), token)
    line = call("token", "--output", "env").out.strip()
    assert shlex.split(line) == ["export", f"UPSTOX_ACCESS_TOKEN={strange}"]


def test_json(ask: Call, stored: Token) -> None:
    done = ask("token")
    assert done.data == {
        "access_token": plain(stored),
        "token_type": "Bearer",
        "expires_at": stored.expires_at.isoformat(timespec="seconds"),
        "user_id": "7ABC12",
        "source": "store",
    }


@pytest.mark.parametrize("output", ["header", "env", "dotenv"])
def test_json_and_another_way_to_print_it_are_not_ignored_together(
    call: Call, stored: Token, output: str
) -> None:
    done = call("token", "--format", "json", "--output", output)
    assert (done.status, done.code) == (2, "USAGE")
    message = "Invalid value for '--output': the object in JSON has the token already"
    assert done.object["error"]["message"] == message
    assert plain(stored) not in done.out


def test_all_that_is_missing_is_named_at_once(ask: Call) -> None:
    done = ask("token")
    assert done.status == 3
    message = done.object["error"]["message"]
    assert message.startswith("UPSTOX_USERNAME, UPSTOX_PIN_CODE, UPSTOX_TOTP_SECRET, ")
    # Without a login only what a token is looked for by is missing.
    done = ask("token", "--no-login")
    assert done.object["error"]["message"] == "UPSTOX_USERNAME, UPSTOX_CLIENT_ID are not set."


def test_no_login_never_logs_in(ask: Call, upstox: Replica) -> None:
    done = ask("token", "--no-login")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert len(upstox.log) == 0


def test_an_expired_token_is_none(ask: Call, stored: Token) -> None:
    settings = Settings()
    old = stored.model_copy(update={"expires_at": datetime.now(UTC) + timedelta(seconds=30)})
    open_store(settings).save(token_key(settings), old)
    done = ask("token", "--no-login")
    assert (done.status, done.code) == (4, "NO_VALID_TOKEN")
    assert "expired" in done.object["error"]["message"]


def test_a_damaged_token_is_no_reason_to_log_in(ask: Call, stored: Token) -> None:
    del stored
    settings = Settings()
    Path(open_store(settings).where(token_key(settings))).write_text("{", "utf-8")
    done = ask("token")
    assert (done.status, done.code) == (11, "STORE_UNREADABLE")


def test_a_wait_for_another_login_is_told_of(call: Call, stored: Token) -> None:
    """Once it takes longer than a second; otherwise it looks as if the program hung."""
    settings = Settings()
    store, key = open_store(settings), token_key(settings)
    store.delete(key)
    held = threading.Event()

    def log_in() -> None:
        with store.lock(key, 1):
            held.set()
            time.sleep(1.5)
            store.save(key, stored)

    other = threading.Thread(target=log_in)
    other.start()
    assert held.wait(10)
    done = call("token")
    other.join()
    assert (done.status, done.out) == (0, f"{plain(stored)}\n")
    assert done.err == "Waiting for another login of this account.\n"


# -- what it costs -------------------------------------------------------------------------------


def _modules(start: Start, *argv: str) -> set[str]:
    names = "import json,sys;sys.stderr.write(json.dumps([m for m in sys.modules]))"
    script = (
        "import sys\nfrom upstox_browser_login.cli.run import main\n"
        f"status=main({list(argv)!r})\n{names}\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30
    )
    return {str(each).partition(".")[0] for each in json.loads(done.stderr)}


def test_a_stored_token_needs_no_heavy_imports(start: Start, stored: Token) -> None:
    del stored
    modules = _modules(start, "token")
    assert not modules & {"playwright", "httpx2", "httpx", "rich", "starlette"}


def test_help_needs_not_even_the_settings(start: Start) -> None:
    modules = _modules(start, "--help")
    assert not modules & {"playwright", "httpx2", "rich", "pydantic", "asyncio", "dotenv"}

"""What docs/upgrading.md promises of documents that another version has stored."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.cli.conftest import Call, ask, call, code, served, stored, upstox
from tests.ledger.test_version1 import document, pin
from upstox_browser_login.cli.results import VERSION
from upstox_browser_login.daily.almanac import ask_for_days, kept_days
from upstox_browser_login.daily.calendar import Days
from upstox_browser_login.daily.record import Record, Records
from upstox_browser_login.ledger.state import State
from upstox_browser_login.recordings.bundle import FORMAT
from upstox_browser_login.replica import Replica
from upstox_browser_login.settings import Settings
from upstox_browser_login.store import account_key
from upstox_browser_login.store.file import FileDocuments
from upstox_browser_login.token import SCHEMA

__all__ = ["ask", "call", "code", "served", "stored", "upstox"]  # fixtures

PAGE = (Path(__file__).parent.parent / "docs" / "upgrading.md").read_text("utf-8")


def only(folder: str) -> Path:
    """The one document in a room of the state folder."""
    (path,) = Path(os.environ["UPSTOX_STATE_DIR"], folder).glob("*.json")
    return path


def changed(path: Path, **changes: Any) -> bytes:
    """Write the document with these changes; what it is then."""
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")
    return path.read_bytes()


def ledger_of_version_1(**changes: Any) -> Path:
    folder = Path(os.environ["UPSTOX_STATE_DIR"], "ledger")
    folder.mkdir(parents=True, mode=0o700)
    path = folder / f"ledger-{account_key(Settings())}.json"
    path.write_text(json.dumps(document(**changes)), "utf-8")
    path.chmod(0o600)
    return path


def test_the_page_names_the_versions_of_today() -> None:
    written = State.model_fields["version"].annotation
    assert re.search(rf"^\| token \| `schema` {SCHEMA} \|", PAGE, re.MULTILINE)
    assert str(written).endswith("[2]")
    assert re.search(r"^\| record of logins \| `version` 2 \|", PAGE, re.MULTILINE)
    assert re.search(rf"^\| JSON on stdout \| `version` {VERSION} \|", PAGE, re.MULTILINE)
    for name, of in (
        ("what `refresh` remembers of the last failure", Record),
        ("list of holidays", Days),
    ):
        (version,) = get_args(of.model_fields["version"].annotation)
        assert f"\n| {name} | `version` {version} |" in PAGE
    assert f"\n| recording | `format` {FORMAT} |" in PAGE


def documents() -> FileDocuments:
    folder = Settings().state_dir
    return FileDocuments(folder / "daily", folder / "locks")


@pytest.mark.usefixtures("upstox")
def test_what_a_newer_refresh_remembers_is_begun_anew(caplog: pytest.LogCaptureFixture) -> None:
    """It allows nothing that the record of logins forbids, and a login may follow."""
    settings = Settings()
    records = Records.of_account(settings)
    records.change(lambda record: setattr(record, "asked_at", 1.0))
    path = only("daily")
    changed(path, version=2, more="later")
    assert records.read() == Record()
    shown = path.with_name("daily-[redacted].json")
    assert f"{shown}, cannot be read and is begun anew" in caplog.text
    records.change(lambda record: setattr(record, "asked_at", 2.0))
    assert json.loads(path.read_text("utf-8"))["version"] == 1


@pytest.mark.usefixtures("upstox")
def test_a_list_of_holidays_of_a_newer_version_is_asked_for_anew(
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = Settings()
    fetched = ask_for_days(documents(), settings, time.time())
    assert kept_days(documents(), settings) == fetched
    changed(only("daily"), version=2)
    assert kept_days(documents(), settings) is None
    assert "The list of holidays, " in caplog.text
    assert ask_for_days(documents(), settings, time.time()).days == fetched.days


def test_a_setting_of_a_newer_version_is_not_heeded(tmp_path: Path) -> None:
    path = tmp_path / "newer.env"
    path.write_text("UPSTOX_SOMETHING_LATER=1\nUPSTOX_TIMEOUT=90\n")
    assert Settings(env_file=path).timeout == 90


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("command", [("token", "--no-login"), ("status",)])
def test_a_token_of_a_newer_version_is_left_alone(ask: Call, command: tuple[str, ...]) -> None:
    path = only("tokens")
    before = changed(path, schema=SCHEMA + 1)
    done = ask(*command)
    assert done.code == "STORE_UNREADABLE"
    assert path.read_bytes() == before


@pytest.mark.usefixtures("upstox")
def test_a_new_token_takes_its_place_and_keeps_it_aside(ask: Call, code: Any) -> None:
    """As a login does it; `exchange` needs no browser for that."""
    assert ask("exchange", code()).status == 0
    before = changed(only("tokens"), schema=SCHEMA + 1)
    done = ask("exchange", code())
    assert done.status == 0
    assert json.loads(only("tokens").read_text())["schema"] == SCHEMA
    aside = [path for path in only("tokens").parent.iterdir() if "damaged" in path.name]
    assert [path.read_bytes() for path in aside] == [before]
    assert "damaged" in done.err


@pytest.mark.usefixtures("stored")
def test_a_token_with_more_in_it_is_read(ask: Call) -> None:
    """A newer version may add to a token without another schema, and going back is safe then."""
    path = only("tokens")
    token = json.loads(path.read_text("utf-8"))["token"]
    changed(path, token={**token, "added_later": [1]})
    assert ask("token", "--no-login").status == 0


@pytest.mark.usefixtures("upstox")
@pytest.mark.parametrize("command", [("status",), ("unlock", "--yes"), ("login",)])
def test_a_record_of_a_newer_version_stops_everything(
    ask: Call, upstox: Replica, command: tuple[str, ...]
) -> None:
    """Nothing is sent, nothing is forgotten, and not a byte of it is changed."""
    path = ledger_of_version_1()
    before = changed(path, version=3)
    done = ask(*command)
    assert done.code == "STORE_UNREADABLE"
    assert "Update upstox-browser-login" in done.object["error"]["hint"]
    assert path.read_bytes() == before
    assert upstox.counts.otp_requests == 0


@pytest.mark.usefixtures("upstox")
def test_a_refusal_in_an_older_record_counts(ask: Call, upstox: Replica) -> None:
    """The PIN that it knows stays unsent; `unlock` lifts that, and writes the record anew."""
    path = ledger_of_version_1(pins=[pin(time.time() - 60)])
    assert ask("status").data["login_allowed"] is False
    assert ask("login").code == "COOLING_DOWN"
    assert upstox.counts.otp_requests == 0
    assert json.loads(path.read_text("utf-8"))["version"] == 1
    assert ask("unlock", "--yes").data["lifted"]["code"]
    assert json.loads(path.read_text("utf-8"))["version"] == 2
    assert ask("status").data["login_allowed"] is True

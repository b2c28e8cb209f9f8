"""`refresh --once` and the options of `refresh`, without a browser."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from tests.cli.conftest import Done
from tests.daily.conftest import this_minute
from tests.harness import FakeClock, point_at
from upstox_browser_login import Settings, Token
from upstox_browser_login.cli.run import main
from upstox_browser_login.cli.signals import Interruption
from upstox_browser_login.daily.loop import Daily
from upstox_browser_login.daily.notices import AppriseSender
from upstox_browser_login.daily.record import Notice
from upstox_browser_login.errors import StoreError
from upstox_browser_login.replica import Replica
from upstox_browser_login.session.parts import Parts
from upstox_browser_login.settings import profile_file
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import IST

Call = Callable[..., Done]


def once() -> tuple[str, ...]:
    """A run that is due, whatever the hour."""
    return ("refresh", "--once", "--time", this_minute())


@pytest.fixture
def clock() -> FakeClock:
    """The machine's clock; a test may move it once no other process looks at its own."""
    return FakeClock()


@pytest.fixture
def upstox(clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replica]:
    """A replica with the machine's clock, and an environment that points at it."""
    with Replica(clock=clock.time) as replica:
        point_at(replica, tmp_path, monkeypatch)
        yield replica


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    def run(*argv: object) -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        capsys.readouterr()
        status = main([str(each) for each in argv])
        return Done(status, *capsys.readouterr())

    return run


@pytest.fixture
def no_browser(upstox: Replica, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Replica:
    """A machine on which every login fails before anything reaches Upstox."""
    monkeypatch.setenv("UPSTOX_BROWSER_PATH", str(tmp_path / "no-such-browser"))
    return upstox


def write_env(file: Path, values: Mapping[str, str]) -> None:
    file.write_text("".join(f"{name}='{value}'\n" for name, value in values.items()))


@pytest.fixture
def stored(upstox: Replica) -> Token:
    """A token that Upstox accepts."""
    plain = upstox._world.state.mint.access_token()
    token = Token.from_reply({"access_token": plain}, issued_at=datetime.now(UTC))
    settings = Settings()
    open_store(settings).save(token_key(settings), token)
    return token


class Sent:
    """Takes the place of apprise's delivery."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.notices: list[Notice] = []
        monkeypatch.setenv("UPSTOX_NOTIFY_URLS", "json://127.0.0.1:1/hook")
        monkeypatch.setattr(AppriseSender, "send", self._send)

    def _send(self, notice: Notice) -> bool:
        self.notices.append(notice)
        return True

    @property
    def kinds(self) -> list[str]:
        return [each.kind for each in self.notices]


def test_once_does_nothing_with_a_valid_token(stored: Token, call: Call, tmp_path: Path) -> None:
    env_file = tmp_path / "my.env"
    env_file.write_text("# mine\naccess_token=old\n")
    env_file.chmod(0o600)
    done = call(*once(), "--format", "json", "--write", env_file)
    assert done.data["action"] == "none"
    assert done.data["expires_at"] == stored.expires_at.isoformat(timespec="seconds")
    plain = stored.access_token.get_secret_value()
    assert env_file.read_text() == f"# mine\naccess_token={plain}\n"
    assert plain not in done.out + done.err


def test_a_revoked_token_is_forgotten_and_a_new_one_tried(
    no_browser: Replica, stored: Token, call: Call
) -> None:
    settings = Settings()
    aged = stored.model_copy(update={"issued_at": datetime.now(UTC) - timedelta(hours=2)})
    open_store(settings).save(token_key(settings), aged)
    no_browser._world.state.mint.revoke(stored.access_token.get_secret_value())
    done = call(*once())
    assert done.status == 8
    assert "Upstox no longer accepts the token" in done.err
    assert open_store(settings).load(token_key(settings)) is None


def test_a_failure_ends_with_its_status_and_is_not_tried_again_at_once(
    no_browser: Replica, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One notice, whatever the number of tries; and one when there is a token again."""
    sent = Sent(monkeypatch)
    assert call(*once()).status == 8
    assert sent.kinds == ["failure"]
    again = call(*once(), "--format", "json")
    assert (again.status, again.code) == (6, "COOLING_DOWN")
    assert sent.kinds == ["failure"]
    assert "BROWSER_MISSING" in sent.notices[0].title
    assert "What to do: " in sent.notices[0].body
    plain = no_browser._world.state.mint.access_token()
    token = Token.from_reply({"access_token": plain}, issued_at=datetime.now(UTC))
    settings = Settings()
    open_store(settings).save(token_key(settings), token)
    assert call(*once()).status == 0
    assert sent.kinds == ["failure", "over"]


@pytest.mark.usefixtures("upstox")
def test_a_block_of_the_ledger_is_told_and_ends_it(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    from upstox_browser_login.ledger import Ledger
    from upstox_browser_login.store import account_key, open_ledger_documents

    sent = Sent(monkeypatch)
    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.sending_pin(settings.secret("pin_code"))
    ledger.pin_refused(settings.secret("pin_code"))
    for _ in range(2):
        done = call(*once(), "--format", "json")
        assert (done.status, done.code) == (6, "COOLING_DOWN")
        assert done.object["error"]["upstox_code"] == "1017106"
        assert "[1017106]" in done.err
        assert "Correct UPSTOX_PIN_CODE" in done.object["error"]["hint"]
    assert sent.kinds == ["failure"]


@pytest.mark.usefixtures("upstox")
def test_a_wait_that_upstox_asked_for_is_told_as_login_tells_it(call: Call) -> None:
    from upstox_browser_login.ledger import Ledger
    from upstox_browser_login.store import account_key, open_ledger_documents

    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.rate_limited(600, "1017069")
    done = call(*once(), "--format", "json")
    assert (done.status, done.code) == (6, "RATE_LIMITED")
    assert done.object["error"] == call("login", "--format", "json").object["error"]


def test_once_before_its_time_is_no_failure(no_browser: Replica, call: Call) -> None:
    """A run of cron before the day's login leaves nothing to be mailed, and sends nothing."""
    now = datetime.now(IST)
    later = now + timedelta(minutes=2)
    if later.date() != now.date():
        pytest.skip("it is about to be midnight in India")
    done = call("refresh", "--once", "--time", f"{later:%H:%M}", "--format", "json")
    assert done.status == 0
    assert done.data == {
        "action": "none",
        "reason": f"The day's login is due at {later:%H:%M} IST; "
        "`upstox-browser-login login` tries at once.",
        "expires_at": None,
    }
    assert not list(no_browser.log)


@pytest.mark.usefixtures("no_browser")
@pytest.mark.parametrize(("more", "status"), [((), 0), (("--once",), 128 + signal.SIGTERM)])
def test_a_signal_before_the_loop_ends_it_as_one_within(
    call: Call, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], status: int
) -> None:
    """A service that is stopped in its first second has not failed."""

    def stopped(_: object) -> NoReturn:
        raise Interruption(signal.SIGTERM)

    monkeypatch.setattr("upstox_browser_login.cli.refresh.settings_of", stopped)
    done = call("refresh", *more)
    assert done.status == status
    assert "Stopped by SIGTERM." in done.err


def test_a_setting_that_was_corrected_in_its_file_counts_at_once(
    upstox: Replica, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Otherwise it would go on with the PIN that was refused. Other lines change nothing."""
    pin_file, env_file = tmp_path / "pin", tmp_path / "my.env"
    values = upstox.settings() | {"UPSTOX_PIN_CODE_FILE": str(pin_file)}
    del values["UPSTOX_PIN_CODE"]
    pins: list[str] = []

    def run(daily: Daily) -> NoReturn:
        for edit in edits:
            edit()
            daily.wait(0)
            pins.append(daily.settings.secret("pin_code"))
        raise Interruption(signal.SIGTERM)

    def keep() -> None:
        write_env(env_file, values)

    def correct() -> None:
        pin_file.write_text("024680")

    def break_it() -> None:
        values["UPSTOX_TIMEOUT"] = "x"
        keep()

    def mend_it() -> None:
        del values["UPSTOX_TIMEOUT"]
        keep()

    def move() -> None:
        del values["UPSTOX_PIN_CODE_FILE"]
        values["UPSTOX_PIN_CODE"] = "975310"
        keep()

    def add_a_token() -> None:
        values["access_token"] = "new"
        keep()

    keep()
    pin_file.write_text("135791")
    monkeypatch.setattr("upstox_browser_login.daily.loop.Daily.run", run)
    edits: list[Callable[[], object]]
    edits = [correct, break_it, mend_it, env_file.unlink, move, add_a_token, env_file.read_text]
    done = call("refresh", "--env-file", env_file)
    assert pins == ["024680", "024680", "024680", "024680", "975310", "975310", "975310"]
    assert done.err.count("The settings were read again.") == 3, "also once they are mended"
    assert done.err.count("The settings stay as they were: ") == 2


def test_corrected_settings_wait_for_a_store_that_does_not_answer(
    upstox: Replica,
    clock: FakeClock,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Dropped for good, the old PIN would be the next one to be sent."""
    env_file, pins = tmp_path / "my.env", []
    values = upstox.settings()
    write_env(env_file, values)
    usable = Parts.usable

    def unanswered(*_: object) -> NoReturn:
        raise StoreError("It does not answer.", code="STORE_UNREADABLE")

    def run(daily: Daily) -> NoReturn:
        daily.clock = clock
        env_file.write_text(env_file.read_text().replace("024680", "975310"))
        for check in (unanswered, usable):
            monkeypatch.setattr(Parts, "usable", check)
            daily.wait(0)
            pins.append(daily.settings.secret("pin_code"))
            clock.offset += 61
        raise Interruption(signal.SIGTERM)

    monkeypatch.setattr("upstox_browser_login.daily.loop.Daily.run", run)
    # A file that was written a moment ago counts as changed once more, which is not meant here.
    monkeypatch.setattr("upstox_browser_login.settings.current._TICK", -(10**18))
    assert "The settings were read again." in call("refresh", "--env-file", env_file).err
    assert pins == ["024680", "975310"]


def test_corrected_settings_wait_for_a_command_that_fails(
    upstox: Replica,
    clock: FakeClock,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """As with a password manager that is locked. It is told once, and asked less and less often."""
    env_file, lock, runs = tmp_path / "my.env", tmp_path / "locked", tmp_path / "runs"
    values = upstox.settings()
    write_env(env_file, values)
    script = tmp_path / "pin.py"
    script.write_text(
        "import os\n"
        f"open({str(runs)!r}, 'a').write('x')\n"
        f"print('' if os.path.exists({str(lock)!r}) else '975310')\n"
    )
    pins: list[str] = []

    def run(daily: Daily) -> NoReturn:
        daily.clock = clock
        lock.touch()
        values["UPSTOX_PIN_CODE_COMMAND"] = f'"{sys.executable}" "{script}"'
        del values["UPSTOX_PIN_CODE"]
        write_env(env_file, values)
        for _ in range(60):
            daily.wait(0)
            clock.offset += 60
        pins.append(daily.settings.secret("pin_code"))
        lock.unlink()
        for _ in range(30):
            daily.wait(0)
            clock.offset += 60
        pins.append(daily.settings.secret("pin_code"))
        raise Interruption(signal.SIGTERM)

    monkeypatch.setattr("upstox_browser_login.daily.loop.Daily.run", run)
    # A file that was written a moment ago counts as changed once more, which is not meant here.
    monkeypatch.setattr("upstox_browser_login.settings.current._TICK", -(10**18))
    done = call("refresh", "--env-file", env_file)
    assert pins == ["024680", "975310"]
    assert done.err.count("The settings stay as they were: ") == 1
    assert len(runs.read_text()) == 7, (
        "after 0, 1, 3, 7, 15 and 31 minutes, and once it is unlocked"
    )


@pytest.mark.usefixtures("upstox")
def test_a_secret_that_was_corrected_in_the_folder_of_an_option_counts_at_once(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir()
    monkeypatch.delenv("UPSTOX_PIN_CODE")
    pin = folder / "UPSTOX_PIN_CODE"
    pin.write_text("135791")
    pins: list[str] = []

    def run(daily: Daily) -> NoReturn:
        pin.write_text("024680")
        daily.wait(0)
        pins.append(daily.settings.secret("pin_code"))
        raise Interruption(signal.SIGTERM)

    monkeypatch.setattr("upstox_browser_login.daily.loop.Daily.run", run)
    call("refresh", "--secrets-dir", folder)
    assert pins == ["024680"]


@pytest.mark.usefixtures("no_browser")
def test_once_keeps_no_token_in_memory(call: Call) -> None:
    """It would send a PIN at each run of the scheduler."""
    done = call(*once(), "--token-store", "memory")
    assert done.status == 3
    assert "Each run of --once would log in" in " ".join(done.err.split())


def test_once_names_all_missing_settings_at_once(call: Call) -> None:
    done = call(*once())
    assert done.status == 3
    for name in ("USERNAME", "PIN_CODE", "TOTP_SECRET", "CLIENT_ID", "CLIENT_SECRET"):
        assert f"UPSTOX_{name}" in done.err


@pytest.mark.usefixtures("upstox")
def test_a_wait_of_the_ledger_is_not_to_be_cut_short_by_a_login(call: Call) -> None:
    """That would be refused."""
    from upstox_browser_login.ledger import Ledger
    from upstox_browser_login.store import account_key, open_ledger_documents

    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.rate_limited(600, "1017069")
    done = call(*once(), "--format", "json")
    assert done.status == 6
    assert done.object["error"]["hint"].startswith("Wait until ")
    assert "`upstox-browser-login unlock`" in done.object["error"]["hint"]


@pytest.mark.usefixtures("upstox")
def test_a_locked_account_is_told_as_that(call: Call) -> None:
    from upstox_browser_login.ledger import Ledger
    from upstox_browser_login.store import account_key, open_ledger_documents

    settings = Settings()
    ledger = Ledger(open_ledger_documents(settings), account_key(settings), settings.client_secret)
    ledger.account_locked()
    done = call(*once(), "--format", "json")
    assert (done.status, done.code) == (6, "ACCOUNT_LOCKED")
    assert call(*once()).err.count("hint:") == 1


@pytest.mark.usefixtures("no_browser")
def test_whoever_sets_an_address_because_it_fails_is_told(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(*once()).status == 8
    sent = Sent(monkeypatch)
    assert call(*once()).status == 6
    assert sent.kinds == ["failure"]


@pytest.mark.usefixtures("no_browser")
def test_a_corrected_setting_is_tried_at_once(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert call(*once()).status == 8
    assert call(*once()).status == 6
    monkeypatch.setenv("UPSTOX_BROWSER_PATH", str(tmp_path / "another"))
    assert call(*once()).status == 8


@pytest.mark.usefixtures("no_browser")
def test_unlock_lets_the_daily_login_try_again(call: Call) -> None:
    """Its pause is not a block of the ledger, which has nothing to lift."""
    assert call(*once()).status == 8
    assert call(*once()).status == 6
    assert call("unlock", "-y").status == 0
    assert call(*once()).status == 8


def test_a_closed_day_is_no_failure(upstox: Replica, call: Call) -> None:
    upstox.set("holiday=trading")
    done = call(*once(), "--trading-days", "--format", "json")
    assert done.status == 0
    assert done.data["action"] == "none"
    assert "NSE is closed today" in done.data["reason"]
    upstox.set("holiday=trading", "http=holidays:500")
    assert call(*once(), "--trading-days").status == 0, "the list is kept"
    steps = [each.step for each in upstox.log]
    assert steps == ["holidays"]


def test_without_the_list_a_login_is_made(no_browser: Replica, call: Call) -> None:
    no_browser.set("http=holidays:500")
    done = call(*once(), "--trading-days")
    assert done.status == 8
    assert "Whether the exchange is open today is not known" in done.err


@pytest.mark.usefixtures("stored")
def test_a_time_before_half_past_three_is_warned_of(call: Call) -> None:
    done = call("refresh", "--once", "--time", "02:00")
    assert done.status == 0
    assert "WARNING A token of 02:00 IST dies at 03:30 IST" in done.err


@pytest.mark.usefixtures("stored")
def test_the_log_has_times_and_goes_to_a_file_too(call: Call, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "my.log"
    log.parent.mkdir()
    args = ("refresh", "--once", "--time", "02:00", "--log-format", "json", "--log-file", log)
    done = call(*args)
    (line,) = done.err.splitlines()
    assert log.read_text() == done.err
    entry = json.loads(line)
    assert entry["level"] == "warning"
    assert datetime.fromisoformat(entry["time"]).tzinfo is not None
    if os.name != "nt":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("options", "status", "text"),
    [
        (["--time", "8 o'clock"], 2, "HH:MM"),
        (["--time", "25:00"], 2, "HH:MM"),
        (["--time", "T0800"], 2, "HH:MM"),
        (["--once", "--health", "127.0.0.1:0"], 2, "does not go with --once"),
        (["--health", "nowhere"], 3, "no address to listen on"),
        (["--write", "/no/such/folder/.env"], 3, "There is no folder"),
        (["--log-file", "/no/such/folder/log"], 3, "There is no folder"),
        (["--log-file", "/"], 11, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_sent(
    options: list[str], status: int, text: str, upstox: Replica, call: Call
) -> None:
    done = call("refresh", *options)
    assert done.status == status
    assert text in done.err
    assert not list(upstox.log)


@pytest.mark.usefixtures("upstox")
def test_a_missing_package_is_told_before_anything_is_sent(
    call: Call, monkeypatch: pytest.MonkeyPatch, upstox: Replica
) -> None:
    monkeypatch.setenv("UPSTOX_NOTIFY_URLS", "json://127.0.0.1:1/hook")
    monkeypatch.setitem(sys.modules, "apprise", None)
    done = call(*once())
    assert done.status == 3
    assert "upstox-browser-login[notify]" in done.err
    assert not list(upstox.log)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("UPSTOX_NOTIFY_URLS", "foo://bar", "has an address that apprise does not know"),
        ("UPSTOX_NOTIFY_URLS", "me at mail.example", "must be addresses as apprise writes them"),
        ("UPSTOX_NOTIFY_ON", "never", "must be failure or always"),
    ],
)
def test_nobody_to_tell_stops_refresh_alone(
    call: Call, stored: Token, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    done = call(*once())
    assert (done.status, told in done.err) == (3, True)
    assert call("token").out.strip() == stored.access_token.get_secret_value()
    checked = call("check-env")
    assert (checked.status, checked.out.splitlines()[-1]) == (0, "A login can start.")
    assert f"warning: {name}: {told}" in checked.err


@pytest.mark.parametrize("more", [(), ("--once",)])
@pytest.mark.parametrize(
    ("name", "value", "options"),
    [
        ("UPSTOX_PIN_CODE", "x", ()),
        ("UPSTOX_TOKEN_STORE", "keyring", ()),
        ("UPSTOX_PIN_CODE", "024680", ("--write", "/no/such/folder/.env")),
        ("UPSTOX_PIN_CODE", "024680", ("--log-file", "/no/such/folder/log")),
    ],
)
def test_what_keeps_it_from_beginning_is_told_once(
    name: str,
    value: str,
    options: tuple[str, ...],
    more: tuple[str, ...],
    upstox: Replica,
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever runs it as a service does not read what it printed."""
    sent = Sent(monkeypatch)
    monkeypatch.setenv(name, value)
    monkeypatch.setitem(sys.modules, "keyring", None)
    # Where an earlier test has imported it, it would have the package all the same.
    monkeypatch.delitem(sys.modules, "upstox_browser_login.store.keyring", raising=False)
    for _ in range(2):
        assert call("refresh", *options, *more).status == 3
    assert sent.kinds == ["failure"]
    assert "CONFIGURATION" in sent.notices[0].title
    assert not list(upstox.log)


@pytest.mark.usefixtures("no_browser")
def test_an_error_that_nobody_foresaw_is_told_once(
    call: Call, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """However often a service is started again: one message, and one when it works again."""
    sent = Sent(monkeypatch)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("of a mistake")

    with monkeypatch.context() as patch:
        patch.setattr("upstox_browser_login.daily.loop.look", broken)
        for _ in range(2):
            assert call(*once()).status == 1
        assert sent.kinds == ["failure"]
    assert sent.notices[0].title == "upstox-browser-login: refresh has ended (UNEXPECTED)"
    assert "RuntimeError" in sent.notices[0].body
    request.getfixturevalue("stored")
    assert call(*once()).status == 0
    assert sent.kinds == ["failure", "over"]


@pytest.mark.parametrize("more", [(), ("--once",)])
def test_nothing_is_written_for_no_account(
    more: tuple[str, ...], call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As by somebody who tries it in a folder without settings."""
    state = tmp_path / "state"
    monkeypatch.setenv("UPSTOX_STATE_DIR", str(state))
    assert call("refresh", *more).status == 3
    assert not state.exists()


def test_who_is_told_is_known_without_the_env_file(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = Sent(monkeypatch)
    assert call("refresh", "--env-file", "/no/such/.env").status == 3
    assert sent.kinds == ["failure"]
    assert "does not exist" in sent.notices[0].body


def test_a_notice_names_the_profile(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several accounts, one has failed; and what is to be done is done to that one."""
    sent = Sent(monkeypatch)
    path = profile_file("papa")
    path.parent.mkdir(parents=True)
    path.write_text("UPSTOX_PIN_CODE=1\n")
    path.chmod(0o600)
    assert call("refresh", "--profile", "papa").status == 3
    assert sent.notices[0].title.endswith("(CONFIGURATION), profile papa")
    assert "`upstox-browser-login check-env --profile papa`" in sent.notices[0].body


@pytest.mark.usefixtures("stored")
def test_settings_that_work_again_are_told(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = Sent(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setenv("UPSTOX_TIMEOUT", "1")
        assert call(*once()).status == 3
    assert call(*once()).status == 0
    assert sent.kinds == ["failure", "over"]
    assert "The settings can be used." in sent.notices[1].body


@pytest.mark.usefixtures("stored")
def test_who_is_told_is_fetched_when_there_is_something_to_tell(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that fails ends nothing, and is tried again with the next notice."""
    monkeypatch.setenv("UPSTOX_NOTIFY_URLS_COMMAND", "false")
    assert call(*once()).status == 0
    monkeypatch.setenv("UPSTOX_TIMEOUT", "1")
    done = call(*once())
    assert done.status == 3
    assert "A notice is not sent: UPSTOX_NOTIFY_URLS_COMMAND ended with exit status 1" in done.err


def test_a_health_address_that_is_taken_ends_it_before_a_login(upstox: Replica, call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = call("refresh", "--health", f"127.0.0.1:{taken.getsockname()[1]}")
    assert done.status == 3
    assert "Cannot listen on 127.0.0.1" in done.err
    assert "--health" in done.err
    assert not list(upstox.log)


@pytest.mark.usefixtures("upstox")
def test_a_store_that_does_not_answer_is_told_as_that(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = Sent(monkeypatch)
    monkeypatch.setenv("UPSTOX_TOKEN_STORE", "redis://127.0.0.1:1/0")
    done = call(*once(), "--format", "json")
    assert (done.status, done.code) == (11, "STORE_UNREADABLE")
    assert sent.kinds == ["failure"]
    assert "STORE_UNREADABLE" in sent.notices[0].title


def test_missing_settings_are_named(call: Call) -> None:
    done = call("refresh")
    assert done.status == 3
    assert "UPSTOX_PIN_CODE" in done.err

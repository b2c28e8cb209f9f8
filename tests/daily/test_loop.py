"""One round of the loop after another, where what a login brings is given."""

from __future__ import annotations

import datetime as dt
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.daily.conftest import until
from tests.daily.simulation import ledger_of, trouble_of
from tests.daily.staged import Killed, Stage, outage
from tests.harness import FakeClock, printing_file
from upstox_browser_login.cli.signals import Interruption
from upstox_browser_login.daily.loop import Daily
from upstox_browser_login.daily.notices import DELIVERY_SECONDS, ENDED, put
from upstox_browser_login.daily.plan import (
    MOST_LOGINS,
    CheckToken,
    LogIn,
    Stop,
    Wait,
    Why,
    Wishes,
    decide,
)
from upstox_browser_login.daily.present import brought, look
from upstox_browser_login.daily.record import OUTBOX, Notice, Record, Records
from upstox_browser_login.daily.supervisor import Supervisor
from upstox_browser_login.errors import (
    ConfigurationError,
    CredentialsRejectedError,
    PageChangedError,
    TokenExchangeError,
    UpstoxError,
    UpstoxUnavailableError,
)
from upstox_browser_login.programs import join_command
from upstox_browser_login.session import LoginResult
from upstox_browser_login.session.progress import Progress
from upstox_browser_login.settings import Settings
from upstox_browser_login.settings.deferred import forget_fetched
from upstox_browser_login.store import open_store, token_key
from upstox_browser_login.token import IST


def test_what_is_waited_for_is_told_once(stage: Stage) -> None:
    daily = stage.daily()
    assert isinstance(daily.turn(), LogIn)
    for _ in range(3):
        waits = daily.turn()
        assert isinstance(waits, Wait)
        assert waits.why is Why.VALID
    assert len(stage.told) == 1
    assert stage.told[0].startswith("The token is valid until 03:30 IST on ")


def test_retries_are_counted_by_the_day_also_over_a_restart(stage: Stage) -> None:
    stage.ends = [outage() for _ in range(3)]
    moments = []
    for _ in range(3):
        daily = stage.daily()
        assert isinstance(daily.turn(), LogIn)
        waits = stage.daily().turn()
        assert isinstance(waits, Wait)
        moments.append(waits.until - stage.desk.clock.now())
        stage.desk.clock.offset += moments[-1].total_seconds()
    assert [round(each.total_seconds() / 60) for each in moments] == [1, 2, 4]
    assert stage.kinds == ["failure"]
    assert isinstance(stage.daily().turn(), LogIn)
    stage.daily().turn()
    assert stage.kinds == ["failure", "over"]


def test_a_program_that_is_ended_in_each_login_has_few_of_them(stage: Stage) -> None:
    """As by a lack of memory, and started again at once: before anything is sent that counts."""
    stage.killed = True
    for _ in range(12 * 30):
        with suppress(Killed):
            stage.daily().turn()
        stage.desk.clock.offset += 120
    assert 12 <= stage.logins <= 30
    assert stage.kinds == ["failure"]
    assert "stopped before its end" in stage.notices[0].body
    stage.killed = False
    stage.desk.clock.offset += 1800
    stage.daily().turn()
    stage.daily().turn()
    assert stage.kinds == ["failure", "over"]


def test_a_login_that_a_signal_ended_is_told_to_nobody_and_keeps_its_pause(stage: Stage) -> None:
    """As where a person stops the service: that is no lack of memory."""

    def stop() -> None:
        raise Interruption(signal.SIGTERM)

    stage.during = stop
    with pytest.raises(Interruption):
        stage.daily().turn()
    stage.during = None
    waits = stage.daily().turn()
    assert isinstance(waits, Wait)
    assert waits.text == f"{ENDED} The next login is at 04:01 IST."
    assert stage.kinds == []


def test_a_login_of_another_process_is_not_taken_for_one_that_was_stopped(stage: Stage) -> None:
    """While that one is at it, the plan of this one wants a login, which waits for its turn."""
    settings = stage.settings()
    seen = []

    def look_at_it() -> None:
        record = Records.of_account(settings).read()
        assert record.failed is not None
        assert record.failed.code == "INTERRUPTED"
        seen.append(look(settings, stage.desk.clock, record, None))

    stage.during = look_at_it
    stage.daily().turn()
    assert isinstance(decide(seen[0].present, Wishes()), LogIn)
    assert stage.kinds == []


def test_a_job_that_waited_for_another_one_s_failed_login_sends_no_pin_of_its_own(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """Both wanted a login at the same time; the other's PIN was accepted, its code was not."""
    caplog.set_level("DEBUG")
    daily = stage.daily()
    waiting = threading.Thread(target=daily.turn)

    def let_the_other_wait() -> None:
        stage.during = None
        waiting.start()
        until(lambda: "waiting for the lock" in caplog.text)

    stage.during, stage.sends = let_the_other_wait, True
    stage.ends = [TokenExchangeError("The code is spent.", code="CODE_REJECTED", step="exchange")]
    stage.daily().turn()
    waiting.join(60)
    waits = daily.turn()
    assert stage.logins == 1
    assert isinstance(waits, Wait)
    assert waits.text == "The code is spent. The next login is at 05:00 IST."
    assert stage.kinds == ["failure"]
    failed = Records.of_account(stage.settings()).read().failed
    assert failed is not None
    assert failed.count == 1


def test_a_scheduled_run_that_waited_for_a_failed_login_tells_until_when_to_wait(
    stage: Stage,
) -> None:
    stage.ends = [PageChangedError("No such page.")]
    stage.before = stage.daily().turn
    waits = stage.daily(once=True).once()
    assert isinstance(waits, Wait)
    assert waits.why is Why.GIVEN_UP
    assert stage.logins == 1


def test_a_refusal_that_was_met_while_waiting_does_not_shorten_the_pause(stage: Stage) -> None:
    """A refused code is not tried again today, though the ledger would allow it after minutes."""
    stage.ends = [CredentialsRejectedError("Wrong code.", code="TOTP_REJECTED", step="totp")]

    def refused() -> None:
        stage.daily().turn()
        ledger = ledger_of(stage.desk, stage.settings())
        ledger.sending_code("123456", int(stage.desk.clock.time() // 30), 30)
        ledger.code_refused(final=True)

    stage.before = refused
    stage.daily().turn()
    failed = Records.of_account(stage.settings()).read().failed
    assert failed is not None
    assert failed.code == "TOTP_REJECTED"


def test_a_failure_is_said_once(stage: Stage) -> None:
    """What is waited for then does not repeat it, except in a log that begins anew."""
    stage.ends = [outage()]
    daily = stage.daily()
    daily.turn()
    daily.turn()
    assert stage.told == ["No way to Upstox.", "The next login is at 04:01 IST."]
    stage.daily().turn()
    assert stage.told[2:] == ["No way to Upstox. The next login is at 04:01 IST."]


def test_a_notice_that_could_not_be_delivered_is_sent_later(stage: Stage) -> None:
    stage.ends, stage.delivers = [outage()], False
    stage.daily().turn()
    stage.daily().turn()
    assert stage.kinds == ["failure"], "not tried again at once"
    stage.desk.clock.offset += 600
    stage.delivers = True
    stage.ends = [outage()]
    stage.daily().turn()
    assert stage.kinds == ["failure", "failure"]
    stage.daily().turn()
    assert len(stage.kinds) == 2


def test_what_goes_wrong_after_the_login_is_told_once(stage: Stage) -> None:
    stage.trouble = "UPSTOX_AFTER_LOGIN ended with exit status 3; the login stands."
    for _ in range(2):
        stage.daily().turn()
        stage.at("04:00", days=1)
    assert stage.kinds == ["after-login"]
    assert "exit status 3" in stage.notices[0].body


def test_a_login_counts_though_the_command_after_it_ends_the_program(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one that starts this very service anew."""

    def ended(result: LoginResult) -> str | None:
        raise Killed

    monkeypatch.setattr(stage, "logged_in", ended)
    daily = stage.daily()
    with pytest.raises(Killed):
        daily.turn()
    assert len(brought(stage.settings(), stage.desk.clock).times()) == 1


def test_success_is_told_where_that_is_wished(stage: Stage) -> None:
    stage.changes = {"notify_on": "always"}
    stage.daily().turn()
    assert stage.kinds == ["success"]


def test_a_notice_says_what_to_do_and_where_the_evidence_is(stage: Stage) -> None:
    stage.ends = [
        UpstoxUnavailableError("No way.", code="NETWORK", hint="Look at it.", trace="traces/one")
    ]
    stage.daily().turn()
    assert stage.notices[0].body.splitlines() == [
        "No way.",
        "What to do: Look at it.",
        f"Evidence: {Path('traces/one').absolute()}",
    ]


def test_a_token_that_somebody_else_got_ends_the_incident(stage: Stage) -> None:
    stage.ends = [outage()]
    stage.daily().turn()
    stage.store(stage.token())
    stage.daily().turn()
    assert stage.kinds == ["failure", "over"]
    assert stage.logins == 1


def test_a_revoked_token_is_replaced(stage: Stage) -> None:
    token = stage.token()
    stage.store(token)
    daily = stage.daily()
    daily.turn()
    stage.replica._world.state.mint.revoke(token.access_token.get_secret_value())
    stage.desk.clock.offset += 3601
    daily.turn()
    assert any("no longer accepts" in each for each in stage.told)
    assert isinstance(daily.turn(), LogIn)
    waits = daily.turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.VALID


def test_a_clock_that_is_behind_does_not_ask_upstox_without_a_pause(stage: Stage) -> None:
    """A token's time of issue is by Upstox's clock, and this machine's may be minutes behind."""
    token = stage.token()
    ahead = stage.desk.clock.now() + dt.timedelta(minutes=5)
    stage.store(token.model_copy(update={"issued_at": ahead}))
    daily = stage.daily()
    assert isinstance(daily.turn(), CheckToken)
    waits = daily.turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.VALID
    assert [each.step for each in stage.replica.log] == ["profile"]


def test_a_command_that_fails_is_told_once_and_tried_after_a_pause(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The login fetches the password, which a locked password manager does not give out."""
    monkeypatch.setenv("UPSTOX_PASSWORD_COMMAND", f'"{sys.executable}" -c "raise SystemExit(1)"')
    monkeypatch.setattr(stage, "log_in", lambda login: login(progress=Progress()))
    daily = stage.daily()
    assert isinstance(daily.turn(), LogIn)
    waits = daily.turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.PAUSE
    assert "UPSTOX_PASSWORD_COMMAND ended with exit status 1" in waits.text
    stage.desk.clock.offset += 61
    assert isinstance(stage.daily().turn(), LogIn), "a restart counts the pauses on"
    assert stage.kinds == ["failure"]
    assert not list(stage.replica.log)


def test_a_needed_secret_that_cannot_be_fetched_is_told_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As from cron at night: the run ends, and the next one tells nothing new."""
    stage.changes = {"pin_code": None}  # type: ignore[dict-item]
    monkeypatch.setenv("UPSTOX_PIN_CODE_COMMAND", f'"{sys.executable}" -c "raise SystemExit(1)"')
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="UPSTOX_PIN_CODE_COMMAND"):
            stage.daily(once=True).once()
    assert stage.kinds == ["failure"]
    assert "CONFIGURATION" in stage.notices[0].title


def test_tokens_that_are_lost_again_and_again_are_told_once(stage: Stage) -> None:
    """Those of its own logins; a program that is started anew knows of them."""
    settings = stage.settings()
    for _ in range(3):
        assert isinstance(stage.daily().turn(), LogIn)
        open_store(settings).delete(token_key(settings))
    daily = stage.daily()
    for _ in range(3):
        waits = daily.turn()
        assert isinstance(waits, Wait)
        assert waits.why is Why.LOST
    assert stage.logins == 3
    assert [each.title.rpartition(" ")[2] for each in stage.notices] == ["(TOKEN_REVOKED)"]
    assert "What to do: See what revokes" in stage.notices[0].body


@pytest.mark.parametrize(
    "error",
    [
        TokenExchangeError("The code is spent.", code="CODE_REJECTED", step="exchange"),
        TokenExchangeError("What is that?", code="BAD_RESPONSE", step="exchange"),
        UpstoxUnavailableError("HTTP 500.", code="SERVER_ERROR", step="exchange"),
    ],
    ids=lambda error: error.code,
)
def test_a_day_in_which_the_exchange_always_fails_has_few_logins(
    stage: Stage, error: UpstoxError
) -> None:
    """Each has cost a TOTP code and a PIN; and the program is started anew before each round."""
    stage.at("03:30", days=1)
    end = stage.desk.clock.now() + dt.timedelta(days=1)
    stage.sends, stage.ends = True, [error] * 100
    moments = []
    while stage.desk.clock.now() < end:
        action = stage.daily().turn()
        if isinstance(action, LogIn):
            moments.append(f"{stage.desk.clock.now().astimezone(IST):%H:%M}")
        else:
            assert isinstance(action, Wait)
            ahead = (action.until - stage.desk.clock.now()).total_seconds()
            stage.desk.clock.offset += max(ahead, 1.0)
    assert stage.logins == len(moments) == MOST_LOGINS
    assert moments[2] < "09:00" < moments[-1] < "12:00", "and some when Upstox is at work"
    assert stage.kinds == ["failure"]


def kept_elsewhere(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, value: str
) -> Path:
    """The file that a command prints, from which a program fetches this setting."""
    kept = folder / name
    kept.write_text(value)
    monkeypatch.setenv(f"UPSTOX_{name.upper()}_COMMAND", printing_file(kept))
    stage.changes = {name: None}  # type: ignore[dict-item]
    return kept


def test_a_secret_that_cannot_be_fetched_yet_is_waited_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As at a machine's start, when neither network nor keyring is there."""
    pin, script = tmp_path / "pin", tmp_path / "pin.py"
    script.write_text(f"print(open({str(pin)!r}).read())")
    monkeypatch.setenv("UPSTOX_PIN_CODE_COMMAND", f'"{sys.executable}" "{script}"')
    stage.changes = {"pin_code": None}  # type: ignore[dict-item]
    stage.daily().turn()
    daily = stage.daily()
    for _ in range(2):
        waits = daily.turn()
        assert isinstance(waits, Wait)
        assert waits.why is Why.UNSET
        assert "UPSTOX_PIN_CODE_COMMAND ended with exit status 1" in waits.text
    assert [each.title.partition(": ")[2] for each in stage.notices] == [
        "refresh cannot begin (CONFIGURATION)"
    ], "once, though the program was started twice"
    pin.write_text(stage.replica.account.pin)
    assert daily.turn() == waits, "a command that may ask a person is not run all the time"
    stage.desk.clock.offset += 61
    assert isinstance(daily.turn(), LogIn)
    assert stage.kinds == ["failure", "over"]


@pytest.mark.parametrize("by", ["unlock", "login", "nothing"])
def test_a_pin_that_was_corrected_in_a_password_manager_is_fetched_anew(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by: str
) -> None:
    """Whoever has run `unlock` then, or logged in by hand, means the new one."""
    pin = kept_elsewhere(stage, monkeypatch, tmp_path, "pin_code", "135791")
    stage.ends = [CredentialsRejectedError("No.", code="PIN_REJECTED")]
    daily = stage.daily()
    tried = []
    stage.during = lambda: tried.append(daily.settings.secret("pin_code"))
    assert isinstance(daily.turn(), LogIn)
    ledger = ledger_of(stage.desk, daily.settings)
    ledger.pin_refused("135791")
    assert isinstance(daily.turn(), Stop)
    pin.write_text("024680")
    if by == "unlock":
        ledger.unlock()
    elif by == "login":
        ledger.succeeded()
        stage.store(stage.token())
        assert isinstance(daily.turn(), Wait)
        stage.at("04:00", days=1)
    else:
        stage.desk.clock.offset += 3600
    assert isinstance(daily.turn(), LogIn)
    assert tried == ["135791", "024680"]


@pytest.mark.parametrize("by", ["unlock", "login"])
def test_a_pin_that_was_refused_in_another_process_and_corrected_is_not_sent_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by: str
) -> None:
    """As by a login by hand, after a person has changed the PIN at Upstox."""
    pin = kept_elsewhere(stage, monkeypatch, tmp_path, "pin_code", "135791")
    daily = stage.daily()
    tried: list[str] = []
    stage.during = lambda: tried.append(daily.settings.secret("pin_code"))
    assert isinstance(daily.turn(), LogIn)
    settings = stage.settings()
    ledger = ledger_of(stage.desk, settings)
    ledger.sending_pin("135791")
    ledger.pin_refused("135791")
    settings.fetch_anew("pin_code", since=time.monotonic())  # before it is corrected
    pin.write_text("024680")
    other = ledger_of(stage.desk, settings)
    if by == "unlock":
        other.unlock()
    else:
        other.sending_pin("024680")
        other.pin_accepted()
        other.succeeded()
    stage.at("04:00", days=1)
    assert isinstance(daily.turn(), LogIn)
    assert tried == ["135791", "024680"]


def test_a_pin_that_was_refused_before_a_restart_is_fetched_anew_every_hour(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pin = kept_elsewhere(stage, monkeypatch, tmp_path, "pin_code", "135791")
    ledger = ledger_of(stage.desk, stage.settings())
    ledger.sending_pin("135791")
    ledger.pin_refused("135791")
    daily = stage.daily()
    assert isinstance(daily.turn(), Stop)
    pin.write_text("024680")
    assert isinstance(daily.turn(), Stop), "a command that may ask a person is not run all the time"
    stage.desk.clock.offset += 3600
    assert isinstance(daily.turn(), LogIn)


@pytest.mark.parametrize(
    ("name", "code", "old", "new"),
    [
        ("client_secret", "CLIENT_REJECTED", "secret-1", "secret-2"),
        ("client_id", "CLIENT_REJECTED", "app-1", "app-2"),
        ("username", "MOBILE_REJECTED", "9876501234", "9876501235"),
    ],
)
def test_what_was_refused_is_fetched_anew_every_hour(
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    code: str,
    old: str,
    new: str,
) -> None:
    """Also by a program that was started anew since."""
    kept = kept_elsewhere(stage, monkeypatch, tmp_path, name, old)
    stage.ends = [CredentialsRejectedError("No.", code=code)]
    tried: list[str] = []
    daily = stage.daily()
    stage.during = lambda: tried.append(_plain(daily.settings, name))
    assert isinstance(daily.turn(), LogIn)
    forget_fetched()
    daily = stage.daily()
    assert isinstance(daily.turn(), Stop)
    stage.desk.clock.offset += 3600
    assert isinstance(daily.turn(), Stop), "it has not changed"
    kept.write_text(new)
    assert isinstance(daily.turn(), Stop)
    stage.desk.clock.offset += 3600
    assert isinstance(daily.turn(), LogIn)
    assert tried == [old, new]


def _plain(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    return value if isinstance(value, str) else value.get_secret_value()


def test_a_pin_in_doubt_is_fetched_anew_after_settings_could_not_be_read_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A service gets SIGHUP while the password manager is locked; then a person runs `unlock`."""
    pin = kept_elsewhere(stage, monkeypatch, tmp_path, "pin_code", "135791")
    stage.ends = [CredentialsRejectedError("No.", code="PIN_REJECTED")]
    daily = stage.daily()
    tried: list[str] = []
    stage.during = lambda: tried.append(daily.settings.secret("pin_code"))
    assert isinstance(daily.turn(), LogIn)
    pin.unlink()
    forget_fetched()
    with pytest.raises(UpstoxError):
        daily.use(stage.settings(), None)
    pin.write_text("024680")
    ledger_of(stage.desk, daily.settings).unlock()
    assert isinstance(daily.turn(), LogIn)
    assert tried == ["135791", "024680"]


def test_a_clock_that_is_set_back_makes_no_wait_for_a_secret_longer(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine that starts without a clock of its own, and gets the time a little later."""
    monkeypatch.setenv("UPSTOX_PIN_CODE_COMMAND", f'"{sys.executable}" -c "raise SystemExit(1)"')
    stage.changes = {"pin_code": None}  # type: ignore[dict-item]
    stage.desk.clock.offset += 400 * 86_400
    daily = stage.daily()
    first = daily.turn()
    stage.desk.clock.offset -= 400 * 86_400
    second = daily.turn()
    assert isinstance(first, Wait)
    assert isinstance(second, Wait)
    assert second.until < first.until - dt.timedelta(days=399)


def test_a_program_that_is_away_for_a_while_ends_nothing(stage: Stage, tmp_path: Path) -> None:
    """As while a package is upgraded: the command of the TOTP code is not there."""
    program = tmp_path / "code.exe"
    program.write_text("")
    program.chmod(0o700)
    stage.changes = {"totp_secret": None, "totp_command": join_command([str(program)])}  # type: ignore[dict-item]
    daily = stage.daily()
    assert isinstance(daily.turn(), LogIn)
    stage.at("04:00", days=1)
    aside = program.rename(tmp_path / "aside")
    waits = daily.turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.UNSET
    aside.rename(program)
    stage.desk.clock.offset += 61
    assert isinstance(daily.turn(), LogIn)
    daily.turn()
    assert stage.kinds == ["failure", "over"]


@pytest.mark.parametrize(
    "change",
    [
        {"token_store": "sqlite:///page.toml/tokens.db"},
        {"state_dir": "/dev/null/state"},
        {"client_secret": None},
        {"page_file": "page.toml"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_settings_that_cannot_be_used_leave_things_as_they_were(
    stage: Stage, change: dict[str, str]
) -> None:
    Path("page.toml").write_text("odd = true\n", encoding="utf-8")
    daily = stage.daily()
    assert isinstance(daily.turn(), LogIn)
    for _ in range(2):
        with pytest.raises(UpstoxError), daily.trying_settings():
            daily.use(stage.desk.settings(stage.replica, **change), stage)
        waits = daily.turn()
        assert isinstance(waits, Wait)
        assert waits.why is Why.VALID
    assert stage.kinds == ["failure"]
    assert "the settings were not read again" in stage.notices[0].title
    daily.use(stage.settings(), stage)
    daily.turn()
    assert stage.kinds == ["failure", "over"]


class Steady(FakeClock):
    """Its other time moves on as well."""

    def monotonic(self) -> float:
        return super().monotonic() + self.offset


class Watched(Supervisor, frozen=True):
    """Remembers for how long the loop said that it was busy."""

    limits: list[float] = []  # noqa: RUF012  (each has a list of its own)

    def busy(self, seconds: float) -> None:
        self.limits.append(seconds)


def test_a_slow_delivery_of_many_notices_is_no_dead_loop(stage: Stage) -> None:
    clock, supervisor = Steady(stage.desk.clock.offset), Watched(None, 120.0)
    daily = Daily(
        stage.settings(),
        Wishes(),
        stage,
        lambda _: None,
        trouble_of(stage.desk),
        clock=clock,
        sender=stage,
        supervisor=supervisor,
    )
    daily.turn()
    alive = []

    def send(notice: Notice) -> bool:
        clock.offset += DELIVERY_SECONDS
        alive.append(daily.vitals.is_alive(clock.monotonic()))
        return True

    def fill(record: Record) -> None:
        for number in range(OUTBOX):
            put(record, Notice(kind="success", title=str(number), body=""))

    daily.account.records.change(fill)
    supervisor.limits.clear()
    stage.send = send  # type: ignore[method-assign]
    daily.turn()
    assert alive == [True] * OUTBOX
    assert [each > DELIVERY_SECONDS for each in supervisor.limits] == [True] * OUTBOX
    assert daily.vitals.is_alive(clock.monotonic()), "and afterwards"


def test_a_run_that_is_stopped_delivers_nothing_first(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever presses Ctrl-C does not wait half a minute for somebody else's server."""

    def stopped(_: object) -> LoginResult:
        raise KeyboardInterrupt

    def fill(record: Record) -> None:
        put(record, Notice(kind="failure", title="of yesterday", body=""))

    Records.of_account(stage.settings()).change(fill)
    with monkeypatch.context() as patch:
        patch.setattr(stage, "log_in", stopped)
        with pytest.raises(KeyboardInterrupt):
            stage.daily(once=True).once()
    assert stage.notices == []
    stage.daily(once=True).once()
    assert stage.notices[0].title == "of yesterday", "it is delivered later"


def test_a_token_that_cannot_be_asked_about_is_kept(stage: Stage) -> None:
    stage.store(stage.token())
    stage.desk.clock.offset += 3601
    stage.replica.set("http=profile:500")
    daily = stage.daily()
    daily.turn()
    waits = daily.turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.VALID
    assert stage.logins == 0
    left = waits.until - stage.desk.clock.now()
    assert dt.timedelta(minutes=4) < left <= dt.timedelta(minutes=5), "that was no answer"


def test_a_folder_of_evidence_that_is_not_utf8_hides_no_failure(stage: Stage) -> None:
    error = outage()
    error.trace = "traces\udcff/one"
    stage.ends = [error]
    assert isinstance(stage.daily().turn(), LogIn)
    waits = stage.daily().turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.PAUSE

"""One round of the loop after another, where what a login brings is given."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.daily.simulation import trouble_of
from tests.harness import Desk
from upstox_browser_login import Settings
from upstox_browser_login.daily.loop import Daily
from upstox_browser_login.daily.plan import CheckToken, LogIn, Stop, Wait, Why, Wishes
from upstox_browser_login.daily.record import Notice
from upstox_browser_login.errors import ConfigurationError, UpstoxError, UpstoxUnavailableError
from upstox_browser_login.ledger import Ledger
from upstox_browser_login.replica import Replica
from upstox_browser_login.session import LoginResult
from upstox_browser_login.session.progress import Progress
from upstox_browser_login.store import account_key, open_ledger_documents, open_store, token_key
from upstox_browser_login.token import IST, Token


@dataclass
class Stage:
    """A machine whose logins end as the test says; all else is real."""

    desk: Desk
    replica: Replica
    changes: dict[str, str] = field(default_factory=dict)
    ends: list[UpstoxError | None] = field(default_factory=list)
    """What the next logins come to; None for a token."""
    trouble: str | None = None
    """What goes wrong after a login."""
    delivers: bool = True
    told: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    logins: int = 0

    def settings(self) -> Settings:
        return self.desk.settings(self.replica, **self.changes)

    def daily(self, **wishes: object) -> Daily:
        """A program that was started just now."""
        wished = Wishes(**wishes)  # type: ignore[arg-type]
        return Daily(
            self.settings(),
            wished,
            self,
            lambda _: None,
            trouble_of(self.desk),
            clock=self.desk.clock,
            sender=self,
        )

    def at(self, clock: str, *, days: int = 0) -> None:
        """Move the clock on to a time in India."""
        now = self.desk.clock.now().astimezone(IST)
        moment = dt.datetime.combine(now.date(), dt.time.fromisoformat(clock), IST)
        self.desk.clock.offset += (moment + dt.timedelta(days=days) - now).total_seconds()

    def token(self) -> Token:
        plain = self.replica._world.state.mint.access_token()
        return Token.from_reply({"access_token": plain}, issued_at=self.desk.clock.now())

    def store(self, token: Token) -> None:
        settings = self.settings()
        open_store(settings).save(token_key(settings), token)

    def planned(self, action: Wait | Stop) -> None:
        self.told.append(action.text)

    def has_token(self, token: Token) -> None: ...

    def log_in(self, login: Callable[..., LoginResult]) -> LoginResult:  # noqa: ARG002  (not called)
        self.logins += 1
        error = self.ends.pop(0) if self.ends else None
        if error is not None:
            raise error
        token = self.token()
        self.store(token)
        return LoginResult(token, "login", "file")

    def logged_in(self, result: LoginResult) -> str | None:  # noqa: ARG002  (the loop's)
        return self.trouble

    def failed(self, error: UpstoxError) -> None:
        self.told.append(error.message)

    def warn(self, text: str) -> None:
        self.told.append(text)

    def send(self, notice: Notice) -> bool:
        self.notices.append(notice)
        return self.delivers

    @property
    def kinds(self) -> list[str]:
        return [each.kind for each in self.notices]


@pytest.fixture
def stage(desk: Desk, replica: Replica) -> Stage:
    stage = Stage(desk, replica)
    stage.at("04:00", days=1)
    return stage


def outage() -> UpstoxError:
    return UpstoxUnavailableError("No way to Upstox.", code="NETWORK")


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
    settings = stage.settings()
    ledger = Ledger(
        open_ledger_documents(settings),
        account_key(settings),
        settings.client_secret,
        now=stage.desk.clock.time,
    )
    for _ in range(3):
        ledger.succeeded()
    daily = stage.daily()
    for _ in range(3):
        waits = daily.turn()
        assert isinstance(waits, Wait)
        assert waits.why is Why.LOST
    assert stage.logins == 0
    assert [each.title.rpartition(" ")[2] for each in stage.notices] == ["(TOKEN_REVOKED)"]
    assert "What to do: See what revokes" in stage.notices[0].body


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


def test_a_damaged_record_and_a_damaged_list_are_begun_anew(stage: Stage) -> None:
    stage.ends = [outage()]
    stage.daily().turn()
    (record,) = (stage.desk.home / "state" / "daily").glob("daily-*.json")
    record.write_text("{")
    (record.parent / "holidays.json").write_text("[]")
    assert isinstance(stage.daily().turn(), LogIn)


def test_a_record_that_cannot_be_kept_is_remembered(stage: Stage) -> None:
    """A failure is not forgotten, and the next try waits, though nothing can be written."""
    daily = stage.daily()
    (stage.desk.home / "state").mkdir(parents=True, exist_ok=True)
    (stage.desk.home / "state" / "daily").write_text("a file is in the way")
    stage.ends = [outage()]
    assert isinstance(daily.turn(), LogIn)
    waits = daily.turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.PAUSE


def test_nothing_secret_is_remembered(stage: Stage) -> None:
    account = stage.replica.account
    daily = stage.daily()
    stage.ends = [UpstoxUnavailableError(f"It said {account.pin}.", code="NETWORK")]
    daily.turn()
    for path in (stage.desk.home / "state" / "daily").rglob("*"):
        text = path.read_text() if path.is_file() else ""
        for secret in (account.pin, account.mobile, account.totp_secret, account.client_secret):
            assert secret not in text
            assert secret not in Path(path).name


def test_a_folder_of_evidence_that_is_not_utf8_hides_no_failure(stage: Stage) -> None:
    error = outage()
    error.trace = "traces\udcff/one"
    stage.ends = [error]
    assert isinstance(stage.daily().turn(), LogIn)
    waits = stage.daily().turn()
    assert isinstance(waits, Wait)
    assert waits.why is Why.PAUSE

"""The crontab of a user is never lost, and no child sees a setting."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from tests.daily.jobs import job
from upstox_browser_login.daily.service_here import Crontab, Finished, run
from upstox_browser_login.errors import UpstoxError

OFFSETS = {timedelta(hours=5, minutes=30)}


@dataclass
class Cron:
    """Stands in for the program `crontab`, which lists as the test says."""

    listed: Finished
    written: list[str] = field(default_factory=list)

    def __call__(self, command: Sequence[str], given: str | None) -> Finished:
        if list(command) == ["crontab", "-l"]:
            return self.listed
        self.written.append(given or "")
        return Finished(0, "", "")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (124, "no answer within 60 s"),
        (1, "crontab: error while loading shared libraries: libx: No such file or directory"),
        (1, "/var/spool/cron/crontabs/: Permission denied"),
    ],
)
def test_a_crontab_that_cannot_be_read_is_not_replaced(status: int, said: str) -> None:
    """What it holds would be lost: `crontab -` replaces it as a whole."""
    cron = Cron(Finished(status, "", said))
    with pytest.raises(UpstoxError) as raised:
        Crontab(cron).install(job(), OFFSETS)
    assert said in raised.value.message
    assert cron.written == []


@pytest.mark.parametrize(
    "said",
    [
        "no crontab for asha",
        "crontab: no crontab for asha",
        "crontab: can't open 'asha': No such file or directory",
        "You (asha) are not allowed to use this program (crontab)",
    ],
)
def test_a_user_without_a_crontab_gets_one(said: str) -> None:
    cron = Cron(Finished(1, "", said))
    assert not Crontab(cron).has(job())
    assert not Crontab(cron).uninstall(job())
    Crontab(cron).install(job(), OFFSETS)
    assert len(cron.written) == 1
    assert "refresh --once" in cron.written[0]


def test_where_there_is_no_cron_nothing_is_in_it() -> None:
    assert Crontab(Cron(Finished(127, "", "crontab: not found"))).read() is None


def test_a_scheduler_sees_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPSTOX_PIN_CODE", "024680")
    # Without `site`, which in the C locale reads no path that is not ASCII.
    done = run([sys.executable, "-S", "-c", "import os; print(*os.environ)"])
    assert done.status == 0
    assert "UPSTOX_PIN_CODE" not in done.out.split()
    assert "LC_ALL" in done.out.split()

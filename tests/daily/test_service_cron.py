"""The cron line: never before the old token has died in India, whatever the machine's zone."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.daily.jobs import ODD, job, odd_paths
from upstox_browser_login.daily.service import UnfitError
from upstox_browser_login.daily.service_cron import (
    LONGEST_COMMAND,
    block,
    command,
    has_block,
    runs_in_india,
    schedule,
    with_block,
    without_block,
)
from upstox_browser_login.token import EXPIRY, IST

HOUR = timedelta(hours=1)


def offsets_of(zone: str) -> set[timedelta]:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    days = (first + timedelta(days=day) for day in range(366))
    return {each.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for each in days}


def hours_in(text: str) -> list[int]:
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Kolkata", "40 3-14 * * *"),
        ("UTC", "10 0-9,22-23 * * *"),
        ("Asia/Kathmandu", "55 3-14 * * *"),
        # In winter the first run is at 04:40 in India, in summer at 03:40.
        ("Europe/London", "10 0-9,23 * * *"),
        ("America/New_York", "10 0-4,18-23 * * *"),
        ("Australia/Lord_Howe", None),  # half an hour of summer time
    ],
)
def test_no_run_comes_before_the_old_token_has_died(zone: str, expected: str | None) -> None:
    """Counted through a whole year of that zone, its clock changes included."""
    text = schedule(offsets_of(zone))
    if expected is not None:
        assert text == expected
    minute, hours = text.split()[:2]
    for day in range(366):
        runs = []
        for hour in hours_in(hours):
            local = datetime(2026, 1, 1, hour, int(minute), tzinfo=ZoneInfo(zone))
            india = (local + timedelta(days=day)).astimezone(UTC).astimezone(IST)
            assert india.time() > EXPIRY, (zone, local, india)
            runs.append(india.hour * 60 + india.minute)
        assert min(runs) <= 5 * 60 + 10  # long before the market opens
        assert max(runs) <= 15 * 60 + 30


@pytest.mark.parametrize(
    ("zone", "here", "expected"),
    [
        ("Asia/Kolkata", 5.5, ("03:40", "14:40")),
        ("UTC", 0, ("03:40", "14:40")),
        ("Europe/London", 0, ("04:40", "14:40")),
        ("Europe/London", 1, ("03:40", "13:40")),
    ],
)
def test_a_person_is_told_the_runs_by_india_s_clock(
    zone: str, here: float, expected: tuple[str, str]
) -> None:
    runs = runs_in_india(offsets_of(zone), timedelta(hours=here))
    assert tuple(f"{each // 60:02}:{each % 60:02}" for each in runs) == expected


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "UTC", "America/New_York"])
@pytest.mark.parametrize("first", [8 * 60 + 30, 15 * 60 + 20, 20 * 60])
def test_a_time_that_was_asked_for_is_the_first(zone: str, first: int) -> None:
    minute, hours = schedule(offsets_of(zone), first).split()[:2]
    for offset in offsets_of(zone):
        runs = [
            (hour * 60 + int(minute) - offset // timedelta(minutes=1) + 330) % 1440
            for hour in hours_in(hours)
        ]
        assert first - 60 <= min(runs) <= first


@pytest.mark.parametrize("first", [23 * 60, 23 * 60 + 30])
def test_a_time_that_has_no_run_in_one_half_of_the_year_is_refused(first: int) -> None:
    """It would be an hour too early for the login there, and the next one after midnight."""
    with pytest.raises(UnfitError, match="summer time"):
        schedule(offsets_of("America/New_York"), first)
    assert schedule(offsets_of("America/New_York"), 22 * 60)
    assert schedule(offsets_of("Asia/Kolkata"), first)


def test_an_exchange_that_closes_later_is_tried_for_until_then() -> None:
    """The one for goods is open until 23:30."""
    assert schedule(offsets_of("Asia/Kolkata"), last=23 * 60 + 30) == "40 3-22 * * *"
    assert "40 3-22 * * * cd " in block(job(last=23 * 60 + 30), offsets_of("Asia/Kolkata"))


@given(st.sets(st.integers(-12 * 4, 14 * 4).map(lambda n: n * HOUR / 4), min_size=1, max_size=1))
def test_any_fixed_zone_has_a_run_at_twenty_to_four(offsets: set[timedelta]) -> None:
    minute, hours = schedule(offsets).split()[:2]
    (offset,) = offsets
    runs = {
        (hour * 60 + int(minute) - offset // timedelta(minutes=1) + 330) % 1440
        for hour in hours_in(hours)
    }
    assert min(runs) == 3 * 60 + 40


@given(odd_paths)
def test_the_shell_gets_the_words_back(path: str) -> None:
    """What cron hands to /bin/sh is the command that was meant."""
    wanted = job(folder=path, options=("--env-file", path))
    text = command(wanted).replace("\\%", "%")
    assert "\n" not in text
    words = shlex.split(text)
    assert words[:3] == ["cd", path, "&&"]
    assert words[-3:] == ["--env-file", path, ">/dev/null"]
    assert "--once" in words


def test_it_keeps_a_log_and_mails_no_mornings_on_which_nothing_was_to_be_done() -> None:
    assert "--log-file /x/refresh.log >/dev/null" in command(job(log_file="/x/refresh.log"))


def test_a_run_that_ends_answers_no_questions() -> None:
    with pytest.raises(ValueError, match="--health"):
        command(job(answers_health=True))


def test_a_long_path_gives_way_to_the_folders_that_are_needed() -> None:
    long = {"PATH": "/x" * 500, "SSL_CERT_FILE": "/etc/ca.pem"}
    line = command(job(environment=long, path_in_need="/vault/bin:/usr/bin"))
    assert "PATH=/vault/bin:/usr/bin SSL_CERT_FILE=/etc/ca.pem /opt/app" in line
    assert len(line.encode()) <= LONGEST_COMMAND
    short = {"PATH": "/usr/local/bin:/usr/bin"}
    assert "PATH=/usr/local/bin:/usr/bin " in command(job(environment=short, path_in_need="/bin"))


def test_each_reason_why_cron_cannot_take_it_has_a_hint_of_its_own() -> None:
    hints = []
    for wrong in (
        {"environment": {"PATH": "/x" * 500}},
        {"answers_health": True},
        {"folder": "/home/a\nb"},
        {"folder": "/home/a\udcff"},
    ):
        with pytest.raises(UnfitError) as caught:
            command(job(**wrong))
        hints.append(caught.value.hint)
    assert len(set(hints)) == 4
    assert "--health" in hints[1]


def test_a_line_that_cron_would_cut_is_refused() -> None:
    with pytest.raises(UnfitError, match="longer"):
        command(job(environment={"PATH": "/x" * 500}))
    with pytest.raises(UnfitError, match="longer"):
        command(job(folder="/" + "आ" * 300))  # as cron counts, in bytes
    with pytest.raises(ValueError, match="line break"):
        command(job(folder="/home/a\nb"))


CRONTABS = st.lists(
    st.sampled_from(["", "# mine", "5 4 * * * backup", "MAILTO=a@b.in", "CRON_TZ=UTC"]), max_size=6
).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(CRONTABS)
def test_the_lines_of_others_stay(crontab: str) -> None:
    """Put in, put in again, taken out: everything else is as it was."""
    wanted, other = job(), job(profile="second")
    offsets = {timedelta()}
    once = with_block(crontab, wanted, offsets)
    assert has_block(once, wanted)
    assert with_block(once, wanted, offsets) == once
    both = with_block(once, other, offsets)
    assert without_block(without_block(both, other), wanted) == crontab
    assert has_block(without_block(both, wanted), other)


def test_a_zone_of_other_lines_is_not_that_of_ours() -> None:
    """Where cron knows CRON_TZ, it counts for all lines behind it; ours is in the machine's."""
    crontab = "MAILTO=a@b.in\nCRON_TZ=America/New_York\n5 4 * * * backup\n"
    whole = with_block(crontab, job(), {timedelta()})
    before, ours, behind = whole.partition(block(job(), {timedelta()}))
    assert ours
    assert (before, behind) == ("MAILTO=a@b.in\n", crontab.partition("\n")[2])


@pytest.mark.parametrize("lost", [[2], [1], [1, 2]], ids=["end", "line", "line and end"])
def test_the_lines_of_others_stay_where_a_part_of_the_block_was_lost(lost: list[int]) -> None:
    """Somebody may have edited the crontab, and a later installation has put a whole block in."""
    parts = block(job(), {timedelta()}).splitlines(keepends=True)
    rest = "".join(part for number, part in enumerate(parts) if number not in lost)
    crontab = f"# mine\n{rest}5 4 * * * backup\n{block(job(), {timedelta()})}6 4 * * * mail\n"
    assert without_block(crontab, job()) == "# mine\n5 4 * * * backup\n6 4 * * * mail\n"


@pytest.mark.skipif(sys.platform != "linux", reason="mount namespaces are of Linux")
@pytest.mark.skipif(shutil.which("crontab") is None, reason="there is no cron here")
def test_cron_takes_the_line(tmp_path: Path) -> None:
    """A real `crontab -` reads it, in a mount namespace of its own: no crontab is touched."""
    spool = tmp_path / "spool"
    spool.mkdir(mode=0o1730)
    (tmp_path / "tab").write_text(block(job(folder=ODD), offsets_of("Europe/London")))
    script = 'mount --bind "$1" /var/spool/cron/crontabs && crontab - < "$2" && crontab -l > "$3"'
    words = ["sh", "-c", script, "sh", *map(str, (spool, tmp_path / "tab", tmp_path / "listed"))]
    done = subprocess.run(
        ["unshare", "--mount", *words], capture_output=True, text=True, check=False
    )
    if "Operation not permitted" in done.stderr or "must be superuser" in done.stderr:
        pytest.skip("only root may make a mount namespace here")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "listed").read_text().endswith((tmp_path / "tab").read_text())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /bin/sh")
def test_the_line_runs_where_it_should(tmp_path: Path) -> None:
    """The command is run by a real shell, from a folder whose name has everything in it."""
    folder = tmp_path / "al go 50% $off it's"
    folder.mkdir()
    python = folder / "py thon"
    python.write_text('#!/bin/sh\npwd > seen\nprintf "%s\\n" "$@" >> seen\necho "$MARK" >> seen\n')
    python.chmod(0o755)
    wanted = job(
        program=(str(python),),
        folder=str(folder),
        options=("--env-file", f"{folder}/.env"),
        environment={"MARK": "a b%c'd"},
    )
    text = command(wanted)
    assert not re.search(r"(?<!\\)%", text)
    subprocess.run(["/bin/sh", "-c", text.replace("\\%", "%")], check=True)
    seen = (folder / "seen").read_text().splitlines()
    assert seen == [
        str(folder), "refresh", "--once", "--env-file", f"{folder}/.env", "a b%c'd",
    ]  # fmt: skip

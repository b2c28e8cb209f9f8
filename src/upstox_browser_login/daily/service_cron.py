"""The cron line: `refresh --once`, several times a morning, which does nothing once it is done.

Few programs called cron know `CRON_TZ`, and those that do not take it for an ordinary variable, so
that the times are written in the machine's own zone.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from datetime import timedelta

from .service import APP, FIRST, INDIA, LAST, Job, Text, UnfitError, refuse_unwritable

LONGEST_COMMAND = 998
"""Bytes; Debian's cron takes no longer command."""

_HOUR = 60
_DAY = 24 * _HOUR


def schedule(offsets: Iterable[timedelta], first: int = FIRST, last: int = LAST) -> str:
    """The minutes and hours of a machine whose zone has these offsets from UTC over the year.

    Once an hour from `first` to `last` in India, since a machine may have been off, or Upstox away,
    at the first of them. In a zone with summer time the first run is an hour earlier in one half of
    the year, or an hour later where it would come before the old token has died. Raises
    `UnfitError` where in one half no run would come between `first` and midnight in India.
    """
    minute, hours = _local(offsets, first, last)
    return f"{minute} {_ranges(hours)} * * *"


def runs_in_india(
    offsets: Iterable[timedelta], here: timedelta, first: int = FIRST, last: int = LAST
) -> tuple[int, int]:
    """Minutes of the day in India of a day's first and last run, while `here` is the offset."""
    minute, hours = _local(offsets, first, last)
    runs = [_in_india(hour * _HOUR + minute, here) for hour in hours]
    return min(runs), max(runs)


def _local(offsets: Iterable[timedelta], first: int, last: int) -> tuple[int, list[int]]:
    """The minute and the hours of the runs by the machine's own clock."""
    found = sorted(set(offsets))
    if not found:
        raise ValueError("no offset is known")
    minute = (first - _minutes(INDIA) + _minutes(found[0])) % _HOUR
    last = max(last, first + _HOUR)
    hours = []
    for hour in range(24):
        local = hour * _HOUR + minute
        india = [_in_india(local, here) for here in found]
        # An hour too early in one season is better than one too late, but for a dying token.
        if min(india) >= FIRST and first <= max(india) <= last:
            hours.append(hour)
    for here in found:
        if not any(first <= _in_india(hour * _HOUR + minute, here) <= last for hour in hours):
            raise UnfitError(
                "this machine has summer time, and in one half of the year no run would come "
                "between --time and midnight in India",
                "Name an earlier --time, or use --for systemd, which keeps India's time.",
            )
    return minute, hours


def _in_india(local: int, here: timedelta) -> int:
    """The minute of the day in India, where a clock of the offset `here` shows `local`."""
    return (local - _minutes(here) + _minutes(INDIA)) % _DAY


def command(job: Job) -> str:
    """The command of the line, for `/bin/sh`. Raises `UnfitError` where cron cannot keep it."""
    refuse_unwritable(job)
    whole = _command(job, job.environment)
    if len(whole.encode()) <= LONGEST_COMMAND:
        return whole
    if job.path_in_need is not None:
        shorter = _command(job, {**job.environment, "PATH": job.path_in_need})
        if len(shorter.encode()) <= LONGEST_COMMAND:
            return shorter
    raise UnfitError(
        f"the command is longer than the {LONGEST_COMMAND} bytes cron takes",
        "Put options behind `--` into the env file as settings, and run it in a folder with a "
        "shorter path.",
    )


def _command(job: Job, environment: Mapping[str, str]) -> str:
    given = [f"{name}={shlex.quote(value)}" for name, value in sorted(environment.items())]
    words = " ".join([*given, shlex.join(job.once())])
    # Cron mails what is printed: that nothing was to be done is no news, a warning is.
    text = f"cd {shlex.quote(job.folder)} && {words} >/dev/null"
    # An unescaped % ends the command, and what follows becomes its input.
    return text.replace("%", "\\%")


def block(job: Job, offsets: Iterable[timedelta]) -> str:
    """The line between the two comments by which it is found again."""
    return f"{_begin(job)}\n{schedule(offsets, job.first, job.last)} {command(job)}\n{_end(job)}\n"


def described(job: Job, offsets: Iterable[timedelta]) -> Text:
    """The line with the commands that install and remove it."""
    return Text(
        "cron",
        "crontab",
        block(job, offsets),
        f"{APP} service install --for cron{job.given}",
        f"{APP} service uninstall{job.removal}",
    )


def with_block(crontab: str, job: Job, offsets: Iterable[timedelta]) -> str:
    """`crontab` with the line in it, in place of an older one.

    At its end, or before a line that sets the zone of all lines behind it, as some crons know it.
    """
    others = without_block(crontab, job)
    if others and not others.endswith("\n"):
        others += "\n"
    zone = _ZONE.search(others)
    at = len(others) if zone is None else zone.start()
    return others[:at] + block(job, offsets) + others[at:]


_ZONE = re.compile(r"^[ \t]*CRON_TZ[ \t]*=", re.MULTILINE)


def without_block(crontab: str, job: Job) -> str:
    """`crontab` without the line and its two comments."""
    return _block_of(job).sub("", crontab)


def has_block(crontab: str, job: Job) -> bool:
    """Whether the line is in it."""
    return _block_of(job).search(crontab) is not None


def _block_of(job: Job) -> re.Pattern[str]:
    # No more than one line, and only one that runs our command: whoever edits the crontab may
    # remove the second comment, or our line, and what follows then is somebody else's.
    begin, end = re.escape(_begin(job)), re.escape(_end(job))
    line = rf"[^\n]* {_ONCE} [^\n]*(?:\n|\Z)"
    return re.compile(rf"^{begin}\n(?:{line})?(?:{end}(?:\n|\Z))?", re.MULTILINE)


_ONCE = "refresh --once"
"""What stands in every line of ours, see `Job.once`; somebody may have edited the rest."""


def _begin(job: Job) -> str:
    return f"# {job.name}: begin (written by `{APP} service install`)"


def _end(job: Job) -> str:
    return f"# {job.name}: end"


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _ranges(hours: list[int]) -> str:
    """`[0, 1, 2, 22, 23]` as cron writes it: `0-2,22-23`."""
    parts: list[list[int]] = []
    for hour in hours:
        if parts and parts[-1][-1] == hour - 1:
            parts[-1].append(hour)
        else:
            parts.append([hour])
    return ",".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)

"""A word to a person when the daily login fails, and one when it works again. Extra `notify`.

What is to be told is decided by pure functions over the record, so that a retry and a restart tell
nothing twice; apprise delivers it.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Protocol

from upstox_browser_login.files.refused import reason_of
from upstox_browser_login.printable import printable
from upstox_browser_login.programs import environment_without_secrets
from upstox_browser_login.redaction import redactor
from upstox_browser_login.settings.notice_services import services_of

from . import delivery
from .outcomes import needs_a_person
from .plan import Stop, Wait, Why, moment
from .record import OUTBOX, Incident, Notice, Record, Records

log = logging.getLogger(__name__)

TITLE = "upstox-browser-login"
AGAIN_AFTER = dt.timedelta(minutes=10)
"""How long after a notice could not be delivered it is tried again."""

_MINUTES = int(AGAIN_AFTER.total_seconds() // 60)

DELIVERY_SECONDS = 30.0
"""How long the delivery of one notice may take, to all addresses."""

LONGEST_DELIVERY = DELIVERY_SECONDS + 10.0
"""With the start and the end of the process that delivers it."""


_TYPES: Mapping[str, str] = {
    "failure": "failure",
    "over": "success",
    "success": "success",
    "after-login": "warning",
}
"""What each kind of notice is to apprise, which may show it by a colour or a sign."""


class Sender(Protocol):
    """Delivers a notice."""

    def send(self, notice: Notice) -> bool:
        """Deliver it; whether anybody took it."""


# -- what is told ----------------------------------------------------------------------------------


LOST_HINT = (
    "See what revokes the tokens: a logout elsewhere, a program that logs in to the same app, a "
    "store that does not keep them. `upstox-browser-login login` tries at once."
)

ENOUGH_HINT = (
    "See in the log why those logins brought no token. `upstox-browser-login login` tries at once."
)

ENDED = "The last login was ended by a signal, and this program with it."
STOPPED = "The last login was stopped before its end, and this program with it."
STOPPED_HINT = (
    "See in the machine's log what has ended it: too little memory, say, or a limit of time."
)


def of_waiting(action: Wait | Stop) -> tuple[str, str] | None:
    """The code and the hint under which a wait or a stop is told; None for one that is not."""
    match action:
        case Stop():
            return action.code, action.hint
        case Wait(why=Why.LOST):
            return "TOKEN_REVOKED", LOST_HINT
        case Wait(why=Why.GIVEN_UP):
            return "COOLING_DOWN", ENOUGH_HINT
    return ("INTERRUPTED", STOPPED_HINT) if action.failure == STOPPED else None


def opened(
    record: Record, code: str, text: str, hint: str, now: float, *, title: str = "no token"
) -> None:
    """Note a failure: a new incident is told, and when a person has to do something else."""
    incident = record.incident
    if incident is not None and not _asks_for_more(code, incident.code):
        return
    record.incident = Incident(since=now if incident is None else incident.since, code=code)
    lines = [text, f"What to do: {hint}"]
    if record.failed is not None and record.failed.trace:
        lines.append(f"Evidence: {record.failed.trace}")
    put(record, Notice(kind="failure", title=f"{TITLE}: {title} ({code})", body="\n".join(lines)))


def _asks_for_more(code: str, told: str) -> bool:
    """Whether a person has to do something else than for the failure that was told."""
    # Our own wait follows from what was told.
    return needs_a_person(code) and (not needs_a_person(told) or code not in {told, "COOLING_DOWN"})


def over(record: Record, what: str) -> None:
    """Note that an incident is over, and tell it. `what` is there again, a sentence."""
    incident, record.incident, record.failed = record.incident, None, None
    if incident is None:
        return
    # Undelivered notices of the failure are dropped, since this one tells of it as well.
    record.outbox = [each for each in record.outbox if each.kind != "failure"]
    since = moment(dt.datetime.fromtimestamp(incident.since, dt.UTC))
    body = f"{what} It had failed since {since} ({incident.code})."
    put(record, Notice(kind="over", title=f"{TITLE}: works again", body=body))


def without_audience(record: Record) -> None:
    """Drop waiting notices, since there is no address for them.

    An incident that goes on is kept, so that an address that is set later gets it.
    """
    if record.incident is None:
        record.outbox = []


def put(record: Record, notice: Notice) -> None:
    """Let `notice` be delivered. The oldest give way where too many wait."""
    record.outbox = [*record.outbox, notice][-OUTBOX:]


def due(record: Record, now: float) -> Notice | None:
    """The notice to deliver now, None where there is none or the last try was a moment ago."""
    tried = record.notified_at
    if tried is not None and 0 <= now - tried < AGAIN_AFTER.total_seconds():
        return None
    return record.outbox[0] if record.outbox else None


def deliver(
    records: Records, send: Callable[[Notice], bool] | None, now: Callable[[], float]
) -> None:
    """Deliver the notices of a record that wait; `send` is None without an address for notices.

    Of several processes one delivers, and the others wait, lest a person be told twice.
    """
    if send is None:
        if records.read().outbox:
            records.change(without_audience)
        return
    if due(records.read(), now()) is None:
        return
    with records.only_messenger(LONGEST_DELIVERY) as is_alone:
        while is_alone and (notice := due(records.read(), now())) is not None:
            delivered = send(notice)

            def told(record: Record, notice: Notice = notice, delivered: bool = delivered) -> None:
                if delivered:
                    record.outbox = [each for each in record.outbox if each != notice]
                record.notified_at = None if delivered else now()

            records.change(told)


# -- how it is delivered ---------------------------------------------------------------------------


class AppriseSender:
    """Delivers through apprise, to every address of `UPSTOX_NOTIFY_URLS`.

    In a process of its own: what goes out by `UPSTOX_PROXY` and what apprise writes to its log
    are matters of a process, and one that hangs can be ended.
    """

    def __init__(self, addresses: str, proxy: str | None = None) -> None:
        """Read the addresses. Raises `ConfigurationError`: the extra is missing, one is none."""
        self._services = services_of(addresses)
        self._addresses, self._proxy = addresses, proxy

    def send(self, notice: Notice) -> bool:
        """Deliver it; whether anybody took it. Ends after half a minute."""
        letter = {
            "addresses": self._addresses,
            "proxy": self._proxy,
            "type": _TYPES[notice.kind],
            "title": printable_lines(notice.title),
            "body": printable_lines(notice.body),
        }
        taken = _delivered(json.dumps(letter).encode())
        for number, service in enumerate(self._services, 1):
            if number not in taken:
                again = "" if taken else f"; it is sent again in {_MINUTES} minutes"
                log.warning(
                    "Address %d of UPSTOX_NOTIFY_URLS (%s) did not take the notice %r%s.",
                    number,
                    service,
                    notice.title,
                    again,
                )
        return bool(taken)


def _delivered(letter: bytes) -> set[int]:
    """The numbers of the addresses that took it, as the other process tells one after the other."""
    # On stdin: neither the list of processes nor the environment may show addresses.
    command = [sys.executable, "-P", "-m", delivery.__name__]
    try:
        done = subprocess.run(
            command,
            input=letter,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment_without_secrets(),
            timeout=DELIVERY_SECONDS,
            check=False,
        )
        told = done.stdout
    except subprocess.TimeoutExpired as error:
        told = error.stdout or b""
    except OSError as error:
        log.warning("Notices cannot be sent: %s.", reason_of(error))
        return set()
    return {int(line) for line in told.split() if line.isdigit()}


def printable_lines(text: str) -> str:
    """`text` without what a terminal would obey and without secrets; its lines stay."""
    return "\n".join(redactor.redact(printable(line)) for line in text.split("\n"))

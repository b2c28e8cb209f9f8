"""A word to a person when the daily login fails, and one when it works again. Extra `notify`.

What is to be told is decided by pure functions over the record, so that a retry and a restart tell
nothing twice; apprise delivers it.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.printable import printable
from upstox_browser_login.redaction import redactor

from .outcomes import needs_a_person
from .plan import moment
from .record import OUTBOX, Incident, Notice, Record

if TYPE_CHECKING:
    from apprise import Apprise

log = logging.getLogger(__name__)

TITLE = "upstox-browser-login"
AGAIN_AFTER = dt.timedelta(minutes=10)
"""How long after a notice could not be delivered it is tried again."""

DELIVERY_SECONDS = 30.0
_TALKATIVE = ("apprise", "urllib3", "requests")
"""Loggers that write addresses of notices, with the passwords in them."""


class Sender(Protocol):
    """Delivers a notice."""

    def send(self, notice: Notice) -> bool:
        """Deliver it; whether anybody took it."""


# -- what is told ----------------------------------------------------------------------------------


def opened(record: Record, code: str, text: str, hint: str, now: float) -> None:
    """Note a failure: a new incident is told, and one that turns out to need a person."""
    incident = record.incident
    worse = incident is not None and needs_a_person(code) and not needs_a_person(incident.code)
    if incident is not None and not worse:
        return
    record.incident = Incident(since=now if incident is None else incident.since, code=code)
    lines = [text, f"What to do: {hint}"]
    if record.failed is not None and record.failed.trace:
        lines.append(f"Evidence: {record.failed.trace}")
    put(record, Notice(kind="failure", title=f"{TITLE}: no token ({code})", body="\n".join(lines)))


def over(record: Record, until: str) -> None:
    """Note that there is a valid token: an incident is over, and that is told."""
    incident, record.incident, record.failed = record.incident, None, None
    if incident is None:
        return
    # One that could not be delivered is of no use any more; this one tells of both.
    record.outbox = [each for each in record.outbox if each.kind != "failure"]
    since = moment(dt.datetime.fromtimestamp(incident.since, dt.UTC))
    body = (
        f"A token is there again, valid until {until}. It had failed since {since} "
        f"({incident.code})."
    )
    put(record, Notice(kind="over", title=f"{TITLE}: works again", body=body))


def put(record: Record, notice: Notice) -> None:
    """Let `notice` be delivered. The oldest give way where too many wait."""
    record.outbox = [*record.outbox, notice][-OUTBOX:]


def due(record: Record, now: float) -> Notice | None:
    """The notice to deliver now, None where there is none or the last try was a moment ago."""
    tried = record.notified_at
    if tried is not None and 0 <= now - tried < AGAIN_AFTER.total_seconds():
        return None
    return record.outbox[0] if record.outbox else None


# -- how it is delivered ---------------------------------------------------------------------------


class AppriseSender:
    """Delivers through apprise, to every address of `UPSTOX_NOTIFY_URLS`."""

    def __init__(self, addresses: str) -> None:
        """Read the addresses. Raises `ConfigurationError`: the extra is missing, one is none."""
        with quiet():
            self._services = _services(addresses)

    def send(self, notice: Notice) -> bool:
        """Deliver it; true where at least one address took it. Ends after half a minute."""
        taken: dict[int, bool] = {}

        def deliver() -> None:
            # A service of apprise may raise what it likes; it is one address that did not take it.
            for number, service in enumerate(self._services, 1):
                try:
                    taken[number] = bool(
                        service.notify(
                            body=printable_lines(notice.body), title=printable_lines(notice.title)
                        )
                    )
                except Exception as error:  # noqa: BLE001  (as above)
                    redactor.error(error)
                    taken[number] = False

        with quiet():
            thread = threading.Thread(target=deliver, name="notices", daemon=True)
            thread.start()
            thread.join(DELIVERY_SECONDS)
        for number in range(1, len(self._services) + 1):
            if not taken.get(number, False):
                log.warning(
                    "Address %d of UPSTOX_NOTIFY_URLS did not take the notice %r.",
                    number,
                    notice.title,
                )
        return any(taken.values())


def printable_lines(text: str) -> str:
    """`text` without what a terminal would obey and without secrets; its lines stay."""
    return "\n".join(redactor.redact(printable(line)) for line in text.split("\n"))


def _services(addresses: str) -> list[Apprise]:
    try:
        from apprise import Apprise, AppriseAsset
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"UPSTOX_NOTIFY_URLS needs the package {error.name}, which is not installed.",
            hint="Run `pip install 'upstox-browser-login[notify]'`, or unset it.",
        ) from None
    asset = AppriseAsset(app_id=TITLE, app_desc=TITLE, async_mode=False, secure_logging=True)
    everyone = Apprise(asset=asset)
    if not everyone.add(addresses) or len(everyone) == 0:
        raise ConfigurationError(
            "UPSTOX_NOTIFY_URLS has an address that apprise does not know.",
            hint="Addresses are separated by spaces; their forms are at "
            "https://github.com/caronc/apprise/wiki.",
        )
    services = []
    for each in everyone:
        one = Apprise(asset=asset)
        one.add(each)
        services.append(one)
    return services


@contextmanager
def quiet() -> Iterator[None]:
    """Within the block, what apprise and its HTTP client have to say is not written down."""
    before: Mapping[str, tuple[bool, int]] = {
        name: (logging.getLogger(name).propagate, logging.getLogger(name).level)
        for name in _TALKATIVE
    }
    for name in _TALKATIVE:
        logging.getLogger(name).propagate = False
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, (propagate, level) in before.items():
            logging.getLogger(name).propagate = propagate
            logging.getLogger(name).setLevel(level)

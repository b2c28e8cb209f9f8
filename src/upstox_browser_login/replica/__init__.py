"""A local Upstox: its pages, its endpoints and its moods, on loopback addresses.

The replica is what the login is tested on, so it shares no code and no belief with the rest of
the package: it imports nothing from the other rooms.

    with Replica("qr-layout", "wrong-otp=once") as replica:
        print(replica.api_url, replica.settings())
"""

from __future__ import annotations

from .account import Account
from .log import Counts, Entry, Log
from .replica import Replica
from .scenarios import DOCUMENT_STEPS, SCENARIOS, SERVICE_STEPS, STEPS, Scenario

__all__ = [
    "DOCUMENT_STEPS",
    "SCENARIOS",
    "SERVICE_STEPS",
    "STEPS",
    "Account",
    "Counts",
    "Entry",
    "Log",
    "Replica",
    "Scenario",
]

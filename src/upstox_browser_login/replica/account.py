"""The one customer of the replica, and the one app registered with it."""

from __future__ import annotations

from msgspec import Struct


class Account(Struct, frozen=True):
    """A made-up customer with a made-up app; every value is harmless."""

    mobile: str = "9876501234"
    pin: str = "024680"
    totp_secret: str = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BA"  # noqa: S105 - made up; 160 bits
    password: str = "correct horse 7"  # noqa: S105 - made up
    client_id: str = "5d0e8e2c-7f0b-4d2e-9a35-6c1f0a9b7e21"
    client_secret: str = "r3pl1cas3cret"  # noqa: S105 - made up
    redirect_uri: str = "https://callback.invalid/upstox?tenant=7"
    user_id: str = "7ABC12"
    profile_id: int = 4711207
    first_name: str = "Asha"
    last_name: str = "Rao"
    user_name: str = "ASHA RAO"
    email: str = "asha.rao@mail.invalid"

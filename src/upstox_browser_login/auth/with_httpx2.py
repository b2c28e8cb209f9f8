"""`Httpx2Auth`."""

from __future__ import annotations

import httpx2

from .flow import Flow


class Httpx2Auth(Flow, httpx2.Auth):
    """The token as the auth of httpx2: `httpx2.Client(auth=Httpx2Auth())`, or `AsyncClient`.

    See `bearer.Bearer` for what it does and raises.
    """

    whole_body = httpx2.ByteStream

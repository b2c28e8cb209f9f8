"""The last call of both competitors: a plain request for the token."""

from __future__ import annotations

import json
import os
from urllib.parse import urlencode


def token_for(code: str) -> str:
    """Exchange the code; answer whose token came."""
    import urllib.request

    form = {
        "code": code,
        "client_id": os.environ["UPSTOX_CLIENT_ID"],
        "client_secret": os.environ["UPSTOX_CLIENT_SECRET"],
        "redirect_uri": os.environ["UPSTOX_REDIRECT_URI"],
        "grant_type": "authorization_code",
    }
    url = f"{os.environ['UPSTOX_API_BASE_URL']}/v2/login/authorization/token"
    with urllib.request.urlopen(url, urlencode(form).encode()) as reply:  # noqa: S310
        token = json.load(reply)
    assert token["access_token"]
    return str(token["user_id"])

"""The user's approval of a token request, and the message that it makes Upstox send."""

from __future__ import annotations

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from .world import World

TIMEOUT = 10.0


def approve_token_request(world: World) -> int:
    """Approve the pending request: post the message; returns the status of the answer.

    Raises:
        LookupError: when there is no request to approve, or it is too old.
        OSError: when the notifier URL does not answer.

    """
    if world.notifier_url is None or not world.state.take_token_request():
        raise LookupError("no token request is waiting for approval")
    mint = world.state.mint
    token = mint.access_token()
    body = {
        "client_id": world.account.client_id,
        "user_id": world.account.user_id,
        "access_token": token,
        "token_type": "Bearer",
        "expires_at": str(int(mint.end_of(token) * 1000)),
        "issued_at": str(int(world.now() * 1000)),
        "message_type": "access_token",
    }
    request = Request(  # noqa: S310 - the address is given by whoever runs the replica
        world.notifier_url,
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - see above
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code

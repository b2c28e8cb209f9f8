"""`demo`: the whole job against the bundled replica. No account, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .call import Call
from .command import command
from .options import BROWSER
from .panels import TRY
from .replica import ListScenarios, Scenarios, scenario_list
from .results import Plain, Result

if TYPE_CHECKING:
    from upstox_browser_login.replica import Replica
    from upstox_browser_login.session import LoginResult

    from .stage import Landing

_OPTIONS = {
    name: BROWSER[name]
    for name in ("headed", "timeout", "sleep_time", "browser_path", "browser_channel")
}


@command("demo", panel=TRY, settings=_OPTIONS)
def demo(
    call: Call, *, scenario: Scenarios = None, list_scenarios: ListScenarios = False
) -> Result:
    """Watch a login: no account, no network, a replica of Upstox.

    Your own settings are not used. With --scenario you can watch it fail, too.

    For example:
      upstox-browser-login demo
      upstox-browser-login demo --headed --sleep-time 1000
      upstox-browser-login demo --scenario wrong-pin
    """
    if list_scenarios:
        return scenario_list()
    from upstox_browser_login.errors import UpstoxError

    from .obtain import new_token
    from .stage import Landing, keep_evidence, settings_for, stage

    with Landing() as landing, stage(scenario or (), landing) as (server, folder):
        settings = settings_for(call, server, folder)
        call.screen.line(
            f"A replica of Upstox listens at {server.api_url}; the login is the real one."
        )
        try:
            result = new_token(call, settings, lasting=False)
        except UpstoxError as error:
            keep_evidence(error)
            _tell(call, _seen(server, landing))
            raise
        return _result(result, _seen(server, landing))


def _result(result: LoginResult, seen: dict[str, Any]) -> Result:
    from .obtain import logged_in, token_data

    token = result.token
    data = {
        **token_data(result),
        "user_name": token.user_name,
        "steps": [{"step": Plain(each.step), "seconds": each.seconds} for each in result.steps],
        "replica": seen,
    }
    text = [
        "",
        f"{logged_in(token)} The replica's token:",
        Plain(token.access_token.get_secret_value()),
        "",
        *_lines(seen),
        "",
        "For the real thing, put your own six settings into .env:",
        *(f"  UPSTOX_{name}=…" for name in _SIX),
        "then: upstox-browser-login check-env && upstox-browser-login login",
    ]
    return Result(data, text)


_SIX = ("USERNAME", "PIN_CODE", "TOTP_SECRET", "CLIENT_ID", "CLIENT_SECRET", "REDIRECT_URI")


def _seen(server: Replica, landing: Landing) -> dict[str, Any]:
    counts = server.counts
    return {
        "otp_requests": counts.otp_requests,
        "codes": len(counts.codes),
        "pins": counts.pins,
        "exchanges": counts.exchanges,
        "redirect_connections": landing.connections,
    }


def _lines(seen: dict[str, Any]) -> list[str]:
    def several(number: int, what: str) -> str:
        return f"{number} {what}{'' if number == 1 else 's'}"

    return [
        (
            "The replica saw "
            f"{several(seen['otp_requests'], 'OTP request')}, {several(seen['codes'], 'code')}, "
            f"{several(seen['pins'], 'PIN')}, {several(seen['exchanges'], 'exchange')}; "
            f"{several(seen['redirect_connections'], 'connection')} reached the redirect address."
        )
    ]


def _tell(call: Call, seen: dict[str, Any]) -> None:
    for line in _lines(seen):
        call.screen.line(line)

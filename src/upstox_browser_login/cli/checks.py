"""`check-env` and `totp`: whether what was set is right."""

from __future__ import annotations

import sys

from .call import Call, run_async
from .command import command
from .options import LOGIN
from .panels import CHECK
from .results import Plain, Result
from .screen import coloured, paint

_COLOURS = {"set": "green", "missing": "red", "invalid": "red", "default": "dim"}


@command("check-env", panel=CHECK, settings=LOGIN)
def check_env(call: Call) -> Result:
    """Show every setting: set, missing, or which rule it breaks.

    Never a value. Status 3 where a login could not start.

    Example: upstox-browser-login check-env --env-file .env
    """
    from upstox_browser_login.errors import ConfigurationError
    from upstox_browser_login.settings import check

    from .words import table

    found = check(env_file=call.env_file, profile=call.profile, **call.overrides)
    wrong = [each for each in found if each.state in {"missing", "invalid"}]
    error = None
    if wrong:
        names = ", ".join(f"{each.name} ({each.state})" for each in wrong)
        kinds = {each.state for each in wrong}
        verb = "Set" if kinds == {"missing"} else "Correct"
        verb = "Set or correct" if len(kinds) > 1 else verb
        them = "it" if len(wrong) == 1 else "them"
        error = ConfigurationError(
            f"A login could not start: {names}.",
            hint=f"{verb} {them} in the environment or in .env (see .env.example).",
        )
    on = coloured(sys.stdout)
    rows = table((each.name, each.state, each.problem or "") for each in found)
    lines = [
        row.replace(f" {each.state}", f" {paint(each.state, _COLOURS[each.state], on=on)}", 1)
        for row, each in zip(rows, found, strict=True)
    ]
    data = {
        "settings": [
            {"name": Plain(each.name), "state": Plain(each.state), "problem": each.problem}
            for each in found
        ]
    }
    return Result(data, [*lines, *([] if wrong else ["", "A login can start."])], error)


@command("totp", panel=CHECK)
def totp(call: Call) -> Result:
    """Print the current TOTP code and the seconds it has left.

    Needs UPSTOX_TOTP_SECRET or UPSTOX_TOTP_COMMAND only. Compare it with your
    authenticator app: if they differ, the seed or the clock is wrong.

    Example: upstox-browser-login totp
    """
    from upstox_browser_login.clock import Clock
    from upstox_browser_login.session import code_source

    settings = call.settings()
    if settings.totp_command is None:
        settings.require("totp_secret")
    source = code_source(settings)
    now = Clock().time()
    code = run_async(source.code(int(now // source.period)))
    left = int(source.period - now % source.period)
    return Result({"code": Plain(code), "seconds_left": left}, [Plain(f"{code}  ({left} s left)")])

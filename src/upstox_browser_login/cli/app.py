"""The whole program: importing a file of commands adds them, in the order of `--help`."""

from functools import cache
from typing import Any

import typer

# isort: off
from . import configure as _configure
from . import login as _login
from . import token as _token
from . import exec_ as _exec
from . import account as _account
from . import status as _status
from . import manual as _manual
from . import request_token as _request_token
from . import checks as _checks
from . import doctor as _doctor
from . import accounts as _accounts
from . import browser as _browser
from . import traces as _traces
from . import record as _record
from . import replay as _replay
from . import refresh as _refresh
from . import service as _service
from . import replica as _replica
from . import demo as _demo

# isort: on
from .root import root as app

__all__ = ["app", "whole"]

_FILES = (
    _configure, _login, _token, _exec, _account, _status, _manual, _request_token, _checks,
    _doctor, _accounts, _browser, _traces, _record, _replay, _refresh, _service, _replica, _demo,
)  # fmt: skip

_PLACES = {each.__name__: place for place, each in enumerate(_FILES)}

# A file that this process has run by itself was added before the others.
app.registered_commands.sort(key=lambda each: _PLACES[getattr(each.callback, "__module__", "")])


@cache
def whole() -> Any:
    """All commands as one. Put together once a process, for that takes longer than most of them."""
    return typer.main.get_command(app)

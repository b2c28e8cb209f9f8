"""`replica`: the local Upstox, served for one's own experiments."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from upstox_browser_login.extras import needing

from . import signals
from .call import Call
from .command import command
from .panels import TRY
from .results import Plain, Result
from .usage import Misuse

if TYPE_CHECKING:
    from upstox_browser_login.replica import Replica

Scenarios = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        metavar="NAME[=VALUE]",
        help="Something that goes otherwise than in a good login, such as wrong-pin; may be given "
        "several times.",
    ),
]
ListScenarios = Annotated[
    bool, typer.Option("--list-scenarios", help="Show what --scenario may be.")
]

_POLL = 0.1

_NAME = re.compile(r"^[a-z-]+")
"""Of a scenario, as it stands before what is written behind it."""


@command("replica", panel=TRY)
def replica(
    call: Call,
    *,
    scenario: Scenarios = None,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            min=0,
            max=65_530,
            metavar="PORT",
            help="First of five ports in a row; 0: any that are free.",
        ),
    ] = 0,
    notifier_url: Annotated[
        str | None,
        typer.Option(
            "--notifier-url",
            metavar="URL",
            help="The app's notifier URL: where `request-token --wait` listens.",
        ),
    ] = None,
    list_scenarios: ListScenarios = False,
) -> Result | None:
    """Serve the bundled replica of Upstox until Ctrl-C.

    Prints the settings that point a login at it. Requests are shown on stderr.

    With --notifier-url the replica takes token requests. To approve one, as
    the user would on the phone, POST to /__replica__/approve-token-request of
    UPSTOX_API_BASE_URL; the answer tells the notifier's status.

    For example:
      upstox-browser-login replica --scenario qr-layout --port 8700
      upstox-browser-login replica --port 8700 --notifier-url http://127.0.0.1:8787/notify
      upstox-browser-login request-token --wait     (in another terminal)
      curl -X POST http://127.0.0.1:8700/__replica__/approve-token-request
    """
    if list_scenarios:
        return scenario_list()
    if notifier_url is not None and not notifier_url.startswith(("http://", "https://")):
        raise Misuse("it must be an http or https address", param_hint="--notifier-url")
    server = make(scenario or (), ports=port, notifier_url=notifier_url)
    try:
        server.start()
    except OSError as error:
        from upstox_browser_login.errors import ConfigurationError

        raise ConfigurationError(
            f"The replica cannot listen on port {port} and the four after it: {error.strerror}.",
            hint="Choose another --port.",
        ) from None
    try:
        # Stopping it is how it ends well, whenever the signal comes.
        _serve(call, server, approves=notifier_url is not None)
    except signals.Interruption:
        call.screen.line("The replica has stopped.")
    finally:
        server.stop()
    return None


def _serve(call: Call, server: Replica, *, approves: bool) -> None:
    import shlex

    settings = server.settings()
    exports = [Plain(f"export {name}={shlex.quote(value)}") for name, value in settings.items()]
    urls = {name: getattr(server, f"{name}_url") for name in ("api", "login", "service", "config")}
    approval = f"{server.api_url}/__replica__/approve-token-request"
    data = {
        "settings": {name: Plain(value) for name, value in settings.items()},
        "urls": {**urls, **({"approve_token_request": approval} if approves else {})},
        "scenarios": server.scenarios,
    }
    call.print(Result(data, exports))
    where = (
        "data.settings of the object on stdout are the variables of a login"
        if call.program.json
        else "paste the lines of stdout into another terminal"
    )
    call.screen.line(
        f"Serving; {where}. Ctrl-C ends it. For many logins in a minute, add --scenario "
        "no-otp-limit."
    )
    if approves:
        call.screen.line(f"To approve a token request: curl -X POST {approval}")
    shown = 0
    while True:
        entries = server.log.snapshot()
        for each in entries[shown:]:
            when = time.strftime("%H:%M:%S%z", time.localtime(each.time))
            what = f"  ({each.step})" if each.step else ""
            call.screen.line(f"{when} {each.origin:<11} {each.method:<6} {each.path}{what}")
        shown = len(entries)
        time.sleep(_POLL)


def make(scenarios: Sequence[str], **options: Any) -> Replica:
    """A replica that is not started yet. Raises what a person can act on."""
    package = _package()
    try:
        made: Replica = package.Replica(*scenarios, **options)
    except ValueError as error:
        # Without the words that were given, as every complaint about a command line.
        _, fits, usage = str(error).rpartition(" does not fit; it is written ")
        text = "there is no such scenario; --list-scenarios shows what there is"
        if fits:
            # Its name may be one of those words.
            text = f"it does not fit; it is written {_NAME.sub('NAME', usage)}"
            text += ", and --list-scenarios shows which STEP there is" if "STEP" in usage else ""
        raise Misuse(text, param_hint="--scenario") from None
    return made


def scenario_list() -> Result:
    """Every scenario, and what it is."""
    from .words import table

    package = _package()
    found = package.SCENARIOS.values()
    data = [
        {"name": Plain(each.name), "usage": Plain(each.usage), "summary": Plain(each.summary)}
        for each in found
    ]
    steps = [
        f"STEP is one of {', '.join(package.STEPS)};",
        f"of error and error-once: {', '.join(package.SERVICE_STEPS)};",
        f"of redirect-loop: {', '.join(package.DOCUMENT_STEPS)}.",
    ]
    lines = table((each.usage, each.summary) for each in found)
    return Result({"scenarios": data}, [*lines, "", *steps])


def _package() -> Any:
    with needing("server", "The replica"):
        from upstox_browser_login import replica as package
    return package

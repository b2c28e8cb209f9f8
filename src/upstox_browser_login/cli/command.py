"""How a function becomes a command: its own options, those of settings, the common ones."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

import typer

from .call import Call, current
from .help import Command
from .options import COMMON, Options, typed
from .results import Result
from .root import root

P = ParamSpec("P")
Body = Callable[Concatenate[Call, P], Result | None]


def command(
    name: str,
    *,
    panel: str | None = None,
    app: typer.Typer = root,
    settings: Options | None = None,
    common: Options = COMMON,
    cls: type[Command] = Command,
    **options: Any,
) -> Callable[[Body[P]], Body[P]]:
    """Add the function to `app`; it is called with a `Call` and its own options.

    `settings` are options that go into `Call.overrides`, `common` are those of `COMMON` in the
    words of this command. What the function returns is printed. Its docstring is the help.
    """
    mirrored = dict(settings or {})
    label = f"{app.info.name} {name}" if isinstance(app.info.name, str) else name

    def decorate(body: Body[P]) -> Body[P]:
        def run(**given: Any) -> None:
            shared = {each: given.pop(each) for each in COMMON}
            overrides = {each: given.pop(each) for each in mirrored} | {"debug": shared["debug"]}
            program = current.get()
            program.command = label
            program.json = shared["format"] == "json"
            program.given = {**shared, **overrides}
            program.typed = typed(overrides)
            program.begin()
            if shared["debug"]:
                program.show_debug()
            call = Call(program, shared["env_file"], shared["profile"], overrides)
            # What is left in `given` are the command's own parameters, as typer read them.
            result = body(call, **given)  # type: ignore[call-arg]
            if result is not None:
                program.end(result)

        own = list(inspect.signature(body, eval_str=True).parameters.values())[1:]
        added = [
            *(_parameter(each, kind, None) for each, kind in mirrored.items()),
            *(
                _parameter(each, kind, "text" if each == "format" else None)
                for each, kind in common.items()
            ),
        ]
        keyword = inspect.Parameter.KEYWORD_ONLY
        # Where inspect, and typer by it, looks first; typeshed knows it of no function.
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [*(each.replace(kind=keyword) for each in own), *added]
        )
        run.__annotations__ = {}
        run.__doc__ = body.__doc__
        run.__name__, run.__module__ = body.__name__, body.__module__
        app.command(name, cls=cls, rich_help_panel=panel, **options)(run)
        return body

    return decorate


def _parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)

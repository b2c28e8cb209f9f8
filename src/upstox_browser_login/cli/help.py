"""`--help` as plain text in groups.

Typer's own way imports rich and its Markdown, which takes longer than everything else together.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from .screen import coloured
from .usage import refuse_empty

_ARGUMENTS = "Arguments"
_OPTIONS = "Options"
_COMMANDS = "Commands"


class Command(TyperCommand):
    """A command whose help has its options in their panels."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; what is wrong with them is told with the command's name."""
        try:
            left = super().parse_args(ctx, args)
            _refuse_empty(self.get_params(ctx), ctx.params)
        except typer.TyperException as error:
            told = self.explained(error, ctx)
            if getattr(told, "ctx", None) is None:
                told.ctx = ctx  # type: ignore[attr-defined]  # as most of them have
            raise told from None
        return left

    def explained(self, error: typer.TyperException, ctx: Any) -> typer.TyperException:
        """The error that is told in place of this one, where a command knows a better hint."""
        del ctx
        return error

    def get_help(self, ctx: Any) -> str:
        """The help, as wide as the terminal."""
        return str(super().get_help(_as_wide_as_the_terminal(ctx)))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """An argument by its name, in brackets where it may be left out, but not in braces."""
        pieces = super().collect_usage_pieces(ctx)
        return [re.sub(r"^\{(.*)\}(?=(\.\.\.)?$)", r"\1", each) for each in pieces]

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the docstring."""
        del ctx
        _write_text(self.help or "", formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options."""
        _write_params(self.get_params(ctx), ctx, formatter)


class Group(TyperGroup):
    """A group whose help has its commands in their panels."""

    def get_help(self, ctx: Any) -> str:
        """The help, as wide as the terminal."""
        return str(super().get_help(_as_wide_as_the_terminal(ctx)))

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the docstring."""
        del ctx
        _write_text(self.help or "", formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, then the group's own options."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            each = self.commands[name]
            panel = getattr(each, "rich_help_panel", None)
            first = (each.help or "").partition("\n\n")[0]
            key = panel if isinstance(panel, str) else _COMMANDS
            panels.setdefault(key, []).append((name, " ".join(first.split())))
        _write_panels(panels, formatter)
        _write_params(self.get_params(ctx), ctx, formatter)


_NARROW = 50
"""Columns: on a narrower terminal each option has a line of its own above its help."""

_NARROWEST = 20


def _as_wide_as_the_terminal(ctx: Any) -> Any:
    columns = shutil.get_terminal_size().columns - 2
    if columns < _NARROW:
        ctx.terminal_width = max(columns, _NARROWEST)
    return ctx


def _refuse_empty(params: Iterable[Any], given: Mapping[str, Any]) -> None:
    """Raise `Misuse` for an option or argument that was given without anything in it."""
    for param in params:
        value = given.get(param.name)
        if isinstance(value, str):
            name = param.opts[0] if param.param_type_name == "option" else param.display_name_raw
            refuse_empty(value, name)


def _write_text(text: str, formatter: Any) -> None:
    """Paragraphs; those with an example, and those that are indented, keep their lines."""
    for paragraph in text.strip().split("\n\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            if paragraph.startswith((" ", "Example", "For example")):
                for line in paragraph.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")
            else:
                formatter.write_text(" ".join(paragraph.split()))


def _write_params(params: Iterable[Any], ctx: Any, formatter: Any) -> None:
    panels: dict[str, list[tuple[str, str]]] = {}
    for param in params:
        record = param.get_help_record(ctx)
        if record is None:
            continue
        own = _OPTIONS
        if param.param_type_name == "argument":
            own, record = _ARGUMENTS, (param.display_name_raw, param.help or "")
        panel = getattr(param, "rich_help_panel", None)
        panels.setdefault(panel if isinstance(panel, str) else own, []).append(record)
    # --help itself comes last.
    last = panels.pop(_OPTIONS, [])
    first = [each for each in last if not each[0].startswith("-h")]
    help_itself = [each for each in last if each[0].startswith("-h")]
    arguments = {name: panels.pop(name) for name in (_ARGUMENTS,) if name in panels}
    common = list(panels)[-1:]
    if common:
        panels[common[0]] += help_itself
    else:
        first += help_itself
    _write_panels({**arguments, **({_OPTIONS: first} if first else {}), **panels}, formatter)


def _write_panels(panels: dict[str, list[tuple[str, str]]], formatter: Any) -> None:
    bold = coloured(sys.stdout)
    for name, rows in panels.items():
        formatter.write_paragraph()
        formatter.write(f"\x1b[1m{name}\x1b[0m\n" if bold else f"{name}\n")
        with formatter.indentation():
            if formatter.width >= _NARROW:
                formatter.write_dl(rows)
            else:
                _write_below(rows, formatter)


def _write_below(rows: Iterable[tuple[str, str]], formatter: Any) -> None:
    """Each term with what it means in lines of their own below it."""
    for term, meaning in rows:
        formatter.write(f"{' ' * formatter.current_indent}{term}\n")
        with formatter.indentation():
            formatter.write_text(meaning)

"""Values that do not show what they hold."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Concealed(Struct, frozen=True):
    """A Struct whose `repr` hides what it holds, from rich as well.

    Rich prints the members of a Struct itself, so that its tracebacks would show a PIN.
    """

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Tell rich of no member."""
        return []

"""Values that do not show what they hold."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Concealed(Struct, frozen=True):
    """A value with a `repr` of its own, which rich does not go behind: by itself it asks a Struct.

    Its tracebacks with local variables would show a PIN otherwise.
    """

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Tell rich of no member."""
        return []

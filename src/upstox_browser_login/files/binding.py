"""The lines of an env file, as python-dotenv's parser tells them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dotenv.parser import Binding


def name_in(binding: Binding) -> str | None:
    """The variable that a line sets, also one whose value cannot be read."""
    if not binding.error:
        return binding.key
    # Compiled only here, since few files have such a line and every command reads one.
    broken = re.match(r"\s*(?:export\s+)?'?([A-Za-z_][A-Za-z0-9_]*)'?\s*=", binding.original.string)
    return None if broken is None else broken[1]

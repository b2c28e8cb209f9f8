"""How every part of the ledger's document is validated."""

from __future__ import annotations

from pydantic import ConfigDict

# Unknown members are refused, not dropped: a newer version's rules would be lost on writing.
STRICT = ConfigDict(
    strict=True,
    extra="forbid",
    allow_inf_nan=False,
    hide_input_in_errors=True,
    validate_assignment=True,
)

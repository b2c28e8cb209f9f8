"""The table in the documents: what the rules promise, which the cells prove."""

from __future__ import annotations

from pathlib import Path

from .faults import FAULTS, SIGNS
from .stages import rows

PATH = Path(__file__).parents[2] / "docs" / "fault-matrix.md"

_HEAD = """\
# The fault matrix

What `upstox-browser-login login` ends with when something breaks, by the point that the login has
reached (rows) and by what breaks (columns). `tests/matrix` runs every cell against the replica, in
a real browser, and writes this table: `UPDATE_DOCS=1 python -m pytest tests/matrix -k table`.
`make test` runs most cells. Left to `make test-all` are those that break another request than a
stage's first, or one that few logins make (the password's, the approval's), SIGTERM elsewhere than
at the number and at the PIN, and, at a stage that is not the first of its step, a browser killed,
and one of the two faults of the disk and of the two of the clock.

Beside the code each cell checks: the end comes in time; no more than one PIN is submitted, and no
TOTP code twice; no secret is in the evidence, the ledger, the logs, the messages; no process and no
temporary file is left; token store and ledger can be read, and the ledger knows of every
submission.

A row is a state of Upstox's page, or a step beside it, with the request that is made from there.
A fault of the wire happens to that request. A fault of the machine happens the moment the state is
recognised. States that end a login keep their own error, whatever breaks after them.
"""

_FEET = """\
How they are made: *connection refused* closes the server's port before the request; *TLS error*
shows a certificate nobody trusts from that request on; *browser killed* is SIGKILL for Chromium,
*tab crashed* Chromium's own `Page.crash`; *disk full* and *read-only folders* fail the system calls
below the state and trace folders; the clock jumps on this machine and not at Upstox; *SIGTERM* goes
to the command itself. A hang is cut short by bringing the login's own deadline forward.

When a connection that was used before breaks in the middle of a request, Chromium sends that
request once more by itself, as every browser does: a PIN may then be on the wire twice although it
was submitted once. The ledger counts both, and never lets a fifth go out.
"""


def render() -> str:
    """The whole document."""
    table = rows()
    lines = [_HEAD]
    for title, wire in (("Faults of the wire", True), ("Faults of the machine", False)):
        faults = [each for each in FAULTS if (each.wire is not None) == wire]
        shown = [row for row in table if any(not each.left_out(row) for each in faults)]
        lines += [f"## {title}", ""]
        lines.append("| | " + " | ".join(each.name for each in faults) + " |")
        lines.append("|---" * (len(faults) + 1) + "|")
        for row in shown:
            texts = [
                each.left_out(row) or " or ".join(f"`{code}`" for code in sorted(each.allowed(row)))
                for each in faults
            ]
            lines.append(f"| {row} | " + " | ".join(texts) + " |")
        lines.append("")
    lines += [f"{sign} {meaning}.  " for sign, meaning in SIGNS.items()]
    count = sum(not each.left_out(row) for row in table for each in FAULTS)
    lines += ["", f"{count} cells.", "", _FEET]
    return "\n".join(lines).rstrip() + "\n"

"""No core dumps while secrets are in memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_before: list[tuple[int, int]] = []


@contextmanager
def no_core_dumps() -> Iterator[None]:
    """Within the block, a crash of this process or its children writes no memory to a file."""
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    # On Linux 0 does not stop a core_pattern that pipes to a program; 1 does.
    none = 1 if sys.platform == "linux" and hard != 0 else 0
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (none, hard))
        _before.append((soft, hard))
    try:
        yield
    finally:
        allow_core_dumps()


def allow_core_dumps() -> None:
    """Put the limit back, for a program that takes this one's place."""
    if sys.platform != "win32" and _before:
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, _before.pop())

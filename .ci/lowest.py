"""Prints the lowest version that pyproject.toml allows of each direct dependency, as pip's pins."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
_FLOOR = re.compile(
    r"(?P<name>[\w.-]+)(?P<extra>\[[\w,-]+\])?>=(?P<version>[\w.]+)[^;]*(?P<marker>;.*)?"
)


def pins(pyproject: str) -> list[str]:
    """Each direct dependency of the package, its extras and its tests, at its lowest version.

    Raises `ValueError` for one without a lowest version, which could not be tested.
    """
    project = tomllib.loads(pyproject)
    package = project["project"]
    wanted = [*package["dependencies"], *project["dependency-groups"]["test"]]
    for extra in package["optional-dependencies"].values():
        wanted += extra
    found = []
    for requirement in wanted:
        match = _FLOOR.fullmatch(requirement)
        if match is None:
            raise ValueError(f"{requirement} has no lowest version")
        found.append(f"{match['name']}=={match['version']}{match['marker'] or ''}")
    return found


if __name__ == "__main__":
    print("\n".join(pins((ROOT / "pyproject.toml").read_text("utf-8"))))

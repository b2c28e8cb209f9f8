"""Says what a named folder is that is no recording, and what to name instead."""

from __future__ import annotations

import stat
import zipfile
from contextlib import suppress
from pathlib import Path

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.evidence.folder import NAME as EVIDENCE
from upstox_browser_login.evidence.shelf import RECORDED
from upstox_browser_login.files.paths import check_looked_into, is_file
from upstox_browser_login.files.refused import reason_of
from upstox_browser_login.programs import join_command

from .places import DESCRIPTION

MOST_LISTED = 12


def check_named(path: Path, usual: Path | None = None) -> None:
    """Raise `ConfigurationError`, which says what to name instead, for what is no recording.

    `usual` is the folder that recordings are in where none lies beside what was named. Whether one
    is whole is for `read_bundle` to say.
    """
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
        if is_folder:
            check_looked_into(path)
        elif path.is_file():
            path.open("rb").close()
    except (FileNotFoundError, NotADirectoryError):
        inside = _recordings_in(path.parent) if path.parent != path else []
        if not inside and usual is not None:
            inside = _recordings_in(usual)
        near = [each for each in inside if path.name.lower() in each.name]
        raise _not_one(f"There is no recording at {path}.", near or inside) from None
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read: {reason_of(error)}.",
            hint="Let this user read it, or name another recording.",
        ) from None
    if is_folder:
        _check_folder(path)
    elif not zipfile.is_zipfile(path):
        _check_file(path)
    else:
        _check_zip(path)


def _check_folder(path: Path) -> None:
    if (path / DESCRIPTION).exists():
        return
    if (path / "report.json").exists() or EVIDENCE.fullmatch(path.resolve().name):
        what = join_command(["--trace-dir", str(path.parent), path.resolve().name])
        raise ConfigurationError(
            f"{path} is the evidence of a login, which cannot be replayed: it does not hold the "
            "answers that the browser got.",
            hint=f"`upstox-browser-login traces show {what}` tells what happened in that login. To "
            "have one that can be replayed, run `upstox-browser-login record NAME`.",
        )
    if is_file(path.parent / DESCRIPTION):
        raise _part_of(path)
    inside = _recordings_in(path) or _recordings_in(path / RECORDED)
    what = "recordings, and is none itself" if inside else "no recording"
    raise _not_one(f"{path} is a folder with {what}.", inside)


def _check_file(path: Path) -> None:
    if is_file(path.parent / DESCRIPTION):
        raise _part_of(path)
    raise _not_one(
        f"{path} is a file, and no recording: that is a folder, or a zip file of one.",
        _recordings_in(path.parent),
    )


def _check_zip(path: Path) -> None:
    names: list[str] = []
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if not names or any(name.rpartition("/")[2] == DESCRIPTION for name in names):
        return
    if is_file(path.parent / DESCRIPTION):
        raise _part_of(path)
    raise _not_one(f"{path} is a zip file without a recording in it.", _recordings_in(path.parent))


def _part_of(path: Path) -> ConfigurationError:
    return ConfigurationError(
        f"{path} is only a part of a recording.", hint=f"Name the whole folder, {path.parent}."
    )


def _not_one(message: str, instead: list[Path]) -> ConfigurationError:
    if not instead:
        return ConfigurationError(
            message,
            hint="Name a folder that `upstox-browser-login record` has made, or a zip file of it.",
        )
    listed = ", ".join(map(str, instead[:MOST_LISTED]))
    more = f" and {len(instead) - MOST_LISTED} more" if len(instead) > MOST_LISTED else ""
    return ConfigurationError(message, hint=f"Name one or more of these: {listed}{more}.")


def _recordings_in(folder: Path) -> list[Path]:
    """The folders in `folder` that are recordings, by name."""
    with suppress(OSError):
        return sorted(each for each in folder.iterdir() if is_file(each / DESCRIPTION))
    return []

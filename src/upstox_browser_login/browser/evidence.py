"""What a failed login leaves behind: its report, its folder, and the last look for secrets."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

from upstox_browser_login._version import __version__
from upstox_browser_login.redaction import Redactor
from upstox_browser_login.spellings import digests_of, hex_digests

from .scratch import make_scratch, remove_leftovers, sweep_scratch
from .scrub import (
    DEPTH,
    FOLDERS,
    HASH_NAME,
    LIMIT,
    LINES,
    REFERRING,
    Scrubber,
    UnfitError,
    unpack,
)

_NAME = re.compile(r"(\d{8}T\d{6}Z)-([A-Z_]+)(?:-(\d+))?")
_PARTIAL = ".partial-"
_ROWS = 200
_LONGEST = 400


@dataclass(frozen=True)
class StepTime:
    """How long a step of the login took."""

    step: str
    seconds: float


@dataclass(frozen=True)
class Seen:
    """A state of the page, `at` seconds after the start; `detail` is its address or its text."""

    at: float
    state: str
    detail: str


@dataclass(frozen=True)
class Outcome:
    """How a login ended. `code` is "OK" or an error's; `requests` are "GET host/path 200" lines."""

    code: str
    message: str
    hint: str
    step: str | None
    upstox_code: str | None
    steps: tuple[StepTime, ...]
    seen: tuple[Seen, ...]
    versions: Mapping[str, str]
    requests: tuple[str, ...]


@dataclass(frozen=True)
class TraceInfo:
    """An evidence folder. `trace` is its trace.zip, None where a browser left none."""

    path: Path
    name: str
    at: datetime
    code: str
    size: int
    trace: Path | None


def list_traces(folder: Path) -> list[TraceInfo]:
    """List the evidence in `folder`, newest first. Empty where there is no such folder."""
    try:
        entries = [entry for entry in folder.iterdir() if _NAME.fullmatch(entry.name)]
    except OSError:
        return []
    found = [_info(entry) for entry in entries if entry.is_dir()]
    return sorted(found, key=lambda each: (each.at, _number(each.name)), reverse=True)


def find_trace(folder: Path, name: str | None) -> TraceInfo:
    """Find the evidence called `name`, or the newest. Raises `LookupError`."""
    found = list_traces(folder)
    if name is None:
        if not found:
            raise LookupError(f"There is no trace in {folder}.")
        return found[0]
    # As a shell completes it: "traces/2026…-PIN_REJECTED/".
    wanted = Path(name).name
    for each in found:
        if each.name == wanted:
            return each
    raise LookupError(f"There is no trace called {wanted} in {folder}.")


def _number(name: str) -> int:
    found = _NAME.fullmatch(name)
    return int(found[3] or 1) if found else 0


def _info(path: Path) -> TraceInfo:
    found = _NAME.fullmatch(path.name)
    assert found is not None  # noqa: S101  (both callers looked)
    size = 0
    for file in path.rglob("*"):
        with contextlib.suppress(OSError):
            size += file.stat().st_size if file.is_file() else 0
    at = datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    trace = path / "trace.zip"
    return TraceInfo(path, path.name, at, found[2], size, trace if trace.is_file() else None)


def make_partial(folder: Path) -> Path:
    """Make the folder that evidence is gathered in, for the owner's eyes only. Raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder))  # 0700, says its documentation


def make_raw() -> Path:
    """Make a folder for an unscrubbed trace, outside the evidence's own. Raises `OSError`."""
    return make_scratch("raw-")


def finish(partial: Path, at: datetime, code: str) -> Path:
    """Give gathered evidence its name. Raises `OSError`."""
    plain = re.sub(r"[^A-Z_]", "", code.upper()) or "UNEXPECTED"
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{plain}"
    for number in range(1, 1000):
        path = partial.with_name(name if number == 1 else f"{name}-{number}")
        if not path.exists():
            # Another process may have taken the name just now; its folder is not empty then, and
            # the system refuses.
            with contextlib.suppress(FileExistsError):
                return partial.rename(path)
    raise FileExistsError(f"no free name like {name}")


def sweep(folder: Path) -> None:
    """Remove what killed processes have left: half-made evidence, unscrubbed traces."""
    with contextlib.suppress(OSError):
        remove_leftovers(list(folder.glob(f"{_PARTIAL}*")))
    sweep_scratch()


def write_private(path: Path, data: bytes) -> None:
    """Write a file that nobody else can read, from its first byte. Raises `OSError`."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def leaks(folder: Path, redactor: Redactor) -> list[tuple[str, str]]:
    """Look at every byte of every file for registered secrets: (kind, file) of each found.

    Archives are opened, also within each other; one that cannot be looked into counts as a leak,
    and so does a name that looks like a digest and is not that of its file: secrets that were taken
    out of the file could be guessed from it.
    """
    found: set[tuple[str, str]] = set()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found |= {(kind, "a file's name") for kind in redactor.find(name)}
        data = path.read_bytes() if path.is_file() else b""
        if _is_misnamed(name, data):
            found.add((_FOREIGN, "a file's name"))
        found |= {(kind, name) for kind in _kinds(data, redactor, 0)}
    return sorted(found)


def _kinds(data: bytes, redactor: Redactor, depth: int) -> set[str]:
    kinds = redactor.find(data)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        kinds |= redactor.find(data.decode("utf-16", "replace"))
    packed = data[:4] == b"PK\3\4"
    if not (packed or data[:2] == b"\x1f\x8b"):
        return kinds
    if depth >= DEPTH:
        return kinds | {_UNKNOWN}
    try:
        if not packed:
            return kinds | _kinds(unpack(data), redactor, depth + 1)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            kinds |= _kinds_of_members(archive, redactor, depth)
    except (
        UnfitError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        kinds |= {_UNKNOWN}
    return kinds


def _kinds_of_members(archive: zipfile.ZipFile, redactor: Redactor, depth: int) -> set[str]:
    if sum(member.file_size for member in archive.infolist()) > LIMIT:
        return {_UNKNOWN}
    kinds: set[str] = set()
    names = {part for name in archive.namelist() for part in _callings(name)}
    for member in archive.infolist():
        data = archive.read(member)
        kinds |= redactor.find(member.filename) | _kinds(data, redactor, depth + 1)
        lost = member.filename.endswith(LINES) and not names.issuperset(_references(data))
        if lost or _is_misnamed(member.filename, data):
            kinds.add(_FOREIGN)
    return kinds


_UNKNOWN = "something unknown"
_FOREIGN = "a digest of something else"

_HEX = re.compile(r"[0-9A-Fa-f]{16,}")
_BASE64 = re.compile(r"(?=[^/.@]*[A-Z])(?=[^/.@]*[a-z])[\w+=-]{22,}", re.ASCII)
_REFERENCE = re.compile(
    rf'"({HASH_NAME})"|"(?:{"|".join(REFERRING)})":"((?:{"|".join(FOLDERS)})[^"]+)"'
)


def _is_misnamed(name: str, data: bytes) -> bool:
    """Whether a name looks like a digest, whole or cut short, and is not that of `data`."""
    own = hex_digests(data)
    for run in _HEX.findall(name):
        if not any(digest.startswith(run.lower()) for digest in own):
            return True
    encoded = [run for run in _BASE64.findall(name) if not _HEX.search(run)]
    return any(not any(form in run for form in digests_of(data)) for run in encoded)


def _callings(name: str) -> set[str]:
    """What a trace may call its member `name`."""
    path = PurePosixPath(name)
    return {name, path.name, path.stem}


def _references(lines: bytes) -> set[str]:
    """What the lines of a trace call its members."""
    found = _REFERENCE.finditer(lines.decode("utf-8", "replace"))
    return {each[1] or each[2] for each in found}


def versions(browser: str | None) -> dict[str, str]:
    """Name what a report of a fault needs to say."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        playwright = version("playwright")
    except PackageNotFoundError:
        playwright = "unknown"
    return {
        "upstox-browser-login": __version__,
        "playwright": playwright,
        "browser": browser or "unknown",
        "Python": platform.python_version(),
        "OS": f"{platform.system()} {platform.release()} ({platform.machine()}, {sys.platform})",
    }


def report(
    outcome: Outcome,
    at: datetime,
    *,
    files: Sequence[str],
    left_out: Sequence[str],
    redactor: Redactor,
) -> str:
    """Write the report, as Markdown that no text of a page can break out of."""
    scrub = Scrubber(redactor).text

    def one_line(text: str) -> str:
        # Joined before it is scrubbed, cut after: neither may hide half a secret.
        plain = scrub(" ".join("".join(c if c.isprintable() else " " for c in text).split()))
        return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"

    def prose(text: str) -> str:
        plain = re.sub(r"([\\`*_\[\]<>|~&!#@])", r"\\\1", one_line(text))
        # GitHub makes links of bare addresses.
        return plain.replace("://", r":\//").replace("www.", r"www\.")

    def code(text: str) -> str:
        plain = one_line(text).replace("|", r"\|") or " "
        longest = max((len(run) for run in re.findall("`+", plain)), default=0)
        fence = "`" * (longest + 1)
        pad = " " if longest or plain.endswith("\\") else ""
        return f"{fence}{pad}{plain}{pad}{fence}"

    def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
        lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
        lines += [f"| {' | '.join(row)} |" for row in rows[:_ROWS]]
        more = len(rows) - _ROWS
        return [*lines, "", *([f"… and {more} more.", ""] if more > 0 else [])]

    ok = outcome.code == "OK"
    facts = [("When", f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"), ("Code", code(outcome.code))]
    if outcome.step:
        facts.append(("Step", code(outcome.step)))
    if outcome.upstox_code:
        facts.append(("Upstox's code", code(outcome.upstox_code)))
    lines = [f"# Login {'succeeded' if ok else 'failed: ' + code(outcome.code)}", ""]
    lines += [f"**{name}:** {value}  " for name, value in facts]
    lines += ["", f"**What happened:** {prose(outcome.message)}", ""] if outcome.message else [""]
    if outcome.hint:
        lines += [f"**What to do:** {prose(outcome.hint)}", ""]
    if outcome.steps:
        rows = [(code(each.step), f"{each.seconds:.2f}") for each in outcome.steps]
        total = sum(each.seconds for each in outcome.steps)
        lines += ["## Steps", "", *table(("step", "seconds"), [*rows, ("all", f"{total:.2f}")])]
    if outcome.seen:
        seen = [(f"{each.at:.2f}", code(each.state), code(each.detail)) for each in outcome.seen]
        lines += ["## States seen", "", *table(("at (s)", "state", "detail"), seen)]
    if outcome.requests:
        lines += ["## Requests", "", *table(("request",), [(code(r),) for r in outcome.requests])]
    rows = [(prose(name), code(version)) for name, version in outcome.versions.items()]
    lines += ["## Versions", "", *table(("what", "version"), rows), "## In this folder", ""]
    lines += [f"- {code(name)}" for name in files]
    lines += [f"- left out: {prose(reason)}" for reason in left_out]
    return "\n".join(lines) + "\n"

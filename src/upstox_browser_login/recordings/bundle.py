"""A recording as a value: what was asked and answered, what the walk saw, and how it ended.

`read_bundle` is the only way in. It takes folders and zip files of anybody, so it believes nothing:
every size and number is bounded, every name is checked, every body has the hash that it is called.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.page.timing import Timing

from .moments import Moment, State, moments
from .places import DESCRIPTION, MOST_BYTES, Place, open_place
from .times import EPOCH

FORMAT = 1
"""The newest format that is read, and the one that is written."""

Lift = Callable[[dict[str, Any]], dict[str, Any]]

LIFTS: Mapping[int, Lift] = {}
"""What makes a `recording.json` of format n one of format n + 1. The only place that knows of
older formats; a change that only adds members needs none, since a missing one has its default."""

MOST_EXCHANGES = 20_000
MOST_LINES = 200_000
MOST_LINE = 2_000_000
"""Bytes of one line, a thousand times what recorded ones have: JSON takes much more once read."""
MOST_VALUES = 5_000_000
"""In all lines of one file, by their commas."""

MOST_BODY = 25_000_000
"""Bytes of one body."""

PIN_CODE = r"[0-9]{4,6}"

Pairs = tuple[tuple[str, str], ...]
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{0,60}}\.?|\[[0-9a-fA-F:.]+\]")


def _address(value: str) -> str:
    """An address whose host and port can be served. Raises `ValueError`.

    They are written into the browser's command line, where other signs would mean something.
    """
    parts = urlsplit(value)
    port = "" if parts.port is None else f":{parts.port}"  # raises for a port that is none
    host, given = parts.netloc.removesuffix(port), parts.hostname or ""
    if not _HOST.fullmatch(host) or len(given) > 253:
        raise ValueError("its host is none that a browser could ask")
    if host.startswith("["):
        IPv6Address(given)
    return value


Address = Annotated[str, AfterValidator(_address)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Time = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Account(_Part):
    """What stands in for a person's account, so that a replay can type it."""

    username: str = Field(pattern=r"^[6-9]\d{9}$")
    pin_code: str = Field(pattern=f"^{PIN_CODE}$")
    password: str | None = None


class Ending(_Part):
    """How the login ended: well, or with an error of this code."""

    ok: bool
    code: str | None = None
    upstox_code: str | None = None
    step: str | None = None

    @property
    def name(self) -> str:
        """`OK`, or the code of the error."""
        return "OK" if self.ok else self.code or "UNEXPECTED"


class StepTime(_Part):
    """How long a step took."""

    step: str
    seconds: Time = 0.0


class About(_Part):
    """`recording.json`: what the recording is of, and how the login in it went."""

    format: Literal[1]
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")
    source: Literal["replica", "upstox", "other"] = "other"
    made_by: dict[str, str] = {}
    epoch: AwareDatetime = EPOCH
    seconds: Time = 0.0
    how: Literal["headless", "headed", "watch"] = "headless"
    timing: dict[str, Time] = Field(default={}, max_length=100)
    """How long its walk waited for what, seconds: a later version may wait otherwise."""
    api_base_url: Address = Field(pattern=r"^https?://[^\s/?#]+$", max_length=300)
    redirect_uri: str = Field(pattern=r"^https?://\S+$", max_length=2_000)
    client_id: str = Field(min_length=1, max_length=200)
    account: Account
    login_hosts: tuple[str, ...] = ()
    ending: Ending
    steps: tuple[StepTime, ...] = ()
    states: tuple[State, ...] = ()
    counts: dict[str, int] = {}
    time_fields: tuple[str, ...] = ()
    volatile: tuple[str, ...] = ()
    replaced: dict[str, int] = {}


class Request(_Part):
    """What was asked, beside its address."""

    headers: Pairs = ()
    body: Hash | None = None


class Response(_Part):
    """What it was answered with."""

    status: int = Field(ge=100, le=599)
    headers: Pairs = ()
    body: Hash | None = None


class Exchange(_Part):
    """One request, and its answer where there was one."""

    n: int = Field(ge=0, le=MOST_EXCHANGES)
    at: Time = 0.0
    took: Time = 0.0
    kind: Literal["http"] = "http"
    by: Literal["browser", "client"] = "browser"
    type: str = "other"
    frame: Literal["main", "child"] | None = None
    method: str = Field(pattern=r"^[A-Z]{1,20}$")
    url: Address = Field(pattern=r"^https?://[^\s/?#]+(/|$|[?#])", max_length=65_536)
    hop_of: int | None = None
    request: Request = Request()
    response: Response | None = None
    failed: str | None = None


@dataclass(frozen=True)
class Bundle:
    """One recording, read and checked."""

    about: About
    exchanges: tuple[Exchange, ...]
    moments: tuple[Moment, ...] = ()
    """The decisions of the walk, each with what it was made from."""
    bodies: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def body(self, name: str | None) -> bytes:
        """The body of this hash; empty for None."""
        return b"" if name is None else self.bodies[name]


def read_bundle(path: Path) -> Bundle:
    """Read a recording from its folder, or from a zip file of it.

    Raises `ConfigurationError` for anything that is none, is damaged, or is far too large.
    """
    with open_place(path) as place:
        about = _about(place)
        exchanges: list[Exchange] = []
        hashes: set[str | None] = set()
        for number, line in _lines(place, "exchanges.jsonl"):
            if len(exchanges) >= MOST_EXCHANGES:
                raise place.damaged(f"it has more than {MOST_EXCHANGES} requests")
            if line.get("kind", "http") != "http":
                continue  # frames of a socket are for people
            made: Exchange = _made(place, f"line {number} of exchanges.jsonl", Exchange, line)
            exchanges.append(made)
            hashes |= {made.request.body, made.response.body if made.response else None}
        bodies = {name: _body(place, name) for name in hashes if name is not None}
        try:
            lines = (line for _, line in _lines(place, "looks.jsonl"))
            met = tuple(moments(lines, Timing.of(about.timing)))
        except ValueError as error:
            raise place.damaged(f"looks.jsonl has a line that is no look: {error}") from None
        place.check_trace()
    return Bundle(about, tuple(exchanges), met, bodies)


def _about(place: Place) -> About:
    text = place.read(DESCRIPTION, 2_000_000, missing=f"it has no {DESCRIPTION}")
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        raise place.damaged(f"its {DESCRIPTION} is no JSON, or only a part of it") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("format"), int):
        raise place.foreign(f"its {DESCRIPTION} names no format")
    about: About = _made(place, DESCRIPTION, About, lifted(place, raw, LIFTS))
    return about


def lifted(place: Place, raw: dict[str, Any], lifts: Mapping[int, Lift]) -> dict[str, Any]:
    """`recording.json` in the newest format. Raises `ConfigurationError` for an unknown one."""
    while raw["format"] != FORMAT:
        lift = lifts.get(raw["format"])
        if lift is None:
            newer = raw["format"] > FORMAT
            raise ConfigurationError(
                f"{place.name} is a recording of format {raw['format']}; this version reads "
                f"{FORMAT}{'' if newer else ' and later'}.",
                hint="Update upstox-browser-login." if newer else "Record it anew.",
            )
        raw = {**lift(raw), "format": raw["format"] + 1}
    return raw


def _made(place: Place, where: str, kind: type[Any], raw: Mapping[str, Any]) -> Any:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        member = ".".join(map(str, first["loc"]))
        raise place.damaged(f"{where}: {member}: {first['msg']}") from None


def _lines(place: Place, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    text = place.read(name, MOST_BYTES, missing=f"it has no {name}")
    if text.count(b"\n") > MOST_LINES:
        raise place.damaged(f"{name} has more than {MOST_LINES} lines")
    if text.count(b",") > MOST_VALUES:
        raise place.damaged(f"{name} has more than {MOST_VALUES} values")
    lines = text.split(b"\n")
    if lines.pop() != b"":
        raise place.damaged(f"{name} ends in the middle of a line")
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_LINE:
            raise place.damaged(f"line {number} of {name} is longer than {MOST_LINE} bytes")
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            raise place.damaged(f"line {number} of {name} is no JSON") from None
        if not isinstance(raw, dict):
            raise place.damaged(f"line {number} of {name} is no object")
        yield number, raw


def _body(place: Place, name: str) -> bytes:
    body = place.read(f"bodies/{name}", MOST_BODY, missing=f"the body {name[:12]}… is missing")
    if hashlib.sha256(body).hexdigest() != name:
        raise place.damaged(f"the body {name[:12]}… is not what it was")
    return body

"""What `data` of each command holds with `--format json`: the source of `docs/schemas/`.

Times are ISO 8601 with an offset, durations are in seconds. Keys may be added in a later version;
none is renamed or taken away.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from pydantic import AwareDatetime, ConfigDict, with_config

# Of typing's own pydantic takes none before Python 3.12.
from typing_extensions import TypedDict

Time = AwareDatetime
Seconds = float


class StepTime(TypedDict):
    """A step of a login, and how long it took."""

    step: str
    seconds: Seconds


class Blocked(TypedDict):
    """What stands in the way of a login."""

    code: str
    reason: str
    until: Time | None
    """When a login may be tried again; null where a person must act first."""
    hint: str


class Login(TypedDict):
    """`login` and `exchange`."""

    user_id: str | None
    user_name: str | None
    issued_at: Time
    expires_at: Time
    store: str
    source: Literal["login", "store"]
    steps: list[StepTime]
    trace: str | None
    access_token: NotRequired[str]
    """With --show-token."""


class TokenData(TypedDict):
    """`token`."""

    access_token: str
    token_type: str
    expires_at: Time
    user_id: str | None
    source: Literal["login", "store"]
    written: NotRequired[str]
    """The env file that it was written to."""


class GenerateToken(TypedDict):
    """`generate-token`."""

    access_token: str
    token_type: str
    expires_at: Time
    user_id: str | None
    source: Literal["login", "store"]
    user_name: str | None
    user_type: str | None
    broker: str | None
    email: str | None
    products: list[str]
    exchanges: list[str]
    is_active: bool | None


class Status(TypedDict):
    """`status`."""

    logged_in: bool
    expires_at: Time | None
    seconds_left: int | None
    login_allowed: bool
    blocked: Blocked | None
    user_id: str | None
    user_name: str | None
    store: str
    checked: bool | None
    """Whether Upstox accepts the token; null where it was not asked."""


class Logout(TypedDict):
    """`logout`."""

    revoked: bool
    removed: bool


class Configure(TypedDict):
    """`configure`."""

    file: str
    """Where the settings are kept."""
    changed: NotRequired[list[str]]
    """The variables that were kept."""
    removed: NotRequired[list[str]]
    """With --remove."""
    login: NotRequired[Login | None]
    """The first login, where all settings were asked for and it was wanted."""


class Account(TypedDict):
    """A profile."""

    name: str
    file: str
    token: Literal["valid", "expired", "none", "unknown"]
    """`unknown` where a command would have to be run, or the keyring asked, to find it."""
    expires_at: Time | None
    kept_in: str | None
    state_dir: str | None
    problem: str | None


class AccountsList(TypedDict):
    """`accounts list`."""

    accounts: list[Account]


class AccountsRemove(TypedDict):
    """`accounts remove`."""

    removed: list[str]


class Unlock(TypedDict):
    """`unlock`."""

    lifted: Blocked | None


class Setting(TypedDict):
    """One setting, without its value."""

    name: str
    state: Literal["set", "missing", "default", "invalid"]
    problem: str | None
    """Beside `set`, a warning: a login can start all the same."""
    by: Literal["command", "keyring"] | None
    """Where its value is fetched from, if it is kept elsewhere."""


class Unknown(TypedDict):
    """A variable that is no setting, and looks like one."""

    name: str
    meant: str


class CheckEnv(TypedDict):
    """`check-env`."""

    settings: list[Setting]
    unknown: list[Unknown]
    page_file: list[str]
    """What UPSTOX_PAGE_FILE adds to what is known of the page."""
    blocked: Blocked | None


class Totp(TypedDict):
    """`totp`."""

    code: str
    seconds_left: int


class InstallBrowser(TypedDict):
    """`install-browser`."""

    path: str | None
    channel: str | None
    kind: str
    version: str | None


class Trace(TypedDict):
    """The evidence of one login, or a recording."""

    kind: str
    name: str
    at: Time | None
    """null for a recording, which tells only the day."""
    day: str
    """YYYY-MM-DD, in UTC."""
    code: str
    step: str | None
    path: str
    size: int
    trace: str | None


class TracesList(TypedDict):
    """`traces list`."""

    folder: str
    traces: list[Trace]


class TracesShow(Trace):
    """`traces show`."""

    message: str | None
    viewer: list[str] | None
    report: dict[str, Any]


class TracesPrune(TypedDict):
    """`traces prune`."""

    folder: str
    removed: list[Trace]
    bytes: int
    dry_run: bool
    kept: int
    others: int
    """Recordings, or with --recordings folders of evidence, which were not looked at."""


class AuthUrl(TypedDict):
    """`auth-url`."""

    url: str


class RequestToken(TypedDict):
    """`request-token`; with --wait what `exchange` tells as well."""

    authorization_expiry: Time
    notifier_host: str
    user_id: NotRequired[str | None]
    user_name: NotRequired[str | None]
    issued_at: NotRequired[Time]
    expires_at: NotRequired[Time]
    store: NotRequired[str]
    source: NotRequired[Literal["login", "store"]]
    steps: NotRequired[list[StepTime]]
    trace: NotRequired[str | None]
    access_token: NotRequired[str]


class Scenario(TypedDict):
    """A way in which the replica differs from a good day."""

    name: str
    usage: str
    summary: str


class ReplicaSeen(TypedDict):
    """What the replica has counted."""

    otp_requests: int
    codes: int
    pins: int
    exchanges: int
    redirect_connections: int


class Demo(TypedDict, total=False):
    """`demo`; with --list-scenarios the scenarios alone."""

    access_token: str
    token_type: str
    expires_at: Time
    user_id: str | None
    source: Literal["login", "store"]
    user_name: str | None
    steps: list[StepTime]
    replica: ReplicaSeen
    scenarios: list[Scenario]


class Replica(TypedDict):
    """`replica`; with --list-scenarios the scenarios alone."""

    settings: NotRequired[dict[str, str]]
    urls: NotRequired[dict[str, str]]
    scenarios: list[str] | list[Scenario]


class Check(TypedDict):
    """One thing that a login needs."""

    name: str
    state: Literal["ok", "skipped", "warning", "error"]
    message: str
    hint: str | None


class Doctor(TypedDict):
    """`doctor`."""

    checks: list[Check]
    page: NotRequired[dict[str, Any] | None]
    """With --page: how far the login page is from what is known."""


class Record(TypedDict):
    """`record`."""

    recording: str | None
    ending: str
    replaced: dict[str, int]
    """How many secrets of each kind have a stand-in."""
    trace: bool
    without_trace: str | None
    """Why it has no trace."""
    replays: bool
    """Whether it could be read back, and a replay of its looks passed."""
    not_replayed: str | None
    """Why it does not replay."""


class Ending(TypedDict):
    """A value in a recording, and in its replay."""

    recorded: str
    now: str | None
    """Null where the looks alone do not tell."""
    state: str | None
    """The state that the page was in at the end, null where none was met."""
    decision: str | None
    """With --looks, what is decided of the last look; else null."""


class StateNames(TypedDict):
    """The states of the page, in their order."""

    recorded: list[str]
    now: list[str]


class ReplayedStep(TypedDict):
    """A step of a replayed login."""

    step: str
    passed: bool | None
    """Null where it was not judged: --looks says nothing of a step without a form."""
    seconds: Seconds | None
    recorded_seconds: Seconds
    spoke: list[str]
    silent: list[str]


class Replayed(TypedDict):
    """One replay."""

    name: str
    by: Literal["browser", "looks"]
    passed: bool
    seconds: Seconds
    ending: Ending
    states: StateNames
    steps: list[ReplayedStep]
    wrong: list[str]
    """What differs from the recording."""
    trace: str | None


class Change(TypedDict):
    """Something that has changed between two recordings."""

    where: str
    what: str


class Replay(TypedDict):
    """`replay`; with --diff the changes alone."""

    recordings: NotRequired[list[Replayed]]
    changes: NotRequired[list[Change]]


class Refresh(TypedDict, total=False):
    """`refresh --once`. After a login, and where a token was there, what `login` tells as well."""

    action: Literal["login", "none"]
    reason: str | None
    expires_at: Time | None
    user_id: str | None
    user_name: str | None
    issued_at: Time
    store: str
    source: Literal["login", "store"]
    steps: list[StepTime]
    trace: str | None


class ServiceInstall(TypedDict):
    """`service install`."""

    kind: Literal["systemd", "cron"]
    name: str
    path: str
    log: str
    """A file, or the command that shows what it tells."""
    uninstall: str


class Removed(TypedDict):
    """Something that was removed."""

    kind: Literal["systemd", "cron"]
    path: str


class ServiceUninstall(TypedDict):
    """`service uninstall`."""

    name: str
    removed: list[Removed]


class ServiceText(TypedDict):
    """A service as it would be written."""

    kind: Literal["systemd", "cron", "launchd", "task-scheduler"]
    path: str
    text: str
    install: str
    uninstall: str


class ServiceShow(TypedDict):
    """`service show`."""

    name: str
    services: list[ServiceText]


class ServiceState(TypedDict):
    """A service that is installed."""

    kind: Literal["systemd", "cron"]
    path: str
    active: bool
    state: str | None
    says: str | None
    restarts: int


class ServiceStatus(TypedDict):
    """`service status`."""

    name: str
    services: list[ServiceState]


@with_config(ConfigDict(extra="allow"))
class Theirs(TypedDict):
    """`profile` and `funds`: Upstox's own answer, as it came."""


class Error(TypedDict):
    """What went wrong."""

    code: str
    message: str
    hint: str
    step: Literal["open", "mobile", "totp", "pin", "redirect", "exchange", "store"] | None
    upstox_code: str | None
    trace: str | None


class Envelope(TypedDict):
    """The one object that a command prints."""

    version: Literal[1]
    command: str
    ok: bool
    exit_code: int
    data: dict[str, Any] | None
    """Of the shape that the schema with the command's name describes."""
    error: Error | None


NO_JSON = {"exec"}
"""Commands whose stdout is another program's."""

COMMANDS: dict[str, Any] = {
    "configure": Configure,
    "accounts list": AccountsList,
    "accounts remove": AccountsRemove,
    "login": Login,
    "generate-token": GenerateToken,
    "token": TokenData,
    "profile": Theirs,
    "funds": Theirs,
    "logout": Logout,
    "status": Status,
    "unlock": Unlock,
    "check-env": CheckEnv,
    "totp": Totp,
    "doctor": Doctor,
    "install-browser": InstallBrowser,
    "traces list": TracesList,
    "traces show": TracesShow,
    "traces prune": TracesPrune,
    "record": Record,
    "replay": Replay,
    "auth-url": AuthUrl,
    "exchange": Login,
    "request-token": RequestToken,
    "refresh": Refresh,
    "service install": ServiceInstall,
    "service uninstall": ServiceUninstall,
    "service show": ServiceShow,
    "service status": ServiceStatus,
    "replica": Replica,
    "demo": Demo,
}

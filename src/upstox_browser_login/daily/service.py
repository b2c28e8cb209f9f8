"""What a scheduler is to run, and where. The files beside this one write it down for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from msgspec import Struct, field

Kind = Literal["systemd", "cron", "launchd", "task-scheduler"]
KINDS: tuple[Kind, ...] = ("systemd", "cron", "launchd", "task-scheduler")

APP = "upstox-browser-login"
TITLE = "Upstox access token, renewed every trading day"

INDIA = timedelta(hours=5, minutes=30)
"""India's time minus UTC, in summer and winter alike."""

FIRST = 3 * 60 + 40
"""Minutes of the day in India: ten minutes after the old token has died."""

LAST = 15 * 60 + 30
"""Minutes of the day in India at which the exchanges for shares close."""


class UnfitError(ValueError):
    """A scheduler cannot keep this job as it is."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.hint = hint


class Secret(Struct, frozen=True):
    """A file with the value of one setting, which systemd hands to the service."""

    name: str
    path: str


class Job(Struct, frozen=True):
    """The daily login as a scheduler sees it. Paths are absolute texts of the machine it is for."""

    program: tuple[str, ...]
    """How this program is started."""
    options: tuple[str, ...]
    """What `refresh` is given."""
    folder: str
    """The current folder: a `.env` without a path, and relative paths, are meant from here."""
    state_dir: str
    writable: tuple[str, ...] = ()
    """Further folders and files that it writes."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """No setting of ours: what finds programs, certificates and the user's folders."""
    path_in_need: str | None = None
    """A shorter PATH, for a scheduler that has no room for the whole: the programs that the
    settings name, and those of the system."""
    profile: str | None = None
    user: str | None = None
    """Who runs it, where that is another than the one who installs it."""
    secrets: tuple[Secret, ...] = ()
    first: int = FIRST
    """From which minute of the day in India runs that end by themselves log in."""
    last: int = LAST
    """Until which minute they do: no session needs a token that comes later."""
    log_file: str | None = None
    """Where runs that end by themselves write what they tell; None where `options` say so."""
    answers_health: bool = False
    token_in_memory: bool = False
    """The token is kept for the process alone that got it."""
    given: str = ""
    """The options of `service` that made this job, to be repeated in a command line."""

    @property
    def name(self) -> str:
        """What the service is called; each profile has one of its own."""
        return APP if self.profile is None else f"{APP}-{self.profile}"

    @property
    def removal(self) -> str:
        """The options by which `service uninstall` finds this job."""
        return "" if self.profile is None else f" --profile {self.profile}"

    def staying(self) -> tuple[str, ...]:
        """The command that stays running."""
        return (*self.program, "refresh", *self.options)

    def once(self) -> tuple[str, ...]:
        """The command that does what is due now, and ends.

        Raises `UnfitError` where it is to answer questions, for which it does not stay long enough,
        or where each run would log in.
        """
        if self.token_in_memory:
            raise UnfitError(
                "each run would log in, since UPSTOX_TOKEN_STORE=memory keeps no token for the "
                "next one",
                "Name another UPSTOX_TOKEN_STORE, or use a scheduler that keeps it running (--for "
                "systemd or launchd).",
            )
        if self.answers_health:
            raise UnfitError(
                "only a service that stays running can answer --health",
                "Leave --health out, or use a scheduler that keeps it running (--for systemd or "
                "launchd).",
            )
        log = () if self.log_file is None else ("--log-file", self.log_file)
        return (*self.program, "refresh", "--once", *self.options, *log)


class Text(Struct, frozen=True):
    """A service written down: the file's text, where it belongs, and how it gets there."""

    kind: Kind
    path: str
    text: str
    install: str
    """The command line that installs it."""
    uninstall: str
    """The command line that removes it."""


def refuse_unwritable(job: Job) -> None:
    """Raise `UnfitError` where a path or an option has a character that no scheduler keeps."""
    texts = [
        *job.staying(),
        job.folder,
        job.state_dir,
        *job.writable,
        *job.environment.values(),
        *(each.path for each in job.secrets),
    ]
    for text in texts:
        if any(ord(each) < 32 or ord(each) == 127 for each in text):
            raise UnfitError(
                "a path or an option has a line break or a control character in it",
                "Write the option without it, or move what is called so to a plain name.",
            )
        if any("\ud800" <= each <= "\udfff" for each in text):
            raise UnfitError(
                "a path or an option is not UTF-8",
                "Write the option in UTF-8, or move what is called so to a plain name.",
            )

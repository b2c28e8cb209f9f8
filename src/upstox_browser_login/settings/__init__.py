"""What the user gave, validated: in the model the rules, in the sources the places it came from."""

from .addresses import is_loopback, is_upstox_host
from .current import current_settings
from .model import Settings, TraceMode
from .names import APP, NEEDED_FOR_LOGIN, NEEDED_FOR_TOKEN_KEY, PREFIX, variable
from .report import Finding, check
from .sources import env_file_of, profile_file

__all__ = [
    "APP",
    "NEEDED_FOR_LOGIN",
    "NEEDED_FOR_TOKEN_KEY",
    "PREFIX",
    "Finding",
    "Settings",
    "TraceMode",
    "check",
    "current_settings",
    "env_file_of",
    "is_loopback",
    "is_upstox_host",
    "profile_file",
    "variable",
]

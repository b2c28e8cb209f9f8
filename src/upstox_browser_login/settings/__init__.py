"""What the user gave, validated: in the model the rules, in the sources the places it came from."""

from .addresses import is_loopback, is_upstox_host, socks_problem
from .current import current_settings
from .env_file import EnvFile, env_file_of, profile_file, read_env_file
from .model import Settings, TraceMode
from .names import APP, NEEDED_BY_HAND, NEEDED_FOR_LOGIN, NEEDED_FOR_TOKEN_KEY, PREFIX, variable
from .problems import where_to_set
from .report import Finding, Report, as_far_as_valid, cannot_start, check, examine

__all__ = [
    "APP",
    "NEEDED_BY_HAND",
    "NEEDED_FOR_LOGIN",
    "NEEDED_FOR_TOKEN_KEY",
    "PREFIX",
    "EnvFile",
    "Finding",
    "Report",
    "Settings",
    "TraceMode",
    "as_far_as_valid",
    "cannot_start",
    "check",
    "current_settings",
    "env_file_of",
    "examine",
    "is_loopback",
    "is_upstox_host",
    "profile_file",
    "read_env_file",
    "socks_problem",
    "variable",
    "where_to_set",
]

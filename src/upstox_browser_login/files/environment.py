"""What this process and its children inherit: the folder for state, the variables they may see."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

PREFIX = "UPSTOX_"
"""Every setting's variable begins with it."""

APP = "upstox-browser-login"


def default_state_folder() -> Path | None:
    """The platform's folder for user state, None for a user without a home folder."""
    from platformdirs import user_state_path

    try:
        path = user_state_path(APP, appauthor=False)
    except RuntimeError:  # newer platformdirs; older ones answer with a path below "~"
        return None
    return path if path.is_absolute() else None


# Playwright's debug output prints what is typed, unredacted; SELENIUM_REMOTE_* would send the
# login, credentials and all, to a browser elsewhere without anybody having asked for it. Into the
# file of SSLKEYLOGFILE go the keys that decrypt a recording of the login's traffic.
_UNWANTED = re.compile(
    rf"{PREFIX}.*|DEBUG|DEBUG_FILE|PWDEBUG|SELENIUM_REMOTE_.*|SSLKEYLOGFILE", re.IGNORECASE
)

# These load code into a program, change how it runs, or write down what it encrypts.
# NODE_EXTRA_CA_CERTS stays: it only adds certificates, which a company's proxy may need.
_MEDDLING = re.compile(
    r"NODE_(?!EXTRA_CA_CERTS$).*|PYTHON.*|LD_.*|DYLD_.*|SSLKEYLOGFILE"
    # What starts Google Chrome and others is a script of bash, which runs what these hold.
    r"|BASH_ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|PS4"
    # OpenSSL, the C library and the toolkits load the libraries that these name, too.
    r"|OPENSSL_(?:CONF|MODULES|ENGINES)|GCONV_PATH|GIO_.*"
    r"|GTK\d?_(?:MODULES|PATH|EXE_PREFIX|IM_MODULE_FILE)|GDK_PIXBUF_MODULE(?:DIR|_FILE)"
    r"|QT_PLUGIN_PATH|QT_QPA_PLATFORM_PLUGIN_PATH"
    r"|LIBGL_DRIVERS_PATH|LIBVA_DRIVERS_PATH|GBM_BACKENDS_PATH"
    r"|__EGL_VENDOR_LIBRARY_(?:DIRS|FILENAMES)"
    r"|VK_(?:ICD_FILENAMES|(?:ADD_)?DRIVER_FILES|.*LAYER.*)",
    re.IGNORECASE,
)


def clean_environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Copy an environment (by default ours) without what a child must not see or heed."""
    env = os.environ if env is None else env
    kept = {name: value for name, value in env.items() if not _UNWANTED.fullmatch(name)}
    if os.path.expanduser("~") == "~":  # noqa: PTH111  (Path's raises where there is no home folder)
        # Node.js needs the variable for the home folder, but not the folder itself.
        kept.setdefault("HOME", "/nonexistent")
    return kept


def typing_environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """As `clean_environment`, for a program that the PIN passes through: no foreign code in it."""
    clean = clean_environment(env)
    return {name: value for name, value in clean.items() if not _MEDDLING.fullmatch(name)}


def without_proxies(env: Mapping[str, str]) -> dict[str, str]:
    """An environment without its proxies, beside which `UPSTOX_PROXY` is set."""
    return {name: value for name, value in env.items() if not name.lower().endswith("_proxy")}

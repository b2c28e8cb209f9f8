"""What children inherit: no secret, and nothing that loads code into what types the PIN."""

from __future__ import annotations

import sys

import pytest

from tests.browser.processes import SECRETS
from upstox_browser_login.files.environment import clean_environment, typing_environment


def test_clean_environment() -> None:
    env = {
        **SECRETS,
        "UPSTOX_PIN_CODE_FILE": "/run/secrets/pin",
        "DEBUG": "pw:protocol",
        "SELENIUM_REMOTE_URL": "http://elsewhere",
        "SSLKEYLOGFILE": "/var/log/keys",
        "HTTPS_PROXY": "http://proxy",
        "NODE_EXTRA_CA_CERTS": "/ca.pem",
        "PYTHONPATH": "/lib",
    }
    assert clean_environment(env) == {
        "HTTPS_PROXY": "http://proxy",
        "NODE_EXTRA_CA_CERTS": "/ca.pem",
        "PYTHONPATH": "/lib",
    }


@pytest.mark.parametrize(
    "name",
    [
        "NODE_OPTIONS",
        "NODE_PATH",
        "NODE_TLS_REJECT_UNAUTHORIZED",
        "node_options",
        "PYTHONSTARTUP",
        "PYTHONPATH",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "LD_AUDIT",
        "DYLD_INSERT_LIBRARIES",
        "SSLKEYLOGFILE",
        "BASH_ENV",
        "BASH_FUNC_exec%%",
        "SHELLOPTS",
        "PS4",
        "OPENSSL_CONF",
        "OPENSSL_MODULES",
        "OPENSSL_ENGINES",
        "GCONV_PATH",
        "GTK_MODULES",
        "GTK3_MODULES",
        "GTK_PATH",
        "GIO_MODULE_DIR",
        "GIO_EXTRA_MODULES",
        "GDK_PIXBUF_MODULE_FILE",
        "QT_PLUGIN_PATH",
        "LIBGL_DRIVERS_PATH",
        "VK_ICD_FILENAMES",
        "VK_LAYER_PATH",
    ],
)
def test_nothing_is_loaded_into_what_types_the_pin(name: str) -> None:
    """Not into the driver, nor into Chromium; certificates of a company's proxy stay."""
    harmless = {
        "NODE_EXTRA_CA_CERTS": "/ca.pem",
        "PATH": "/bin",
        "MY_NODE_ENV": "1",
        "GTK_THEME": "dark",
        "GTK_IM_MODULE": "ibus",
    }
    assert typing_environment({name: "x", **harmless}) == harmless


@pytest.mark.skipif(sys.platform == "win32", reason="there a home folder is always known")
def test_a_user_without_a_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's driver ends at once where neither HOME nor the list of users has one."""
    assert "HOME" not in clean_environment({})
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", {"nobody": None}.__getitem__)
    assert clean_environment({}) == {"HOME": "/nonexistent"}
    assert clean_environment({"HOME": "/srv"}) == {"HOME": "/srv"}

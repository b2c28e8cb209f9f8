"""The program, with locks in Redis that outlive a killed holder for less than ten seconds."""

from __future__ import annotations

import sys

from upstox_browser_login.cli import main
from upstox_browser_login.store.redis import RedisDocuments

if __name__ == "__main__":
    defaults = RedisDocuments.__init__.__kwdefaults__
    assert defaults is not None
    defaults["lease"] = float(sys.argv.pop(1))
    sys.exit(main())

"""`python -m upstox_browser_login.cli` for where the script is not on PATH."""

import sys

from . import main

sys.exit(main())

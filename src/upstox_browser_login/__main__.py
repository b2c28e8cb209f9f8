"""`python -m upstox_browser_login`, for where the script is not on PATH."""

import sys

from .cli import main

sys.exit(main())

"""The groups of commands in `--help`, in the order in which they are shown."""

START = "Get a token"
USE = "Use it"
CHECK = "Look and mend"
TRY = "Try without an account"
MANUAL = "The manual way"
DAILY = "Every trading day"

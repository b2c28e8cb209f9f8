"""Every secret of this process in all its spellings, taken out of whatever leaves it."""

from .concealed import Concealed
from .logs import install_log_redaction, redacted_excepthook, redacted_traceback
from .redactor import MASK, PASSING, Redactor, beginning, chain, fours, redactor

__all__ = [
    "MASK",
    "PASSING",
    "Concealed",
    "Redactor",
    "beginning",
    "chain",
    "fours",
    "install_log_redaction",
    "redacted_excepthook",
    "redacted_traceback",
    "redactor",
]

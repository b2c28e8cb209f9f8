"""What was tried, what was refused, and when a login may be tried again.

Upstox locks an account after five refused PINs (1017090), so every credential is written here
before it is sent and its outcome after. A process that is killed in between leaves a submission
without an outcome, which counts as well. In doubt the ledger says no: one that cannot be read or
written stops the login.

`parts` and `state` are what is kept, `merge` makes one of its copies, `rules` is what follows from
it, `keeping` how processes share it, and `book` the `Ledger` that a login talks to. `brought` is a
document beside it, for each app of the account.
"""

from .book import Event, Ledger, login_lock
from .brought import Brought
from .keeping import Documents
from .rules import Block
from .state import LOGGED_OUT

__all__ = ["LOGGED_OUT", "Block", "Brought", "Documents", "Event", "Ledger", "login_lock"]

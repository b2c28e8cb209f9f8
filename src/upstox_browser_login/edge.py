"""The library's edge, where errors are handed to somebody else's program.

Tracebacks that show local variables (rich's, Sentry's) would show what our functions work with: the
client secret in a form, a PIN on its way to its field. So an error that leaves a public function
takes none of our inner frames with it, and neither do its causes. Nor does it take along what it
was raised in place of: an error of decoding or of JSON holds the whole file that could not be read.
"""

from __future__ import annotations

import inspect
import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from .redaction import chain, redacted_traceback

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def at_the_edge(function: Callable[P, T]) -> Callable[P, T]:
    """Let no error of `function`, plain or asynchronous, carry frames from below.

    With debug logging, the whole traceback is in the log: redacted, and without variables.
    """
    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def answer(*args: Any, **kwargs: Any) -> Any:
            handled = sys.exc_info()[1]
            try:
                return await function(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001  (raised again)
                # This frame stays, and the arguments may be secrets.
                del args, kwargs
                raise _without_frames(error, handled)  # noqa: B904  (the same error)

        return cast("Callable[P, T]", answer)

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        handled = sys.exc_info()[1]
        try:
            return function(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001  (raised again)
            del args, kwargs
            raise _without_frames(error, handled)  # noqa: B904  (the same error)

    return call


def _without_frames(error: BaseException, handled: BaseException | None) -> BaseException:
    """Take frames and hidden errors out of `error`, but not what the caller was just handling."""
    if log.isEnabledFor(logging.DEBUG):
        log.debug("%s", redacted_traceback(type(error), error, error.__traceback__))
    theirs = set() if handled is None else {id(each) for each in chain(handled)}
    for each in list(chain(error)):
        if id(each) not in theirs:
            each.__traceback__ = None
            if each.__suppress_context__ and id(each.__context__) not in theirs:
                each.__context__ = handled
    return error

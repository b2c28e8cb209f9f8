"""How long the walk waits for what the page may do, in seconds.

A `Wait` says only when to look again.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Timing(Struct, frozen=True):
    """One object that is passed in, so that a test can shorten what it waits for."""

    rest: float = 0.02
    """A look must have stood for so long, on a page that owes no answer.

    It is told only when the page has rested for 12 ms (`in_page/limits.js`).
    """
    first: float = 0.4
    """The same for what may be the first form.

    Upstox's page draws a form for 30 to 150 ms, or longer on a busy machine, then asks for its
    settings and draws it anew, which loses what was typed.
    """
    screen: float = 0.15
    """A screen must have stood for so long before it is passed."""
    lost: float = 0.1
    """A field that loses its text is filled again after so long at the earliest."""
    emptied: float = 0.25
    """A form that was emptied has stood for so long before it is filled again.

    The page may put the text back.
    """
    stuck: float = 0.5
    """A form that never keeps its text has stood for so long before that ends the login."""
    fell_back: float = 0.5
    """The number's form, shown again and empty, ends the login after so long.

    After the number itself it waits for `settle`, since the page may still go on.
    """
    message: float = 0.5
    """A message with Upstox's code, or at a form that still stands, is believed after so long."""
    last_words: float = 0.1
    """The page may take so long to show why something was refused, for the evidence."""
    settle: float = 2.0
    """The page may take so long to show what its server answered."""
    drawn: float = 0.5
    """A new page must be quiet for so long before a secret is typed: many draw a form twice."""
    patience: float = 3.0
    """A form that has stood for so long is acted on, whatever the page still loads."""
    unknown: float = 15.0
    """An unknown page, or one that does not react, ends the login after so long.

    A text about the account is believed then, even if the answer has not come.
    """
    enable: float = 1.2
    """A button may take so long to become enabled after its field was filled."""
    refused_by_page: float = 3.0
    """A number that the page itself refuses ends the login after so long."""
    ending: float = 1.0
    """A state that ends a login without a word of the wire has stood for so long."""
    challenge: float = 6.0
    """A check of the browser that passes by itself may take so long."""
    polled: float = 20.0
    """A request from before the last submission is not waited for after so long."""
    foreign: float = 10.0
    """A request to another host is not waited for after so long, once the page shows a form."""
    redirect: float = 10.0
    """A redirect without our state ends the login when nothing is owed, or after so long."""
    called_off: float = 2.0
    """A login that is called off waits so long for Upstox's answer to its PIN."""
    watched: float = 0.7
    """A person who watches sees each step for so long."""

    @classmethod
    def of(cls, told: Mapping[str, float]) -> Timing:
        """The timing with these values by name. Names of other versions are ignored."""
        names = cls.__struct_fields__
        return cls(**{name: seconds for name, seconds in told.items() if name in names})


DEFAULT = Timing()

"""Every wait and limit of the walk, in seconds."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Timing(Struct, frozen=True):
    """One object that is passed in, so that a test can shorten what it waits for."""

    rest: float = 0.02
    """A look that is acted on has stood for so long, on a page that owes no answer. It is told only
    when the page has rested for 12 ms (`in_page/limits.js`)."""
    first: float = 0.4
    """The same of a form that may be the first. Upstox's page draws one for 30 to 150 ms, or longer
    on a busy machine, asks for its settings, draws it anew, and loses what was sent before."""
    screen: float = 0.15
    """A screen in the way has stood for so long before it is passed."""
    lost: float = 0.1
    """A field that loses its text is filled again no earlier than so long after it was filled."""
    last_words: float = 0.1
    """A page may take so long to show why its server refused something, for the evidence."""
    settle: float = 2.0
    """A page may take so long to say what its server answered."""
    drawn: float = 0.5
    """A page that was just loaded has been quiet for so long before a secret is typed into it: many
    draw a form once, ask for their settings, and draw it anew."""
    patience: float = 3.0
    """A form that has stood for so long is acted on, whatever else the page still loads."""
    unknown: float = 15.0
    """An unknown page, or one that does not react, ends the login after so long; a text about the
    account is believed then, though the answer to what was sent has not come."""
    enable: float = 1.2
    """A button may take so long to become enabled after its field was filled."""
    refused_by_page: float = 3.0
    """A number that the page itself refuses ends the login after so long."""
    ending: float = 1.0
    """A state that ends a login without a word of the wire has stood for so long."""
    challenge: float = 6.0
    """A check of the browser that passes by itself may take so long."""
    polled: float = 20.0
    """A request of the page that began before the last submission is waited for no longer."""
    foreign: float = 10.0
    """A request to somebody else's host is waited for no longer once the page shows a form."""
    redirect: float = 10.0
    """A redirect without our state ends the login once the page owes no answer, or after so long.
    """
    watched: float = 0.7
    """A person who watches sees each step for so long."""

    @classmethod
    def of(cls, told: Mapping[str, float]) -> Timing:
        """The timing that is told by name; what is not told, or is of another version, is left."""
        names = cls.__struct_fields__
        return cls(**{name: seconds for name, seconds in told.items() if name in names})


DEFAULT = Timing()

"""Random identifiers of the kinds that Upstox hands out."""

from __future__ import annotations

import random
import string

_LETTERS_AND_DIGITS = string.ascii_letters + string.digits


class Dice:
    """Makes identifiers; give it a seeded generator and it makes the same ones again."""

    def __init__(self, rng: random.Random | None = None) -> None:
        """Use *rng*, by default the system's randomness."""
        self._rng = rng or random.SystemRandom()

    def text(self, length: int, alphabet: str = _LETTERS_AND_DIGITS) -> str:
        """*length* characters of *alphabet*."""
        return "".join(self._rng.choice(alphabet) for _ in range(length))

    def digits(self, length: int) -> str:
        """*length* digits, the first not zero."""
        return self.text(1, "123456789") + self.text(length - 1, string.digits)

    def number(self, lowest: int, highest: int) -> int:
        """Return a whole number from *lowest* to *highest*, both included."""
        return self._rng.randint(lowest, highest)

    def authorization_code(self) -> str:
        """Six characters with at least one of each: upper case, lower case, digit."""
        while True:
            code = self.text(6)
            if all(any(test(c) for c in code) for test in (str.isupper, str.islower, str.isdigit)):
                return code

    def identifier(self) -> str:
        """Return a name that a page's id may have: a letter first."""
        return self.text(1, string.ascii_lowercase) + self.text(
            7, string.ascii_lowercase + string.digits
        )

"""The tables of Upstox's login page: what speaks for each field and each screen.

Each kind of evidence is independent of the others: identity (id, name, test id, autocomplete),
words (label, placeholder, nearest text, heading, button), shape (type, inputmode, maxlength,
boxes), place (what was answered with success before), the wire (what the last answer said). When
the page changes, most mends are here, in `words.py` or in `wire/`; a few words stand beside the
rules that read them, such as in `phrases.py`, `said.py` and `fields/words.py`.
"""

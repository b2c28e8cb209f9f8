"""Which field wants which credential: the evidence of each field, and the choice between them.

`names`, `words`, `shape`, `place` and `around` gather what speaks for one field, `vetoes` what
forbids it; `candidate` puts that together, and `choice` chooses between the fields.
"""

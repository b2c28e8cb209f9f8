"""The daily login: a valid token in every session, with nobody watching.

`plan` decides what is to be done now, from what `present` has found; `loop` does it and asks again.
`service` and its siblings hand it to the system's scheduler.
"""

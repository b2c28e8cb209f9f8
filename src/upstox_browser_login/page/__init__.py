"""Upstox's login page: how it is looked at, what it means, and what is done to it.

`look` is what stands there. `recognise` and `decide` are pure functions of it. `walk` acts.
"""

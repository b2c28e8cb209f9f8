"""A login's page and server made of Python, on a clock that jumps from event to event.

A whole walk takes some milliseconds here, so that hypothesis can try how pages behave in time: when
they draw, ask, empty a field, load a document, send by themselves, answer, and say why not.
"""

"""What went over the page's wires, as events, and every name of Upstox's own traffic.

`calls` tells which call is which, `answers` what it was answered with, by way of `envelopes` and
`errors`; `recorded` is for those who keep a login.
"""

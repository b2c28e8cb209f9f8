"""What went over the page's wires, as events, and all names of Upstox's own traffic.

`calls` tells which call is which. `answers` tells what it was answered, with the help of
`envelopes` and `errors`. `recorded` is for those who keep a login.
"""

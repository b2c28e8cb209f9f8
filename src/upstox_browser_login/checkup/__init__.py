"""What `doctor` looks at: one small function a check, each of which gives one line.

A check says whether a login would start, and what to do where it would not. It types nothing and
changes nothing.
"""

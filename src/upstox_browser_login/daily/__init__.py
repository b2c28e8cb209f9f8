"""The daily login: when it is due, what keeps it running, and who is told."""

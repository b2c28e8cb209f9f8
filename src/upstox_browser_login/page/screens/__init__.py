"""Which screen this is: one that stops a login, is in the way of one, or lies between its forms."""

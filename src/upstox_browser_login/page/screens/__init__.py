"""Which screen this is: one that ends a login, one to pass, or one between the forms."""

"""A catalogue of changed login pages, and what a login makes of each."""

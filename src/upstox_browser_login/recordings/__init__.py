"""Logins that were recorded once: told, kept, replayed and compared."""

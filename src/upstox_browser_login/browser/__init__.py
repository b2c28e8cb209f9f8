"""A Chromium: found, installed, launched, or connected to elsewhere."""

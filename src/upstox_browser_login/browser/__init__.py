"""The only rooms that know Playwright: a browser, Upstox's page, and what is kept of it."""

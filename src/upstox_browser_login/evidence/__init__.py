"""What is kept of a login that failed: recorded, scrubbed, verified, and told in a report."""

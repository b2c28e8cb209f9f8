"""Every state of the login, times every fault: what the user is told, and what is left behind."""

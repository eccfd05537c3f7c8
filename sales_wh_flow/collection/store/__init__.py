"""Every statement of the counter."""

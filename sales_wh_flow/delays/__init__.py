"""Orders that will be late: who does something about it, by when, and what."""

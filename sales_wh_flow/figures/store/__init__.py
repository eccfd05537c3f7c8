"""Orders and what left for them, in the database."""

"""Routing rules and what surrounds a warehouse in the database."""

"""Decisions about delayed orders, in plain Python."""

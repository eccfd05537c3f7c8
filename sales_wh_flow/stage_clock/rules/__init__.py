"""Decisions about time in stages, in plain Python."""

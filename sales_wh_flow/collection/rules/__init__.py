"""Decisions of the counter."""

"""Decisions about money that is handed in."""

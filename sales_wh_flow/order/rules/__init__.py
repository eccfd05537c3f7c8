"""Decisions about an order as a whole, in plain Python."""

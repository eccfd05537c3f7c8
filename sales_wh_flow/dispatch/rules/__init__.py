"""Courier services and tracking, in plain Python."""

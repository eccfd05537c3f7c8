"""Transfers in the database."""

"""Decisions about invoices and money, in plain Python."""

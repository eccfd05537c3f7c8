"""Customers fetch their boxes at the counter."""

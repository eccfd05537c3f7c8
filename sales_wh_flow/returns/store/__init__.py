"""Shipped goods, Return Cases and their documents in the database."""

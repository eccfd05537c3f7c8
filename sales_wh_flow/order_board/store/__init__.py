"""The overview of an order in the database."""

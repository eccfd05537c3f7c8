"""The work of warehouses in the database."""

"""An order's rows in the database."""

"""What may come back, and what of it is credited: no database."""

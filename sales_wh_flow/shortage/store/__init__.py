"""Supply, alternatives and what was done about a shortage in the database."""

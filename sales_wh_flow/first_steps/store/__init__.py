"""What ready-made set-ups are tried on, in the database."""

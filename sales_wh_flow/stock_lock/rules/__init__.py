"""What is locked for whom, decided in plain Python."""

"""What may move, decided in plain Python."""

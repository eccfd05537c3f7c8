"""Which ways out a short line has, decided in plain Python."""

"""How the board is arranged, in plain Python."""

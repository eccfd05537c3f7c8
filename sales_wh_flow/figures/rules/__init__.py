"""What the figures mean, in plain Python."""

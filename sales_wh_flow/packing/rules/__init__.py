"""What may become of a box, in plain Python."""

"""What is picked together and in what order, in plain Python."""

"""Money that was taken at doors is handed in."""

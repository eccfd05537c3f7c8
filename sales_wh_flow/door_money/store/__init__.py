"""Every statement about money that is handed in."""

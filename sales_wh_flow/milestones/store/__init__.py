"""Every statement about messages."""

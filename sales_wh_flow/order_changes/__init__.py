"""Changes of an order that was submitted: its items, its status."""

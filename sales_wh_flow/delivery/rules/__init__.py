"""What may go into a hand-over, what goes together, and what a receipt means."""

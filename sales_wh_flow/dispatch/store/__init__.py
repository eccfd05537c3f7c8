"""What dispatch reads of orders."""

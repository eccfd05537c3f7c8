"""Who has to agree to an order before it goes on: asking, deciding, pressing, and telling them."""

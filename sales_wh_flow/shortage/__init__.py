"""What an order misses, and the ways out: ask for stock, substitute, backorder, close short."""

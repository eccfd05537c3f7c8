"""Whether every promise of the stock lock holds."""

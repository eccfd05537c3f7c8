"""SQL of claims and couriers' bills."""

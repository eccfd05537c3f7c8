"""What an order's form shows of the whole flow."""

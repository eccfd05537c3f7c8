"""Stock that is locked for an order: locking, releasing, expiring, and keeping others from it."""

"""Gives what comes in to the orders that wait for it."""

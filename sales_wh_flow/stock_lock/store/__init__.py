"""Locks, Bins, batches and waiting demand in the database."""

"""Keeps movements, reservations and masters from taking what is locked for somebody else."""

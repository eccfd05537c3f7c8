"""Approvals, rules and what they measure in the database."""

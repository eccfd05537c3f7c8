"""Statuses of ERPNext that stop an order."""

HELD_STATUSES = ("Pending Approval", "Rejected")
"""Flow statuses of a submitted order whose change waits for approval."""

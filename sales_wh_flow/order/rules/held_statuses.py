"""Statuses that stop an order: each said once."""

NO_DEMAND = ("Closed", "On Hold")
"""ERPNext counts no open demand for orders with these statuses."""

OVER = ("Closed", "Completed")
"""Statuses of ERPNext of orders that get nothing more, whatever is open of them."""

HELD_STATUSES = ("Pending Approval", "Rejected")
"""Flow statuses of a submitted order whose change waits for approval."""

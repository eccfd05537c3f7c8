"""Statuses that stop or end an order: each list said once, for the desk, too."""

NO_DEMAND = ("Closed", "On Hold")
"""ERPNext counts no open demand for orders with these statuses."""

OVER = ("Closed", "Completed")
"""Statuses of ERPNext of orders that get nothing more, whatever is open of them."""

ARRIVED = ("Delivered", "Completed")
"""Flow statuses of orders whose goods are with the customer."""

ENDED = (*ARRIVED, "Closed", "Cancelled")
"""Flow statuses of orders that nothing is promised of any more."""

HELD_STATUSES = ("Pending Approval", "Rejected")
"""Flow statuses of a submitted order whose change waits for approval."""

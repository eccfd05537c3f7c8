"""What runs by itself about goods that come back."""

from sales_wh_flow.returns import reopen


def reopen_order(reopening: str) -> None:
	"""Do the steps of an Order Reopening that are left. Safe to run twice, and to be killed."""
	reopen.undo_all(reopening)

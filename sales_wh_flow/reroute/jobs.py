"""What runs in the background for goods that are brought together. Every job may be run twice."""

from sales_wh_flow.base import retry
from sales_wh_flow.reroute import bring_together


def request_transfers(sales_order: str) -> str | None:
	"""Ask for the transfers that bring an order's goods together. Returns the Material Request, if any."""
	return retry.from_a_fresh_transaction(lambda: bring_together.by_itself(sales_order))

"""What runs in the background for shortages. Every job may be run twice, and may be killed anywhere."""

from sales_wh_flow.base import retry
from sales_wh_flow.shortage import by_policy as shortage_flow


def act_on_shortage(sales_order: str) -> list[str]:
	"""Do what the settings let run by itself for what an order misses. Returns what was made."""
	return retry.from_a_fresh_transaction(lambda: shortage_flow.by_policy(sales_order))

"""The conditions, as SQL, under which an order still asks for goods."""

from typing import Any

from sales_wh_flow.order.rules.held_statuses import HELD_STATUSES, OVER


def not_over_sql(alias: str = "so") -> str:
	"""The SQL condition for orders that are neither closed nor completed."""
	return f"{alias}.status not in {_listed(OVER)}"


def not_held_sql(alias: str = "so") -> str:
	"""No change of it waits for approval."""
	return f"coalesce({alias}.swf_flow_status, '') not in {_listed(HELD_STATUSES)}"


def _listed(statuses: Any) -> str:
	return "(" + ", ".join(f"'{status}'" for status in statuses) + ")"

"""Who sees delay alerts: whoever may read the order, of orders that are there."""

from sales_wh_flow.order.permissions import of_visible_orders


def alerts_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Delay Alert."""
	return of_visible_orders("Delay Alert", user)


def happenings_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of what happened to alerts."""
	visible = alerts_visible(user)
	parents = "select `tabDelay Alert`.name from `tabDelay Alert`"
	return f"`tabDelay Alert Event`.parent in ({parents} where {visible})" if visible else ""

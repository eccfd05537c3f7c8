"""Who may see what was done about a shortage."""

from sales_wh_flow.order.permissions import of_visible_orders


def shortage_actions_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Shortage Action: the SQL condition for lists and reports."""
	return of_visible_orders("Shortage Action", user)

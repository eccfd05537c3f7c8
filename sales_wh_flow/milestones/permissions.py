"""Who may see what was told of orders, and the links of their pages."""

from sales_wh_flow.order.permissions import of_visible_orders


def messages_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Order Message."""
	return of_visible_orders("Order Message", user)


def page_links_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Customer Page Link."""
	return of_visible_orders("Customer Page Link", user)

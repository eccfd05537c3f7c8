"""Who sees what is to be put back: the people of its warehouse. Nobody writes it by hand."""

from sales_wh_flow.order.permissions import READING


def put_away(doc, ptype: str | None = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Hook has_permission of Put Away. Frappe's own User Permissions on its links count."""
	return ptype in READING


def put_aways_visible(user: str | None = None, doctype: str | None = None) -> str:
	"""Hook permission_query_conditions of Put Away: its roles see all that User Permissions leave them,
	as of Pick Lists.
	"""
	return ""

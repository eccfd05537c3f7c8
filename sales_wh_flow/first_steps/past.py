"""The company's own last orders, which a set-up is tried on before it is switched on."""

import frappe

MOST = 50


def last_orders(company: str, most: int = MOST) -> list[str]:
	"""The newest submitted orders of a company that the session's user may read, the newest first."""
	return frappe.get_list(
		"Sales Order",
		filters={"company": company, "docstatus": 1},
		order_by="transaction_date desc, creation desc",
		limit_page_length=most,
		pluck="name",
	)

"""The whole site in parts: names by key ranges, so that no part costs more on a bigger site."""

import frappe

from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES


def next_items(after: str, most: int) -> tuple[str, ...]:
	"""The next items by name that have a Bin or an open lock; empty when there are no more."""
	rows = frappe.db.sql(
		"""(select distinct item_code from `tabBin` where item_code > %(after)s
			order by item_code limit %(most)s)
		union (select distinct item_code from `tabStock Reservation Entry`
			where status in %(open)s and item_code > %(after)s order by item_code limit %(most)s)
		union (select distinct item_code from `tabStock Lock Event` where item_code > %(after)s
			order by item_code limit %(most)s)
		order by item_code limit %(most)s""",
		{"after": after, "most": most, "open": OPEN_LOCK_STATUSES},
	)
	return tuple(row[0] for row in rows)


def next_orders(after: str, most: int) -> tuple[str, ...]:
	"""The next Sales Orders by name, finished ones too; empty when there are no more."""
	rows = frappe.db.sql(
		"select name from `tabSales Order` where name > %s order by name limit %s", (after, most)
	)
	return tuple(row[0] for row in rows)

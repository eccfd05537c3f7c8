"""What runs in the background for orders. Every job may be run twice, and may be killed anywhere."""

import frappe

from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import status

_CHUNK = 100


def refresh_open_orders() -> int:
	"""Give every unfinished order its flow status, after a switch was turned. Returns how many were looked
	at.
	"""
	names = status.open_orders()
	for count, name in enumerate(names, start=1):
		refresh_status.of(name)
		if count % _CHUNK == 0:
			frappe.db.commit()  # short transactions: nobody waits for this job
	frappe.db.commit()
	return len(names)

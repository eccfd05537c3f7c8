"""Goods that came back, are not refunded and were never invoiced are to be invoiced.

Their orders stood as paid. May run again: orders are looked at anew, a part that is done stays done.
"""

import frappe

from sales_wh_flow.billing import money
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import returned

_CHUNK = 500


def execute() -> None:
	names = returned.orders_of_unrefunded_returns()
	for start in range(0, len(names), _CHUNK):
		some = names[start : start + _CHUNK]
		money.refresh_money(some)
		refresh_status.of_all(some)
		frappe.db.commit()  # nobody waits for the locks of a part that is done

"""Orders of which what was not invoiced came back stand to be invoiced no more: nobody is going to bill it.

May run again: orders are looked at anew, a part that is done stays done.
"""

import frappe

from sales_wh_flow.billing import money
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import returned

_CHUNK = 500


def execute() -> None:
	names = returned.orders_settled_by_returns()
	for start in range(0, len(names), _CHUNK):
		some = names[start : start + _CHUNK]
		refresh_status.of_all(some)
		money.refresh_money(some)
		frappe.db.commit()  # nobody waits for the locks of a part that is done

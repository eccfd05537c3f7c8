"""Orders of which nothing lies on our shelves are not delivered when they are submitted: their flow status
is derived anew, and what those hold that are billed without a delivery is given back.

May run again: what is right stays.
"""

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.base.settings import STOCK_LOCK, any_on, is_on
from sales_wh_flow.order import jobs
from sales_wh_flow.stock_lock import cut_excess, sayings
from sales_wh_flow.stock_lock.store import excess


def execute() -> None:
	if is_on(STOCK_LOCK):
		cut_excess.cut_excess({it.order for it in excess.excess_rows()}, said.keep(sayings.held_too_much))
		frappe.db.commit()  # nobody waits for these locks while statuses are derived
	if any_on():
		jobs.refresh_open_orders()

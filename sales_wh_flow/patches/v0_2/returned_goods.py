"""Order lines say what came back of them, so that nobody gets returned goods a second time; orders that have
locked them again give them back.

May run again: the figures are added up anew.
"""

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.base.settings import STOCK_LOCK, any_on, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import returned
from sales_wh_flow.stock_lock import cut_excess, sayings

_CHUNK = 500


def execute() -> None:
	found = returned.lines_with_returns()
	for start in range(0, len(found), _CHUNK):
		part = found[start : start + _CHUNK]
		returned.write_returned(row for row, _order in part)
		orders = sorted({order for _row, order in part})
		if is_on(STOCK_LOCK):
			cut_excess.cut_excess(orders, said.keep(sayings.returned_locked_again))
		if any_on():
			refresh_status.of_all(orders)
		frappe.db.commit()  # a part that is done stays done, and nobody waits for its locks

"""Re-openings that stopped, and whose rest somebody undid by hand, are given up: they would keep the boxes.

May run again: a part that is done stays done.
"""

import frappe

from sales_wh_flow.base import hold_rows
from sales_wh_flow.returns import undone_by_hand
from sales_wh_flow.returns.store import reopenings

_CHUNK = 100


def execute() -> None:
	found = reopenings.stopped_reopenings()
	for start in range(0, len(found), _CHUNK):
		some = found[start : start + _CHUNK]
		hold_rows.hold_order_rows(order for _name, order in some)
		for name, order in some:
			if undone_by_hand.nothing_is_left(name, order):
				reopenings.give_up_stopped(name)
		frappe.db.commit()  # nobody waits for the locks of a part that is done

"""Order lines say what of them was credited, orders whether all of them came back.

May run again: the figures are added up anew.
"""

import frappe

from sales_wh_flow.order.store import returned

_CHUNK = 500


def execute() -> None:
	add_up()


def add_up() -> None:
	"""The figures of all lines of which something came back, part by part."""
	found = returned.lines_with_returns()
	for start in range(0, len(found), _CHUNK):
		returned.write_returned(row for row, _order in found[start : start + _CHUNK])
		frappe.db.commit()  # a part that is done stays done, and nobody waits for its locks

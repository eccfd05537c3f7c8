"""A line is not lowered below what was delivered of it and is not sent again, also where that came back.

ERPNext takes off what came back; the sums of the line would say that nobody had ordered it.
"""

from collections.abc import Iterator

from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded


def lowered_below_delivered(old, new) -> Iterator[RuleViolation]:
	"""The rows of an order of which goods came back and that ask for less than before, and than what was
	delivered. ``old``, ``new``: the order before and after; a row that is gone asks for nothing.
	"""
	asked = {row.name: flt(row.qty) for row in new.items}
	for row in old.items:
		back = flt(row.swf_returned_qty)
		gone = rounded(flt(row.delivered_qty) + back - flt(row.swf_replaced_qty))
		qty = asked.get(row.name, 0.0)
		if is_positive(back) and is_less(qty, min(gone, flt(row.qty))):
			yield RuleViolation(
				"lowered_below_delivered", idx=row.idx, item=row.item_code, asked=qty, gone=gone, back=back
			)

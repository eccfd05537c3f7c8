"""A line is not lowered below what lies in the picker's crate: who picked it would send it, or leave it for
others to find.
"""

from frappe.utils import flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.stock_lock.store import picked_or_leaving, picks


def violations(old, new) -> tuple[RuleViolation, ...]:
	"""The rows of an order that ask for less than before, and than what Pick Lists hold of them.

	``old``, ``new``: the order before and after; a row that is gone asks for nothing. The caller holds the
	order's row. No statement where nothing is lowered.
	"""
	left = to_come(new)
	lowered = {row: qty for row, qty in to_come(old).items() if is_less(left.get(row, 0.0), qty)}
	if not lowered:
		return ()
	listed: dict[str, float] = {}
	for (row, _warehouse), qty in picked_or_leaving.on_lists([old.name]).items():
		listed[row] = listed.get(row, 0.0) + qty
	rows = {row.name: row for row in (*old.items, *(old.get("packed_items") or ()))}
	return tuple(
		RuleViolation(
			"lowered_below_picked",
			idx=rows[row].idx,
			item=rows[row].item_code,
			asked=max(rounded(left.get(row, 0.0)), 0.0),
			picked=rounded(listed[row]),
			lists=picks.lists_of_row(old.name, row),
		)
		for row in lowered
		if is_positive(listed.get(row, 0.0) - left.get(row, 0.0))
	)


def to_come(order) -> dict[str, float]:
	"""{order row or packed item: what of it is still to be delivered}, in stock UOM."""
	lines = {row.name: row for row in order.items}
	found = {
		name: flt(row.stock_qty) - flt(row.delivered_qty) * flt(row.conversion_factor or 1)
		for name, row in lines.items()
	}
	for part in order.get("packed_items") or ():
		line = lines.get(part.parent_detail_docname)
		if line and line.qty:
			found[part.name] = flt(part.qty) * (1 - min(flt(line.delivered_qty) / flt(line.qty), 1.0))
	return found

"""Rows of Pick Lists whose goods an invoice has moved: ERPNext counts what notes deliver of them alone."""

from collections.abc import Iterable, Mapping

import frappe

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.stock_lock.store import picked_bundles


def rows_of_lines(lines: Iterable[str]) -> list[tuple[str, str, float, float]]:
	"""(row of a Pick List, order line, what is there and in no box, what left otherwise than by notes) of
	submitted lists, in their order; components of bundles left out; one statement, none for none.

	A locking read: the caller holds the orders.
	"""
	wanted = tuple(sorted(set(lines)))
	if not wanted:
		return []
	return frappe.db.sql(
		"""select row.name, row.sales_order_item,
			round(row.picked_qty - row.delivered_qty - coalesce(packed.packed_qty, 0), 9),
			round(row.delivered_qty - coalesce((select sum(note.stock_qty) from `tabDelivery Note Item` note
				where note.pick_list_item = row.name and note.docstatus = 1), 0), 9)
		from `tabPick List Item` row left join `tabPacked Quantity` packed on packed.name = row.name
		where row.sales_order_item in %s and row.docstatus = 1
			and coalesce(row.product_bundle_item, '') = ''
		order by row.parent, row.idx lock in share mode""",
		(wanted,),
	)


def count_invoiced(more: Mapping[str, float]) -> None:
	"""So much more, or less, of these rows has left, and their lists say how far they are; the rows are taken
	in the order of their names.
	"""
	changed = {name: qty for name, qty in sorted(more.items()) if rounded(qty)}
	if not changed:
		return
	names, cases = tuple(changed), " ".join("when %s then %s" for _ in changed)
	frappe.db.sql(
		f"""update `tabPick List Item` force index (primary)
		set delivered_qty = greatest(round(delivered_qty + case name {cases} end, 9), 0)
		where name in %s order by name""",
		(*(part for pair in changed.items() for part in pair), names),
	)
	rows = frappe.db.sql("select distinct parent from `tabPick List Item` where name in %s", (names,))
	lists = sorted(row[0] for row in rows)
	picked_bundles.write_how_far(lists)
	for name in lists:
		frappe.get_doc("Pick List", name).run_method("update_status")

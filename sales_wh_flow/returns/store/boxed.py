"""In which boxes the goods of Delivery Notes left."""

from collections.abc import Iterable

import frappe
from frappe.utils import flt, getdate

from sales_wh_flow.returns.rules.on_the_way import BoxedGoods


def goods_in_boxes(notes: Iterable[str]) -> list[BoxedGoods]:
	"""What boxes that left with these notes hold; one statement."""
	names = tuple(sorted(set(notes)))
	if not names:
		return []
	rows = frappe.db.sql(
		"""select box.delivery_note, item.sales_order_item, item.item_code, sum(item.qty_stock), box.state,
			box.handed_over_on, box.expected_on, coalesce(item.batch_no, '') batch
		from `tabOrder Box` box join `tabOrder Box Item` item on item.parent = box.name
		where box.delivery_note in %s and box.state <> 'Cancelled'
		group by box.name, item.sales_order_item, item.item_code, batch""",
		(names,),
	)
	return [
		BoxedGoods(
			note, row, item, flt(qty), state, left and getdate(left), expected and getdate(expected), batch
		)
		for note, row, item, qty, state, left, expected, batch in rows
	]

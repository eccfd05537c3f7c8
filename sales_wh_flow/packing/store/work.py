"""What a packing table sees."""

from collections.abc import Sequence

import frappe

from sales_wh_flow.packing.answers import LeftOfList, UsedBoxType


def left_of_lists(pick_lists: Sequence[str]) -> dict[str, LeftOfList]:
	"""{Pick List: its figures} of those with something left to pack; one statement, none for none."""
	if not pick_lists:
		return {}
	rows = frappe.db.sql(
		"""select row.parent, count(distinct row.sales_order), min(so.customer_name), min(so.name), count(*),
			sum(round(row.picked_qty - row.delivered_qty - coalesce(packed.packed_qty, 0), 6) > 0)
		from `tabPick List Item` row join `tabSales Order` so on so.name = row.sales_order
		left join `tabPacked Quantity` packed on packed.name = row.name
		where row.parent in %s and row.docstatus = 1 and row.picked_qty > 0 group by row.parent""",
		(tuple(pick_lists),),
	)
	return {
		name: {
			"orders": orders,
			"customer_name": customer,
			"order": order,
			"rows": count,
			"left": int(left or 0),
		}
		for name, orders, customer, order, count, left in rows
		if left
	}


def box_types() -> list[UsedBoxType]:
	"""The types that are used, the smallest first."""
	return frappe.db.sql(
		"""select name, kind, length_cm, width_cm, height_cm, tare_kg, max_weight_kg, own_cost
		from `tabBox Type` where enabled = 1 order by kind, length_cm * width_cm * height_cm, name""",
		as_dict=True,
	)

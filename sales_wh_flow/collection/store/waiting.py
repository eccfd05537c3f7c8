"""Boxes that wait at the counter."""

from collections.abc import Iterable, Sequence

import frappe

MOST = 300


def waiting_boxes(warehouses: Sequence[str], names: Iterable[str] | None = None) -> list[dict]:
	"""Closed boxes of these warehouses that their customers fetch and no hand-over has, the oldest first; of
	``names`` alone where some are given; no pallet that boxes stand on. One statement.
	"""
	wanted = None if names is None else tuple(names) or ("",)
	return frappe.db.sql(
		f"""select box.name, box.customer, coalesce(box.customer_name, '') customer_name,
			coalesce(box.ship_to, '') ship_to, coalesce(box.ship_to_text, '') address, box.warehouse,
			box.company, box.courier, box.closed_on, coalesce(box.sscc, '') sscc,
			coalesce(nullif(box.weighed_kg, 0), box.expected_kg, 0) weight_kg,
			coalesce(box.cod_amount, 0) cod_amount,
			(select group_concat(distinct row.sales_order order by row.sales_order separator '\n')
				from `tabOrder Box Item` row where row.parent = box.name and row.qty_stock > 0) orders
		from `tabOrder Box` box join `tabCourier` courier on courier.name = box.courier
		where box.state = 'Closed' and courier.is_collection = 1 and coalesce(box.handover, '') = ''
			and not exists (select 1 from `tabOrder Box` part
				where part.parent_box = box.name and part.state <> 'Cancelled')
			and box.warehouse in %(warehouses)s {"and box.name in %(names)s" if wanted else ""}
		order by box.closed_on, box.name limit {MOST}""",
		{"warehouses": tuple(warehouses) or ("",), "names": wanted},
		as_dict=True,
	)


def fetched_orders(order: str) -> bool:
	"""Whether boxes with goods of an order wait to be fetched by its customer."""
	rows = frappe.db.sql(
		"""select 1 from `tabOrder Box Item` row join `tabOrder Box` box on box.name = row.parent
		join `tabCourier` courier on courier.name = box.courier
		where row.sales_order = %s and box.state = 'Closed' and courier.is_collection = 1 limit 1""",
		order,
	)
	return bool(rows)

"""What of past orders a trial looks at."""

from collections.abc import Collection

import frappe

from sales_wh_flow.first_steps.rules.lock_trial import UndeliveredLine
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND


def undelivered_lines(orders: Collection[str]) -> list[UndeliveredLine]:
	"""What of these orders is still to be delivered, the oldest order first; without bundles."""
	if not orders:
		return []
	rows = frappe.db.sql(
		"""select so.name, line.item_code, line.warehouse,
			line.stock_qty - line.delivered_qty * line.conversion_factor open_stock
		from `tabSales Order Item` line join `tabSales Order` so on so.name = line.parent
		join `tabItem` item on item.name = line.item_code and item.is_stock_item = 1
		where so.name in %(orders)s and so.docstatus = 1 and so.status not in %(over)s
			and line.delivered_by_supplier = 0 and line.warehouse is not null
			and line.stock_qty > line.delivered_qty * line.conversion_factor
		order by so.transaction_date, so.creation, so.name, line.idx""",
		{"orders": tuple(orders), "over": (*NO_DEMAND, "Completed")},
	)
	return [UndeliveredLine(order, (item, place), float(qty)) for order, item, place, qty in rows]


def ship_tos(orders: Collection[str]) -> list[str]:
	"""The address that each order goes to, "" where it names none."""
	if not orders:
		return []
	rows = frappe.db.sql(
		"""select coalesce(nullif(shipping_address_name, ''), nullif(customer_address, ''), '')
		from `tabSales Order` where name in %s""",
		(tuple(orders),),
	)
	return [row[0] for row in rows]


def shipments(orders: Collection[str]) -> dict[str, tuple[int, str]]:
	"""Order -> (Delivery Notes that left, who took one of them or "")."""
	if not orders:
		return {}
	rows = frappe.db.sql(
		"""select row.against_sales_order, count(distinct note.name),
			max(coalesce(nullif(note.swf_courier, ''), nullif(note.transporter, ''),
				nullif(note.transporter_name, ''), ''))
		from `tabDelivery Note Item` row join `tabDelivery Note` note on note.name = row.parent
		where row.against_sales_order in %(orders)s and note.docstatus = 1 and note.is_return = 0
		group by row.against_sales_order""",
		{"orders": tuple(orders)},
	)
	return {order: (notes, courier or "") for order, notes, courier in rows}


def transporters() -> list[str]:
	"""Names of ERPNext's transporters, by name."""
	rows = frappe.db.sql(
		"""select supplier_name from `tabSupplier` where is_transporter = 1 and disabled = 0
		order by supplier_name limit 20"""
	)
	return [row[0] for row in rows]

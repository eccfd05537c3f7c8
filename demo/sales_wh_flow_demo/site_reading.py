"""What the documents of a site say about an order, as the rows that its story is told with."""

from datetime import date

import frappe
from frappe.utils import flt, getdate

from sales_wh_flow.base import said
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo import parcels
from sales_wh_flow_demo.dataset import DataSet, Order
from sales_wh_flow_demo.loading.records import Records


def written(today: date, data: DataSet, order: Order, doc) -> ev.OrderWritten:
	"""That the order was written, with what stands on it."""
	customer = next(row for row in data.customers if row.name == order.customer)
	return ev.OrderWritten(
		today,
		doc.name,
		customer=order.customer,
		author=order.author,
		place=customer.city,
		group=customer.group,
		total=doc.base_grand_total,
		currency=data.company.currency,
		total_order=doc.grand_total,
		order_currency=doc.currency,
		lines=len(doc.items),
		courier=doc.swf_courier or "",
		service=doc.swf_courier_service or "",
		instructions=doc.swf_special_instructions or "",
		due=getdate(doc.delivery_date),
		is_taxed=flt(doc.base_total_taxes_and_charges) > 0,
	)


def locked(records: Records, name: str) -> list[ev.Row]:
	"""What is or was locked for the order: one row a lock, or one a batch or serial number of it."""
	entries = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": name, "docstatus": 1},
		["name", "voucher_detail_no", "item_code", "warehouse", "reserved_qty", "stock_uom"],
		order_by="creation, name",
	)
	rows = []
	for entry in entries:
		line = frappe.db.get_value("Sales Order Item", entry.voucher_detail_no, "idx") or 0
		where = records.plain(entry.warehouse)
		fields = ["serial_no", "batch_no", "qty"]
		lots = frappe.get_all("Serial and Batch Entry", {"parent": entry.name}, fields, order_by="idx")
		for lot in lots or [frappe._dict(qty=entry.reserved_qty)]:
			label = lot.serial_no or lot.batch_no or ""
			rows.append(
				ev.Row(
					entry.voucher_detail_no,
					line,
					entry.item_code,
					where,
					abs(lot.qty),
					entry.stock_uom,
					label,
				)
			)
	return rows


def pick_rows(records: Records, pick_list: str) -> tuple[ev.Row, ...]:
	"""What stands on a pick list."""
	rows = frappe.get_all(
		"Pick List Item",
		{"parent": pick_list},
		["sales_order_item", "item_code", "warehouse", "stock_qty", "stock_uom", "batch_no", "serial_no"],
		order_by="idx",
	)
	return tuple(
		ev.Row(
			row.sales_order_item,
			frappe.db.get_value("Sales Order Item", row.sales_order_item, "idx") or 0,
			row.item_code,
			records.plain(row.warehouse),
			row.stock_qty,
			row.stock_uom,
			(row.serial_no or row.batch_no or "").replace("\n", " "),
		)
		for row in rows
	)


def row_of(records: Records, row, qty: float) -> ev.Row:
	"""This quantity of a row of an order."""
	where = records.plain(row.warehouse)
	return ev.Row(row.name, row.idx, row.item_code, where, flt(qty), row.stock_uom)


def approvals(name: str) -> list:
	"""What was asked about the order, in its order."""
	fields = ["name", "rule", "criterion", "measured", "allowed", "unit", "approver_role", "state"]
	return frappe.get_all("Order Approval", {"sales_order": name}, fields, order_by="creation, name")


def asking(today: date, name: str, row) -> ev.ApprovalAsked:
	"""That this approval was asked for."""
	return ev.ApprovalAsked(
		today,
		name,
		row.name,
		row.rule,
		row.criterion,
		row.measured,
		row.allowed,
		row.unit,
		row.approver_role,
	)


def routes(records: Records, today: date, doc, is_again: bool) -> list[ev.Event]:
	"""Where each line of the order goes and why."""
	suffix = f" - {records.abbr}"
	told: list[ev.Event] = []
	for row in doc.items:
		reason = said.worded(row.swf_route_reason).replace(suffix, "")
		where = records.plain(row.warehouse)
		why = reason if reason.startswith(where) else f"{where}: {reason}"
		why = f"routed anew, {why}" if is_again else why
		told.append(ev.LineRouted(today, doc.name, row_of(records, row, row.stock_qty), why=why))
	return told


def parcels_of(records: Records, today: date, doc, order: Order) -> ev.ParcelsPlanned:
	"""From how many warehouses the order leaves, by what is free now."""
	parts = [(row.item_code, row.warehouse, flt(row.stock_qty)) for row in doc.items if row.warehouse]
	places = [records.warehouse(place.name) for place in records.data.warehouses]
	rows = frappe.get_all(
		"Bin",
		{"item_code": ("in", [item for item, _place, _qty in parts]), "warehouse": ("in", places)},
		["item_code", "warehouse", "actual_qty", "reserved_stock"],
	)
	free = {(row.item_code, row.warehouse): flt(row.actual_qty - row.reserved_stock) for row in rows}
	lines = parcels.ordered(order, {item.code: item for item in records.data.items})
	return parcels.planned(today, doc.name, parts, free, places, lines)

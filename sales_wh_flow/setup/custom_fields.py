"""Every field the app adds to ERPNext's documents.

Courier, service and instructions have the same fieldnames on all three documents, so ERPNext's own mappers
carry them. What the flow derives (status, reasons, tracking) is no_copy: a copy of an order starts its own
life.
"""

from functools import cache

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.model import no_value_fields

from sales_wh_flow.setup.fields import (
	address,
	batch,
	customer,
	customer_group,
	delivery_note,
	driver,
	item,
	packed_item,
	pick_list,
	pick_list_item,
	sales_invoice,
	sales_order,
	sales_order_item,
	shipment_parcel,
	stock_reconciliation,
	warehouse,
)
from sales_wh_flow.setup.fields.shared import BY_FLOW, BY_USER  # noqa: F401

MODULE = "Sales WH Flow"


LAYOUT = ("Section Break", "Column Break", "Tab Break")
"""Field types that hold no value."""


CUSTOM_FIELDS: dict[str, list[dict]] = {
	"Packed Item": packed_item.FIELDS,
	"Sales Order": sales_order.FIELDS,
	"Sales Order Item": sales_order_item.FIELDS,
	"Pick List": pick_list.FIELDS,
	"Pick List Item": pick_list_item.FIELDS,
	"Sales Invoice": sales_invoice.FIELDS,
	"Delivery Note": delivery_note.FIELDS,
	"Driver": driver.FIELDS,
	"Warehouse": warehouse.FIELDS,
	"Customer": customer.FIELDS,
	"Customer Group": customer_group.FIELDS,
	"Address": address.FIELDS,
	"Shipment Parcel": shipment_parcel.FIELDS,
	"Item": item.FIELDS,
	"Batch": batch.FIELDS,
	"Stock Reconciliation": stock_reconciliation.FIELDS,
}
INDEXES = (
	("Sales Order", ("status", "docstatus"), "swf_in_work"),
	("Sales Order", ("swf_stage", "docstatus"), "swf_on_board"),
	("Stock Reservation Entry", ("item_code", "warehouse", "status"), "swf_open_locks"),
	("Stock Reservation Entry", ("status", "item_code", "warehouse"), "swf_open_everywhere"),
	("Pick List Item", ("sales_order", "docstatus"), "swf_sales_order"),
	("Pick List Item", ("sales_order_item", "docstatus"), "swf_order_row"),
	("Pick List Item", ("product_bundle_item", "docstatus"), "swf_bundle_part"),
	("Sales Order Item", ("warehouse", "swf_ships_on"), "swf_sending_days"),
	("Material Request Item", ("sales_order", "docstatus"), "swf_asked_for"),
	("POS Invoice", ("consolidated_invoice", "docstatus"), "swf_not_closed"),
)
"""(doctype, columns, name): open locks of a Bin, picks of an order, what is asked for it and sales of an open
day of a till are found without walking the whole history. ERPNext counts what is picked of a row under locks:
without a key of that row it locks every pick there is, and pickers who finish lists at the same time stop
each other. None has one column alone: Frappe drops such a one as soon as an admin adds a field to its
document.
"""


@cache
def filled_by_flow(doctype: str) -> tuple[str, ...]:
	"""The control fields of a DocType: no caller sets them."""
	return tuple(
		field["fieldname"] for field in CUSTOM_FIELDS.get(doctype, ()) if field.get("filled_by") == BY_FLOW
	)


def make() -> None:
	"""Create or update the fields and indexes; safe to repeat."""
	fields = {
		doctype: [_custom_field(field) for field in fields] for doctype, fields in CUSTOM_FIELDS.items()
	}
	# As with fields of fixtures: what another app left broken on these documents is not ours to refuse.
	before, frappe.flags.in_fixtures = frappe.flags.in_fixtures, True
	try:
		create_custom_fields(fields, update=True)
	finally:
		frappe.flags.in_fixtures = before
	for doctype in CUSTOM_FIELDS:
		if _is_unfinished(doctype):
			frappe.db.updatedb(doctype)
	for doctype, columns, name in INDEXES:
		frappe.db.add_index(doctype, list(columns), name)


def _is_unfinished(doctype: str) -> bool:
	"""Whether a field has no column, or no index.

	The first column that Frappe makes commits the fields of all documents: who was stopped then finds them
	made the next time, and makes no column.
	"""
	fields = [field for field in CUSTOM_FIELDS[doctype] if field["fieldtype"] not in no_value_fields]
	columns = frappe.db.get_table_columns(doctype)
	indexed = [field["fieldname"] for field in fields if field.get("search_index")]
	return not {field["fieldname"] for field in fields}.issubset(columns) or not all(
		frappe.db.get_column_index(f"tab{doctype}", name) for name in indexed
	)


def _custom_field(field: dict) -> dict:
	"""What Frappe is told of a field."""
	return {**{key: value for key, value in field.items() if key != "filled_by"}, "module": MODULE}


def drop(doctype: str, names: list[str]) -> None:
	"""Delete fields that the app has no more, and their columns."""
	frappe.db.delete("Custom Field", {"dt": doctype, "fieldname": ("in", names)})
	frappe.db.delete("Property Setter", {"doc_type": doctype, "field_name": ("in", names)})
	_drop_columns(doctype, names)
	frappe.clear_cache(doctype=doctype)


def remove() -> None:
	"""Delete fields, their columns and the indexes: nothing of the app is left on ERPNext's tables."""
	for doctype, fields in CUSTOM_FIELDS.items():
		drop(doctype, [field["fieldname"] for field in fields])
	for doctype, _columns, name in INDEXES:
		if frappe.db.has_index(f"tab{doctype}", name):
			frappe.db.sql_ddl(f"alter table `tab{doctype}` drop index `{name}`")


def _drop_columns(doctype: str, names: list[str]) -> None:
	"""Frappe's list of columns may be from before a removal that was broken off: the database is asked."""
	frappe.db.commit()  # DDL commits by itself; Frappe refuses it while writes are pending
	drops = ", ".join(f"drop column if exists `{name}`" for name in names)
	frappe.db.sql_ddl(f"alter table `tab{doctype}` {drops}")
	frappe.cache.hdel("table_columns", f"tab{doctype}")

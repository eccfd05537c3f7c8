"""Every field the app adds to ERPNext's documents.

Courier, service and instructions have the same fieldnames on all three documents, so ERPNext's own mappers
carry them. What the flow derives (status, reasons, tracking) is no_copy: a copy of an order starts its own
life.
"""

from functools import cache

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from sales_wh_flow.rules.status import COLOURS

MODULE = "Sales WH Flow"

BY_USER, BY_FLOW = "user", "flow"
"""Who fills a field: people, by any road, or the flow alone (see flow/control_fields.py)."""

LAYOUT = ("Section Break", "Column Break", "Tab Break")
"""Field types that hold no value."""


def _dispatch_fields(insert_after: str, **section) -> list[dict]:
	"""Who carries the goods and what everyone must know; editable until the goods have left."""
	return [
		{
			"fieldname": "swf_dispatch_section",
			"fieldtype": "Section Break",
			"label": "Courier and Instructions",
			"insert_after": insert_after,
			"collapsible": 1,
			"collapsible_depends_on": "eval:doc.swf_courier || doc.swf_special_instructions",
			**section,
		},
		{
			"fieldname": "swf_courier",
			"filled_by": BY_USER,
			"fieldtype": "Link",
			"options": "Courier",
			"label": "Courier",
			"insert_after": "swf_dispatch_section",
			"allow_on_submit": 1,
			"in_standard_filter": 1,
		},
		{
			"fieldname": "swf_courier_service",
			"filled_by": BY_USER,
			"fieldtype": "Data",
			"label": "Courier Service",
			"insert_after": "swf_courier",
			"allow_on_submit": 1,
		},
		{
			"fieldname": "swf_dispatch_column",
			"fieldtype": "Column Break",
			"insert_after": "swf_courier_service",
		},
		{
			"fieldname": "swf_special_instructions",
			"filled_by": BY_USER,
			"fieldtype": "Small Text",
			"label": "Special Instructions",
			"description": "Seen by sales, warehouse and dispatch on every document of the order.",
			"insert_after": "swf_dispatch_column",
			"allow_on_submit": 1,
			"print_hide": 1,
		},
	]


def _replace(insert_after: str, depends_on: str) -> dict:
	"""Whether what comes back is sent again."""
	return {
		"fieldname": "swf_replace",
		"filled_by": BY_USER,
		"fieldtype": "Check",
		"label": "Send Again",
		"description": (
			"What comes back is to be delivered once more: it waits for stock, in its turn, like any order. "
			"Without it the customer gets nothing for what was returned."
		),
		"insert_after": insert_after,
		"depends_on": depends_on,
		"no_copy": 1,
		"print_hide": 1,
	}


def _life_of_locks(insert_after: str) -> list[dict]:
	"""What Stock Lock Policies write on an order; a copy of the order starts without it."""
	derived = {"read_only": 1, "no_copy": 1, "allow_on_submit": 1, "print_hide": 1, "filled_by": BY_FLOW}
	return [
		{
			"fieldname": "swf_lock_extended_until",
			"fieldtype": "Datetime",
			"label": "Locks Extended Until",
			"description": "Asked once by the sales person; until then the order's locks do not expire.",
			"insert_after": insert_after,
			"depends_on": "swf_lock_extended_until",
			**derived,
		},
		{
			"fieldname": "swf_lock_extension_reason",
			"fieldtype": "Small Text",
			"label": "Why Extended",
			"insert_after": "swf_lock_extended_until",
			"depends_on": "swf_lock_extended_until",
			**derived,
		},
		{
			"fieldname": "swf_waits_from",
			"fieldtype": "Datetime",
			"label": "Served Again From",
			"description": "Its locks expired. From then on it waits at the end of its class.",
			"insert_after": "swf_lock_extension_reason",
			"depends_on": "swf_waits_from",
			**derived,
		},
		{
			"fieldname": "swf_lock_warned_for",
			"fieldtype": "Datetime",
			"label": "Warned of Expiry On",
			"insert_after": "swf_waits_from",
			"hidden": 1,
			**derived,
		},
		{
			"fieldname": "swf_on_hold_since",
			"fieldtype": "Datetime",
			"label": "On Hold Since",
			"insert_after": "swf_lock_warned_for",
			"hidden": 1,
			**derived,
		},
	]


def _coordinates(insert_after: str) -> list[dict]:
	"""Where a place is, in decimal degrees; empty (0, 0) means unknown."""
	return [
		{
			"fieldname": "swf_latitude",
			"filled_by": BY_USER,
			"fieldtype": "Float",
			"precision": "6",
			"label": "Latitude",
			"description": "Decimal degrees, e.g. 52.520008. Used to find the nearest warehouse.",
			"insert_after": insert_after,
		},
		{
			"fieldname": "swf_longitude",
			"filled_by": BY_USER,
			"fieldtype": "Float",
			"precision": "6",
			"label": "Longitude",
			"insert_after": "swf_latitude",
		},
	]


def _promise(insert_after: str) -> list[dict]:
	"""What the customer was told when the order was submitted; later lateness is measured against it."""
	derived = {"read_only": 1, "no_copy": 1, "print_hide": 1, "filled_by": BY_FLOW}
	return [
		{
			"fieldname": "swf_promised_on",
			"fieldtype": "Date",
			"label": "Promised On",
			"description": "Day of delivery by stock, supply on its way and transit; kept once submitted.",
			"insert_after": insert_after,
			"depends_on": "swf_promise_source",
			**derived,
		},
		{
			"fieldname": "swf_promise_source",
			"fieldtype": "Small Text",
			"label": "Promised by",
			"insert_after": "swf_promised_on",
			"depends_on": "swf_promise_source",
			**derived,
		},
		{
			"fieldname": "swf_ships_on",
			"fieldtype": "Date",
			"label": "Ships On",
			"description": "Day the warehouse has to send the line.",
			"insert_after": "swf_promise_source",
			"depends_on": "swf_ships_on",
			**derived,
		},
	]


def _sending(insert_after: str) -> list[dict]:
	"""When and how much a warehouse sends, and whether it sells at all."""
	return [
		{
			"fieldname": "swf_sending_section",
			"fieldtype": "Section Break",
			"label": "Sending to Customers",
			"insert_after": insert_after,
			"depends_on": "eval:!doc.is_group",
		},
		{
			"fieldname": "swf_is_sellable",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Sells",
			"default": "1",
			"description": "Clear it for returns and quarantine: their stock is promised to nobody.",
			"insert_after": "swf_sending_section",
		},
		{
			"fieldname": "swf_has_cut_off",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Has a Cut-Off",
			"default": "0",
			"description": "Frappe fills a time in every new document; only this box makes it count.",
			"insert_after": "swf_is_sellable",
		},
		{
			"fieldname": "swf_cut_off",
			"filled_by": BY_USER,
			"fieldtype": "Time",
			"label": "Cut-Off",
			"description": "What is ordered later leaves on the next working day.",
			"insert_after": "swf_has_cut_off",
			"depends_on": "swf_has_cut_off",
			"mandatory_depends_on": "swf_has_cut_off",
		},
		{
			"fieldname": "swf_sending_column",
			"fieldtype": "Column Break",
			"insert_after": "swf_cut_off",
		},
		{
			"fieldname": "swf_holiday_list",
			"filled_by": BY_USER,
			"fieldtype": "Link",
			"options": "Holiday List",
			"label": "Days Off",
			"description": "Nothing leaves on these days. Empty = as the company's Default Holiday List.",
			"insert_after": "swf_sending_column",
		},
		{
			"fieldname": "swf_limit_lines",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Limited Lines per Day",
			"default": "0",
			"insert_after": "swf_holiday_list",
		},
		{
			"fieldname": "swf_lines_per_day",
			"filled_by": BY_USER,
			"fieldtype": "Int",
			"label": "Lines per Day",
			"description": "So many order lines can leave on one day; the next ones leave later.",
			"insert_after": "swf_limit_lines",
			"depends_on": "swf_limit_lines",
			"mandatory_depends_on": "swf_limit_lines",
		},
	]


def _wishes(insert_after: str) -> list[dict]:
	"""How a customer wants to be served."""
	return [
		{
			"fieldname": "swf_preferred_warehouse",
			"filled_by": BY_USER,
			"fieldtype": "Link",
			"options": "Warehouse",
			"label": "Preferred Warehouse",
			"description": "Routing asks it first, where a routing rule names it.",
			"insert_after": insert_after,
			"ignore_user_permissions": 1,
		},
		{
			"fieldname": "swf_ship_complete",
			"filled_by": BY_USER,
			"fieldtype": "Select",
			"options": "\nWhat Is There\nFull Lines\nFull Order",
			"label": "Ship Complete",
			"description": "Empty = as the routing rule says.",
			"insert_after": "swf_preferred_warehouse",
		},
	]


CUSTOM_FIELDS: dict[str, list[dict]] = {
	"Packed Item": [
		{
			"fieldname": "swf_not_locked",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Do Not Lock",
			"depends_on": "eval:doc.parenttype == 'Sales Order'",
			"description": "Of a Sales Order: no stock is locked for this component of the bundle.",
			"insert_after": "warehouse",
			"allow_on_submit": 1,
			"no_copy": 1,
			"print_hide": 1,
		},
	],
	"Sales Order": [
		{
			"fieldname": "swf_flow_status",
			"filled_by": BY_FLOW,
			"fieldtype": "Select",
			"options": "\n".join(["", *COLOURS]),
			"label": "Flow Status",
			"insert_after": "order_type",
			"read_only": 1,
			"no_copy": 1,
			"allow_on_submit": 1,
			"in_standard_filter": 1,
			"search_index": 1,
			"print_hide": 1,
			"depends_on": "swf_flow_status",
		},
		*_life_of_locks("swf_flow_status"),
		{
			"fieldname": "swf_prepayment_pct",
			"filled_by": BY_FLOW,
			"fieldtype": "Percent",
			"label": "Paid Before Goods Leave",
			"description": "The share of the total that an approver asked for; Delivery Notes wait for it.",
			"insert_after": "swf_flow_status",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"depends_on": "swf_prepayment_pct",
		},
		{
			"fieldname": "swf_backorder_of",
			"filled_by": BY_FLOW,
			"fieldtype": "Link",
			"options": "Sales Order",
			"label": "Backorder Of",
			"description": "The order this one was split off from, because stock was missing.",
			"insert_after": "po_no",
			"read_only": 1,
			"no_copy": 1,
			"search_index": 1,
			"print_hide": 1,
			"depends_on": "swf_backorder_of",
		},
		*_dispatch_fields("ignore_pricing_rule"),
	],
	"Sales Order Item": [
		{
			"fieldname": "swf_substitute_for",
			"filled_by": BY_FLOW,
			"fieldtype": "Link",
			"options": "Item",
			"label": "Substitute For",
			"insert_after": "item_code",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"depends_on": "swf_substitute_for",
		},
		{
			"fieldname": "swf_consent",
			"filled_by": BY_FLOW,
			"fieldtype": "Small Text",
			"label": "The Customer's Consent",
			"insert_after": "swf_substitute_for",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"depends_on": "swf_consent",
		},
		{
			"fieldname": "swf_closed_short",
			"filled_by": BY_FLOW,
			"fieldtype": "Float",
			"label": "Closed Short (Stock UOM)",
			"description": "What was ordered once and given up, because stock was missing.",
			"insert_after": "stock_qty",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"depends_on": "swf_closed_short",
		},
		{
			"fieldname": "swf_returned_qty",
			"filled_by": BY_FLOW,
			"fieldtype": "Float",
			"label": "Returned",
			"description": "What came back, by the submitted returns; in the row's own UOM.",
			"insert_after": "returned_qty",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"depends_on": "swf_returned_qty",
		},
		{
			"fieldname": "swf_replaced_qty",
			"filled_by": BY_FLOW,
			"fieldtype": "Float",
			"label": "To Be Replaced",
			"description": "Returned goods that are sent again, by their returns; in the row's own UOM.",
			"insert_after": "swf_returned_qty",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"depends_on": "swf_replaced_qty",
		},
		{
			"fieldname": "swf_keep_warehouse",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Keep This Warehouse",
			"description": "Routing leaves the warehouse of this row alone.",
			"insert_after": "warehouse",
			"print_hide": 1,
		},
		{
			"fieldname": "swf_route_reason",
			"filled_by": BY_FLOW,
			"fieldtype": "Small Text",
			"label": "Why This Warehouse",
			"insert_after": "swf_keep_warehouse",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
		},
		{
			# An amendment brings it along. It grants nothing: rows that are not alike make no line.
			"fieldname": "swf_route_group",
			"filled_by": BY_USER,
			"fieldtype": "Data",
			"label": "Route Group",
			"description": "Rows that routing split from one line carry the same value.",
			"insert_after": "swf_route_reason",
			"hidden": 1,
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
		},
		{
			"fieldname": "swf_brought_to",
			"filled_by": BY_FLOW,
			"fieldtype": "Link",
			"options": "Warehouse",
			"label": "Brought First To",
			"description": "The row goes there by transfer and leaves from there with the rest of the order.",
			"insert_after": "swf_route_group",
			"depends_on": "swf_brought_to",
			"read_only": 1,
			"no_copy": 1,
			"print_hide": 1,
			"ignore_user_permissions": 1,
		},
		*_promise("swf_brought_to"),
	],
	"Pick List": [
		*_dispatch_fields("ignore_pricing_rule"),
		{
			"fieldname": "swf_wave",
			"filled_by": BY_FLOW,
			"fieldtype": "Data",
			"label": "Wave",
			"description": "One walk through the warehouse for many orders; says what they have in common.",
			"insert_after": "purpose",
			"read_only": 1,
			"no_copy": 1,
			"in_standard_filter": 1,
			"depends_on": "swf_wave",
		},
	],
	"Pick List Item": [
		{
			"fieldname": "swf_short_reason",
			"filled_by": BY_FLOW,
			"fieldtype": "Small Text",
			"label": "Why Picked Short",
			"insert_after": "picked_qty",
			"read_only": 1,
			"allow_on_submit": 1,
			"no_copy": 1,
			"depends_on": "swf_short_reason",
		},
	],
	"Sales Invoice": [_replace("update_stock", "eval:doc.is_return && doc.update_stock")],
	"Delivery Note": [
		*_dispatch_fields("ignore_pricing_rule"),
		_replace("issue_credit_note", "eval:doc.is_return"),
		{
			"fieldname": "swf_tracking_no",
			"filled_by": BY_USER,
			"fieldtype": "Data",
			"label": "Tracking Number",
			"insert_after": "swf_special_instructions",
			"allow_on_submit": 1,
			"no_copy": 1,
			"in_standard_filter": 1,
			"search_index": 1,
		},
		{
			"fieldname": "swf_delivered_on",
			"filled_by": BY_FLOW,
			"fieldtype": "Datetime",
			"label": "Delivered On",
			"description": "When the customer had the goods. Set with the button Confirm Delivery.",
			"insert_after": "swf_tracking_no",
			"read_only": 1,
			"allow_on_submit": 1,
			"no_copy": 1,
		},
	],
	"Warehouse": [*_coordinates("pin"), *_sending("swf_longitude")],
	"Customer": _wishes("default_price_list"),
	"Address": _coordinates("pincode"),
}

INDEXES = (
	("Stock Reservation Entry", ("item_code", "warehouse", "status"), "swf_open_locks"),
	("Pick List Item", ("sales_order",), "swf_sales_order"),
	("Sales Order Item", ("warehouse", "swf_ships_on"), "swf_sending_days"),
)
"""(doctype, columns, name): open locks of a Bin and picks of an order are found without walking the whole
history.
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
	create_custom_fields(fields, update=True)
	for doctype, columns, name in INDEXES:
		frappe.db.add_index(doctype, list(columns), name)


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
	existing = [name for name in names if name in frappe.db.get_table_columns(doctype)]
	if existing:
		frappe.db.commit()  # DDL commits by itself; Frappe refuses it while writes are pending
		drops = ", ".join(f"drop column `{name}`" for name in existing)
		frappe.db.sql_ddl(f"alter table `tab{doctype}` {drops}")
		frappe.cache.hdel("table_columns", f"tab{doctype}")

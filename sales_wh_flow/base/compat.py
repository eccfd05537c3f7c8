"""Where ERPNext 15 and 16 differ, decided by what the site has, never by a version string."""

import html
import json

from pypdf.errors import PyPdfError

import frappe
import frappe.model.base_document

OPEN_LOCK_STATUSES = ("Reserved", "Partially Reserved", "Partially Delivered", "Partially Used")
"""Statuses of a Stock Reservation Entry that still holds stock. ERPNext 15 never writes the last one."""

_IS_FRAPPE_16 = hasattr(frappe.model.base_document, "_get_extended_class")
"""Whether Frappe joins classes, asks every has_permission hook and has its desk at /desk."""

NO_OPINION = True if _IS_FRAPPE_16 else None
"""What a has_permission hook answers when it objects to nothing: later Frappe asks every hook and takes None
for a no, earlier ones take True for the last word.
"""

CLASS_HOOK = "extend_doctype_class" if _IS_FRAPPE_16 else "override_doctype_class"
"""The hook that puts a class of ours before a document's own: later Frappe joins those of several apps,
earlier ones take the last app's alone.
"""

DESK = "/desk" if _IS_FRAPPE_16 else "/app"
"""Where the desk's pages are."""

PLACES_ON_DESK = ("Workspace Sidebar", "Desktop Icon") if _IS_FRAPPE_16 else ()
"""What Frappe makes of an app's files and leaves behind when the app goes: it belongs to no module."""

NEGATIVE_STOCK = {
	"allow_negative_stock": "Allow Negative Stock",
	"allow_negative_stock_for_batch": "Allow Negative Stock for Batch",
}
"""What in Stock Settings lets stock go below zero, with ERPNext's labels; the second came within 15."""


ROW_CLOSED = "closed"
"""The column by which later ERPNext closes one row of a Sales Order: what is open of it is given up."""


def knows_closed_rows() -> bool:
	"""Whether this ERPNext closes the rows of an order one by one."""
	return ROW_CLOSED in frappe.db.get_table_columns("Sales Order Item")


def knows_inward_orders() -> bool:
	"""Whether this ERPNext works on a customer's material, by Subcontracting Inward Orders."""
	return "is_subcontracted" in frappe.db.get_table_columns("Sales Order")


def transit_left_sql(sent: str) -> str:
	"""SQL for what of a Stock Entry's row ``sent`` to transit has not arrived, in stock UOM: earlier ERPNext
	counts what arrived in the row's own unit.
	"""
	from erpnext.stock.doctype.stock_entry import stock_entry

	unit = "1" if hasattr(stock_entry, "get_transferred_qty") else f"{sent}.conversion_factor"
	return f"({sent}.transfer_qty - {sent}.transferred_qty * {unit})"


def consumed_columns() -> tuple[str, ...]:
	"""Columns of a Stock Reservation Entry that lower what is still reserved."""
	columns = frappe.db.get_table_columns("Stock Reservation Entry")
	extra = ("transferred_qty", "consumed_qty")
	return ("delivered_qty", *(column for column in extra if column in columns))


def open_qty_sql(alias: str) -> str:
	"""SQL for what an entry still holds, in stock UOM."""
	return (
		f"({alias}.reserved_qty - " + " - ".join(f"{alias}.{column}" for column in consumed_columns()) + ")"
	)


def line_reserved_sql(alias: str) -> str:
	"""SQL for an entry's share of Sales Order Item.stock_reserved_qty: ERPNext 15 counts delivered entries
	whole.
	"""
	return open_qty_sql(alias) if line_reserved_is_net() else f"{alias}.reserved_qty"


def line_reserved_is_net() -> bool:
	"""Whether Sales Order Item.stock_reserved_qty is what the line still holds."""
	return len(consumed_columns()) > 1


def read_body(body: bytes):
	"""The JSON of a request as this Frappe takes it apart: later ones refuse NaN and halves of characters.

	Raises: ValueError, RecursionError.
	"""
	from frappe import app

	return getattr(app, "orjson", json).loads(body.decode(errors="replace"))


def can_keep_pdf(content: bytes) -> bool:
	"""Whether a PDF can be kept as a file: later Frappe reads what it keeps, and stops at a broken one."""
	from frappe.utils import pdf

	look = getattr(pdf, "pdf_contains_js", None)
	try:
		return look is None or not look(content)
	except (PyPdfError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
		return False


def template_error(error: Exception) -> str:
	"""What Jinja says of a template: later Frappe puts the whole traceback, as HTML, in its place."""
	words = html.unescape(str(error)).removeprefix("<pre>").removesuffix("</pre>").strip()
	return words.splitlines()[-1].partition(": ")[2] if words.startswith("Traceback") else str(error)

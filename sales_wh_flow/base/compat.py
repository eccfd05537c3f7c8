"""Where ERPNext 15 and 16 differ, decided by what the site has, never by a version string."""

import frappe

OPEN_LOCK_STATUSES = ("Reserved", "Partially Reserved", "Partially Delivered", "Partially Used")
"""Statuses of a Stock Reservation Entry that still holds stock. ERPNext 15 never writes the last one."""


NO_OPINION = True if hasattr(frappe, "get_lazy_doc") else None
"""What a has_permission hook answers when it objects to nothing: later Frappe asks every hook and takes None
for a no, earlier ones take True for the last word.
"""


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

"""What ERPNext 16 reserves for production, beside the locks of orders."""

from collections.abc import Iterable

import frappe
from frappe.utils import flt

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql


def reserved_for(vouchers: Iterable[tuple[str, str]]) -> dict[BinKey, float]:
	"""What is reserved per Bin for these, (DocType, name) each; no statement for none. A locking read."""
	pairs = tuple(vouchers)
	if not pairs:
		return {}
	rows = frappe.db.sql(
		f"""select item_code, warehouse, sum({open_qty_sql("sre")}) from `tabStock Reservation Entry` sre
		where (voucher_type, voucher_no) in %s and docstatus = 1 and status in %s
		group by item_code, warehouse for update""",
		(pairs, OPEN_LOCK_STATUSES),
	)
	return {(item, warehouse): flt(qty) for item, warehouse, qty in rows}


def reserved_beside_orders(item_code: str, warehouse: str) -> float:
	"""What is reserved of a Bin for anything but Sales Orders, in stock UOM."""
	rows = frappe.db.sql(
		f"""select sum({open_qty_sql("sre")}) from `tabStock Reservation Entry` sre
		where item_code = %s and warehouse = %s and voucher_type <> 'Sales Order' and docstatus = 1
			and status in %s""",
		(item_code, warehouse, OPEN_LOCK_STATUSES),
	)
	return flt(rows[0][0])


def ending_with(
	stock_entry: str, customer_rows: Iterable[str], keys: Iterable[BinKey]
) -> dict[str, tuple[BinKey, float]]:
	"""{reservation in these Bins: (its Bin, what it holds)} that ERPNext cancels with a Stock Entry.

	Those of production made from it, and those of what a customer sent for ``customer_rows`` of his
	Subcontracting Inward Order. A locking read, none for no Bin.
	"""
	pairs = tuple(keys)
	if not pairs:
		return {}
	rows = frappe.db.sql(
		f"""select name, item_code, warehouse, {open_qty_sql("sre")} from `tabStock Reservation Entry` sre
		where (item_code, warehouse) in %(pairs)s and docstatus = 1 and status in %(open)s
			and ((voucher_type in ('Work Order', 'Production Plan')
					and from_voucher_type = 'Stock Entry' and from_voucher_no = %(entry)s)
				or (voucher_type = 'Subcontracting Inward Order' and voucher_detail_no in %(rows)s))
		for update""",
		{
			"pairs": pairs,
			"open": OPEN_LOCK_STATUSES,
			"entry": stock_entry,
			"rows": tuple(customer_rows) or ("",),
		},
	)
	return {name: ((item, warehouse), flt(qty)) for name, item, warehouse, qty in rows}

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

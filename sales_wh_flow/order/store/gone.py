"""How much of an order line need not be delivered any more.

What was delivered stays delivered when it comes back: returned goods are not sent again, unless their return
says that they are to be replaced. ERPNext lowers ``delivered_qty`` by what came back, so both are added up.
Of a row that ERPNext closed nothing is to come, however little of it was delivered.
"""

from typing import Any

from frappe.utils import flt

from sales_wh_flow.base import compat


def gone_sql(line: str) -> str:
	"""SQL for what has left of a line for good, in its own UOM; ``line`` is the alias of Sales Order Item."""
	left = f"({line}.delivered_qty + {line}.swf_returned_qty - {line}.swf_replaced_qty)"
	if not compat.knows_closed_rows():
		return left
	return f"if({line}.{compat.ROW_CLOSED} = 1, greatest({line}.qty, {left}), {left})"


def qty(row: Any) -> float:
	"""What has left of a row in memory, in the line's own UOM."""
	left = flt(row.delivered_qty) + flt(row.get("swf_returned_qty")) - flt(row.get("swf_replaced_qty"))
	return max(flt(row.qty), left) if row.get(compat.ROW_CLOSED) else left

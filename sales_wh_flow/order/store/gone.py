"""How much of an order line need not be delivered any more.

What was delivered stays delivered when it comes back: returned goods are not sent again, unless their return
says that they are to be replaced. ERPNext lowers ``delivered_qty`` by what came back, so both are added up.
"""

from typing import Any

from frappe.utils import flt


def gone_sql(line: str) -> str:
	"""SQL for what has left of a line for good, in its own UOM; ``line`` is the alias of Sales Order Item."""
	return f"({line}.delivered_qty + {line}.swf_returned_qty - {line}.swf_replaced_qty)"


def qty(row: Any) -> float:
	"""What has left of a row in memory, in the line's own UOM."""
	return flt(row.delivered_qty) + flt(row.get("swf_returned_qty")) - flt(row.get("swf_replaced_qty"))

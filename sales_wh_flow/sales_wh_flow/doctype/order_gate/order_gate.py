from sales_wh_flow.base.records import Record


class OrderGate(Record):
	"""What the approval gate keeps of one Sales Order, out of the order's own reach: see
	approval/store/gate.py.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		hands: DF.Code | None
		owed: DF.SmallText | None
		passed: DF.Data | None
		sales_order: DF.Link
	# end: auto-generated types

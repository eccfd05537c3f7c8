from sales_wh_flow.base.records import Record


class PackedQuantity(Record):
	"""How much of one row of a Pick List lies in boxes that have not left: see packing/store/packed.py.

	Its name is the row's. It is kept apart from the row, so that nobody who saves a Pick List writes it back.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		packed_qty: DF.Float
		pick_list: DF.Data | None
		sales_order: DF.Data | None
	# end: auto-generated types

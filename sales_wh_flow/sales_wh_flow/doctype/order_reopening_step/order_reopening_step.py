from sales_wh_flow.base.records import Record


class OrderReopeningStep(Record):
	"""One document of an order that is opened again, and when it was undone."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal["Delete", "Cancel", "Amend", "Unlink", "Keep as Advance", "Empty"]
		document_name: DF.Data | None
		document_type: DF.Link | None
		done_on: DF.Datetime | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
	# end: auto-generated types

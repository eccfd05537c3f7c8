from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class CourierInvoiceRow(PartOfParent, Document):
	"""A parcel on a bill of a courier."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		box: DF.Data | None
		difference: DF.Currency
		expected: DF.Currency
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		tracking_no: DF.Data
		verdict: DF.Literal[
			"",
			"As Expected",
			"Dearer",
			"Cheaper",
			"Unknown Number",
			"Billed Twice",
			"No Price Known",
			"Not Sent",
		]
	# end: auto-generated types

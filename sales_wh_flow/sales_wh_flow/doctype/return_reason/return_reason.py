from frappe.model.document import Document


class ReturnReason(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		enabled: DF.Check
		reason_name: DF.Data
		whose_fault: DF.Literal["", "Us", "Customer", "Supplier", "Courier", "Nobody"]
	# end: auto-generated types
	pass

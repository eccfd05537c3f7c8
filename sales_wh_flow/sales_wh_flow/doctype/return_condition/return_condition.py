from frappe.model.document import Document


class ReturnCondition(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		condition_name: DF.Data
		decision: DF.Literal["", "Restock", "Quarantine", "Scrap"]
		enabled: DF.Check
	# end: auto-generated types
	pass

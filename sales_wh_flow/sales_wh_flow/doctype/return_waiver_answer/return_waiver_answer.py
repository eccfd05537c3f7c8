from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class ReturnWaiverAnswer(PartOfParent, Document):
	"""What somebody said of goods that came back too late, or what was done because nobody did."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal["", "Let In", "Refused", "Reminded", "Passed On", "Role Asked"]
		answered_on: DF.Datetime | None
		comment: DF.SmallText | None
		is_void: DF.Check
		level: DF.Int
		on_behalf_of: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		role: DF.Link | None
		rule: DF.Link | None
		up_to_amount: DF.Float
		user: DF.Link | None
	# end: auto-generated types
	pass

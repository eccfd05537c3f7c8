from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.part_of_parent import PartOfParent


class OrderApprovalRuleApprover(PartOfParent, EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		currency: DF.Link | None
		kind: DF.Literal["Role", "User", "Relation"]
		level: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		relation: DF.Literal[
			"",
			"Sales Person's Manager",
			"Territory Manager",
			"Department Approver",
			"Account Manager of the Customer",
		]
		role: DF.Link | None
		up_to_amount: DF.Currency
		user: DF.Link | None
	# end: auto-generated types
	pass

from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.part_of_parent import PartOfParent


class OrderApprovalRuleLevel(PartOfParent, EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		approvals_needed: DF.Int
		due_hours: DF.Float
		escalation_role: DF.Link | None
		level: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		when_due: DF.Literal["Remind", "Ask the Next Level", "Ask a Role"]
	# end: auto-generated types
	pass

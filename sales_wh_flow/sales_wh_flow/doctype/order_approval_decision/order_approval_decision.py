from sales_wh_flow.base.records import Record


class OrderApprovalDecision(Record):
	"""One line of the history of an approval: who did what, when, by which right."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		action: DF.Literal[
			"Asked",
			"Changed",
			"Approved",
			"Refused",
			"Forwarded",
			"Condition Offered",
			"Condition Accepted",
			"Condition Declined",
			"Reminded",
			"Escalated",
			"Rule Changed",
			"Asked Back",
			"Answered",
			"Withdrawn",
		]
		comment: DF.SmallText | None
		decided_on: DF.Datetime | None
		is_void: DF.Check
		level: DF.Int
		on_behalf_of: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		up_to_amount: DF.Float
		user: DF.Link | None
		via: DF.Data | None
	# end: auto-generated types

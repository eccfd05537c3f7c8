from sales_wh_flow.base.records import Record


class DelayAlertEvent(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		actor: DF.Link | None
		happened_on: DF.Datetime | None
		happening: DF.Literal[
			"Raised", "Escalated", "Other Stage", "Snoozed", "Snooze Over", "Handed Over", "Cause Gone"
		]
		is_to_tell: DF.Check
		level: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		reason: DF.SmallText | None
		to_role: DF.Link | None
		to_user: DF.Link | None
	# end: auto-generated types
	pass

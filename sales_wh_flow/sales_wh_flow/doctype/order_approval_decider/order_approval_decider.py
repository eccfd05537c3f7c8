from sales_wh_flow.base.records import Record


class OrderApprovalDecider(Record):
	"""Whom an approval asks, or asked."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		currency: DF.Link | None
		is_current: DF.Check
		kind: DF.Literal["Role", "User", "Relation", "Forwarded", "Escalated", "Fallback"]
		level: DF.Int
		on_behalf_of: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		relation: DF.Data | None
		role: DF.Link | None
		up_to_amount: DF.Currency
		user: DF.Link | None
	# end: auto-generated types

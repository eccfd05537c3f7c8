from sales_wh_flow.base.records import Record


class OrderApproval(Record):
	"""One rule's demand on one order. Written by the flow alone: see approval/gate.py and
	approval/decide.py.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.order_approval_decider.order_approval_decider import (
			OrderApprovalDecider,
		)
		from sales_wh_flow.sales_wh_flow.doctype.order_approval_decision.order_approval_decision import (
			OrderApprovalDecision,
		)

		allow_own_order: DF.Check
		allowed: DF.Float
		approver_role: DF.Data | None
		author: DF.Link | None
		comment: DF.SmallText | None
		company: DF.Link | None
		condition_kind: DF.Literal["", "Smaller Discount", "Prepayment", "Available Quantity"]
		condition_state: DF.Literal["", "Offered", "Accepted", "Declined"]
		condition_text: DF.SmallText | None
		condition_value: DF.Percent
		criterion: DF.Data | None
		customer: DF.Link | None
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		deciders: DF.Table[OrderApprovalDecider]
		decisions: DF.Table[OrderApprovalDecision]
		deleted_order: DF.Data | None
		due_handled: DF.Check
		due_on: DF.Datetime | None
		facts: DF.Code | None
		fingerprint: DF.Data | None
		forwarded_to: DF.Link | None
		given: DF.Int
		identity: DF.Data | None
		level: DF.Int
		likeness: DF.Data | None
		measured: DF.Float
		needed: DF.Int
		order_value: DF.Currency
		question: DF.SmallText | None
		quotation: DF.Link | None
		reason: DF.SmallText | None
		remind_on: DF.Datetime | None
		requested_by: DF.Link | None
		requested_on: DF.Datetime | None
		rule: DF.Link
		rule_version: DF.Int
		sales_order: DF.Link | None
		sold: DF.Code | None
		state: DF.Literal["Open", "Approved", "Rejected", "Superseded", "Shadow"]
		to_tell: DF.Int
		unit: DF.Data | None
		waits_for: DF.SmallText | None
	# end: auto-generated types

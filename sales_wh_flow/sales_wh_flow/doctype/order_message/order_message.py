from sales_wh_flow.base.records import Record


class OrderMessage(Record):
	"""One thing that one receiver is told of one order: see milestones/happened.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		attempts: DF.Int
		audience: DF.Literal["Customer", "Seller", "Warehouse", "Accounts"]
		box: DF.Data | None
		channel: DF.Literal["Mail", "Desk", "Webhook", "Notification"]
		deleted_order: DF.Data | None
		digest: DF.Check
		facts: DF.Code | None
		happened_on: DF.Datetime | None
		language: DF.Link | None
		mail: DF.Data | None
		milestone: DF.Literal[
			"Confirmed",
			"Approved and Locked",
			"Short",
			"Delayed",
			"Ready",
			"Dispatched",
			"Delivered",
			"Refused",
			"Return Announced",
			"Return Received",
			"Refunded",
			"May Be Invoiced",
		]
		next_try: DF.Datetime | None
		receiver: DF.Data | None
		rule: DF.Link | None
		sales_order: DF.Link | None
		sent_on: DF.Datetime | None
		state: DF.Literal["Waiting", "Sent", "Would Have Gone Out", "Failed", "Came Back", "Not Needed"]
		unique_key: DF.Data | None
		why: DF.SmallText | None
	# end: auto-generated types

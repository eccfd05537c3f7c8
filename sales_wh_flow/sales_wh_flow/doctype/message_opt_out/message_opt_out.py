from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny


class MessageOptOut(EmptyMeansAny, Document):
	"""What a customer does not want to be told, or has agreed to be told."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		agrees: DF.Check
		asked_on_page: DF.Check
		customer: DF.Link
		milestone: DF.Literal[
			"",
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
		note: DF.SmallText | None
		sales_order: DF.Link | None
	# end: auto-generated types

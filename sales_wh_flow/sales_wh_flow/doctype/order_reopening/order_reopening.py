from sales_wh_flow.base.records import Record


class OrderReopening(Record):
	"""What was undone to open an order again, step by step: see returns/reopen.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from sales_wh_flow.sales_wh_flow.doctype.order_reopening_step.order_reopening_step import (
			OrderReopeningStep,
		)

		actor: DF.Link | None
		asked_on: DF.Datetime | None
		back_to: DF.Literal["To Pick", "Draft", "Cancelled"]
		ended_on: DF.Datetime | None
		new_order: DF.Link | None
		reason: DF.SmallText | None
		sales_order: DF.Link | None
		state: DF.Literal["Running", "Stopped", "Given Up", "Done"]
		steps: DF.Table[OrderReopeningStep]
		stopped_by: DF.SmallText | None
	# end: auto-generated types

from sales_wh_flow.base.records import Record


class OrderStageLog(Record):
	"""From when to when an order was in one stage: see order/store/stage_log.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cause: DF.SmallText | None
		company: DF.Link | None
		delay_of: DF.Literal["Us", "Customer", "Supplier", "Courier", "Nobody"]
		deleted_order: DF.Data | None
		entered_on: DF.Datetime | None
		flow_status: DF.Data | None
		left_on: DF.Datetime | None
		rebuilt: DF.Check
		sales_order: DF.Link | None
		stage: DF.Literal[
			"Entry",
			"Approval",
			"Waiting for Stock",
			"To Pick",
			"Picking",
			"Packing",
			"Ready",
			"In Transit",
			"To Invoice",
			"On Hold",
			"Service",
			"To Collect",
			"Ended",
		]
		stage_owner: DF.Literal[
			"Seller", "Approver", "Purchasing", "Warehouse", "Courier", "Accounts", "Nobody", "Customer"
		]
		warehouse: DF.Link | None
	# end: auto-generated types

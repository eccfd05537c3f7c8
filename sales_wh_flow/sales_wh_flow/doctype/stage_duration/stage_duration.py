from sales_wh_flow.base.records import Record


class StageDuration(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Link | None
		courier: DF.Link | None
		item_group: DF.Link | None
		sent_orders: DF.Int
		sent_p50: DF.Float
		sent_p90: DF.Float
		stage: DF.Data | None
		stay_orders: DF.Int
		stay_p50: DF.Float
		stay_p90: DF.Float
		there_orders: DF.Int
		there_p50: DF.Float
		there_p90: DF.Float
		warehouse: DF.Link | None
	# end: auto-generated types
	pass

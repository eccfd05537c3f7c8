from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class WarehouseRoutingCandidate(PartOfParent, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		freight_per_km: DF.Currency
		handling_per_line: DF.Currency
		handling_per_order: DF.Currency
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		rank: DF.Int
		transfer_cost: DF.Currency
		transfer_days: DF.Int
		warehouse: DF.Link
	# end: auto-generated types
	pass

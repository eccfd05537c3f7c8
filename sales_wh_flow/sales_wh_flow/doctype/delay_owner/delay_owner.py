from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.part_of_parent import PartOfParent


class DelayOwner(PartOfParent, EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		hours: DF.Float
		level: DF.Int
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		responsible_role: DF.Link | None
		responsible_user: DF.Link | None
		stage: DF.Literal[
			"",
			"Approval",
			"Waiting for Stock",
			"To Pick",
			"Picking",
			"Packing",
			"Ready",
			"In Transit",
			"On Hold",
			"Service",
		]
		warehouse: DF.Link | None
	# end: auto-generated types
	pass

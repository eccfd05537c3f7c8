from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.part_of_parent import PartOfParent


class DeliveryZoneArea(PartOfParent, EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		in_country: DF.Link | None
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		postcode: DF.Data | None
		state: DF.Data | None
	# end: auto-generated types
	pass

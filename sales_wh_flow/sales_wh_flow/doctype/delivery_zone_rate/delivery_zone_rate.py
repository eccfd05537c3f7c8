from frappe.model.document import Document

from sales_wh_flow.base.empty_means_any import EmptyMeansAny
from sales_wh_flow.base.part_of_parent import PartOfParent


class DeliveryZoneRate(PartOfParent, EmptyMeansAny, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		above_weight: DF.Float
		courier: DF.Link | None
		freight: DF.Currency
		freight_per_kg: DF.Currency
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		service: DF.Data | None
		transit_days: DF.Int
		up_to_weight: DF.Float
		warehouse: DF.Link | None
	# end: auto-generated types
	pass

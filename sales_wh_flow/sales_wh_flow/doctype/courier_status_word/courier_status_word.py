from frappe.model.document import Document

from sales_wh_flow.base.part_of_parent import PartOfParent


class CourierStatusWord(PartOfParent, Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		reason: DF.Literal[
			"",
			"carrier_damaged_parcel",
			"carrier_sorting_error",
			"carrier_address_not_found",
			"carrier_parcel_lost",
			"carrier_not_enough_time",
			"carrier_vehicle_issue",
			"carrier_capacity_exceeded",
			"carrier_mechanical_delay",
			"retailer_cancelled",
			"retailer_incorrect_data",
			"retailer_not_ready",
			"retailer_incorrect_parcel",
			"retailer_incorrect_dimensions",
			"retailer_packaging_issue",
			"consignee_refused",
			"consignee_business_closed",
			"consignee_not_available",
			"consignee_not_home",
			"consignee_cancelled",
			"consignee_verification_failed",
			"consignee_incorrect_address",
			"consignee_access_restricted",
			"consignee_safe_place_unavailable",
			"customs_delay",
			"customs_documentation",
			"customs_duties_unpaid",
			"customs_prohibited",
			"customs_inspection",
			"weather_delay",
			"natural_disaster",
			"force_majeure",
			"parcel_being_researched",
			"security_issue",
			"regulatory_hold",
			"unknown",
		]
		state: DF.Literal[
			"pending",
			"picked_up",
			"in_transit",
			"on_hold",
			"out_for_delivery",
			"ready_for_pickup",
			"delivered",
			"delivery_failed",
			"delivery_delayed",
			"return_to_sender",
			"cancelled",
			"unknown",
		]
		word: DF.Data
	# end: auto-generated types
	pass

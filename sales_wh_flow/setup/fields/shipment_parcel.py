"""Fields of Shipment Parcel."""

from sales_wh_flow.setup.fields.shared import BY_FLOW

FIELDS: list[dict] = [
	{
		"fieldname": "swf_box",
		"filled_by": BY_FLOW,
		"fieldtype": "Link",
		"options": "Order Box",
		"label": "Box",
		"description": "The box that this parcel is; it learns number, label and status from the Shipment.",
		"insert_after": "count",
		"read_only": 1,
		"no_copy": 1,
		"in_list_view": 1,
		"search_index": 1,
	},
]

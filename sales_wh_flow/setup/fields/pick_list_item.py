"""Fields of Pick List Item."""

from sales_wh_flow.setup.fields.shared import BY_FLOW

FIELDS: list[dict] = [
	{
		"fieldname": "swf_short_reason",
		"filled_by": BY_FLOW,
		"fieldtype": "Small Text",
		"label": "Why Picked Short",
		"insert_after": "picked_qty",
		"read_only": 1,
		"allow_on_submit": 1,
		"no_copy": 1,
		"depends_on": "swf_short_reason",
	},
]

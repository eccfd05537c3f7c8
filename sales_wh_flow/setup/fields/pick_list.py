"""Fields of Pick List."""

from sales_wh_flow.setup.fields.shared import BY_FLOW, dispatch_fields

FIELDS: list[dict] = [
	*dispatch_fields("ignore_pricing_rule"),
	{
		"fieldname": "swf_wave",
		"filled_by": BY_FLOW,
		"fieldtype": "Data",
		"label": "Wave",
		"description": "One walk through the warehouse for many orders; says what they have in common.",
		"insert_after": "purpose",
		"read_only": 1,
		"no_copy": 1,
		"in_standard_filter": 1,
		"depends_on": "swf_wave",
	},
	{
		"fieldname": "swf_picker",
		"filled_by": BY_FLOW,
		"fieldtype": "Link",
		"options": "User",
		"label": "Picker",
		"description": "Who walks for it. Taken, and handed on, on the page Pick.",
		"insert_after": "swf_wave",
		"read_only": 1,
		"no_copy": 1,
		"ignore_user_permissions": 1,
		"in_standard_filter": 1,
		"depends_on": "swf_picker",
	},
	{
		"fieldname": "swf_picker_since",
		"filled_by": BY_FLOW,
		"fieldtype": "Datetime",
		"label": "Picker Since",
		"insert_after": "swf_picker",
		"read_only": 1,
		"no_copy": 1,
		"depends_on": "swf_picker",
	},
]

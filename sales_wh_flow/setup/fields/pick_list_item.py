"""Fields of Pick List Item."""

from sales_wh_flow.setup.fields.shared import BY_FLOW

_AT_THE_SHELF = {"filled_by": BY_FLOW, "read_only": 1, "no_copy": 1}
"""What a picker says on the page Pick; see picking/rules/found.py."""

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
	{
		"fieldname": "swf_found_qty",
		"fieldtype": "Float",
		"label": "Found (in Stock UOM)",
		"description": "Scanned or tapped.",
		"insert_after": "swf_short_reason",
		"print_hide": 1,
		"depends_on": "swf_found_on",
		**_AT_THE_SHELF,
	},
	{
		"fieldname": "swf_found_serials",
		"fieldtype": "Small Text",
		"label": "Serial Numbers Found",
		"insert_after": "swf_found_qty",
		"print_hide": 1,
		"depends_on": "swf_found_serials",
		**_AT_THE_SHELF,
	},
	{
		"fieldname": "swf_found_by",
		"fieldtype": "Link",
		"options": "User",
		"label": "Found By",
		"insert_after": "swf_found_serials",
		"print_hide": 1,
		"ignore_user_permissions": 1,
		"depends_on": "swf_found_on",
		**_AT_THE_SHELF,
	},
	{
		"fieldname": "swf_found_on",
		"fieldtype": "Datetime",
		"label": "Found On",
		"insert_after": "swf_found_by",
		"print_hide": 1,
		"depends_on": "swf_found_on",
		**_AT_THE_SHELF,
	},
	{
		"fieldname": "swf_tote",
		"fieldtype": "Data",
		"label": "Tote",
		"description": "The crate that the goods of its order lie in during the walk.",
		"insert_after": "swf_found_on",
		"search_index": 1,
		"depends_on": "swf_tote",
		**_AT_THE_SHELF,
	},
]

"""Fields of Item."""

from sales_wh_flow.setup.fields.shared import BY_USER

FIELDS: list[dict] = [
	{
		"fieldname": "swf_packing_section",
		"fieldtype": "Section Break",
		"label": "Size When Packed",
		"description": "Of one stock unit. With the weight it says which box is proposed.",
		"insert_after": "weight_uom",
		"collapsible": 1,
		"depends_on": "is_stock_item",
	},
	{
		"fieldname": "swf_length_cm",
		"filled_by": BY_USER,
		"fieldtype": "Float",
		"label": "Length (cm)",
		"insert_after": "swf_packing_section",
		"non_negative": 1,
	},
	{
		"fieldname": "swf_width_cm",
		"filled_by": BY_USER,
		"fieldtype": "Float",
		"label": "Width (cm)",
		"insert_after": "swf_length_cm",
		"non_negative": 1,
	},
	{
		"fieldname": "swf_height_cm",
		"filled_by": BY_USER,
		"fieldtype": "Float",
		"label": "Height (cm)",
		"insert_after": "swf_width_cm",
		"non_negative": 1,
	},
]

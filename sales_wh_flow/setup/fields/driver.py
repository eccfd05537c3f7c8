"""Fields of Driver."""

from sales_wh_flow.setup.fields.shared import BY_USER

FIELDS: list[dict] = [
	{
		"fieldname": "swf_user",
		"filled_by": BY_USER,
		"fieldtype": "Link",
		"options": "User",
		"label": "User",
		"description": (
			"Who signs in on the phone as this driver and delivers its trips on the page Deliver; else the "
			"user of the Employee."
		),
		"insert_after": "employee",
		"search_index": 1,
		"ignore_user_permissions": 1,
	},
]

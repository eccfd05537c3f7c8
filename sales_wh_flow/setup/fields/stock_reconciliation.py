"""Fields of Stock Reconciliation."""

from sales_wh_flow.setup.fields.shared import BY_USER

FIELDS: list[dict] = [
	{
		"fieldname": "swf_lose_first",
		"filled_by": BY_USER,
		"fieldtype": "Table MultiSelect",
		"options": "Count Loser",
		"label": "Orders That Lose First",
		"description": "Where less was found than is locked. Empty: by the Serving Policy, of a class the "
		"latest order.",
		"insert_after": "items",
		"no_copy": 1,
		"print_hide": 1,
	},
]

"""Fields of Customer."""

from sales_wh_flow.setup.fields.shared import BY_USER


def _wishes(insert_after: str) -> list[dict]:
	"""How a customer wants to be served."""
	return [
		{
			"fieldname": "swf_preferred_warehouse",
			"filled_by": BY_USER,
			"fieldtype": "Link",
			"options": "Warehouse",
			"label": "Preferred Warehouse",
			"description": "Routing asks it first, where a routing rule names it.",
			"insert_after": insert_after,
			"ignore_user_permissions": 1,
		},
		{
			"fieldname": "swf_ship_complete",
			"filled_by": BY_USER,
			"fieldtype": "Select",
			"options": "\nWhat Is There\nFull Lines\nFull Order",
			"label": "Ship Complete",
			"description": "Empty = as the routing rule says.",
			"insert_after": "swf_preferred_warehouse",
		},
	]


FIELDS: list[dict] = _wishes("default_price_list")

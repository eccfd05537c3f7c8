"""Fields that several DocTypes have under the same names: ERPNext's own mappers then carry them."""

BY_USER, BY_FLOW = "user", "flow"
"""Who fills a field: people, by any road, or the flow alone (see base/control_fields.py)."""


def dispatch_fields(insert_after: str, **section) -> list[dict]:
	"""Who carries the goods and what everyone must know; editable until the goods have left."""
	return [
		{
			"fieldname": "swf_dispatch_section",
			"fieldtype": "Section Break",
			"label": "Courier and Instructions",
			"insert_after": insert_after,
			"collapsible": 1,
			"collapsible_depends_on": "eval:doc.swf_courier || doc.swf_special_instructions",
			**section,
		},
		{
			"fieldname": "swf_courier",
			"filled_by": BY_USER,
			"fieldtype": "Link",
			"options": "Courier",
			"label": "Courier",
			"insert_after": "swf_dispatch_section",
			"allow_on_submit": 1,
			"in_standard_filter": 1,
		},
		{
			"fieldname": "swf_courier_service",
			"filled_by": BY_USER,
			"fieldtype": "Data",
			"label": "Courier Service",
			"insert_after": "swf_courier",
			"allow_on_submit": 1,
		},
		{
			"fieldname": "swf_dispatch_column",
			"fieldtype": "Column Break",
			"insert_after": "swf_courier_service",
		},
		{
			"fieldname": "swf_special_instructions",
			"filled_by": BY_USER,
			"fieldtype": "Small Text",
			"label": "Special Instructions",
			"description": "Seen by sales, warehouse and dispatch on every document of the order.",
			"insert_after": "swf_dispatch_column",
			"allow_on_submit": 1,
			"print_hide": 1,
		},
	]


def replace(insert_after: str, depends_on: str) -> dict:
	"""Whether what comes back is sent again."""
	return {
		"fieldname": "swf_replace",
		"filled_by": BY_USER,
		"fieldtype": "Check",
		"label": "Send Again",
		"description": (
			"What comes back is to be delivered once more: it waits for stock, in its turn, like any order. "
			"Without it the customer gets nothing for what was returned."
		),
		"insert_after": insert_after,
		"depends_on": depends_on,
		"no_copy": 1,
		"print_hide": 1,
	}


def coordinates(insert_after: str) -> list[dict]:
	"""Where a place is, in decimal degrees; empty (0, 0) means unknown."""
	return [
		{
			"fieldname": "swf_latitude",
			"filled_by": BY_USER,
			"fieldtype": "Float",
			"precision": "6",
			"label": "Latitude",
			"description": "Decimal degrees, e.g. 52.520008. Used to find the nearest warehouse.",
			"insert_after": insert_after,
		},
		{
			"fieldname": "swf_longitude",
			"filled_by": BY_USER,
			"fieldtype": "Float",
			"precision": "6",
			"label": "Longitude",
			"insert_after": "swf_latitude",
		},
	]

"""Fields of Packed Item."""

from sales_wh_flow.setup.fields.shared import BY_USER

FIELDS: list[dict] = [
	{
		"fieldname": "swf_not_locked",
		"filled_by": BY_USER,
		"fieldtype": "Check",
		"label": "Do Not Lock",
		"depends_on": "eval:doc.parenttype == 'Sales Order'",
		"description": "Of a Sales Order: no stock is locked for this component of the bundle.",
		"insert_after": "warehouse",
		"allow_on_submit": 1,
		"no_copy": 1,
		"print_hide": 1,
	},
]

"""Fields of Batch."""

from sales_wh_flow.setup.fields.shared import BY_USER

FIELDS: list[dict] = [
	{
		"fieldname": "swf_quality_hold",
		"filled_by": BY_USER,
		"fieldtype": "Check",
		"label": "Quality Hold",
		"description": (
			"This batch is not locked, picked or delivered for orders until it is unticked; those that hold "
			"it get another batch or wait. It can still be moved, counted and returned."
		),
		"insert_after": "disabled",
	},
]

"""Fields of Delivery Note."""

from sales_wh_flow.setup.fields.shared import BY_FLOW, BY_USER, dispatch_fields, replace

FIELDS: list[dict] = [
	*dispatch_fields("ignore_pricing_rule"),
	replace("issue_credit_note", "eval:doc.is_return"),
	{
		"fieldname": "swf_tracking_no",
		"filled_by": BY_USER,
		"fieldtype": "Data",
		"label": "Tracking Number",
		"insert_after": "swf_special_instructions",
		"allow_on_submit": 1,
		"no_copy": 1,
		"in_standard_filter": 1,
		"search_index": 1,
	},
	{
		"fieldname": "swf_delivered_on",
		"filled_by": BY_FLOW,
		"fieldtype": "Datetime",
		"label": "Delivered On",
		"description": "When the customer had the goods. Set with the button Confirm Delivery.",
		"insert_after": "swf_tracking_no",
		"read_only": 1,
		"allow_on_submit": 1,
		"no_copy": 1,
	},
	{
		"fieldname": "swf_received_by",
		"filled_by": BY_FLOW,
		"fieldtype": "Data",
		"label": "Received By",
		"description": "Who took the goods, as the boxes' proofs or Confirm Delivery say.",
		"insert_after": "swf_delivered_on",
		"read_only": 1,
		"allow_on_submit": 1,
		"no_copy": 1,
	},
]

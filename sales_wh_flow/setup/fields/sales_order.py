"""Fields of Sales Order."""

from sales_wh_flow.order.rules.stages import STAGES
from sales_wh_flow.order.rules.status import COLOURS
from sales_wh_flow.setup.fields.promise import promise_and_forecast
from sales_wh_flow.setup.fields.shared import BY_FLOW, dispatch_fields


def _life_of_locks(insert_after: str) -> list[dict]:
	"""What Stock Lock Policies write on an order; a copy of the order starts without it."""
	derived = {"read_only": 1, "no_copy": 1, "allow_on_submit": 1, "print_hide": 1, "filled_by": BY_FLOW}
	return [
		{
			"fieldname": "swf_lock_extended_until",
			"fieldtype": "Datetime",
			"label": "Locks Extended Until",
			"description": "Asked once by the sales person; until then the order's locks do not expire.",
			"insert_after": insert_after,
			"depends_on": "swf_lock_extended_until",
			**derived,
		},
		{
			"fieldname": "swf_lock_extension_reason",
			"fieldtype": "Small Text",
			"label": "Why Extended",
			"insert_after": "swf_lock_extended_until",
			"depends_on": "swf_lock_extended_until",
			**derived,
		},
		{
			"fieldname": "swf_waits_from",
			"fieldtype": "Datetime",
			"label": "Served Again From",
			"description": "Its locks expired. From then on it waits at the end of its class.",
			"insert_after": "swf_lock_extension_reason",
			"depends_on": "swf_waits_from",
			**derived,
		},
		{
			"fieldname": "swf_queued_since",
			"fieldtype": "Datetime",
			"label": "In the Queue Since",
			"description": "Its first submission; an amended order keeps that of the order it replaces.",
			"insert_after": "swf_waits_from",
			"hidden": 1,
			**derived,
		},
		{
			"fieldname": "swf_lock_warned_for",
			"fieldtype": "Datetime",
			"label": "Warned of Expiry On",
			"insert_after": "swf_queued_since",
			"hidden": 1,
			**derived,
		},
		{
			"fieldname": "swf_on_hold_since",
			"fieldtype": "Datetime",
			"label": "On Hold Since",
			"insert_after": "swf_lock_warned_for",
			"hidden": 1,
			**derived,
		},
	]


FIELDS: list[dict] = [
	{
		"fieldname": "swf_flow_status",
		"filled_by": BY_FLOW,
		"fieldtype": "Select",
		"options": "\n".join(["", *COLOURS]),
		"label": "Flow Status",
		"insert_after": "order_type",
		"read_only": 1,
		"no_copy": 1,
		"allow_on_submit": 1,
		"in_standard_filter": 1,
		"search_index": 1,
		"print_hide": 1,
		"depends_on": "swf_flow_status",
	},
	{
		"fieldname": "swf_stage",
		"filled_by": BY_FLOW,
		"fieldtype": "Select",
		"options": "\n".join(["", *STAGES]),
		"label": "Stage",
		"description": "Where its time goes now. See Order Stage Log.",
		"insert_after": "swf_flow_status",
		"read_only": 1,
		"no_copy": 1,
		"allow_on_submit": 1,
		"in_standard_filter": 1,
		"search_index": 1,
		"print_hide": 1,
		"depends_on": "swf_stage",
	},
	{
		"fieldname": "swf_stage_row",
		"filled_by": BY_FLOW,
		"fieldtype": "Data",
		"label": "Row of the Stage",
		"insert_after": "swf_stage",
		"hidden": 1,
		"read_only": 1,
		"no_copy": 1,
		"allow_on_submit": 1,
		"print_hide": 1,
	},
	*_life_of_locks("swf_stage_row"),
	{
		"fieldname": "swf_prepayment_pct",
		"filled_by": BY_FLOW,
		"fieldtype": "Percent",
		"label": "Paid Before Goods Leave",
		"description": "The share of the total that an approver asked for; Delivery Notes wait for it.",
		"insert_after": "swf_flow_status",
		"read_only": 1,
		"no_copy": 1,
		"print_hide": 1,
		"depends_on": "swf_prepayment_pct",
	},
	{
		"fieldname": "swf_backorder_of",
		"filled_by": BY_FLOW,
		"fieldtype": "Link",
		"options": "Sales Order",
		"label": "Backorder Of",
		"description": "The order this one was split off from, because stock was missing.",
		"insert_after": "po_no",
		"read_only": 1,
		"no_copy": 1,
		"search_index": 1,
		"print_hide": 1,
		"depends_on": "swf_backorder_of",
	},
	*dispatch_fields("ignore_pricing_rule"),
	*promise_and_forecast("swf_special_instructions"),
]

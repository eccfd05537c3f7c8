"""What a Sales Order was asked and promised for, when it is expected, and whether it is late."""

from sales_wh_flow.order.rules.lateness import LATENESS
from sales_wh_flow.setup.fields.shared import BY_FLOW


def promise_and_forecast(insert_after: str) -> list[dict]:
	"""All of it is derived by the one writer of the flow status."""
	derived = {"read_only": 1, "no_copy": 1, "allow_on_submit": 1, "filled_by": BY_FLOW}
	inside = {"print_hide": 1, **derived}
	return [
		{
			"fieldname": "swf_promise_section",
			"fieldtype": "Section Break",
			"label": "Promise and Forecast",
			"insert_after": insert_after,
			"depends_on": "eval:doc.swf_last_promised_on || doc.swf_lateness",
			"collapsible": 1,
		},
		{
			"fieldname": "swf_lateness",
			"fieldtype": "Select",
			"options": "\n".join(["", *LATENESS]),
			"label": "Lateness",
			"insert_after": "swf_promise_section",
			"in_standard_filter": 1,
			"search_index": 1,
			"depends_on": "swf_lateness",
			**inside,
		},
		{
			"fieldname": "swf_lateness_since",
			"fieldtype": "Date",
			"label": "So Since",
			"insert_after": "swf_lateness",
			"depends_on": "swf_lateness_since",
			**inside,
		},
		{
			"fieldname": "swf_requested_on",
			"fieldtype": "Date",
			"label": "Requested For",
			"description": "The delivery date as the order was submitted.",
			"insert_after": "swf_lateness_since",
			"depends_on": "swf_requested_on",
			**inside,
		},
		{
			"fieldname": "swf_first_promised_on",
			"fieldtype": "Date",
			"label": "First Promised For",
			"description": "Stays as it is, whatever is promised later.",
			"insert_after": "swf_requested_on",
			"depends_on": "swf_first_promised_on",
			**inside,
		},
		{
			"fieldname": "swf_last_promised_on",
			"fieldtype": "Date",
			"label": "Promised For",
			"description": "The last promise: lateness is measured by it.",
			"insert_after": "swf_first_promised_on",
			"depends_on": "swf_last_promised_on",
			**derived,
		},
		{
			"fieldname": "swf_promise_column",
			"fieldtype": "Column Break",
			"insert_after": "swf_last_promised_on",
		},
		{
			"fieldname": "swf_forecast_on",
			"fieldtype": "Date",
			"label": "Expected On",
			"insert_after": "swf_promise_column",
			"depends_on": "swf_forecast_on",
			**derived,
		},
		{
			"fieldname": "swf_forecast_latest_on",
			"fieldtype": "Date",
			"label": "Nine of Ten By",
			"insert_after": "swf_forecast_on",
			"depends_on": "swf_forecast_latest_on",
			**inside,
		},
		{
			"fieldname": "swf_forecast_ships_on",
			"fieldtype": "Date",
			"label": "Expected to Leave On",
			"insert_after": "swf_forecast_latest_on",
			"depends_on": "swf_forecast_ships_on",
			**inside,
		},
		{
			"fieldname": "swf_forecast_by",
			"fieldtype": "Small Text",
			"label": "How Sure That Is",
			"insert_after": "swf_forecast_ships_on",
			"depends_on": "swf_forecast_by",
			**inside,
		},
		{
			"fieldname": "swf_promise_basis",
			"fieldtype": "Date",
			"label": "Delivery Date That Was Promised",
			"insert_after": "swf_forecast_by",
			"hidden": 1,
			**inside,
		},
	]

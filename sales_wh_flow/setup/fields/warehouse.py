"""Fields of Warehouse."""

from sales_wh_flow.setup.fields.shared import BY_USER, coordinates


def _sending(insert_after: str) -> list[dict]:
	"""When and how much a warehouse sends, and whether it sells at all."""
	return [
		{
			"fieldname": "swf_sending_section",
			"fieldtype": "Section Break",
			"label": "Sending to Customers",
			"insert_after": insert_after,
			"depends_on": "eval:!doc.is_group",
		},
		{
			"fieldname": "swf_is_sellable",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Sells",
			"default": "1",
			"description": "Clear it for returns and quarantine: their stock is promised to nobody.",
			"insert_after": "swf_sending_section",
		},
		{
			"fieldname": "swf_has_cut_off",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Has a Cut-Off",
			"default": "0",
			"description": "Frappe fills a time in every new document; only this box makes it count.",
			"insert_after": "swf_is_sellable",
		},
		{
			"fieldname": "swf_cut_off",
			"filled_by": BY_USER,
			"fieldtype": "Time",
			"label": "Cut-Off",
			"description": "What is ordered later leaves on the next working day.",
			"insert_after": "swf_has_cut_off",
			"depends_on": "swf_has_cut_off",
			"mandatory_depends_on": "swf_has_cut_off",
		},
		{
			"fieldname": "swf_sending_column",
			"fieldtype": "Column Break",
			"insert_after": "swf_cut_off",
		},
		{
			"fieldname": "swf_holiday_list",
			"filled_by": BY_USER,
			"fieldtype": "Link",
			"options": "Holiday List",
			"label": "Days Off",
			"description": "Nothing leaves on these days. Empty = as the company's Default Holiday List.",
			"insert_after": "swf_sending_column",
		},
		{
			"fieldname": "swf_limit_lines",
			"filled_by": BY_USER,
			"fieldtype": "Check",
			"label": "Limited Lines per Day",
			"default": "0",
			"insert_after": "swf_holiday_list",
		},
		{
			"fieldname": "swf_lines_per_day",
			"filled_by": BY_USER,
			"fieldtype": "Int",
			"label": "Lines per Day",
			"description": "So many order lines can leave on one day; the next ones leave later.",
			"insert_after": "swf_limit_lines",
			"depends_on": "swf_limit_lines",
			"mandatory_depends_on": "swf_limit_lines",
		},
	]


FIELDS: list[dict] = [*coordinates("pin"), *_sending("swf_longitude")]

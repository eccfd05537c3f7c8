"""Fields of Customer Group."""

from sales_wh_flow.setup.fields.shared import BY_USER

FIELDS: list[dict] = [
	{
		"fieldname": "swf_shares_credit_limit",
		"filled_by": BY_USER,
		"fieldtype": "Check",
		"label": "Customers Share One Credit Limit",
		"description": (
			"Approval rules of Credit Exposure weigh what all customers of this group and those below it owe "
			"together against this group's credit limit. A customer's own limit counts beside it. "
			"Off: the group's limit is for each customer alone."
		),
		"insert_after": "credit_limits",
	},
]

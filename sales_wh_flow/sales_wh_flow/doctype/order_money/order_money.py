from sales_wh_flow.base.records import Record


class OrderMoney(Record):
	"""What is invoiced, paid and overdue of an order: see billing/money.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		company: DF.Link | None
		customer: DF.Link | None
		days_to_cash: DF.Int
		due_on: DF.Date | None
		invoiced: DF.Currency
		may_be_invoiced: DF.Check
		not_drafted: DF.SmallText | None
		ordered: DF.Currency
		overdue: DF.Currency
		paid: DF.Currency
		paid_on: DF.Date | None
		promised_until: DF.Date | None
		sales_order: DF.Link | None
		state: DF.Literal[
			"Not Invoiced",
			"To Invoice",
			"Partly Invoiced",
			"Invoiced",
			"Partly Paid",
			"Promised",
			"Overdue",
			"Paid",
			"Nothing to Pay",
		]
	# end: auto-generated types

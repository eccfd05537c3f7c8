from sales_wh_flow.base.records import Record


class OrderMoney(Record):
	"""What is invoiced, paid and overdue of an order: see billing/money.py."""

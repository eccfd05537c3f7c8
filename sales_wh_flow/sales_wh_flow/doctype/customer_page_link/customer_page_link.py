from sales_wh_flow.base.records import Record


class CustomerPageLink(Record):
	"""A link by which a customer sees one order without login: see milestones/page_link.py."""

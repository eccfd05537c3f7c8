"""What the flow does about quantities of a document before anything counts with them."""

from sales_wh_flow.base import sent_quantities


def before_validate(doc, method=None):
	sent_quantities.take_quantities(doc)

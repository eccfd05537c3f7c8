"""What the flow does when an address is corrected."""

from sales_wh_flow.packing import address_follows


def on_update(doc, method=None):
	address_follows.follow_corrected(doc)

"""What happened to an order, for whoever is to be told; after everything else that its documents do."""

from sales_wh_flow.milestones import happened, papers


def order_confirmed(doc, method=None):
	happened.note_happened("Confirmed", doc.name)


def note_submitted(doc, method=None):
	papers.note_left(doc)


def note_updated(doc, method=None):
	if doc.has_value_changed("swf_delivered_on"):
		papers.note_arrived(doc)


def invoice_submitted(doc, method=None):
	papers.invoice_was_credited(doc)


def return_announced(doc, method=None):
	papers.return_was_announced(doc)

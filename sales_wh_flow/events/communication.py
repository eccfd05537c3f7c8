"""Messages beside documents, and mails that come in: a server's report of one that was not delivered."""

from sales_wh_flow.base import settings, timeline
from sales_wh_flow.milestones import follow_mails

_HAVE_A_RECORD = frozenset({"Sales Order", "Quotation", "Order Approval"})


def before_insert(doc, method=None):
	if doc.reference_doctype in _HAVE_A_RECORD and settings.is_on(settings.APPROVAL):
		timeline.check_sender(doc)


def after_insert(doc, method=None):
	# Frappe's mark of what an e-mail account has taken in: nobody can type it.
	if doc.flags.in_receive and settings.is_used(settings.MESSAGES):
		follow_mails.take_in_report(doc)

"""Mails that come in: a server's report of one that was not delivered."""

from sales_wh_flow.base import settings
from sales_wh_flow.milestones import follow_mails


def after_insert(doc, method=None):
	# Frappe's mark of what an e-mail account has taken in: nobody can type it.
	if doc.flags.in_receive and settings.is_used(settings.MESSAGES):
		follow_mails.take_in_report(doc)

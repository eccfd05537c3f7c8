"""A record that approvals name, an order among them, is renamed or merged."""

from sales_wh_flow.approval import follow_names
from sales_wh_flow.billing import money


def before_rename(doc, method=None, *names):
	follow_names.before(doc, names[0])


def after_rename(doc, method=None, *names):
	follow_names.after_rename(doc, *names)


def subject_renamed(doc, method=None, *names):
	follow_names.subject_renamed(*names[:2])
	if doc.doctype == "Sales Order":
		money.rename_order(*names[:2])

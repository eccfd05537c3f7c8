"""A record that approvals name is renamed or merged."""

from sales_wh_flow.approval import follow_names


def before_rename(doc, method=None, *names):
	follow_names.before(doc, names[0])


def after_rename(doc, method=None, *names):
	follow_names.after_rename(doc, *names)

"""A record that approvals name is renamed or merged."""

from sales_wh_flow.approval import follow_names


def before_rename(doc, method=None, old=None, new=None, merge=False):
	follow_names.before(doc, old)


def after_rename(doc, method=None, old=None, new=None, merge=False):
	follow_names.after(doc, old, new, bool(merge))

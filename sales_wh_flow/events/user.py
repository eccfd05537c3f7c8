"""Somebody leaves, or may do or see less: what waits for them asks somebody else."""

from sales_wh_flow.approval import follow_people


def on_update(doc, method=None):
	follow_people.user_changed(doc)


def on_permission_change(doc, method=None):
	follow_people.reader_changed(doc)

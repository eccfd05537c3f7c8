"""ERPNext puts an order on hold, closes or re-opens it with a bare write of its status: only `on_change`
tells.
"""

from sales_wh_flow.flow import bring_together, changed, refresh_status, release

_HALTED = {"On Hold", "Closed"}


def follow(doc) -> None:
	"""Give back or lock again what the new status asks for, and refresh the flow status."""
	before = doc.get_doc_before_save()
	seen = doc.flags.get("swf_seen_status") or (before and before.status)
	if not doc.docstatus.is_submitted() or seen == doc.status or not {seen, doc.status} & _HALTED:
		return
	doc.flags.swf_seen_status = doc.status
	if doc.status not in _HALTED:
		changed.reopened(doc)
	release.after_status_change(doc)
	if doc.status == "Closed":
		bring_together.drop_requests(doc.name)
	refresh_status.of(doc.name)

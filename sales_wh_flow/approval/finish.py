"""What the last approval of an order brings: its submit, or the end of the hold on it.

Where the company has a Workflow on Sales Order, the Workflow owns the submit: a person, told, takes its step.
"""

import frappe
from frappe.utils.html_utils import sanitize_html

from sales_wh_flow.approval import judge_change, keep_as_draft, subject, timeline
from sales_wh_flow.approval.permissions import readers
from sales_wh_flow.approval.store import workflows
from sales_wh_flow.base import notify, said
from sales_wh_flow.base.timeline import note


def approved(doc) -> tuple[bool, str]:
	"""All approvals are given: submit the draft, (True, "") or (False, why not); or lift the hold on an
	order that changed after its submit. A Quotation is sent out by its author.
	"""
	if subject.subject_of_order(doc).is_quotation:
		return False, ""
	if doc.docstatus.is_draft():
		return _leave_to_workflow(doc) if workflows.active() else _submit(doc)
	judge_change.after_last_grant(doc)
	return False, ""


def _leave_to_workflow(doc) -> tuple[bool, str]:
	"""Tell the author and whoever may take the next step; nothing of the order is written."""
	state = workflows.workflow_state(doc)
	values = {"order": doc.name, "workflow": workflows.active(), "state": state}
	text = said.keep(timeline.workflow_goes_on, **values)
	takers = [user for user, _name in readers(doc, workflows.next_takers(doc))]
	notify.notify({doc.owner, *takers} - {"Guest"}, doc.name, text)
	note(doc, timeline.workflow_goes_on, **values)
	return False, said.worded(text)


def _submit(doc) -> tuple[bool, str]:
	"""(True, "") or (False, why not). A refused submit is undone alone."""
	messages = list(frappe.local.message_log)
	frappe.db.savepoint("swf_submit")
	# The approvals are the right to submit this order; the approver needs none of his own and gains none.
	doc.flags.ignore_permissions = True
	try:
		with keep_as_draft.refusing():
			doc.submit()
	except (frappe.ValidationError, frappe.PermissionError) as error:
		frappe.db.rollback(save_point="swf_submit")
		frappe.local.message_log = messages
		return False, sanitize_html(str(error), always_sanitize=True)
	return True, ""

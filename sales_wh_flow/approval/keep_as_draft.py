"""What a machine submits and needs approval, an order or a Quotation, is kept as a draft and asked about.

Shop connectors, imports, Auto Repeat and REST clients insert and submit in one go: a refusal would lose the
document, and nobody would know. A person at a form is told what is missing instead, and so is whoever the
settings want refused. Where the company has a Workflow for such documents, that one leads: a step that is not
approved is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.docstatus import DocStatus
from frappe.utils import get_link_to_form

from sales_wh_flow.approval import gate, quotation
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.store import workflows
from sales_wh_flow.approval.subject import QUOTATION
from sales_wh_flow.base.alongside import alongside, alongside_request
from sales_wh_flow.base.settings import flow_settings

KEEP, REFUSE = "Keep as Draft and Ask", "Refuse"


@contextmanager
def refusing() -> Iterator[None]:
	"""Inside, an order that lacks approvals is refused: somebody waits for the answer."""
	beside = alongside_request()
	before, beside.refuses_unapproved = beside.refuses_unapproved, True
	try:
		yield
	finally:
		beside.refuses_unapproved = before


def may_be_submitted(doc) -> bool:
	"""The gate of a submit. False: the document goes on as the draft that it was, asked about when saved.

	Raises: ApprovalRequired where one without its approvals is refused.
	"""
	messages = list(frappe.local.message_log)
	try:
		(quotation.require_for_quotation if doc.doctype == QUOTATION else gate.require)(doc)
	except ApprovalRequired:
		if not _is_kept(doc):
			raise
		frappe.local.message_log = messages
		_turn_into_draft(doc)
		return False
	return True


def ask_and_say(doc) -> None:
	"""The draft is written: ask for its approvals, and tell the caller what became of his document."""
	if not alongside(doc).is_kept_as_draft:
		return
	alongside(doc).is_kept_as_draft = False
	if doc.doctype == QUOTATION:
		quotation.ask_for_quotation(doc.name)
		waiting, written = quotation.rules_quotation_waits_for(doc.name), ["modified"]
		text = _("{0} needs approval and was kept as a draft: {1}. Submit it once everybody has approved.")
	else:
		gate.ask(doc.name)
		waiting, written = gate.rules_waited_for(doc.name), ["swf_flow_status", "modified"]
		text = _(
			"{0} needs approval and was kept as a draft: {1}. It is submitted once everybody has approved."
		)
	doc.update(frappe.db.get_value(doc.doctype, doc.name, written, as_dict=True))
	frappe.local.response["pending_approval"] = {frappe.scrub(doc.doctype): doc.name, "rules": waiting}
	rules = ", ".join(frappe.utils.escape_html(it) for it in waiting)
	frappe.msgprint(
		text.format(get_link_to_form(doc.doctype, doc.name), rules),
		title=_("Pending Approval"),
		indicator="orange",
	)


def _is_kept(doc) -> bool:
	if alongside_request().refuses_unapproved or _was_queued_by_a_person():
		return False
	if flow_settings().approval_of_machines == REFUSE:
		return False
	return doc._action == "submit" and not workflows.active(doc.doctype)


def _was_queued_by_a_person() -> bool:
	"""Whether this is the background's turn at a Submit of a form (*Queue in Background* of a DocType).

	Frappe tells whoever pressed it what was refused, and calls everything else a success.
	"""
	job = getattr(frappe.local, "job", None) or {}
	return (job.get("kwargs") or {}).get("__doctype") == "Submission Queue"


def _turn_into_draft(doc) -> None:
	doc.docstatus = DocStatus.draft()
	doc._action = "save"
	doc.set_status()
	alongside(doc).is_kept_as_draft = True

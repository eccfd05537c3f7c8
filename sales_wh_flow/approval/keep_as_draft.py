"""An order that comes submitted from a machine, and needs approval, is kept as a draft and asked about.

Shop connectors, imports, Auto Repeat and REST clients insert and submit in one go: a refusal would lose the
order, and nobody would know. A person at a form is told what is missing instead, and so is whoever the
settings want refused. Where the company has a Workflow for Sales Orders, that one leads: a step that is not
approved is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.model.docstatus import DocStatus
from frappe.utils import get_link_to_form

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.approval.store import workflows
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
	"""The gate of a submit. False: the order goes on as the draft that it was, to be asked about when saved.

	Raises: ApprovalRequired where an order without its approvals is refused.
	"""
	messages = list(frappe.local.message_log)
	try:
		gate.require(doc)
	except ApprovalRequired:
		if not _is_kept(doc):
			raise
		frappe.local.message_log = messages
		_turn_into_draft(doc)
		return False
	return True


def ask_and_say(doc) -> None:
	"""The draft is written: ask for its approvals, and tell the caller what became of his order."""
	if not alongside(doc).is_kept_as_draft:
		return
	alongside(doc).is_kept_as_draft = False
	gate.ask(doc.name)
	status = frappe.db.get_value("Sales Order", doc.name, ["swf_flow_status", "modified"], as_dict=True)
	doc.update(status)
	waiting = gate.rules_waited_for(doc.name)
	frappe.local.response["pending_approval"] = {"sales_order": doc.name, "rules": waiting}
	frappe.msgprint(
		_(
			"{0} needs approval and was kept as a draft: {1}. It is submitted once everybody has approved."
		).format(
			get_link_to_form("Sales Order", doc.name),
			", ".join(frappe.utils.escape_html(it) for it in waiting),
		),
		title=_("Pending Approval"),
		indicator="orange",
	)


def _is_kept(doc) -> bool:
	if alongside_request().refuses_unapproved or flow_settings().approval_of_machines == REFUSE:
		return False
	return doc._action == "submit" and not workflows.active()


def _turn_into_draft(doc) -> None:
	doc.docstatus = DocStatus.draft()
	doc._action = "save"
	doc.set_status()
	alongside(doc).is_kept_as_draft = True

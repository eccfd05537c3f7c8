"""What an approval brings, told before it is given: what else it answers, and whether the order goes."""

from collections import defaultdict
from collections.abc import Collection

import frappe

from sales_wh_flow.approval import entrance, figure_rights, subject
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.desk.answers import AnsweredAlong, BroughtByApproving
from sales_wh_flow.approval.rules.votes import grants_that_count
from sales_wh_flow.approval.store import requests, stand_ins, workflows
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.settings import flow_settings


def brought_by_approving(approvals: Collection[str]) -> BroughtByApproving:
	"""What comes of the session user's approval of these. Nothing is written."""
	chosen: dict[Subject, list] = defaultdict(list)
	for name in approvals:
		about = entrance.order_to_decide(name)
		chosen[about].append(frappe.get_doc(requests.DOCTYPE, name))
	orders = {about: subject.stored_order(about) for about in chosen}
	drafts = [about for about, doc in orders.items() if not about.is_quotation and doc.docstatus.is_draft()]
	counts_along = flow_settings().approval_ask_once
	return {
		"also": [row for about in chosen if counts_along for row in _beside(orders[about], chosen[about])],
		"submits": bool(drafts) and not workflows.active(),
	}


def _beside(doc, given: list) -> list[AnsweredAlong]:
	states = {request.fingerprint for request in given if _decides_by_own_right(doc, request)}
	names = {request.name for request in given}
	me = [stand_ins.plain_person(frappe.session.user)]
	found = []
	for other in subject.approvals_about(subject.subject_of_order(doc)):
		if other.name in names or other.fingerprint not in states:
			continue
		request = frappe.get_doc(requests.DOCTYPE, other.name)
		if deciders.is_open(request) and grants_that_count(deciders.asking(doc, request), me):
			found.append(other)
	kept = figure_rights.kept_criteria(doc, (other.criterion for other in found))
	return [
		{
			"approval": other.name,
			"about": doc.name,
			"rule": other.rule,
			"reason": figure_rights.shown_reason(other.criterion, other.reason, kept),
		}
		for other in found
	]


def _decides_by_own_right(doc, request) -> bool:
	"""What is decided for somebody else counts nowhere else."""
	try:
		return deciders.is_open(request) and not deciders.require_claim(doc, request).on_behalf_of
	except RuleViolation:
		return False

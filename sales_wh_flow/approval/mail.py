"""E-mails to approvers, each with a link of its own; and the decision that comes back through such a link.

A link is bound to user, approval and the order as it was asked about; it is signed with the site's own key,
works for a while, and decides once. Opening it shows the order; only a POST decides.
"""

import time
from contextlib import contextmanager
from copy import copy
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cint, get_url

from sales_wh_flow.approval import figure_rights, permissions, subject
from sales_wh_flow.approval import request as deciders
from sales_wh_flow.approval.rules import signed_link
from sales_wh_flow.approval.rules.signed_link import LinkFacts
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.store import requests as approvals
from sales_wh_flow.approval.subject import Subject
from sales_wh_flow.approval.words import deciding as words
from sales_wh_flow.base import reader, retry, said
from sales_wh_flow.base.mail_queue import queue_mail
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.base.site_secret import key_for

PAGE = "order_approval"


def requests(approval: str, users: list[str]) -> None:
	"""Mail each of the users who may still decide; a job of its own, after the commit."""
	request = frappe.get_doc(approvals.DOCTYPE, approval)
	if not deciders.is_open(request):
		return
	order = subject.stored_order(subject.subject_of(request))
	still_asked = {user for user, _name in deciders.people(order, request)}
	send(order, request, [user for user in users if user in still_asked])


def send(order, request, users: list[str], to_all: bool = True) -> list[str]:
	"""Queue a mail for each of the users, or for those who have none yet. Returns for whom it failed.

	Frappe's queue sends, and tries again while the mail server is away. What fails before (no account, a
	broken template) is logged and keeps nobody else's mail.
	"""
	failed = []
	for user in users:
		if not to_all and asked_people.was_mailed(request.name, user):
			continue
		frappe.db.savepoint("swf_mail")
		try:
			with reader.reading_as(user):
				_send(order, _worded(request), user)
		except Exception as error:
			if retry.is_worth_retrying(error):  # the savepoint is gone with the transaction
				raise
			frappe.db.rollback(save_point="swf_mail")
			frappe.log_error(_("{0}: {1} could not be mailed").format(request.name, user))
			failed.append(user)
	return failed


def link_for(request, user: str) -> str:
	"""The address under which this user, and nobody else, may decide this approval once."""
	link = LinkFacts(
		request.name,
		user,
		request.fingerprint,
		int(time.time()) + cint(flow_settings().approval_link_hours) * 3600,
		frappe.generate_hash(length=12),
	)
	return get_url(f"/{PAGE}?token={quote(signed_link.sign(link, _key()))}")


def read_link(token: str) -> LinkFacts:
	"""What a link is bound to. Raises: ValidationError when it is forged, too old, used, or out of date."""
	try:
		link = signed_link.read_token(token, _key(), time.time())
		_check_unused(link)
	except RuleViolation as violation:
		return refuse_with(violation)
	return link


def read_under_lock(token: str, about: Subject) -> LinkFacts:
	"""What a link is bound to, read after everybody who decides about the order at this moment: a link
	pressed twice counts once.

	The lock is the transaction's first statement; a read before it would show the order's votes as they were.
	"""
	subject.hold_subject_row(about)
	return read_link(token)


def check_bearer(link: LinkFacts) -> None:
	"""The link counts for the user it was sent to: logged in, or by mere possession where settings allow it.

	Whatever the settings, it is dead when that user was disabled, or may not decide any more.
	Raises: PermissionError; ValidationError.
	"""
	user = frappe.session.user
	if user == link.user or (user == "Guest" and flow_settings().approval_link_without_login):
		_check_still_asked(link)
		return
	refuse_with(RuleViolation("sent_to_another", user=words.full_name(link.user)))


@contextmanager
def acting_as_bearer(link: LinkFacts):
	"""Inside, a bearer without login acts as the link's user, with that user's rights and no others.

	A session that is there stays as it is: it is the link's user's own. What was asked for stays, too.
	"""
	if frappe.session.user == link.user:
		yield
		return
	before, data, form = frappe.session.user, frappe.session.data, frappe.form_dict
	frappe.set_user(link.user)
	try:
		yield
	finally:
		frappe.set_user(before)
		frappe.session.data, frappe.local.form_dict = data, form


def facts(link: LinkFacts) -> dict:
	"""What the page shows of the order, for a bearer who was checked.

	Raises: PermissionError when the link's user may not read the order any more.
	"""
	request = frappe.get_doc(approvals.DOCTYPE, link.approval)
	order = subject.stored_order(subject.subject_of(request))
	if not permissions.may_read(order, link.user):
		refuse_with(RuleViolation("order_is_hidden"))
	request.reason = reason_for(order, request, link.user)
	return {
		"order": order,
		"url": subject.document_of(order).get_url(),
		"approval": request,
		"value": order.get_formatted("grand_total"),
		"asked_by": words.full_name(request.requested_by),
	}


def reason_for(order, request, user: str) -> str:
	"""Why it is asked, with the figures that this user may see."""
	kept = figure_rights.kept_criteria(order, [request.criterion], user)
	return figure_rights.shown_reason(request.criterion, request.reason, kept)


def _check_still_asked(link: LinkFacts) -> None:
	try:
		if not asked_people.enabled_users([link.user]):
			raise RuleViolation("link_is_dead", approval=link.approval)
		request = frappe.get_doc(approvals.DOCTYPE, link.approval)
		order = subject.stored_order(subject.subject_of(request))
		if not permissions.may_read(order, link.user):
			raise RuleViolation("link_is_dead", approval=link.approval)
		deciders.require_claim(order, request, link.user)
	except RuleViolation as violation:
		refuse_with(violation)


def via(link: LinkFacts) -> str:
	"""What the history keeps of the link."""
	return f"E-mail link {link.number}"


def _check_unused(link: LinkFacts) -> None:
	stored = asked_people.approval_state(link.approval)
	if not stored:
		raise RuleViolation("link_is_not_ours")
	state, fingerprint = stored
	if asked_people.was_used(link.approval, via(link)):
		raise RuleViolation("link_was_used", approval=link.approval)
	if state != "Open":
		raise RuleViolation("already_decided", approval=link.approval, state=_(state))
	if fingerprint != link.fingerprint:
		raise RuleViolation("link_is_outdated", approval=link.approval)


def _key() -> bytes:
	"""A key of its own from the site's secret: a signature for something else is worth nothing here."""
	return key_for("approval link")


def _send(order, request, user: str) -> None:
	has_link = cint(flow_settings().approval_link_hours) > 0
	request.reason = reason_for(order, request, user)
	about = subject.subject_of_order(order)
	facts = {
		"order": order,
		"kind": _(about.doctype),
		"approval": request,
		"reason": request.reason,
		"value": order.get_formatted("grand_total"),
		"link": link_for(request, user) if has_link else get_url(subject.document_of(order).get_url()),
		"has_link": has_link,
		"note": deciders.asked_note(request),
		"user": words.full_name(user),
	}
	title, message = _text(facts)
	queue_mail(frappe.db.get_value("User", user, "email"), title, message, approvals.DOCTYPE, request.name)


def _worded(request):
	"""The approval for a template of the site: what it keeps is in words."""
	copied = copy(request)
	said.word_rows([copied.__dict__], "waits_for", "condition_text", "comment")
	return copied


def _text(facts: dict) -> tuple[str, str]:
	"""(subject, HTML) by the template of the settings, else the app's own."""
	template = flow_settings().approval_email_template
	if template:
		made = frappe.get_doc("Email Template", template).get_formatted_email(facts)
		return made["subject"], made["message"]
	title = _("Please decide: {0} for {1} {2}").format(
		facts["approval"].rule, facts["kind"], facts["order"].name
	)
	return title, frappe.render_template("sales_wh_flow/templates/emails/order_approval.html", facts)

"""A document's timeline: what the flow did, told to each reader in words of his own.

Frappe lets whoever's step a line tells of rewrite it, lets admins delete it, and lets everybody comment in
somebody else's name. What the flow told is evidence, and a comment is its writer's.
"""

from collections.abc import Callable
from email.utils import parseaddr

import frappe
from frappe import _
from frappe.utils import get_formatted_email

from sales_wh_flow.base import plain_text, records, said
from sales_wh_flow.base.alongside import alongside_request


def note(doc, words: Callable[..., str], **values) -> None:
	"""One line of the timeline. ``words``: a function of a ``timeline.py``, making HTML."""
	beside = alongside_request()
	before, beside.is_noting = beside.is_noting, True
	try:
		doc.add_comment("Info", said.keep(words, **values))
	finally:
		beside.is_noting = before


def check_comment(comment) -> None:
	"""A comment is saved: it is its writer's, and never one of the flow's own lines.

	Raises: PermissionError for a line of the flow that is changed.
	"""
	before = comment.get_doc_before_save()
	if before and plain_text.is_coded(before.content) and not _is_same(comment, before):
		_refuse()
	if before or alongside_request().is_noting:
		return
	comment.content = plain_text.without_code(comment.content or "")
	if frappe.session.user not in ("Administrator", "Guest"):
		comment.comment_email = frappe.session.user
		comment.comment_by = frappe.utils.get_fullname(frappe.session.user)


def check_sender(message) -> None:
	"""A message that a user writes beside an order's record goes in no other user's name."""
	writer = frappe.session.user
	if message.flags.in_receive or writer in ("Administrator", "Guest"):
		return
	sender = parseaddr(message.sender or "")[1]
	if sender and sender != writer and frappe.db.exists("User", {"email": sender, "name": ("!=", writer)}):
		message.sender = get_formatted_email(writer)
		message.sender_full_name = frappe.utils.get_fullname(writer)


def check_deleted_comment(comment) -> None:
	"""Raises: PermissionError for a line of the flow; with its document it goes."""
	if plain_text.is_coded(comment.content) and not records.are_removed():
		_refuse()


_KEPT = ("comment_type", "content", "reference_doctype", "reference_name", "comment_email", "comment_by")


def _is_same(comment, before) -> bool:
	return all((comment.get(field) or "") == (before.get(field) or "") for field in _KEPT)


def _refuse() -> None:
	frappe.throw(
		_("This line tells what happened. Nobody changes or deletes it; write a comment beside it."),
		frappe.PermissionError,
		title=_("Part of the Record"),
	)

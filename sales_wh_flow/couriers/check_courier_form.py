"""A courier's form is checked when it is saved: secrets, words, and the address of an interface."""

from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.utils import add_to_date, cint, escape_html, now_datetime

from sales_wh_flow.base import call_out
from sales_wh_flow.base.refusals import refuse_in_words
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.base.site_secret import opened
from sales_wh_flow.couriers.rules import signature, states
from sales_wh_flow.couriers.store import sealed

_SECRETS = {"webhook_secret", "webhook_former_secret"}
_FORMER_COUNTS_H = 24
_LOCAL = ("127.0.0.1", "localhost", "::1")


def check_courier_form(doc) -> None:
	"""Raises: ValidationError with all that is wrong. A secret that is replaced counts for a day more."""
	problems = [*_of_secrets(doc), *_of_words(doc), *_of_address(doc), *_of_labels(doc)]
	if problems:
		refuse_in_words("<br>".join(problems), _("Courier Can't Work"))
	_keep_former_secret(doc)


def _of_secrets(doc):
	for field in sorted(_SECRETS):
		given = doc.get(field) or ""
		if given and not doc.is_dummy_password(given) and not signature.has_shape(given):
			yield _(
				"{0} is too short or no base64. Enter whsec_ and base64, or 16 characters or more."
			).format(frappe.bold(_(doc.meta.get_label(field))))


def _of_words(doc):
	seen = {}
	for row in doc.words:
		word = (row.word or "").strip().casefold()
		if word in seen:
			yield _("Status Words, row #{0} explains the same word as row #{1}. Delete one of them.").format(
				row.idx, seen[word]
			)
		seen.setdefault(word, row.idx)
		if row.state not in states.NORMAL_STATES:
			yield _("Status Words, row #{0}: {1} is no state. Choose one of the list.").format(
				row.idx, frappe.bold(escape_html(str(row.state or "")))
			)


def _of_address(doc):
	address = urlsplit(doc.api_url or "")
	is_safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in _LOCAL)
	if doc.api_url and not is_safe:
		yield _("Address of the Interface has to begin with https://, {0} does not.").format(
			frappe.bold(escape_html(doc.api_url))
		)


def _of_labels(doc):
	if not doc.label_url or doc.adapter != "Generic Webhook":
		return
	shown = frappe.bold(escape_html(doc.label_url))
	try:
		call_out.check_address(doc.label_url, bool(cint(flow_settings().private_webhooks)))
	except call_out.AddressIsRefused as problem:
		yield _("Address for Labels {0} can't be called: {1}.").format(shown, escape_html(str(problem)))
	if not doc.webhook_secret:
		yield _("Address for Labels {0} is called signed. Enter the Secret, too.").format(shown)


def _keep_former_secret(doc) -> None:
	given = doc.get("webhook_secret") or ""
	if doc.is_new() or not given or doc.is_dummy_password(given):
		return
	sealed_before = sealed.courier_secrets(doc.name).current
	former = opened(sealed_before) if sealed_before else ""
	is_typed = doc.webhook_former_secret and not doc.is_dummy_password(doc.webhook_former_secret)
	if former and former != given and not is_typed:
		doc.webhook_former_secret = former
		doc.webhook_former_until = add_to_date(now_datetime(), hours=_FORMER_COUNTS_H)

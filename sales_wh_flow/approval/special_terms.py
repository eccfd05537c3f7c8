"""What an order promises beside its prices that its customer does not usually get."""

import re
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import flt, getdate

from sales_wh_flow.approval.rules.measure_orders import FREE_TEXT, INSTRUCTIONS, PAYMENT_TERMS
from sales_wh_flow.approval.rules.payment_terms import AT_ONCE, Instalment, instalments, is_special, joined
from sales_wh_flow.approval.store import usual_terms
from sales_wh_flow.base.in_words import figure, percent

_MOST = 140
"""How much of a text is shown."""


def special_terms_on(doc) -> tuple[tuple[str, str], ...]:
	"""(kind, what is written) of everything special; one statement.

	Payment terms count by what the payment schedule comes to in the end: days of credit, share, discount.
	Free text: other than the order's Terms and Conditions with their placeholders filled.
	"""
	usual = usual_terms.usual_terms_of(doc)
	ordered_on = getdate(doc.transaction_date)
	written = _written(doc, ordered_on)
	found = []
	if is_special(written, instalments(usual.terms, ordered_on) or AT_ONCE):
		found.append((PAYMENT_TERMS, ", ".join(_words(row) for row in written)[:_MOST]))
	text = _plain(doc.get("terms"))
	if text and not any(text == one for one in _as_it_would_be(doc, usual.text, text)):
		found.append((FREE_TEXT, text[:_MOST]))
	if _plain(doc.get("swf_special_instructions")):
		found.append((INSTRUCTIONS, _plain(doc.swf_special_instructions)[:_MOST]))
	return tuple(found)


def _written(doc, ordered_on) -> tuple[Instalment, ...]:
	"""The payment schedule as it stands."""
	return joined(
		Instalment(
			(getdate(row.due_date) - ordered_on).days,
			flt(row.invoice_portion),
			flt(row.discount),
			row.discount_type == "Amount",
			(getdate(row.discount_date) - ordered_on).days if row.discount_date and flt(row.discount) else 0,
		)
		for row in doc.get("payment_schedule") or ()
	)


def _words(row: Instalment) -> str:
	text = _("{0} % after {1} days").format(figure(row.share), row.days)
	if not row.discount:
		return text
	off = figure(row.discount) if row.is_amount else percent(row.discount)
	return _("{0}, {1} less within {2} days").format(text, off, row.early_days)


def _as_it_would_be(doc, template: str, text: str) -> Iterator[str]:
	"""The template as it stands, and with its placeholders filled from the order or where it came from."""
	yield _plain(template)
	if "{" not in template:
		return
	yield from _filled(template, doc)
	for quotation in dict.fromkeys(row.get("prevdoc_docname") for row in doc.items):
		if quotation and frappe.db.exists("Quotation", quotation):
			yield from _filled(template, frappe.get_doc("Quotation", quotation))


def _filled(template: str, doc) -> Iterator[str]:
	"""As ERPNext fills it, with the document's number and, as on a new form, without. A template that cannot
	be filled is nobody's text.
	"""
	messages = list(frappe.local.message_log)
	values = doc.as_dict()
	for name in (doc.name, ""):
		try:
			yield _plain(frappe.render_template(template, {**values, "name": name}))
		except Exception:  # one may ask for anything, and divide by nothing
			frappe.local.message_log = messages


def _plain(text: str | None) -> str:
	"""Without markup, and with what a form and the server write differently: whole numbers, nothing, and the
	number of a document that had none yet.
	"""
	plain = " ".join(frappe.utils.strip_html(text or "").split())
	plain = re.sub(r"\b(\d+)\.0+\b", r"\1", plain)
	return re.sub(r"\bNone\b ?|\bnew-(sales-order|quotation)-\w+", "", plain).strip()

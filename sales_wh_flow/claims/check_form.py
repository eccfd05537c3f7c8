"""Forms of claims and couriers' bills are checked when they are saved."""

import frappe
from frappe import _
from frappe.utils import flt, get_datetime, getdate, now_datetime

from sales_wh_flow.base.refusals import refuse_in_words
from sales_wh_flow.claims.rules import bills, incidents
from sales_wh_flow.claims.rules.bills import BilledParcel
from sales_wh_flow.claims.store import incidents as store
from sales_wh_flow.couriers.rules import courier_message


def check_claim(doc) -> None:
	"""Raises: PermissionError for a box that the user may not read; ValidationError for a state that can't
	follow, or a sum below 0.
	"""
	before = doc.get_doc_before_save()
	if doc.is_new() or (before and before.box != doc.box):
		_take_from_box(doc)
	if before and not incidents.claim_may_become(before.state, doc.state):
		text = _("A claim that is {0} can't become {1}.").format(
			frappe.bold(_(before.state)), frappe.bold(_(doc.state))
		)
		refuse_in_words(text, _("Wrong State"))
	if flt(doc.amount) < 0 or flt(doc.granted) < 0:
		refuse_in_words(_("Amounts of a claim are zero or more."), _("Wrong Amount"))
	if doc.state == incidents.PAID and flt(doc.granted) <= 0:
		refuse_in_words(_("Write what the courier paid in Granted, then choose Paid."), _("Amount Missing"))
	if doc.state != incidents.TO_CLAIM and not doc.claimed_on:
		doc.claimed_on = getdate(now_datetime())


def _take_from_box(doc) -> None:
	fields = ("company", "warehouse", "courier", "tracking_no")
	found = frappe.db.get_value("Order Box", doc.box, fields, as_dict=True)
	if found and not doc.flags.ignore_permissions:
		frappe.has_permission("Order Box", "read", doc=doc.box, throw=True)
	for field in fields:
		if found and not doc.get(field):
			doc.set(field, found.get(field))
	if doc.company and not doc.currency:
		doc.currency = frappe.get_cached_value("Company", doc.company, "default_currency")


def judge_bill(doc) -> None:
	"""Each row of a courier's bill says what was expected, and what is against it."""
	for row in doc.rows:
		row.tracking_no = courier_message.tidy_number(row.tracking_no)
		if not row.tracking_no:
			text = _("Row #{0}: write the parcel's tracking number.").format(row.idx)
			refuse_in_words(text, _("Tracking Number Missing"))
	numbers = [row.tracking_no for row in doc.rows]
	made_on = None if doc.is_new() else get_datetime(doc.creation)
	known = store.parcels_known(doc.courier, numbers, doc.name or "", made_on)
	rows = [BilledParcel(row.tracking_no, flt(row.amount)) for row in doc.rows]
	for row, found in zip(doc.rows, bills.judge_parcels(rows, known, flt(doc.tolerance_pct)), strict=True):
		row.update(
			{
				"expected": found.expected,
				"difference": found.difference,
				"verdict": found.verdict,
				"box": ", ".join(found.boxes)[:140],
			}
		)
	doc.billed = sum(flt(row.amount) for row in doc.rows)
	doc.expected = sum(flt(row.expected) for row in doc.rows)
	doc.beyond = sum(flt(row.difference) for row in doc.rows if row.verdict in bills.BEYOND)

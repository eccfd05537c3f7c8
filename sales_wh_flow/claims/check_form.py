"""Forms of claims and couriers' bills are checked when they are saved."""

import frappe
from frappe import _
from frappe.utils import cint, flt, get_datetime, get_link_to_form, getdate, now_datetime

from sales_wh_flow.base.refusals import refuse_in_words
from sales_wh_flow.claims.rules import bills, incidents
from sales_wh_flow.claims.rules.bills import BilledParcel
from sales_wh_flow.claims.store import incidents as store
from sales_wh_flow.couriers.rules import courier_message
from sales_wh_flow.packing.store import boxes as packed


def check_claim(doc) -> None:
	"""A claim written by hand takes from its box what it does not say: courier, deadline, sum.

	Raises: PermissionError for a box that the user may not read; ValidationError for another courier's box, a
	second claim of the same kind, a day before the box was there, a state that can't follow, a sum below 0.
	"""
	before = doc.get_doc_before_save()
	if doc.is_new() or (before and before.box != doc.box):
		_take_from_box(doc)
	if not before or any(before.get(field) != doc.get(field) for field in ("box", "kind", "happened_on")):
		_check_incident(doc)
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
	packed.hold_boxes([doc.box])  # so that two claims of one box are written one after the other
	found = frappe.db.get_value("Order Box", doc.box, fields, as_dict=True)
	if found and not doc.flags.ignore_permissions:
		frappe.has_permission("Order Box", "read", doc=doc.box, throw=True)
	for field in fields:
		if found and not doc.get(field):
			doc.set(field, found.get(field))
	if found and found.courier and doc.courier != found.courier:
		text = _("Box {0} goes with {1}, not with {2}. Claim it from {1}.").format(
			frappe.bold(doc.box), frappe.bold(found.courier), frappe.bold(doc.courier)
		)
		refuse_in_words(text, _("Wrong Courier"))
	if doc.company and not doc.currency:
		doc.currency = frappe.get_cached_value("Company", doc.company, "default_currency")


def _check_incident(doc) -> None:
	"""One claim of a kind for a box, of a day when the box was there; deadline and sum where none is said.
	The day that a courier told is not doubted: its clock may run behind.
	"""
	if not (doc.box and doc.kind and doc.happened_on):
		return  # Frappe names what is missing
	known = store.claim_of(doc.box, doc.kind)
	if known and known != doc.name:
		text = _("{0} claims box {1} for this already ({2}). Go on with that one.").format(
			get_link_to_form(doc.doctype, known), frappe.bold(doc.box), _(doc.kind)
		)
		refuse_in_words(text, _("Claimed Already"))
	made_on = getdate(frappe.db.get_value("Order Box", doc.box, "creation"))
	day = getdate(doc.happened_on)
	is_typed = doc.kind != incidents.OVERCHARGED and not doc.flags.ignore_permissions
	if is_typed and not made_on <= day <= getdate(now_datetime()):
		text = _("{0} can't be the day: box {1} was made on {2}, and nobody knows what is to come.").format(
			frappe.format(day, "Date"), frappe.bold(doc.box), frappe.format(made_on, "Date")
		)
		refuse_in_words(text, _("Wrong Day"))
	if not doc.deadline:
		within = frappe.get_cached_value("Courier", doc.courier, "claim_within_days") if doc.courier else 0
		doc.deadline = incidents.deadline(day, cint(within))
	if not flt(doc.amount) and doc.kind != incidents.OVERCHARGED:
		doc.amount = incidents.amount(store.incident_of(doc.box, doc.kind, day))


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

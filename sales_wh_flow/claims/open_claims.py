"""Claims are opened by what happens to parcels, each once, with a deadline and somebody who makes it."""

from datetime import date, timedelta

import frappe
from frappe.utils import getdate, now_datetime

from sales_wh_flow.base import reader
from sales_wh_flow.claims import words
from sales_wh_flow.claims.rules import incidents
from sales_wh_flow.claims.store import incidents as store
from sales_wh_flow.packing.store import boxes as packed

LOOK_BACK = timedelta(days=60)
MOST = 200


def waiting() -> list[tuple[str, str, date]]:
	"""(box, kind, day) of incidents of the last weeks without a claim."""
	return store.unclaimed(getdate(now_datetime()) - LOOK_BACK, MOST)


def open_claim(box: str, kind: str, day: date, amount: float | None = None, **values: object) -> str | None:
	"""The claim for what happened to a box; its name. None where there is one, or the box has no courier.

	``amount``: what is claimed, else by the kind; its form sees to that and to the deadline.
	"""
	row = packed.hold_boxes([box]).get(box)
	if row is None or not row.courier or store.claim_of(box, kind):
		return None
	claim = frappe.new_doc("Courier Claim")
	claim.update(
		{
			"courier": row.courier,
			"box": box,
			"company": row.company,
			"warehouse": row.warehouse,
			"tracking_no": row.tracking_no,
			"kind": kind,
			"state": incidents.TO_CLAIM,
			"happened_on": day,
			"currency": frappe.get_cached_value("Company", row.company, "default_currency"),
			"amount": amount,
			**values,
		}
	)
	# The job, or whoever was checked for the bill, opens it.
	claim.insert(ignore_permissions=True)
	return claim.name


def give_to_maker(claim) -> None:
	"""A to-do of a new claim for whoever makes them with its courier; none for himself."""
	user = frappe.get_cached_value("Courier", claim.courier, "claims_by")
	if not user or user == frappe.session.user or not frappe.db.get_value("User", user, "enabled"):
		return
	todo = frappe.new_doc("ToDo")
	with reader.reading_as(user):
		todo.description = words.claim_this(claim.kind, claim.box, claim.courier)
	todo.update({"allocated_to": user, "assigned_by": frappe.session.user, "date": claim.deadline})
	todo.update({"reference_type": claim.doctype, "reference_name": claim.name})
	# The courier's form names who makes claims; whoever caused this one need not be allowed to give tasks.
	todo.insert(ignore_permissions=True)

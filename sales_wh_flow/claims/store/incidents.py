"""What happened to boxes that their courier answers for, and the parcels that a bill names."""

from collections.abc import Sequence
from datetime import date, datetime

import frappe
from frappe.utils import flt, getdate, now_datetime

from sales_wh_flow.claims.rules.bills import SentParcel
from sales_wh_flow.claims.rules.incidents import DAMAGED, LATE, LOST, Incident
from sales_wh_flow.couriers.store.label_facts import JOINED, VALUE

_NOT_CLAIMED = """not exists (select 1 from `tabCourier Claim` claim
	where claim.box = box.name and claim.kind = %(kind)s)"""

_SENT = ("Open", "Closed", "Cancelled")


def unclaimed(since: date, limit: int) -> list[tuple[str, str, date]]:
	"""(box, kind, day) of boxes lost or damaged since, and late ones of couriers that pay for it, without a
	claim; the oldest first. Three statements.
	"""
	found = []
	for kind, condition in _INCIDENTS.items():
		found += [
			(box, kind, getdate(day))
			for box, day in frappe.db.sql(
				f"""select box.name, {condition}""", {"kind": kind, "since": since, "limit": limit}
			)
		]
	return sorted(found, key=lambda it: (it[2], it[0]))[:limit]


_INCIDENTS = {
	LOST: f"""max(event.happened_on) from `tabOrder Box` box
		join `tabBox Event` event on event.box = box.name and event.state = 'Lost'
		where box.state = 'Lost' and coalesce(box.courier, '') <> '' and event.recorded_on >= %(since)s
			and {_NOT_CLAIMED} group by box.name order by 2 limit %(limit)s""",
	DAMAGED: f"""min(event.happened_on) from `tabCourier Event` event
		join `tabOrder Box` box on box.name = event.box
		where event.reason = 'carrier_damaged_parcel' and event.came_on >= %(since)s
			and coalesce(box.courier, '') <> '' and {_NOT_CLAIMED}
		group by box.name order by 2 limit %(limit)s""",
	LATE: f"""box.delivered_on from `tabOrder Box` box
		join `tabCourier` courier on courier.name = box.courier and courier.claims_late = 1
		where box.delivered_on >= %(since)s and box.expected_on is not null
			and date(box.delivered_on) > box.expected_on and {_NOT_CLAIMED}
			and not exists (select 1 from `tabCourier Event` told where told.box = box.name
				and told.delay_of in ('Us', 'Customer'))
		order by 2 limit %(limit)s""",
}


def incident_of(box: str, kind: str, day: date) -> Incident:
	"""A box with what its goods are worth and what it costs; one statement."""
	((worth, freight),) = frappe.db.sql(
		f"""select {VALUE}, max(coalesce(box.freight, 0)) from `tabOrder Box` box
		left join `tabOrder Box Item` content
			on content.parent = box.name and content.parenttype = 'Order Box'
		{JOINED} where box.name = %s""",
		box,
	)
	return Incident(box, kind, day, flt(worth), flt(freight))


def claim_of(box: str, kind: str) -> str | None:
	"""The claim that there is for a box, as last committed. The caller holds the box."""
	rows = frappe.db.sql(
		"select name from `tabCourier Claim` where box = %s and kind = %s limit 1 lock in share mode",
		(box, kind),
	)
	return rows[0][0] if rows else None


def parcels_known(
	courier: str, numbers: Sequence[str], bill: str, made_on: datetime | None
) -> dict[str, SentParcel]:
	"""{number: what was sent under it} with this courier; bills that were made after ``bill`` do not count,
	for a new one (None) all do. A label that was given back was never sent; one that its courier did not take
	back is owed. Two statements.
	"""
	wanted = tuple(numbers) or ("",)
	rows = frappe.db.sql(
		"""select tracking_no, name, coalesce(freight, 0), state not in %(not_sent)s from `tabOrder Box`
		where courier = %(courier)s and tracking_no in %(numbers)s
		union all
		select label.tracking_no, label.box, coalesce(label.freight, 0), label.state = 'Not Taken Back'
		from `tabCourier Label` label
		where label.courier = %(courier)s and label.tracking_no in %(numbers)s
			and label.state in ('To Give Back', 'Given Back', 'Not Taken Back') and not exists (
				select 1 from `tabOrder Box` box
				where box.tracking_no = label.tracking_no and box.courier = label.courier)
		order by 1, 2""",
		{"not_sent": _SENT, "courier": courier, "numbers": wanted},
	)
	before = dict(
		frappe.db.sql(
			"""select row.tracking_no, min(row.parent) from `tabCourier Invoice Row` row
			join `tabCourier Invoice` head on head.name = row.parent
			where head.courier = %s and row.tracking_no in %s and head.name <> %s and row.verdict <> ''
				and head.creation <= %s
			group by row.tracking_no""",
			(courier, wanted, bill, made_on or now_datetime()),
		)
	)
	found: dict[str, SentParcel] = {}
	for number, box, freight, is_sent in rows:
		known = found.get(number, SentParcel((), 0.0, False, before.get(number, "")))
		found[number] = SentParcel(
			(*known.boxes, box), known.freight + flt(freight), known.is_sent or bool(is_sent), known.billed_on
		)
	return found

"""Boxes that are under way with somebody who has no courier's tracking."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

import frappe

from sales_wh_flow.delivery.answers import BoxToProve, BoxToProveRow
from sales_wh_flow.delivery.rules import money
from sales_wh_flow.delivery.rules.receipt import UNDER_WAY
from sales_wh_flow.delivery.store import to_pay
from sales_wh_flow.delivery.store.drivers import ANSWERING, COUNTS
from sales_wh_flow.packing.store import collecting
from sales_wh_flow.packing.store.notes import LEFT_BY_NOTE

MOST = 500
"""Boxes on one phone."""


def boxes_of(
	drivers: Iterable[str],
	warehouses: Iterable[str],
	left_since: date,
	proved_since: datetime,
	*,
	of_other_drivers: bool,
) -> list[BoxToProve]:
	"""What these drivers have, and what left these warehouses with couriers that have no tracking, since that
	day, ``of_other_drivers`` who answer for themselves, too; those proved since then last. Eight statements.
	"""
	drivers, warehouses = tuple(drivers), tuple(warehouses)
	trips = _trips(drivers, left_since)
	handovers = _handovers(drivers, warehouses, left_since, of_other_drivers)
	if not (trips or handovers):
		return []
	found = frappe.db.sql(
		_BOXES,
		{
			"handovers": handovers or ("",),
			"notes": tuple(trips) or ("",),
			"under_way": UNDER_WAY,
			"since": proved_since,
		},
		as_dict=True,
	)
	names = [box.box for box in found]
	rows = _rows_of(names, [box.proof for box in found if box.proof])
	owed = to_pay.asked_by_order(names)
	worths = collecting.worth_of_rows(owed)
	for box in found:
		asked, box.currency = owed.get(box.box, ({}, box.currency))
		box.collect = round(sum(asked.values()), money.DECIMALS)
		weights = money.borne_by_rows(worths.get(box.box, {}), asked)
		box.trip, box.stop = trips.get(box.delivery_note, ("", 0))
		box.rows = rows[box.box]
		for row in box.rows:
			row.worth = weights.get(row.row, 0.0)
	found.sort(key=lambda box: (bool(box.proof), box.trip, box.stop, box.customer_name or "", box.ship_to))
	return found[:MOST]


_BOXES = f"""
select box.name box, box.state, box.warehouse, box.customer_name, coalesce(box.ship_to_text, '') ship_to_text,
	coalesce(box.ship_to, '') ship_to, coalesce(box.delivery_note, '') delivery_note,
	coalesce(box.handover, '') handover, coalesce(box.sscc, '') sscc,
	coalesce(box.tracking_no, '') tracking_no, box.weighed_kg, proof.name proof, proof.outcome,
	proof.receiver, proof.reason, proof.note, proof.to_collect, proof.money_taken, proof.mode_of_payment,
	proof.money_reference, proof.money_reason,
	(select default_currency from `tabCompany` where name = box.company) currency
from (
	select name from `tabOrder Box` where handover in %(handovers)s
	union select name from `tabOrder Box` where delivery_note in %(notes)s
) mine join `tabOrder Box` box on box.name = mine.name
left join `tabDelivery Proof` proof on proof.box = box.name and coalesce(proof.replaced_by, '') = ''
	and proof.outcome <> 'Failed Attempt'
where (box.state in %(under_way)s or {LEFT_BY_NOTE} or proof.recorded_on >= %(since)s)
	and not exists (select 1 from `tabOrder Box` part where part.parent_box = box.name)
order by box.name"""


def _trips(drivers: tuple[str, ...], since: date) -> Mapping[str, tuple[str, int]]:
	"""{Delivery Note: (trip, which stop)} of what the drivers drive."""
	if not drivers:
		return {}
	rows = frappe.db.sql(
		f"""select stop.delivery_note, trip.name, stop.idx from `tabDelivery Trip` trip
		join `tabDelivery Stop` stop on stop.parent = trip.name and stop.parenttype = 'Delivery Trip'
		where trip.driver in %s and {COUNTS} and trip.departure_time >= %s
			and coalesce(stop.delivery_note, '') <> '' order by trip.name desc, stop.idx desc""",
		(drivers, since),
	)
	return {note: (trip, idx) for note, trip, idx in rows}


def _handovers(
	drivers: tuple[str, ...], warehouses: tuple[str, ...], since: date, of_other_drivers: bool
) -> tuple[str, ...]:
	rows = frappe.db.sql(
		f"""select head.name from `tabCourier Handover` head
		join `tabCourier` courier on courier.name = head.courier
		where head.handover_date >= %s and head.state <> 'Cancelled' and (head.driver in %s
			or (head.warehouse in %s and coalesce(courier.tracking_url, '') = ''
				and (%s or not exists (select 1 from {ANSWERING} where driver.name = head.driver))))""",
		(since, drivers or ("",), warehouses or ("",), of_other_drivers),
	)
	return tuple(row[0] for row in rows)


def _rows_of(boxes: Iterable[str], proofs: Iterable[str]) -> dict[str, list[BoxToProveRow]]:
	found: dict[str, list[BoxToProveRow]] = defaultdict(list)
	names, refused = tuple(boxes), _refused(tuple(proofs))
	if names:
		rows = frappe.db.sql(
			"""select parent, name `row`, sales_order, item_code, item_name, qty_stock qty, stock_uom uom,
				coalesce(batch_no, '') batch_no, coalesce(serial_nos, '') serials
			from `tabOrder Box Item` where parent in %s and qty_stock > 0 order by parent, idx""",
			(names,),
			as_dict=True,
		)
		for row in rows:
			row.update(refused.get(row.row, _NOTHING_REFUSED))
			found[row.pop("parent")].append(row)
	return found


_NOTHING_REFUSED = {"refused_qty": 0.0, "refused_reason": "", "refused_serials": ""}


def _refused(proofs: tuple[str, ...]) -> dict[str, dict]:
	"""{row of a box: what these proofs say of it}, of the rows that were not taken whole."""
	if not proofs:
		return {}
	rows = frappe.db.sql(
		"""select content_row, refused_qty, coalesce(reason, '') refused_reason,
			coalesce(refused_serials, '') refused_serials
		from `tabDelivery Proof Item` where parent in %s and refused_qty > 0""",
		(proofs,),
		as_dict=True,
	)
	return {row.pop("content_row"): row for row in rows}

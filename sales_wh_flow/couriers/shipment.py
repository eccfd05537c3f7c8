"""The bridge to ERPNext's Shipment and the carrier apps behind it: filled from boxes, and read back."""

import re
from collections.abc import Sequence

import frappe
from frappe import _
from frappe.utils import cint, flt, nowdate

from sales_wh_flow.base import control_fields, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import permissions, sayings
from sales_wh_flow.couriers.rules import courier_message, states
from sales_wh_flow.couriers.rules.courier_message import ToldEvent
from sales_wh_flow.couriers.rules.freight import shared
from sales_wh_flow.couriers.store import shipped
from sales_wh_flow.couriers.take_event import Road, match_waiting, take_event
from sales_wh_flow.dispatch.rules import courier as courier_rules
from sales_wh_flow.packing import change_state as change
from sales_wh_flow.packing.store import boxes as box_store

_FROM, _TO = "09:00:00", "17:00:00"
"""ERPNext asks for hours of pick-up; whoever books them says others."""

_APART = re.compile(r"[,;\n]+")
_NORMAL = {
	"In Progress": (states.IN_TRANSIT, ""),
	"Delivered": (states.DELIVERED, ""),
	"Returned": (states.RETURN_TO_SENDER, ""),
	"Lost": (states.UNKNOWN, states.LOST_REASON),
}
"""What the status of a Shipment says of its parcels."""


def make_shipment(names: Sequence[str]) -> str:
	"""The name of a new draft. Raises: ValidationError for boxes that can't be sent together."""
	held = box_store.hold_boxes(names)
	found = shipped.boxes_with_value(list(held))
	refuse(list(_problems(found)))
	pickup = shipped.address_of_warehouse(found[0].warehouse, found[0].company)
	if not pickup:
		refuse(RuleViolation("warehouse_without_address", warehouse=found[0].warehouse))
	doc = frappe.new_doc("Shipment")
	doc.update(_head(found, pickup))
	for box in found:
		size = {side: cint(box.get(f"{side}_cm")) for side in ("length", "width", "height")}
		row = doc.append("shipment_parcel", {**size, "weight": box.kg, "count": 1})
		control_fields.put(row, swf_box=box.name)
	for note, total in shipped.note_totals({box.delivery_note for box in found if box.delivery_note}):
		doc.append("shipment_delivery_note", {"delivery_note": note, "grand_total": total})
	return doc.insert().name


def read_back(doc) -> None:
	"""Numbers, label, price and status of a Shipment stand on its boxes as soon as they stand on it."""
	rows = [row for row in doc.get("shipment_parcel") or () if row.get("swf_box")]
	if not rows or doc.docstatus.is_cancelled():
		return
	held = box_store.hold_boxes([row.swf_box for row in rows])
	permissions.check_places(held.values())
	boxes = [held[row.swf_box] for row in rows if row.swf_box in held]
	known = shipped.told_before(box.name for box in boxes)
	numbers = _numbers(doc.awb_number, len(boxes))
	of_all = {
		"courier": _courier_named(doc.carrier),
		"courier_service": doc.carrier_service,
		"label_ref": doc.shipment_id,
	}
	freight = shared(flt(doc.shipment_amount), len(boxes), doc.precision("shipment_amount") or 2)
	labels = shipped.labels_of(doc.name)
	labels = labels if len(labels) == len(boxes) else labels[:1] * len(boxes) if len(labels) == 1 else []
	for at, box in enumerate(boxes):
		own = {
			"tracking_no": numbers[at] if numbers else None,
			"label": labels[at] if labels else None,
			"freight": freight[at],
		}
		_write(doc, box, known.get(box.name, {}), {**of_all, **own})
	_tell_status(doc, [row.swf_box for row in rows])


def read_label(file) -> None:
	"""A label that is hung on a Shipment when its number is known already."""
	if file.attached_to_doctype == "Shipment" and shipped.is_label(file.file_name):
		if frappe.db.exists("Shipment", file.attached_to_name):
			read_back(frappe.get_doc("Shipment", file.attached_to_name))


def _write(doc, box, known: dict, told: dict) -> None:
	"""What stands on the Shipment and not yet on the box. It comes piece by piece: a number now, a label and
	a price later.
	"""
	courier = told["courier"] or box.courier
	if told["tracking_no"]:
		pattern = frappe.get_cached_value("Courier", courier, "tracking_url") if courier else None
		link = courier_rules.tracking_link(pattern, told["tracking_no"]) or (doc.tracking_url or "")[:140]
		told = {**told, "courier": courier, "tracking_url": link}
	else:  # whose parcel it is stands there with its number
		told = {**told, "courier": None, "courier_service": None}
	if box.handover and box.courier and told["courier"] not in (None, box.courier):
		at = {"handover": box.handover, "courier": box.courier}
		refuse(RuleViolation("courier_in_hand_over", box=box.name, **at))
	fields = {field: value for field, value in told.items() if value and value != known.get(field)}
	if not fields:
		return
	note = said.keep(sayings.read_from_shipment, shipment=doc.name)
	change.change_state([box], box.state, note=note, **fields)
	if courier and not {"tracking_no", "courier"}.isdisjoint(fields):
		match_waiting(courier, told["tracking_no"])


def _tell_status(doc, names: Sequence[str]) -> None:
	meaning = _NORMAL.get(doc.tracking_status or "")
	if not meaning:
		return
	for box in box_store.hold_boxes(names).values():
		if box.courier and box.tracking_no:
			key = f"{doc.name}/{box.name}/{doc.tracking_status}"
			event = ToldEvent(key[:140], box.tracking_no, doc.tracking_status, *meaning)
			take_event(box.courier, event, Road("Shipment"))


def _numbers(text: str | None, count: int) -> list[str]:
	"""A number for each parcel: as many as there are, or one for all; any other count says nothing sure."""
	found = [number for part in _APART.split(text or "") if (number := courier_message.tidy_number(part))]
	if len(found) == count:
		return found
	return found * count if len(found) == 1 else []


def _courier_named(carrier: str | None) -> str | None:
	return frappe.db.exists("Courier", carrier) if carrier else None


def _problems(found):
	if not found:
		yield RuleViolation("no_boxes")
	for box in found:
		first = found[0]
		if (box.company, box.ship_to) != (first.company, first.ship_to):
			yield RuleViolation("boxes_of_several", first=first.name, other=box.name)
		if not box.ship_to:
			yield RuleViolation("box_without_address", box=box.name)
		if box.kg <= 0:
			yield RuleViolation("box_without_weight", box=box.name)
		if box.shipment:
			yield RuleViolation("box_in_shipment", box=box.name, shipment=box.shipment)


def _head(found, pickup: str) -> dict:
	first = found[0]
	items = list(dict.fromkeys(name for box in found for name in box.item_names))
	return {
		"pickup_from_type": "Company",
		"pickup_company": first.company,
		"pickup_address_name": pickup,
		"pickup_contact_person": frappe.session.user,
		"pickup_date": nowdate(),
		"pickup_from": _FROM,
		"pickup_to": _TO,
		"delivery_to_type": "Customer",
		"delivery_customer": first.customer,
		"delivery_address_name": first.ship_to,
		"description_of_content": ", ".join(items)[:500] or _("Goods"),
		"value_of_goods": sum(box.value for box in found),
		"carrier": first.courier,
		"carrier_service": first.courier_service,
	}

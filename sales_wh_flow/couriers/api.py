"""What couriers, the desk and other programs may call about parcels, rates and numbers."""

import frappe

from sales_wh_flow.base import border, once, retry
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.couriers import (
	accounts,
	compare_rates,
	incoming,
	make_label,
	permissions,
	shipment,
	story,
	told_by_people,
	tracking_number,
	void_label,
)
from sales_wh_flow.couriers.answers import (
	BoxStory,
	FoundParcel,
	LabelOfBox,
	MadeLabel,
	OfferedRates,
	Received,
	ToldOfBox,
	VoidedLabel,
	WrittenNumber,
)
from sales_wh_flow.couriers.make_label import Begun
from sales_wh_flow.couriers.port import CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.rules.labels import Label

_KINDS = {
	"box": border.name,
	"boxes": border.names,
	"tracking_no": border.short_text,
	"courier": border.name,
	"service": border.short_text,
	"text": border.short_text,
}


@frappe.whitelist(allow_guest=True, xss_safe=True, methods=["POST"])
@border.checked()
def receive() -> Received:
	"""A signed message of a courier, ``?courier=NAME``; by the scheme of Standard Webhooks.

	Answers 401 for an unknown courier as for a wrong signature, 413 for what is too long, 429 for too many;
	no page is made for whoever can't say who he is.
	"""
	status, outcome = incoming.answer_signed(frappe.local.request)
	frappe.local.response.http_status_code = status
	return {"outcome": outcome}


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS)
def write_tracking_number(
	box: str, tracking_no: str, courier: str = "", service: str = "", key: str = ""
) -> WrittenNumber:
	"""Write a number, typed or scanned, on a box. ``key``: made by the device, so that a repeated call does
	nothing.
	"""
	_box_to_send(box)

	def work():
		return tracking_number.write_number(box, tracking_no, courier or None, service or None)

	if not key:
		return retry.from_a_fresh_transaction(work)
	return retry.from_a_fresh_transaction(lambda: once.done_once(key, "write_tracking_number", work))


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS, what=border.short_text, note=border.text, happened_on=border.perhaps(border.moment))
def tell_of_box(
	box: str, what: str, note: str = "", happened_on: str | None = None, key: str = ""
) -> ToldOfBox:
	"""What a courier said of a box by telephone or on its site: ``on_its_way``, ``delivered``,
	``not_delivered``, ``comes_back``, ``lost`` or ``damaged``. ``happened_on``: the site's time, else
	now.
	"""
	_box_to_send(box)
	return retry.from_a_fresh_transaction(
		lambda: told_by_people.write_told(box, what, happened_on or "", note, key)
	)


@frappe.whitelist(methods=["GET"])
@border.checked(**_KINDS)
def couriers_with_labels() -> list[str]:
	"""The enabled couriers whose interface makes labels."""
	frappe.has_permission("Courier", "read", throw=True)
	names = frappe.get_all("Courier", {"enabled": 1}, pluck="name", order_by="name")
	return [name for name in names if accounts.port_of(name).can_label]


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS, is_sure=border.flag)
def make_courier_label(box: str, key: str = "", is_sure: bool = False) -> MadeLabel:
	"""Number and label of a closed box from its courier's interface. Called again it answers with the label
	that the box has: no key is needed for that. Where an earlier question was not answered, and the courier
	would make another label, nothing is asked but by who ``is_sure`` that it made none.
	"""
	_box_to_send(box)
	begun = retry.from_a_fresh_transaction(lambda: make_label.begin_label(box, is_sure=is_sure))
	if begun.ask:
		made = _asked_for(begun)
		kept = retry.from_a_fresh_transaction(lambda: make_label.keep_label(begun, made))
		if kept.other:
			about = {"courier": begun.courier, "box": box, "number": made.tracking_no, "other": kept.other}
			refuse(RuleViolation("label_of_other_box", **about))
		if not kept.is_on_box:
			_give_stray_back(begun)
			refuse(RuleViolation("box_changed_meanwhile", box=box))
	return {**_label_of(box), "may_be_there": begun.is_in_doubt}


def _asked_for(begun: Begun) -> Label:
	about = {"courier": begun.courier, "box": begun.box}
	try:
		return make_label.ask_courier(begun)
	except CourierSaysNo as error:
		why = str(error)
		retry.from_a_fresh_transaction(lambda: make_label.let_go(begun, why_not=why))
		refuse(RuleViolation("courier_says_no", why=why, **about))
	except CourierIsSilent as error:
		why = str(error)
		retry.from_a_fresh_transaction(lambda: make_label.let_go(begun))
		knows_keys = accounts.port_of(begun.courier).knows_keys
		if knows_keys:
			refuse(RuleViolation("courier_is_silent", why=why, **about))
		refuse(RuleViolation("courier_may_have_made_it", why=why, **about))


def _give_stray_back(begun: Begun) -> None:
	"""A label that came for a box which was changed meanwhile; what does not end now ends by a job."""
	stray = retry.from_a_fresh_transaction(lambda: make_label.stray_of(begun))
	if stray:
		is_taken_back = void_label.give_label_back(stray.courier, stray.label_ref, stray.tracking_no)
		retry.from_a_fresh_transaction(lambda: void_label.end_of_stray(stray, is_taken_back=is_taken_back))


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS, is_sure=border.flag)
def void_courier_label(box: str, reason: str, is_sure: bool = False, key: str = "") -> VoidedLabel:
	"""The courier takes the label of a box that is still here back. ``is_sure``: throw it away though the
	courier did not.
	"""
	_box_to_send(box)
	# Nothing is held while the courier is asked; the box does not leave meanwhile.
	row = retry.from_a_fresh_transaction(lambda: void_label.begin_void(box, reason))
	ref = row.label_ref
	is_taken_back = void_label.give_label_back(row.courier, ref, row.tracking_no)
	if not (is_taken_back or is_sure):
		retry.from_a_fresh_transaction(lambda: void_label.keep_after_all(box, ref))
		refuse(RuleViolation("label_not_taken_back", courier=row.courier, number=row.tracking_no))
	retry.from_a_fresh_transaction(lambda: void_label.end_void(box, ref, reason, is_taken_back=is_taken_back))
	return {"box": box, "is_taken_back": is_taken_back}


@frappe.whitelist(methods=["GET"])
@border.checked(**_KINDS)
def box_story(box: str) -> BoxStory:
	"""What lies in a box and what happened to it."""
	return story.tell_story(_readable_box(box))


@frappe.whitelist(methods=["GET"])
@border.checked(**_KINDS)
def find_parcels(text: str) -> list[FoundParcel]:
	"""Boxes by the beginning of a tracking number or SSCC, at most ten."""
	if not frappe.has_permission("Order Box", "read"):
		return []
	return story.find_boxes(text)


@frappe.whitelist(methods=["GET"])
@border.checked(**_KINDS)
def rates_for_order(sales_order: str) -> OfferedRates:
	"""What couriers ask for an order as it is routed, a parcel a warehouse."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	frappe.has_permission("Courier", "read", throw=True)
	ask = compare_rates.of_order_rates(order)
	return compare_rates.shown_rates(ask, compare_rates.compare(ask))


@frappe.whitelist(methods=["GET", "POST"])
@border.checked(**_KINDS)
def rates_for_boxes(boxes: list[str] | str) -> OfferedRates:
	"""What couriers ask for boxes of one address, as they were weighed and measured."""
	for name in boxes:
		_readable_box(name)
	frappe.has_permission("Courier", "read", throw=True)
	ask = compare_rates.of_box_rates(boxes)
	return compare_rates.shown_rates(ask, compare_rates.compare(ask))


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS)
def take_rate_for_order(sales_order: str, courier: str, service: str = "") -> None:
	"""Write an offered courier and its service on an order."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	compare_rates.take_for_order(order, courier, service)


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS)
def take_rate_for_boxes(boxes: list[str] | str, courier: str, service: str = "") -> None:
	"""Write an offered courier, its service, freight and day on boxes that have not left."""
	for name in boxes:
		_box_to_send(name)
	retry.from_a_fresh_transaction(lambda: compare_rates.take_for_boxes(boxes, courier, service))


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS)
def make_shipment_of_boxes(boxes: list[str] | str) -> str:
	"""A draft Shipment of ERPNext's for boxes of one address, a parcel each. Returns its name."""
	frappe.has_permission("Shipment", "create", throw=True)
	for name in boxes:
		_readable_box(name)
	return retry.from_a_fresh_transaction(lambda: shipment.make_shipment(boxes))


def _label_of(box: str) -> LabelOfBox:
	fields = ("tracking_no", "courier", "label", "label_ref", "freight")
	number, courier, label, ref, freight = frappe.db.get_value("Order Box", box, fields)
	return {
		"box": box,
		"tracking_no": number or "",
		"courier": courier,
		"label": label or "",
		"label_ref": ref or "",
		"freight": freight or 0,
	}


def _readable_box(name: str):
	box = frappe.get_doc("Order Box", name)
	box.check_permission("read")
	return box


def _box_to_send(name: str):
	permissions.check_sender()
	return _readable_box(name)

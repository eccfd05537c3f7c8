"""What couriers, the desk and other programs may call about parcels, rates and numbers."""

import frappe

from sales_wh_flow.base import border, once, retry
from sales_wh_flow.couriers import (
	compare_rates,
	incoming,
	permissions,
	shipment,
	story,
	tracking_number,
)
from sales_wh_flow.couriers.answers import BoxStory, FoundParcel, OfferedRates, Received, WrittenNumber

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
		return retry.again_if_refused(work)
	return retry.again_if_refused(lambda: once.done_once(key, "write_tracking_number", work))


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


@frappe.whitelist(methods=["GET"])
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
	retry.again_if_refused(lambda: compare_rates.take_for_boxes(boxes, courier, service))


@frappe.whitelist(methods=["POST"])
@border.checked(**_KINDS)
def make_shipment_of_boxes(boxes: list[str] | str) -> str:
	"""A draft Shipment of ERPNext's for boxes of one address, a parcel each. Returns its name."""
	frappe.has_permission("Shipment", "create", throw=True)
	for name in boxes:
		_readable_box(name)
	return retry.again_if_refused(lambda: shipment.make_shipment(boxes))


def _readable_box(name: str):
	box = frappe.get_doc("Order Box", name)
	box.check_permission("read")
	return box


def _box_to_send(name: str):
	permissions.check_sender()
	return _readable_box(name)

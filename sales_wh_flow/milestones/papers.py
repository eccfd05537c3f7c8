"""Milestones that ERPNext's own documents tell: dispatched, delivered, returned, refunded."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import settings
from sales_wh_flow.dispatch.rules.courier import tracking_link
from sales_wh_flow.milestones import happened
from sales_wh_flow.milestones.rules.milestones import (
	DELIVERED,
	DISPATCHED,
	REFUNDED,
	REFUSED,
	RETURN_ANNOUNCED,
	RETURN_RECEIVED,
)
from sales_wh_flow.milestones.store import people


def note_left(note) -> None:
	"""A Delivery Note was submitted: what left, or what came back."""
	if note.get("is_return"):
		_tell(note, RETURN_RECEIVED, note.name)
	else:
		_tell_boxes(note, DISPATCHED)


def note_arrived(note) -> None:
	"""A Delivery Note was confirmed as delivered."""
	if note.get("swf_delivered_on") and not note.get("is_return"):
		_tell_boxes(note, DELIVERED)


def return_was_announced(case) -> None:
	"""A Return Case was opened for goods that are not here yet; what was refused is told as that."""
	if settings.is_used(settings.MESSAGES) and not case.box:
		orders = {row.sales_order for row in case.rows if not row.received_qty}
		happened.note_all(RETURN_ANNOUNCED, orders, occasion=case.name, document=case.name)


def invoice_was_credited(invoice) -> None:
	"""A Sales Invoice was submitted: a credit note gives money back."""
	if invoice.get("is_return") and settings.is_used(settings.MESSAGES):
		orders = {row.get("sales_order") for row in invoice.items}
		happened.note_all(REFUNDED, orders, invoice.name, document=invoice.name)


def tell_of_refused_goods(box, rows: Iterable) -> None:
	"""Hook swf_refused_goods: contents of a box were not accepted; none where that was taken back."""
	if settings.is_used(settings.MESSAGES):
		orders = {row.get("sales_order") for row in rows}
		happened.note_all(REFUSED, orders, box.name, tracking_no=box.tracking_no or "")


def _tell(note, milestone: str, box: str) -> None:
	if settings.is_used(settings.MESSAGES):
		orders = {row.get("against_sales_order") for row in note.items}
		happened.note_all(milestone, orders, box, **_values(note))


def _tell_boxes(note, milestone: str) -> None:
	"""Of each box; of the note itself to orders of which nothing is packed into boxes."""
	if not settings.is_used(settings.MESSAGES):
		return
	boxes, of_note = people.boxes_sent_with(note.name), _values(note)
	if any(it["tracking_no"] for it in boxes.values()):  # the note's number is that of several, or of another
		of_note = {**of_note, "tracking_no": "", "tracking_link": ""}
	inside = people.orders_in_boxes(boxes)
	for box, orders in inside.items():
		own = {key: value for key, value in boxes[box].items() if value}
		happened.note_all(milestone, orders, box, **{**of_note, **own})
	loose = {row.get("against_sales_order") for row in note.items}.difference(*inside.values())
	happened.note_all(milestone, loose, note.name, **of_note)


def _values(note) -> dict:
	"""What the words need of a note."""
	number, courier = note.get("swf_tracking_no") or "", note.get("swf_courier") or ""
	pattern = frappe.get_cached_value("Courier", courier, "tracking_url") if courier else ""
	link = tracking_link(pattern, number) or ""
	return {"document": note.name, "tracking_no": number, "tracking_link": link, "courier": courier}

"""A box's story: what lies in it, what happened to it, by whom, where, and whose delay it was."""

from datetime import timedelta

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.couriers import words
from sales_wh_flow.couriers.answers import BoxStory, FoundParcel, StoryBox, StoryContent, StoryEvent
from sales_wh_flow.couriers.rules import courier_message
from sales_wh_flow.couriers.store import courier_events, parcels, stories
from sales_wh_flow.dispatch.rules import courier as courier_rules
from sales_wh_flow.order.permissions import condition_on, readable_orders

_MOST_FOUND = 10
_SHORTEST = 4


def tell_story(box) -> BoxStory:
	"""What lies in a box and what happened to it."""
	events = stories.said_of_box(box.name)
	told_by_courier = _of_courier(box)
	moved = {event.courier_event: event.state for event in events if event.courier_event}
	lines = [_by_courier(box, event, moved.get(event.name)) for event in told_by_courier]
	before = ""
	for event in events:
		if not event.courier_event:
			lines.append(_by_people(event, event.state if event.state != before else ""))
		before = event.state
	return {
		"box": _box(box),
		"link": link_of(box.courier, box.tracking_no),
		"contents": _contents(box),
		"events": sorted(lines, key=lambda line: (line["on"], line["came_on"])),
	}


def link_of(courier: str | None, tracking_no: str | None) -> str:
	"""Where the parcel can be followed: of the courier as it is now; empty for what is no web address."""
	pattern = frappe.get_cached_value("Courier", courier, "tracking_url") if courier else ""
	link = courier_rules.tracking_link((pattern or "").strip(), tracking_no) or ""
	return link if link.lower().startswith(("http://", "https://")) else ""


def find_boxes(text: str) -> list[FoundParcel]:
	"""Boxes under a number that begins so, of those the session's user may read."""
	number = courier_message.tidy_number(text)
	if len(number) < _SHORTEST:
		return []
	return stories.boxes_by_number(number, condition_on("Order Box", None), _MOST_FOUND)


def _box(box) -> StoryBox:
	return {
		"name": box.name,
		"state": box.state,
		"customer": box.customer,
		"customer_name": box.customer_name,
		"ship_to_text": box.ship_to_text,
		"warehouse": box.warehouse,
		"courier": box.courier,
		"courier_service": box.courier_service,
		"tracking_no": box.tracking_no,
		"delivery_note": box.delivery_note,
		"expected_on": box.expected_on,
		"delivered_on": box.delivered_on,
		"expected_kg": box.expected_kg,
		"weighed_kg": box.weighed_kg,
		"freight": box.freight,
	}


def _of_courier(box) -> list[dict]:
	if not (box.courier and box.tracking_no):
		return []
	since = frappe.utils.get_datetime(box.creation) - max(parcels.BEFORE, timedelta(0))
	return courier_events.told_of(box.tracking_no, box.courier, since)


def _by_people(event, state: str) -> StoryEvent:
	"""``state``: the one it brought, else empty: then what was noted is what happened."""
	return {
		"on": event.happened_on,
		"came_on": event.recorded_on,
		"what": state,
		"state": event.state,
		"who": event.actor or "",
		"where": event.place or event.device or "",
		"reason": words.incident_words(event.reason),
		"delay_of": event.delay_of or "",
		"note": said.worded(event.note),
		"by": "people",
	}


def _by_courier(box, event, state: str | None) -> StoryEvent:
	return {
		"on": event.happened_on,
		"came_on": event.came_on,
		"what": words.state_words(event.state),
		"state": state or "",
		"who": box.courier,
		"where": event.place or "",
		"reason": words.incident_words(event.reason),
		"delay_of": event.delay_of or "",
		"note": event.note or "",
		"by": "courier",
	}


def _contents(box) -> list[StoryContent]:
	# Drivers read boxes and no orders: for them Frappe would refuse the whole list.
	readable = readable_orders(
		{row.sales_order for row in box.contents if row.sales_order}, frappe.session.user
	)
	return [
		{
			"item_code": row.item_code,
			"item_name": row.item_name,
			"qty": row.qty_stock,
			"uom": row.stock_uom,
			"batch_no": row.batch_no or "",
			"serial_nos": list(each_serial(row.serial_nos)),
			"sales_order": row.sales_order if row.sales_order in readable else "",
		}
		for row in box.contents
	]

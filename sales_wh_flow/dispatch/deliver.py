"""Delivery Notes from picks, with the courier and the instructions the order was given."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form, getdate, now_datetime

from sales_wh_flow.base import control_fields, refusals
from sales_wh_flow.base import timeline as timeline_of
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, is_on
from sales_wh_flow.dispatch import cut_units, lot_bundles, services, timeline
from sales_wh_flow.dispatch.addresses import telling_who_gives_the_right
from sales_wh_flow.dispatch.rules import courier
from sales_wh_flow.order.bear_once import bear_once
from sales_wh_flow.order.store.terms import terms_of
from sales_wh_flow.stock_lock.store import batches, picked_bundles, picks

CARRIED = ("swf_courier", "swf_courier_service", "swf_special_instructions")
"""Fields with one name on Sales Order, Pick List and Delivery Note."""


@telling_who_gives_the_right()
def make_delivery_note(pick_list) -> str:
	"""The draft Delivery Note for what the Pick List picked, made unless there is one; one for each address
	where its orders go to several. Returns the name, of the first.
	"""
	from erpnext.stock.doctype.pick_list.pick_list import create_delivery_note

	check_picked(pick_list)
	picks.hold_pick_list(pick_list.name)
	draft = picks.draft_delivery_note(pick_list.name)
	if draft:
		return draft
	if not picks.has_something_left(pick_list.name):
		refuse(RuleViolation("nothing_left_to_deliver", name=pick_list.name))
	groups = _orders_by_address(pick_list)
	if len(groups) > 1:
		names = [note_of_orders(pick_list, orders) for orders in groups]
		frappe.clear_messages()
		links = ", ".join(get_link_to_form("Delivery Note", name) for name in names)
		frappe.msgprint(_("A Delivery Note for each address: {0}").format(links))
		return names[0]
	note = create_delivery_note(pick_list.name)
	_cut_to_the_rest(note, pick_list.name)
	finish_note(note)
	frappe.clear_messages()  # ERPNext announces the note it made; the caller opens it anyway
	return note.name


def check_picked(pick_list) -> None:
	"""Raises: ValidationError unless the Pick List is submitted and notes are made from Pick Lists at all."""
	if not is_on(FULFILMENT):
		refuse(RuleViolation("switched_off", capability="Pick and Dispatch"))
	if not pick_list.docstatus.is_submitted():
		refuse(RuleViolation("not_submitted", doctype=pick_list.doctype, name=pick_list.name))


def _orders_by_address(pick_list) -> list[list[str]]:
	"""The orders of which something was picked and has not left, those together that may be on one note:
	ERPNext puts all of a customer on one, up to 15.99 whatever their address is.
	"""
	left = [row for row in pick_list.locations if row.sales_order and row.picked_qty > row.delivered_qty]
	orders = sorted({row.sales_order for row in left})
	terms = terms_of(orders)
	fields = ["name", "customer", "shipping_address_name", "dispatch_address_name", "company_address"]
	groups: dict[tuple, list[str]] = defaultdict(list)
	for order, *head in frappe.get_all(
		"Sales Order", {"name": ["in", orders]}, fields, as_list=True, order_by="name"
	):
		key = (*(it or "" for it in head), terms[order])
		groups[key].append(order)
	return [*groups.values()]


@telling_who_gives_the_right()
def note_of_orders(pick_list, orders: Sequence[str]) -> str:
	"""A draft Delivery Note for what a Pick List of several orders picked for some of them; its name."""
	from erpnext.stock.doctype.pick_list.pick_list import create_dn_from_so

	note = create_dn_from_so(pick_list, orders, None)
	note.flags.ignore_mandatory = True  # as ERPNext makes notes from Pick Lists
	note.save()
	_cut_to_the_rest(note, pick_list.name)
	finish_note(note)
	return note.name


def finish_note(note) -> None:
	"""A saved draft of what was picked gets the services that go along, and bundles of what it names. What
	its order charges once is on one note alone.
	"""
	has_more = services.take_services_along(note)
	if bear_once(note) or has_more:
		note.save()
	bundle_picked_entries(note)


def keep_bundles_apart(note) -> None:
	"""A bundle's row names no row of a Pick List: that is one of its components.

	ERPNext 16 puts it there, and would count bundles as pieces of the component.
	"""
	bundles = {row.parent_detail_docname for row in note.get("packed_items") or ()}
	for row in note.items:
		if row.name in bundles and row.get("pick_list_item"):
			row.pick_list_item = None


def count_bundles(note) -> None:
	"""A note of picked bundles was submitted or cancelled: its Pick Lists say what has left of them."""
	names = {
		row.against_pick_list
		for row in note.items
		if row.get("against_pick_list") and row.so_detail and not row.get("pick_list_item")
	}
	if names:
		picked_bundles.write_delivered(names)
	for name in sorted(names):
		frappe.get_doc("Pick List", name).run_method("update_status")


def _cut_to_the_rest(note, pick_list: str) -> None:
	"""ERPNext puts all picked bundles on each note, those that have left with an earlier one among them.

	Raises: ValidationError where no whole bundle is left.
	"""
	gone = picked_bundles.delivered(pick_list)
	cut = [row for row in note.items if not row.pick_list_item and gone.get(row.so_detail)]
	for row in cut:
		row.qty = rounded(row.qty - gone[row.so_detail])
		if not is_positive(row.qty):
			note.remove(row)
	if cut and not note.items:
		refuse(RuleViolation("no_whole_bundle_left", name=pick_list))
	if cut:
		note.save()


def common(orders: Iterable) -> dict:
	"""Courier, service and instructions that all the orders share: {field: value}."""
	values = [{field: order.get(field) or None for field in CARRIED} for order in orders]
	return {
		field: values[0][field] for field in CARRIED if values and len({one[field] for one in values}) == 1
	}


def carry_over(doc) -> None:
	"""Courier and instructions from the Pick List, which the warehouse edits last, else from the order."""
	if doc.is_new():
		doc.swf_delivered_on = doc.swf_received_by = (
			None  # an amended note comes with the day of the one it replaces
		)
	if not doc.is_return and doc.get("swf_replace"):
		doc.swf_replace = 0  # goods are sent again for a return alone
	if not doc.is_new() or doc.is_return:
		return
	for row in doc.items:
		source = _source(doc, row)
		if source:
			for field in CARRIED:
				if source.get(field):
					doc.set(field, source.get(field))
			return


def check_courier(doc) -> None:
	"""A courier's service must be one it offers.

	Raises: ValidationError naming courier, service and what is offered.
	"""
	if not doc.get("swf_courier_service"):
		return
	offered = ()
	if doc.get("swf_courier"):
		offered = tuple(row.service for row in frappe.get_cached_doc("Courier", doc.swf_courier).services)
	try:
		courier.check_service(doc.get("swf_courier"), doc.swf_courier_service, offered)
	except RuleViolation as violation:
		refuse(violation)


def confirm_delivery(note, received_on: datetime | None = None, receiver: str | None = None) -> None:
	"""The customer has the goods: stamped on the Delivery Note, once. ``received_on``: None = now."""
	if not note.docstatus.is_submitted():
		refuse(RuleViolation("not_submitted", doctype=note.doctype, name=note.name))
	now = now_datetime()
	if received_on and received_on > now:
		refuse(RuleViolation("received_in_future", note=note.name))
	if received_on and getdate(received_on) < getdate(note.posting_date):
		refuse(RuleViolation("received_before_sent", note=note.name, sent_on=format_date(note.posting_date)))
	if not note.swf_delivered_on:
		control_fields.put(note, swf_delivered_on=received_on or now, swf_received_by=receiver or None)
		note.save()


def undo_confirmation(note, reason: str) -> None:
	"""The customer has not received the goods after all; the note's timeline keeps what it said."""
	why = refusals.require_reason(reason, RuleViolation("undo_reason_missing", note=note.name))
	if not note.swf_delivered_on:
		return
	said_before = {"received_on": str(note.swf_delivered_on), "receiver": note.swf_received_by or ""}
	timeline_of.note(note, timeline.confirmation_undone, reason=why, **said_before)
	control_fields.put(note, swf_delivered_on=None, swf_received_by=None)
	note.save()


def bundle_picked_entries(note) -> None:
	"""Turn the picked batches and serial numbers of a draft note into bundles: only those settle a lock's
	entries.
	"""
	entries = {
		row.name: batches.as_entries(row.batch_no, row.serial_no, row.stock_qty)
		for row in note.items
		if row.pick_list_item and (row.batch_no or row.serial_no)
	}
	entries |= {
		row.name: cut_units.lots(row)
		for row in note.items
		if row.against_pick_list and not row.pick_list_item and not row.serial_and_batch_bundle
	}
	rows = [row for row in note.items if entries.get(row.name)]
	for row in rows:
		row.serial_and_batch_bundle = lot_bundles.make_lot_bundle(note, row, entries[row.name])
		row.update({"use_serial_batch_fields": 0, "batch_no": None, "serial_no": None})
	if rows or note.get("packed_items"):  # components are bundled with the save, see picked_parts
		note.save()


def _source(doc, row):
	pick_list = row.get("against_pick_list") or doc.get("pick_list")  # on the row, or earlier on the note
	if pick_list:
		return frappe.get_cached_doc("Pick List", pick_list)
	if row.get("against_sales_order"):
		return frappe.get_cached_doc("Sales Order", row.against_sales_order)
	return None

"""What runs in the background for couriers; every job may be run twice and killed anywhere."""

from functools import partial

import frappe
from frappe import _

from sales_wh_flow.base import hold_rows, retry, said
from sales_wh_flow.base.retry_each import each_alone, log_failure
from sales_wh_flow.couriers import accounts, confirm_note, make_label, take_event, void_label
from sales_wh_flow.couriers import settle_labels as settling
from sales_wh_flow.couriers.port import CourierIsSilent, CourierSaysNo
from sales_wh_flow.couriers.store import courier_events, labels, parcels
from sales_wh_flow.order import refresh_status

MOST_PARCELS = 200
"""Of one courier in one round: the next one goes on where this ended."""

_MOST_SILENT = 5
"""A courier that does not answer so often in a row is left alone until the next round."""

_MOST_MATCHED = 500


def ask_couriers() -> int:
	"""Ask couriers that send nothing by themselves what happened to their parcels. Returns how many parcels
	were heard of.
	"""
	names = frappe.get_all("Courier", {"enabled": 1, "polls": 1}, pluck="name", order_by="name")
	return sum(map(_ask_courier, names))


def match_numbers() -> int:
	"""Events whose number was being written on a box while they came. Returns how many boxes they found."""
	done = each_alone(
		((box,) for box in courier_events.numbers_found_since(_MOST_MATCHED)),
		_match,
		_("Events of box {0} could not be matched"),
	)
	return len([made for _box, made in done if made])


def settle_labels() -> int:
	"""Labels whose answer was lost are asked for under the same key; those that are on no box are given back.
	Returns how many were settled.
	"""
	done, silent = 0, set()
	for kept in settling.unsettled_labels():
		if kept.courier in silent:
			continue
		try:
			done += _settle(kept)
		except CourierIsSilent:
			silent.add(kept.courier)
		except Exception:
			log_failure(_("Label of box {0} could not be settled").format(kept.box))
	return done


def _settle(kept) -> int:
	if kept.state == labels.ASKED:
		return _ask_again(kept)
	is_on_box = retry.from_a_fresh_transaction(lambda: settling.is_on_its_box(kept))
	is_taken_back = void_label.give_label_back(kept.courier, kept.label_ref, kept.tracking_no)

	def end() -> None:
		if is_on_box and is_taken_back:
			void_label.end_void(kept.box, kept.label_ref, said.worded(kept.reason), is_taken_back=True)
			return
		is_given_up = not is_on_box and kept.tries >= settling.MOST_TRIES
		void_label.end_of_stray(kept, is_taken_back=is_taken_back, is_given_up=is_given_up)

	retry.from_a_fresh_transaction(end)
	return int(is_taken_back)


def _ask_again(kept) -> int:
	knows_keys = accounts.port_of(kept.courier).knows_keys
	begun = retry.from_a_fresh_transaction(lambda: settling.begun_again(kept, knows_keys=knows_keys))
	if begun is None:
		return 0
	try:
		made = make_label.ask_courier(begun)
	except CourierSaysNo as error:
		why = str(error)
		retry.from_a_fresh_transaction(lambda: make_label.let_go(begun, why_not=why))
		return 1
	retry.from_a_fresh_transaction(lambda: make_label.keep_label(begun, made))
	return 1


def confirm_delivered(delivery_note: str) -> None:
	"""Owed since the last box of a note was delivered: the note says when."""
	confirm_note.confirm_if_delivered(delivery_note)


def follow_invoiced(sales_invoice: str) -> None:
	"""Owed since boxes that left with an invoice were delivered: their orders say so."""
	orders = parcels.orders_boxed_with(sales_invoice)
	hold_rows.hold_order_rows(orders)
	refresh_status.of_all(orders)


def _ask_courier(courier: str) -> int:
	port = accounts.port_of(courier)
	if not port.can_track:
		return 0
	after = parcels.asked_up_to(courier)
	found = parcels.to_ask_about(courier, after, MOST_PARCELS)
	heard = silent = 0
	for box, number in found:
		told = _asked(courier, port, number)
		silent = 0 if told is not None else silent + 1
		if silent >= _MOST_SILENT:
			return heard
		heard += _write(courier, box, told or ())
	if len(found) < MOST_PARCELS:  # the round is over: the next begins with the first box
		retry.from_a_fresh_transaction(partial(parcels.set_asked_up_to, courier, ""))
	return heard


def _asked(courier: str, port, number: str):
	"""What the courier says of a parcel, None when it does not answer. Nothing is held meanwhile."""
	frappe.db.rollback()
	try:
		return port.track(number)
	except CourierIsSilent:
		log_failure(_("Courier {0} did not answer").format(courier))
		return None


def _write(courier: str, box: str, told) -> int:
	road = take_event.Road("Asked")

	def work() -> bool:
		for event in told:
			take_event.take_event(courier, event, road)
		parcels.set_asked_up_to(courier, box)
		return True

	((_thing, made),) = each_alone([(box,)], lambda _box: work(), _("News of box {0} could not be written"))
	return int(bool(made))


def _match(box: str) -> str | None:
	found = frappe.db.get_value("Order Box", box, ["courier", "tracking_no"])
	return take_event.match_waiting(*found) if found else None

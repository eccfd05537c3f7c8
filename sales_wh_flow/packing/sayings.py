"""What the events of a box say, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _

from sales_wh_flow.base.in_words import figure


def opened(box_type: str) -> str:
	return _("opened: {0}").format(box_type) if box_type else _("opened")


def weighed(weighed_kg: float, expected_kg: float) -> str:
	return _("closed; {0} kg weighed, {1} kg expected").format(figure(weighed_kg), figure(expected_kg))


def closed(expected_kg: float) -> str:
	return _("closed without weighing; {0} kg expected").format(figure(expected_kg))


def opened_again() -> str:
	return _("opened again")


def cancelled() -> str:
	return _("cancelled")


def on_pallet(pallet: str) -> str:
	return _("put on {0}").format(pallet)


def off_pallet(pallet: str) -> str:
	return _("taken off {0}").format(pallet)


def leaves_with(delivery_note: str) -> str:
	return _("leaves with {0}").format(delivery_note)


def back_with(document: str) -> str:
	return _("came back with {0}").format(document)


def not_back(document: str) -> str:
	return _("is not back: {0} was cancelled").format(document)


def back_from(delivery_note: str) -> str:
	return _("stands here again: {0} was cancelled").format(delivery_note)


def printed(what: str, station: str) -> str:
	thing = _("packing list") if what == "list" else _("label")
	return _("{0} printed at {1}").format(thing, station) if station else _("{0} printed").format(thing)

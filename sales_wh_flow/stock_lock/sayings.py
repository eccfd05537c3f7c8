"""Why a lock came, changed or ended; kept with its event, worded when it is read; plain text.

The names of these functions are stored: one that was there once stays.
"""

from frappe import _
from frappe.utils import format_datetime

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.stock_lock.words import reason_words


def order_submitted() -> str:
	return _("the order was submitted")


def stock_came_in() -> str:
	return _("stock came in")


def came_for_order(doctype: str, name: str) -> str:
	return _("came in for this order: {0} {1}").format(_(doctype), name)


def order_cancelled() -> str:
	return _("order cancelled")


def order_closed() -> str:
	return _("order closed")


def row_closed() -> str:
	return _("row closed")


def order_on_hold() -> str:
	return _("order on hold")


def order_reopened() -> str:
	return _("order re-opened")


def change_approved() -> str:
	return _("change approved")


def asked_by_hand() -> str:
	return _("asked by hand")


def approval_refused() -> str:
	return _("approval refused")


def items_updated() -> str:
	return _("items updated")


def expired(why: str, policy: str) -> str:
	"""``why``: as ``rules.expiry`` names it."""
	return _("{0}, by Stock Lock Policy {1}").format(reason_words(why), policy)


def will_end(on: str, why: str, policy: str) -> str:
	return _("ends on {0}: {1}, by Stock Lock Policy {2}").format(
		format_datetime(on), reason_words(why), policy
	)


def extended(until: str, reason: str) -> str:
	return _("until {0}: {1}").format(format_datetime(until), reason)


def lots_gone_bad(lots: list[str]) -> str:
	return _("expired, disabled or on quality hold: {0}").format(", ".join(lots))


def instead_of_gone_bad() -> str:
	return _("instead of what has gone bad")


def held_too_much() -> str:
	return _("held more than its line has to deliver")


def bin_was_wrong(written: float, held: float) -> str:
	return _("Bin said {0} locked, the entries hold {1}").format(figure(written, 9), figure(held, 9))


def completes_no_bundle() -> str:
	return _("completes no bundle any more")


def taken_for(order: str) -> str:
	return _("taken for an order that must be served, by Serving Policy ({0})").format(order)


def given_by(order: str, why: str) -> str:
	return _("given by {0}: {1}").format(order, why)


def given_to(order: str, why: str) -> str:
	return _("given to {0}: {1}").format(order, why)


def reserved_from(doctype: str, name: str) -> str:
	return _("locked: {0} {1}").format(_(doctype), name)


def reserved_by_hand() -> str:
	return _("locked: by hand")


def moved_by(doctype: str, name: str) -> str:
	"""The document that moved the goods."""
	return f"{_(doctype)} {name}"


def counted(doctype: str, name: str) -> str:
	return _("counted less than was locked: {0} {1}").format(_(doctype), name)


def counted_by_hand(doctype: str, name: str) -> str:
	return _("counted less than was locked, and chosen by hand to lose first: {0} {1}").format(
		_(doctype), name
	)


def took_back(doctype: str, name: str) -> str:
	return _("{0} {1} cancelled").format(_(doctype), name)


def changed_lot(old: str, new: str, doctype: str, name: str) -> str:
	return _("{0} -> {1}: {2} {3}").format(old, new, _(doctype), name)


def returned_locked_again() -> str:
	return _("returned goods were locked again")


def held_when_switched_on() -> str:
	return _("held when Stock Lock was switched on")


def switched_off() -> str:
	return _("Stock Lock was switched off")


def app_removed() -> str:
	return _("Sales WH Flow was removed")

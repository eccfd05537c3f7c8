"""What users read about the life of locks: who got what, what expires, and why somebody waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import frappe
from frappe import _

MOST_NAMED = 20
"""Orders named in one message; the rest is counted."""


def served_subject(got: Sequence[str], lost: Sequence[str]) -> str:
	"""One line for the bell."""
	if got and lost:
		return _("Stock was locked for {0} of your orders, and taken from {1}").format(len(got), len(lost))
	if lost:
		return (
			_("Stock was taken from your order {0}").format(frappe.bold(lost[0]))
			if len(lost) == 1
			else _("Stock was taken from {0} of your orders").format(len(lost))
		)
	return (
		_("Stock came in for your order {0}").format(frappe.bold(got[0]))
		if len(got) == 1
		else _("Stock came in for {0} of your orders").format(len(got))
	)


def served_text(orders: Sequence[str], got: Mapping[str, float], lost: Mapping[str, float]) -> str:
	"""A list of the orders, as HTML."""
	rows = [_served_row(order, got.get(order, 0.0), lost.get(order, 0.0)) for order in orders[:MOST_NAMED]]
	more = len(orders) - MOST_NAMED
	if more > 0:
		rows.append(_("and {0} more").format(more))
	return "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>"


def _served_row(order: str, got: float, lost: float) -> str:
	parts = []
	if got:
		parts.append(_("{0} locked").format(qty(got)))
	if lost:
		parts.append(_("{0} given to another order").format(qty(lost)))
	return f"{frappe.utils.get_link_to_form('Sales Order', order)}: {', '.join(parts)}"


def reason_words(reason: str) -> str:
	"""Why a lock ends, in words that follow 'because'."""
	return {
		"age": _("it was locked long enough"),
		"unpaid": _("the order is not paid"),
		"unpicked": _("nobody picked it"),
		"on hold": _("the order is on hold"),
	}[reason]


def expired_subject(order: str, freed: float, reasons: Sequence[str]) -> str:
	"""One line for the bell: what was freed and why."""
	return _("{0} locked for {1} expired, because {2}").format(
		qty(freed), frappe.bold(order), _(" and ").join(reason_words(reason) for reason in reasons)
	)


def warning_subject(order: str, ends_on: datetime, reason: str) -> str:
	"""One line for the bell: when the lock ends and why."""
	return _("The stock locked for {0} is given back on {1}, because {2}").format(
		frappe.bold(order), frappe.utils.format_datetime(ends_on, "medium"), reason_words(reason)
	)


def warning_text(order: str, latest_extension: datetime | None) -> str:
	"""What can be done about it, as HTML."""
	link = frappe.utils.get_link_to_form("Sales Order", order)
	if latest_extension:
		until = frappe.utils.format_datetime(latest_extension, "medium")
		return _("Pick it, or open {0} and extend the lock once, until {1} at the latest.").format(
			link, until
		)
	return _("Pick it: open {0}. The lock can't be extended.").format(link)


def who_has_it(said: dict, orders: int, lines: int) -> list[str]:
	"""The answer to "Who has it?" in sentences; plain text."""
	uom = said["uom"]
	sentences = [
		_("{0} {1} on hand: {2} locked for {3} order(s), {4} free.").format(
			qty(said["on_hand"]), uom, qty(said["locked"]), orders, qty(max(said["free"], 0.0))
		)
	]
	if said["free"] < 0:
		sentences.append(
			_("{0} more are locked than there are: have the locks checked.").format(qty(-said["free"]))
		)
	if lines:
		sentences.append(_("{0} line(s) wait for {1}.").format(lines, qty(said["waiting_for"])))
	if said["you"]:
		sentences.append(_yours(said["you"]))
	if said["incoming"]:
		first = said["incoming"][0]
		total = sum(it["qty"] for it in said["incoming"])
		sentences.append(
			_("{0} come in, the first {1} on {2} with {3}.").format(
				qty(total), qty(first["qty"]), frappe.utils.format_date(first["due"]), first["document"]
			)
		)
	elif lines:
		sentences.append(_("Nothing is on its way."))
	return sentences


def _yours(you: dict) -> str:
	when = (
		_("it can be expected on {0}").format(frappe.utils.format_date(you["expected"]))
		if you["expected"]
		else _("what is on its way is not enough for it")
	)
	if not you["before_you"]:
		return _("This order is next with {0}; {1}.").format(qty(you["qty"]), when)
	return _("This order waits for {0} at place {1}, behind {2}; {3}.").format(
		qty(you["qty"]), you["turn"], qty(you["before_you"]), when
	)


def qty(value: float) -> str:
	"""A quantity without needless zeros."""
	return f"{value:,.9f}".rstrip("0").rstrip(".") or "0"


def mended(report) -> list[str]:
	"""What a repair found, one sentence for each figure; plain text. Empty on a clean day."""
	bins = [
		_("{0} in {1}: the Bin said {2} locked, the entries hold {3}.").format(
			it.item_code, it.warehouse, qty(it.written), qty(it.held)
		)
		for it in report.bins
	]
	lines = [
		_("{0}, row {1}: said {2} reserved, its entries hold {3}.").format(
			it.order, it.row, qty(it.written), qty(it.held)
		)
		for it in report.lines
	]
	over = [
		_("{0} in {1}: {2} locked, but {3} on hand. Release what is too much.").format(
			item_code, warehouse, qty(locked), qty(on_hand)
		)
		for item_code, warehouse, on_hand, locked in report.over_locked
	]
	too_much = [
		_("{0}, row {1}: {2} of {3} locked, {4} still to be delivered; the rest was given back.").format(
			it.order, it.row, qty(it.held_stock), it.item_code, qty(it.to_come_stock)
		)
		for it in report.too_much
	]
	return [*bins, *lines, *over, *too_much]

"""What users read about locks: why one ends, who has what, and what a repair found."""

import frappe
from frappe import _

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.stock_lock.answers import StockHeld, YourTurn


def reason_words(reason: str) -> str:
	"""Why a lock ends, in words that follow 'because'."""
	return {
		"age": _("it was locked long enough"),
		"unpaid": _("the order is not paid"),
		"unpicked": _("nobody picked it"),
		"on hold": _("the order is on hold"),
	}[reason]


def who_has_it(said: StockHeld, orders: int, lines: int) -> list[str]:
	"""The answer to "Who has it?" in sentences; plain text."""
	uom = said["uom"]
	sentences = [
		_("{0} {1} on hand: {2} locked (orders: {3}), {4} free.").format(
			figure(said["on_hand"]), uom, figure(said["locked"]), orders, figure(max(said["free"], 0.0))
		)
	]
	if said["production"]:
		sentences.append(_("{0} are reserved for production.").format(figure(said["production"])))
	if said["sold"]:
		sentences.append(
			_("{0} were sold at a till and are still counted until its day is closed.").format(
				figure(said["sold"])
			)
		)
	over = said["locked"] + said["production"] - said["on_hand"]
	if is_positive(over):
		sentences.append(
			_("{0} more are locked than there are: have the locks checked.").format(figure(over))
		)
	if lines:
		sentences.append(_("Waiting lines: {0}, for {1}.").format(lines, figure(said["waiting_for"])))
	if said["you"]:
		sentences.append(_yours(said["you"]))
	if said["incoming"]:
		first = said["incoming"][0]
		total = sum(it["qty"] for it in said["incoming"])
		sentences.append(
			_("{0} come in, the first {1} on {2} with {3}.").format(
				figure(total), figure(first["qty"]), frappe.utils.format_date(first["due"]), first["document"]
			)
		)
	elif lines:
		sentences.append(_("Nothing is on its way."))
	return sentences


def _yours(you: YourTurn) -> str:
	when = (
		_("it can be expected on {0}").format(frappe.utils.format_date(you["expected"]))
		if you["expected"]
		else _("what is on its way is not enough for it")
	)
	if not you["before_you"]:
		return _("This order is next with {0}; {1}.").format(figure(you["qty"]), when)
	return _("This order waits for {0} at place {1}, behind {2}; {3}.").format(
		figure(you["qty"]), you["turn"], figure(you["before_you"]), when
	)


def mended(report) -> list[str]:
	"""What a repair found, one sentence for each figure; plain text. Empty on a clean day."""
	bins = [
		_("{0} in {1}: the Bin said {2} locked, the entries hold {3}.").format(
			it.item_code, it.warehouse, figure(it.written), figure(it.held)
		)
		for it in report.bins
	]
	lines = [
		_("{0}, row {1}: it said {2} locked, its entries hold {3}.").format(
			it.order, it.row, figure(it.written), figure(it.held)
		)
		for it in report.lines
	]
	over = [
		_("{0} in {1}: {2} locked, but {3} on hand. Release what is too much.").format(
			item_code, warehouse, figure(locked), figure(on_hand)
		)
		for item_code, warehouse, on_hand, locked in report.over_locked
	]
	too_much = [
		_("{0}, row {1}: {2} of {3} locked, {4} still to be delivered; the rest was given back.").format(
			it.order, it.row, figure(it.held_stock), it.item_code, figure(it.to_come_stock)
		)
		for it in report.too_much
	]
	demands = [
		_("{0} in {1}: the Bin said orders ask for {2}, their open lines ask for {3}.").format(
			it.item_code, it.warehouse, figure(it.written), figure(it.held)
		)
		for it in report.demands
	]
	return [*bins, *lines, *over, *too_much, *demands]

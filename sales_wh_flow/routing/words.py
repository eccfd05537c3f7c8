"""Why a row has its warehouse and its day, in words: shown on the row."""

from datetime import date

from frappe import _
from frappe.utils import formatdate, getdate

from sales_wh_flow.base.quantities import is_whole, rounded
from sales_wh_flow.routing.rules import (
	BALANCE,
	CHEAPEST,
	ENOUGH,
	FEWEST,
	NEAREST,
	NOTHING,
	SPLIT,
	RoutedPart,
	RoutingPolicy,
)
from sales_wh_flow.routing.rules.promise import BY_TRANSFER, FROM_STOCK, UNKNOWN, Promise

BY_QUANTITY, BY_CENT = "by_quantity", "by_cent"
"""Why a line stays whole: its price hangs on the quantity; or the amounts of the parts would not add up."""


def of_part(line, part: RoutedPart, qty: float, stays_whole: str | None, policy: RoutingPolicy) -> str:
	"""The reason of one part of a line (``routing.split_lines.Line``); ``qty`` is in the line's own UOM."""
	words = _text(part, qty < line.qty, policy).format(
		warehouse=part.warehouse,
		qty=_number(qty),
		total=f"{_number(line.qty)} {_(line.uom)}",
		missing=_missing(line, part.missing_stock),
	)
	if part.distance_km is not None:
		words += ", " + _("{0} km").format(round(part.distance_km))
	elif policy.strategy == NEAREST:
		words += ", " + _("distance unknown")
	if policy.strategy in _CHOSEN_FOR:
		words += "; " + _(_CHOSEN_FOR[policy.strategy])
	if part.runner_up:
		words += "; " + _("next best {0}").format(part.runner_up)
	if stays_whole and part.reason != ENOUGH:
		words += "; " + _why_whole(stays_whole)
	if part.brought_to:
		words += "; " + _brought(part.brought_to)
	return words


def _brought(warehouse: str) -> str:
	return _("goes to {0} by transfer first").format(warehouse)


_CHOSEN_FOR = {
	CHEAPEST: "least handling and freight for the order",
	FEWEST: "fewest parcels for the order",
	BALANCE: "least load today",
}


def promised(promise: Promise, asked_for: date | str | None) -> str:
	"""What a promise rests on; says so when it is later than the customer asked for."""
	if promise.source == UNKNOWN or promise.arrives is None:
		return _("No day yet: nothing that is on its way to {0} suffices").format(promise.warehouse)
	if promise.source == FROM_STOCK:
		words = _("From stock in {0}").format(promise.warehouse)
	elif promise.source == BY_TRANSFER:
		words = _("By transfer to {0}").format(promise.warehouse)
	else:
		words = _("{0}, due on {1}").format(promise.document, formatdate(promise.due))
	words += "; " + _("leaves on {0}").format(formatdate(promise.ships))
	if asked_for and promise.arrives > getdate(asked_for):
		words += "; " + _("{0} days later than asked for").format((promise.arrives - getdate(asked_for)).days)
	return words


def _text(part: RoutedPart, is_split: bool, policy: RoutingPolicy) -> str:
	if part.reason == ENOUGH:
		return _("{warehouse}: has all {total}")
	if part.reason == SPLIT:
		return _("Split: {qty} of {total} here")
	if part.reason == NOTHING:
		if policy.min_parcel:
			return _("No candidate has enough of it for a parcel that is worth sending: waits here")
		if policy.min_part_pct:
			return _("No candidate has {0} % of it: waits here").format(f"{policy.min_part_pct:g}")
		return _("No candidate has any: waits here")
	if is_split:
		return _("Split: {qty} of {total} here, {missing} of them are missing and wait")
	return _("Short: {missing} of {total} are missing and wait here")


def kept(brought_to: str | None = None) -> str:
	return _("Kept as chosen") + (f"; {_brought(brought_to)}" if brought_to else "")


def several_rows(item_code: str) -> str:
	return _(
		"Left as entered: {0} stands on several rows, and Selling Settings allow an item once in a warehouse"
	).format(item_code)


def no_candidate(rule: str) -> str:
	return _("Left as entered: no warehouse of routing rule {0} can be used any more").format(rule)


def _why_whole(reason: str) -> str:
	return {
		BY_QUANTITY: _("not split, because its price depends on the quantity"),
		BY_CENT: _("not split, because the amounts of the parts would not add up"),
	}[reason]


def _missing(line, qty_stock: float) -> str:
	"""In the line's own unit; where that can't be cut, a part of it is told in stock units."""
	qty = rounded(qty_stock / line.factor)
	if line.is_whole_order and not is_whole(qty):
		return f"{_number(qty_stock)} {_(line.stock_uom)}"
	return _number(qty)


def _number(qty: float) -> str:
	return f"{rounded(qty):.6f}".rstrip("0").rstrip(".")

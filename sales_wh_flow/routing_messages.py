"""Why a row has its warehouse, in words: shown on the row (``swf_route_reason``)."""

from frappe import _

from sales_wh_flow.rules.quantities import rounded
from sales_wh_flow.rules.routing import ENOUGH, NOTHING, SPLIT, RoutedPart

BY_QUANTITY, BY_CENT = "by_quantity", "by_cent"
"""Why a line stays whole: its price hangs on the quantity; or the amounts of the parts would not add up."""


def of_part(line, part: RoutedPart, qty: float, stays_whole: str | None) -> str:
	"""The reason of one part of a line (``flow.split_lines.Line``); ``qty`` is in the line's own UOM."""
	words = _text(part, qty < line.qty).format(
		warehouse=part.warehouse,
		qty=_number(qty),
		total=f"{_number(line.qty)} {_(line.uom)}",
		missing=_number(part.missing_stock / line.factor),
	)
	if part.distance_km is not None:
		words += ", " + _("{0} km").format(round(part.distance_km))
	if part.runner_up:
		words += "; " + _("next best {0}").format(part.runner_up)
	if stays_whole and part.reason != ENOUGH:
		words += "; " + _why_whole(stays_whole)
	return words


def _text(part: RoutedPart, is_split: bool) -> str:
	if part.reason == ENOUGH:
		return _("{warehouse}: has all {total}")
	if part.reason == SPLIT:
		return _("Split: {qty} of {total} here")
	if part.reason == NOTHING:
		return _("No candidate has any: waits here")
	if is_split:
		return _("Split: {qty} of {total} here, {missing} of them are missing and wait")
	return _("Short: {missing} of {total} are missing and wait here")


def kept() -> str:
	return _("Kept as chosen")


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


def _number(qty: float) -> str:
	return f"{rounded(qty):.6f}".rstrip("0").rstrip(".")

"""Why a row has its warehouse and its day, as it is kept on the row; ``sayings`` words it for the reader."""

from datetime import date

from frappe.utils import getdate

from sales_wh_flow.base import said
from sales_wh_flow.base.quantities import is_whole, rounded
from sales_wh_flow.base.said import Kept
from sales_wh_flow.routing import sayings
from sales_wh_flow.routing.rules import ENOUGH, NOTHING, RoutedPart, RoutingPolicy
from sales_wh_flow.routing.rules.promise import BY_TRANSFER, FROM_STOCK, UNKNOWN, Promise

BY_QUANTITY, BY_CENT = "by_quantity", "by_cent"
"""Why a line stays whole: its price hangs on the quantity; or the amounts of the parts would not add up."""


def of_part(line, part: RoutedPart, qty: float, stays_whole: str | None, policy: RoutingPolicy) -> Kept:
	"""The reason of one part of a line (``routing.split_lines.Line``); ``qty`` is in the line's own UOM."""
	values = {
		"outcome": part.reason,
		"warehouse": part.warehouse,
		"qty": rounded(qty),
		"ordered": rounded(line.qty),
		"uom": line.uom,
		"strategy": policy.strategy,
		"km": None if part.distance_km is None else round(part.distance_km),
		"next_best": part.runner_up,
		"stays_whole": stays_whole if part.reason != ENOUGH else None,
		"brought_to": part.brought_to,
	}
	if part.reason == NOTHING:
		values |= {"min_parcel": bool(policy.min_parcel), "min_part_pct": policy.min_part_pct}
	elif part.missing_stock:
		values |= _missing(line, part.missing_stock)
	return said.keep(
		sayings.part, **{name: value for name, value in values.items() if value not in (None, "", False)}
	)


def promised(promise: Promise, asked_for: date | str | None) -> Kept:
	"""What a promise rests on; says so when it is later than the customer asked for."""
	if promise.source == UNKNOWN or promise.ships is None:
		return said.keep(sayings.no_day, warehouse=promise.warehouse)
	values = {"warehouse": promise.warehouse, "ships": promise.ships}
	if promise.arrives is None:
		values["transit"] = False
	wanted = getdate(asked_for) if asked_for else None  # the year 1 is none to Frappe
	if wanted and promise.latest_known > wanted:
		values["days_late"] = (promise.latest_known - wanted).days
	if promise.source == FROM_STOCK:
		return said.keep(sayings.promised_from_stock, **values)
	if promise.source == BY_TRANSFER:
		return said.keep(sayings.promised_by_transfer, **values)
	return said.keep(sayings.promised_by_document, document=promise.document, due=promise.due, **values)


def kept(brought_to: str | None = None) -> Kept:
	return said.keep(sayings.kept_as_chosen, brought_to=brought_to)


def several_rows(item_code: str) -> Kept:
	return said.keep(sayings.several_rows, item_code=item_code)


def no_candidate(rule: str) -> Kept:
	return said.keep(sayings.no_candidate, rule=rule)


def _missing(line, qty_stock: float) -> dict:
	"""In the line's own unit; where that can't be cut, a part of it is told in stock units."""
	qty = rounded(qty_stock / line.factor)
	if line.is_whole_order and not is_whole(qty):
		return {"missing": rounded(qty_stock), "missing_uom": line.stock_uom}
	return {"missing": qty}

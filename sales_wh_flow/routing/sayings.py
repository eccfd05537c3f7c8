"""Why a row has its warehouse and its day, for the reader; plain text.

The names of these functions, and of what they take, are stored: what was there once stays.
"""

from frappe import _
from frappe.utils import formatdate

from sales_wh_flow.base.in_words import figure
from sales_wh_flow.routing.rules import BALANCE, CHEAPEST, ENOUGH, FEWEST, NEAREST, NOTHING, SPLIT


def part(
	*,
	outcome: str,
	warehouse: str,
	uom: str,
	qty: float = 0.0,
	ordered: float = 0.0,
	strategy: str = "",
	missing: float = 0.0,
	missing_uom: str = "",
	km: float | None = None,
	next_best: str = "",
	stays_whole: str = "",
	brought_to: str = "",
	min_parcel: bool = False,
	min_part_pct: float = 0.0,
) -> str:
	"""What a warehouse serves of a line; ``outcome``, ``strategy``: as the rules name them."""
	served = _outcome(outcome, qty < ordered, min_parcel, min_part_pct).format(
		warehouse=warehouse,
		qty=figure(qty),
		total=f"{figure(ordered)} {_(uom)}",
		missing=f"{figure(missing)} {_(missing_uom)}" if missing_uom else figure(missing),
	)
	distance = None
	if km is not None:
		distance = _("{0} km").format(figure(km))
	elif strategy == NEAREST:
		distance = _("distance unknown")
	more = (
		_chosen_for(strategy),
		next_best and _("next best {0}").format(next_best),
		stays_whole and _why_whole(stays_whole),
		brought_to and _brought(brought_to),
	)
	return _listed(", ".join(filter(None, (served, distance))), *more)


def kept_as_chosen(brought_to: str | None = None) -> str:
	return _listed(_("Kept as chosen"), brought_to and _brought(brought_to))


def several_rows(item_code: str) -> str:
	return _(
		"Left as entered: {0} stands on several rows, and Selling Settings allow an item once in a warehouse"
	).format(item_code)


def no_candidate(rule: str) -> str:
	return _("Left as entered: no warehouse of routing rule {0} can be used any more").format(rule)


def no_day(warehouse: str) -> str:
	return _("No day yet: nothing that is on its way to {0} suffices").format(warehouse)


def promised_from_stock(warehouse: str, ships: str, days_late: int = 0, transit: bool = True) -> str:
	return _listed(_("From stock in {0}").format(warehouse), *_leaves(ships, days_late, transit))


def promised_by_transfer(warehouse: str, ships: str, days_late: int = 0, transit: bool = True) -> str:
	return _listed(_("By transfer to {0}").format(warehouse), *_leaves(ships, days_late, transit))


def promised_by_document(
	warehouse: str, document: str, due: str, ships: str, days_late: int = 0, transit: bool = True
) -> str:
	due_on = _("{0}, due on {1}").format(document, formatdate(due))
	return _listed(due_on, *_leaves(ships, days_late, transit))


def _listed(*parts: str | None) -> str:
	"""Parts that each stand by themselves, in whatever language."""
	return "; ".join(filter(None, parts))


def _leaves(ships: str, days_late: int, transit: bool) -> tuple[str, ...]:
	leaves = _("leaves on {0}") if transit else _("leaves on {0}, transit unknown")
	late = (_("{0} days later than asked for").format(days_late),) if days_late else ()
	return (leaves.format(formatdate(ships)), *late)


def _outcome(outcome: str, is_split: bool, min_parcel: bool, min_part_pct: float) -> str:
	if outcome == ENOUGH:
		return _("{warehouse}: has all {total}")
	if outcome == SPLIT:
		return _("Split: {qty} of {total} here")
	if outcome == NOTHING:
		if min_parcel:
			return _("No candidate has enough of it for a parcel that is worth sending: waits here")
		if min_part_pct:
			return _("No candidate has {0} % of it: waits here").format(figure(min_part_pct))
		return _("No candidate has any: waits here")
	if is_split:
		return _("Split: {qty} of {total} here, {missing} of them are missing and wait")
	return _("Short: {missing} of {total} are missing and wait here")


def _chosen_for(strategy: str) -> str:
	return {
		CHEAPEST: _("least handling and freight for the order"),
		FEWEST: _("fewest parcels for the order"),
		BALANCE: _("least load today"),
	}.get(strategy, "")


def _why_whole(reason: str) -> str:
	return {
		"by_quantity": _("not split, because its price depends on the quantity"),
		"by_cent": _("not split, because the amounts of the parts would not add up"),
	}[reason]


def _brought(warehouse: str) -> str:
	return _("goes to {0} by transfer first").format(warehouse)

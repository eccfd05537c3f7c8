"""The English sentences that were stored once, as codes with their values; None for what people typed."""

import re
from collections.abc import Callable

from frappe.utils import flt
from frappe.utils.dateutils import parse_date

from sales_wh_flow.approval import sayings as approval
from sales_wh_flow.approval.rules import criteria, measure
from sales_wh_flow.base import said
from sales_wh_flow.base.said import Kept
from sales_wh_flow.picking import sayings as picking
from sales_wh_flow.reroute import sayings as reroute
from sales_wh_flow.routing import rules as routing_rules
from sales_wh_flow.routing import sayings as routing
from sales_wh_flow.stock_lock import sayings as lock

_WHY = "(?P<why>age|unpaid|unpicked|on hold), by Stock Lock Policy (?P<policy>.+)"
_MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?"
_MOVEMENT = (
	"(?P<doctype>Asset Capitalization|Delivery Note|Purchase Invoice|Purchase Receipt|Sales Invoice|"
	"Stock Entry|Stock Reconciliation|Subcontracting Receipt|POS Invoice) (?P<name>\\S+)"
)

_LOCK_EVENTS: tuple[tuple[str, Callable[..., str]], ...] = (
	("submit", lock.order_submitted),
	("stock came in", lock.stock_came_in),
	("asked by hand", lock.asked_by_hand),
	("order cancelled", lock.order_cancelled),
	("order closed", lock.order_closed),
	("order on hold", lock.order_on_hold),
	("order re-opened", lock.order_reopened),
	("change approved", lock.change_approved),
	("approval refused", lock.approval_refused),
	("items updated", lock.items_updated),
	("instead of what has gone bad", lock.instead_of_gone_bad),
	("held more than its line has to deliver", lock.held_too_much),
	("completes no bundle any more", lock.completes_no_bundle),
	("returned goods were locked again", lock.returned_locked_again),
	("held when Stock Lock was switched on", lock.held_when_switched_on),
	("Stock Lock was switched off", lock.switched_off),
	("Sales WH Flow was removed", lock.app_removed),
	("reserved: by hand", lock.reserved_by_hand),
	(_WHY, lock.expired),
	(f"ends on (?P<on>{_MOMENT}): {_WHY}", lock.will_end),
	(f"until (?P<until>{_MOMENT}): (?P<reason>.+)", lock.extended),
	("expired or disabled: (?P<lots>.+)", lock.lots_gone_bad),
	(r"Bin said (?P<written>\S+) locked, the entries hold (?P<held>\S+)", lock.bin_was_wrong),
	(
		r"taken for an order that must be served, by Serving Policy \((?P<order>.+)\)",
		lock.taken_for,
	),
	(r"given by (?P<order>\S+): (?P<why>.+)", lock.given_by),
	(r"given to (?P<order>\S+): (?P<why>.+) \((?P=order)\)", lock.given_to),
	(r"reserved: (?P<doctype>.+) (?P<name>\S+)", lock.reserved_from),
	(rf"(?P<old>\S+) -> (?P<new>\S+): {_MOVEMENT}", lock.changed_lot),
	(f"{_MOVEMENT} cancelled", lock.took_back),
	(_MOVEMENT, lock.moved_by),
)
_FIGURES = ("written", "held")


def of_lock_event(text: str) -> Kept | None:
	"""The code and values of a sentence that a lock event was stored with before there were codes; None for
	what is none of ours.
	"""
	moved = _rerouted(text)
	if moved:
		return moved
	for pattern, words in _LOCK_EVENTS:
		found = re.fullmatch(pattern, text, re.DOTALL)
		if found:
			return said.keep(words, **{name: _value(name, value, words) for name, value in _given(found)})
	return None


def of_row(text: str) -> Kept | None:
	"""Why a row has its warehouse."""
	return _rerouted(text) or _kept_as_chosen(text) or _left_as_entered(text) or _part(text)


def of_approval(text: str, criterion: str, measured: float, allowed: float, unit: str) -> Kept | None:
	"""Why an approval was asked; ``unit`` is a currency where its figures are amounts."""
	detail = _detail(text)
	for one in criteria.MEASURES.get(criterion, ()):
		for comparison in one.comparisons:
			found = said.keep(
				approval.need,
				criterion=criterion,
				currency=unit if one.unit == measure.AMOUNT else "",
				measure=one.name,
				comparison=comparison,
				measured=measured,
				allowed=allowed,
				unit=one.unit,
				detail=detail,
			)
			if _reads_so(found, text):
				return found
	return None


_DETAILS = (
	r"row #(?P<line>\d+), item (?P<item>.+): (?P<line_pct>\S+) %; whole order: (?P<order_pct>\S+) %",
	r"row #(?P<line>\d+), item (?P<item>.+): (?P<missing>\S+) of (?P<ordered>\S+) missing",
	r"limit (?P<limit>.+), owed so far (?P<outstanding>.+), this order (?P<order>.+?)"
	r"(?:, other pending orders (?P<pending>.+))?",
	r"(?P<amount>.+) in (?P<count>\d+) invoices, the oldest (?P<days>\d+) days"
	r"(?:, after (?P<on_account>.+) paid on account)?",
	r"(?P<orders>\d+) orders, the last on (?P<last>.+)",
	r"due (?P<due>.+)",
)
_WHOLE, _AS_TEXT = ("line", "count", "days", "orders"), ("item", "last", "due")


def _detail(text: str) -> list[list]:
	"""The numbers in the brackets at the end of a sentence."""
	inner = re.search(r"\((?P<inner>.+)\)$", text)
	for pattern in _DETAILS if inner else ():
		found = re.fullmatch(pattern, inner["inner"])
		if found:
			return [[name, _number(name, value)] for name, value in _given(found)]
	return []


def _number(name: str, text: str):
	if name in ("last", "due"):
		return str(parse_date(text))
	if name in _AS_TEXT:
		return text
	return int(text) if name in _WHOLE else flt("".join(re.findall(r"[-\d.,]", text)))


def _rerouted(text: str) -> Kept | None:
	found = re.fullmatch(r"Re-routed by (?P<by>.+?): (?P<reason>.+)", text, re.DOTALL)
	if not found:
		return None
	return said.keep(reroute.rerouted, by=found["by"], reason=_why_moved(found["reason"]))


def _why_moved(text: str) -> Kept:
	lost = re.fullmatch(r"not found where it was picked \((?P<reason>.+)\)", text, re.DOTALL)
	if lost:
		return said.keep(picking.not_found, reason=said.typed(lost["reason"]))
	moved = re.fullmatch(_MOVEMENT, text)
	if moved:
		return said.keep(lock.moved_by, **moved.groupdict())
	return said.keep(reroute.chosen_by_hand) if text == "chosen by hand" else said.typed(text)


_BROUGHT = "goes to (?P<brought_to>.+) by transfer first"


def _kept_as_chosen(text: str) -> Kept | None:
	found = re.fullmatch(f"Kept as chosen(?:; {_BROUGHT})?", text)
	return said.keep(routing.kept_as_chosen, brought_to=found["brought_to"]) if found else None


def _left_as_entered(text: str) -> Kept | None:
	several = re.fullmatch(
		"Left as entered: (?P<item_code>.+) stands on several rows, and Selling Settings allow .+", text
	)
	if several:
		return said.keep(routing.several_rows, item_code=several["item_code"])
	none = re.fullmatch(
		"Left as entered: no warehouse of routing rule (?P<rule>.+) can be used any more", text
	)
	return said.keep(routing.no_candidate, rule=none["rule"]) if none else None


_HEADS = (
	(routing_rules.ENOUGH, r"(?P<warehouse>.+): has all (?P<ordered>\S+) (?P<uom>.+)"),
	(
		routing_rules.SHORT,
		r"Split: (?P<qty>\S+) of (?P<ordered>\S+) (?P<uom>.+) here, "
		r"(?P<missing>\S+)(?: (?P<missing_uom>.+))? of them are missing and wait",
	),
	(routing_rules.SPLIT, r"Split: (?P<qty>\S+) of (?P<ordered>\S+) (?P<uom>.+) here"),
	(
		routing_rules.SHORT,
		r"Short: (?P<missing>\S+)(?: (?P<missing_uom>.+))? of (?P<ordered>\S+) (?P<uom>.+) are missing "
		"and wait here",
	),
	(routing_rules.NOTHING, "No candidate has any: waits here"),
	(routing_rules.NOTHING, r"No candidate has (?P<min_part_pct>\S+) % of it: waits here"),
	(
		routing_rules.NOTHING,
		"No candidate has (?P<min_parcel>enough) of it for a parcel that is worth sending: waits here",
	),
)
_TAILS = (
	("strategy", routing_rules.CHEAPEST, "least handling and freight for the order"),
	("strategy", routing_rules.FEWEST, "fewest parcels for the order"),
	("strategy", routing_rules.BALANCE, "least load today"),
	("stays_whole", "by_quantity", "not split, because its price depends on the quantity"),
	("stays_whole", "by_cent", "not split, because the amounts of the parts would not add up"),
	("next_best", None, "next best (.+)"),
	("brought_to", None, "goes to (.+) by transfer first"),
)


def _part(text: str) -> Kept | None:
	head, *tails = text.split("; ")
	values: dict = {"warehouse": "", "uom": ""}
	way = re.fullmatch(r"(?P<head>.+), (?:(?P<km>[\d,]+) km|distance unknown)", head)
	if way:
		head = way["head"]
		values |= {"km": flt(way["km"])} if way["km"] else {"strategy": routing_rules.NEAREST}
	for outcome, pattern in _HEADS:
		found = re.fullmatch(pattern, head)
		if found:
			values |= {"outcome": outcome} | {name: _part_value(name, it) for name, it in _given(found)}
			break
	for tail in tails:
		for name, value, pattern in _TAILS:
			found = re.fullmatch(pattern, tail)
			if found:
				values[name] = value or found[1]
	if "outcome" not in values:
		return None
	values.setdefault("qty", values.get("ordered", 0.0))
	kept = said.keep(routing.part, **values)
	return kept if _reads_so(kept, text) else None


def _part_value(name: str, text: str):
	if name == "min_parcel":
		return True
	return flt(text) if name in ("qty", "ordered", "missing", "min_part_pct") else text


def _given(found: re.Match) -> list[tuple[str, str]]:
	return [(name, value) for name, value in found.groupdict().items() if value is not None]


def _value(name: str, text: str, words: Callable):
	if name == "lots":
		return text.split(", ")
	if name in _FIGURES:
		return flt(text)
	is_typed = name == "reason" or (name == "why" and words in (lock.given_by, lock.given_to))
	return said.typed(text) if is_typed else text


def _reads_so(kept: Kept, text: str) -> bool:
	"""Whether the code says what was stored; figures were written in another way."""
	return _letters(said.worded(kept)) == _letters(text)


def _letters(text: str) -> str:
	return re.sub(r"[\W_]", "", text)

"""The story of each order in words: what was asked and decided, locked, picked, sent, and what waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import fsum

from sales_wh_flow.approval.rules.needs import APPROVED
from sales_wh_flow.routing.rules import ENOUGH, NOTHING, SHORT, SPLIT
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.figures import Figures, fold

FULL_STORIES = 12
MOST_PRINTED = 1000
"""Of the orders told in one line; nobody reads more."""

_BARRED = {"own_order": "it is their own order", "not_an_approver": "they have not the role"}
_ROUTED = {
	ENOUGH: "",
	SPLIT: ", no single warehouse has it all",
	SHORT: ", more than there is: the rest waits here",
	NOTHING: ", no warehouse has any: all of it waits here",
}


@dataclass(frozen=True, slots=True)
class OrderStory:
	"""``sentences``: (day, text) in the order of events. ``traits``: what makes it worth telling in full."""

	order: str
	customer: str
	headline: str
	status: str
	total: float
	sentences: tuple[tuple[date, str], ...]
	short: str
	traits: frozenset[str]


def tell(
	events: Iterable[ev.Event],
	item_names: Mapping[str, str] | None = None,
	figures: Figures | None = None,
) -> tuple[OrderStory, ...]:
	"""One story an order, in the order in which they were written. ``figures`` of these and maybe others."""
	events = tuple(events)
	figures = figures or fold(events)
	by_order: dict[str, list[ev.Event]] = {
		event.order: [] for event in events if isinstance(event, ev.OrderWritten)
	}
	for event in events:
		if event.order in by_order:
			by_order[event.order].append(event)
	names = item_names or {}
	return tuple(_story(name, happened, figures, names) for name, happened in by_order.items())


def choose(stories: Sequence[OrderStory], count: int = FULL_STORIES) -> tuple[OrderStory, ...]:
	"""The stories to tell in full: each adds the most that no chosen one has shown; in their own order."""
	chosen: list[OrderStory] = []
	seen: set[str] = set()
	left = list(stories)
	while left and len(chosen) < count:
		best = max(left, key=lambda story: (len(story.traits - seen), -len(story.sentences)))
		left.remove(best)
		chosen.append(best)
		seen |= best.traits
	return tuple(story for story in stories if story in chosen)


def printed(stories: Sequence[OrderStory], full: int = FULL_STORIES, untold: int = 0) -> Iterable[str]:
	"""Lines of text: a block for the orders chosen, one line for every other.

	``untold``: orders more that are counted only.
	"""
	chosen = choose(stories, full)
	for story in chosen:
		yield f"{story.order}  {story.headline}"
		yield f"{'':9}{story.status.upper()}"
		last = None
		for day, sentence in story.sentences:
			yield f"  {day:%d %b}  {sentence}" if day != last else f"{'':10}{sentence}"
			last = day
		yield ""
	names = {story.order for story in chosen}
	rest = [story for story in stories if story.order not in names]
	if rest:
		yield f"The other {len(rest) + untold} orders:"
	for story in rest[:MOST_PRINTED]:
		customer = story.customer[:38]
		yield f"{story.order}  {story.status:<20}{customer:<39}{story.total:>10,.2f}  {story.short}"
	more = max(len(rest) - MOST_PRINTED, 0) + untold
	if more:
		yield f"and {more:,} more"


def sentence(event: ev.Event, names: Mapping[str, str]) -> str:
	"""What happened, or an empty text when it needs no words."""
	word = _words.get(type(event))
	return word(event, names) if word else ""


def _story(order: str, happened: list[ev.Event], figures: Figures, names: Mapping[str, str]) -> OrderStory:
	written = figures.written[order]
	status = figures.status.get(order, "Draft")
	total = figures.total[order]
	where = ", ".join(filter(None, (written.group, written.place)))
	headline = f"{written.customer} ({where})" if where else written.customer
	headline += f"  {written.currency} {total:,.2f}, {_count(written.lines, 'line')}"
	return OrderStory(
		order=order,
		customer=written.customer,
		headline=headline,
		status=status,
		total=total,
		sentences=tuple(_sentences(happened, names)),
		short=_short(happened),
		traits=frozenset(_traits(happened, status)),
	)


def _sentences(happened: list[ev.Event], names: Mapping[str, str]) -> Iterable[tuple[date, str]]:
	"""A sentence an event; what happens many times in a row on one day is told in one."""
	for (day, kind), found in groupby(happened, key=lambda event: (event.day, type(event))):
		events = list(found)
		if len(events) > 1 and kind in _together:
			yield day, _together[kind](events)
			continue
		for event in events:
			text = sentence(event, names)
			if text:
				yield day, text


def _short(happened: list[ev.Event]) -> str:
	"""The whole story in half a line."""
	kinds = [type(event) for event in happened]
	parts = []
	decided = [event for event in happened if isinstance(event, ev.ApprovalDecided)]
	if ev.ApprovalAsked in kinds:
		refused = sum(event.state != APPROVED for event in decided)
		parts.append(f"{kinds.count(ev.ApprovalAsked)} asked" + (f", {refused} refused" if refused else ""))
	if ev.ApprovalOwed in kinds:
		parts.append(f"{kinds.count(ev.ApprovalOwed)} would be asked")
	warehouses = {
		row.warehouse for event in happened if isinstance(event, ev.StockLocked) for row in event.rows
	}
	if warehouses:
		places = " + ".join(sorted(warehouses)) if len(warehouses) < 3 else f"{len(warehouses)} warehouses"
		parts.append(f"locked in {places}")
	if ev.DemandWaits in kinds:
		parts.append(f"{_count(kinds.count(ev.DemandWaits), 'line')} waited")
	if any(isinstance(event, ev.StockLocked) and event.cause for event in happened):
		parts.append("served later")
	if ev.GoodsDispatched in kinds:
		parts.append(_count(kinds.count(ev.GoodsDispatched), "delivery note"))
	return "; ".join(parts)


def _traits(happened: list[ev.Event], status: str) -> Iterable[str]:
	yield f"status {status}"
	asked = 0
	for event in happened:
		yield from _kind_traits.get(type(event), ())
		match event:
			case ev.OrderWritten():
				yield from ("foreign currency",) if event.order_currency != event.currency else ()
				yield from ("instructions",) if event.instructions else ()
			case ev.LineRouted():
				yield f"routed {event.reason or event.why.split()[0]}"
			case ev.ApprovalAsked():
				asked += 1
				yield f"rule {event.rule}"
				yield from ("two rules",) if asked == 2 else ()
			case ev.ApprovalOwed():
				yield f"would be asked {event.rule}"
			case ev.ApprovalDecided():
				yield f"{event.state} {event.criterion}"
			case ev.StockLocked():
				yield from ("served later",) if event.cause else ()
				yield from ("lots",) if any(row.lot for row in event.rows) else ()


_kind_traits = {
	ev.ApprovalBarred: ("barred",),
	ev.OrderRevised: ("revised",),
	ev.DemandWaits: ("waits",),
	ev.OrderCancelled: ("cancelled",),
	ev.StepRefused: ("step refused",),
}


def _written(event: ev.OrderWritten, names: Mapping[str, str]) -> str:
	text = f"written by {event.author}"
	if event.courier:
		text += f", to go by {event.courier}" + (f" {event.service}" if event.service else "")
	if event.due:
		text += f", due {event.due:%d %b}"
	if event.order_currency and event.order_currency != event.currency:
		text += f", {event.order_currency} {event.total_order:,.2f}"
	return text + (f'; "{event.instructions}"' if event.instructions else "")


def _routed(event: ev.LineRouted, names: Mapping[str, str]) -> str:
	part = event.part
	name = names.get(part.item, "")
	far = "" if event.distance_km is None else f", {event.distance_km:,.0f} km"
	text = f"line {part.line}: {part.qty:g} {part.uom} {part.item} {name}".rstrip()
	if event.why:
		return f"{text}: {event.why}"
	text += f" from {part.warehouse}{far}{_ROUTED.get(event.reason, '')}"
	return text + (f" (next best {event.runner_up})" if event.runner_up else "")


def _asked(event: ev.ApprovalAsked, names: Mapping[str, str]) -> str:
	return (
		f"needs approval: {event.rule} ({_measure(event.measured, event.unit)} against"
		f" {_measure(event.allowed, event.unit)}), asked of {event.role}"
	)


def _owed(event: ev.ApprovalOwed, names: Mapping[str, str]) -> str:
	return (
		f"would be asked of {event.role}: {event.rule} ({_measure(event.measured, event.unit)} against"
		f" {_measure(event.allowed, event.unit)})"
	)


def _barred(event: ev.ApprovalBarred, names: Mapping[str, str]) -> str:
	return f"{event.actor} may not decide on {event.rule}: {_BARRED.get(event.code, event.code)}"


def _decided(event: ev.ApprovalDecided, names: Mapping[str, str]) -> str:
	verb = "approved" if event.state == APPROVED else "REFUSED"
	return f"{event.rule}: {verb} by {event.actor}" + (f' "{event.comment}"' if event.comment else "")


def _set_aside(event: ev.ApprovalSetAside, names: Mapping[str, str]) -> str:
	return f"{event.rule}: no longer asked, the order has to change anyway"


def _revised(event: ev.OrderRevised, names: Mapping[str, str]) -> str:
	return f"revised by {event.actor}: {event.what}, now {event.total:,.2f}"


def _locked(event: ev.StockLocked, names: Mapping[str, str]) -> str:
	return f"{event.cause + ' came in, ' if event.cause else ''}locked {_places(event.rows)}"


def _waits(event: ev.DemandWaits, names: Mapping[str, str]) -> str:
	part = event.part
	text = f"line {part.line} waits for {part.qty:g} {part.uom} {part.item} in {part.warehouse}"
	if event.incoming:
		text += f"; {event.incoming}"
	return text + (f"; free elsewhere: {event.elsewhere}" if event.elsewhere else "")


def _pick_list(event: ev.PickListMade, names: Mapping[str, str]) -> str:
	return f"pick list {event.pick_list} in {event.warehouse}, {_count(len(event.rows), 'row')}"


def _picked(event: ev.Picked, names: Mapping[str, str]) -> str:
	return f"{event.pick_list} picked{f' by {event.actor}' if event.actor else ''}, ready to go"


def _dispatched(event: ev.GoodsDispatched, names: Mapping[str, str]) -> str:
	text = f"{event.delivery_note} left {event.warehouse} with {_items(event.rows)}"
	if event.courier:
		text += f", {event.courier} {event.service}".rstrip()
	return text + (f" {event.tracking_no}" if event.tracking_no else "")


def _confirmed(event: ev.DeliveryConfirmed, names: Mapping[str, str]) -> str:
	return f"{event.delivery_note} arrived"


def _cancelled(event: ev.OrderCancelled, names: Mapping[str, str]) -> str:
	given_back = f", gives back {_places(event.released)}" if event.released else ""
	return f"cancelled by {event.actor}: {event.reason}{given_back}"


def _refused(event: ev.StepRefused, names: Mapping[str, str]) -> str:
	return f"{event.step} refused to {event.actor}: {event.message}"


_together = {
	ev.PickListMade: lambda events: (
		f"{len(events)} pick lists: "
		+ ", ".join(
			f"{event.pick_list} in {event.warehouse} ({_count(len(event.rows), 'row')})" for event in events
		)
	),
	ev.Picked: lambda events: ", ".join(event.pick_list for event in events) + " picked, ready to go",
	ev.DeliveryConfirmed: lambda events: ", ".join(event.delivery_note for event in events) + " arrived",
}

_words = {
	ev.OrderWritten: _written,
	ev.LineRouted: _routed,
	ev.ApprovalAsked: _asked,
	ev.ApprovalOwed: _owed,
	ev.ApprovalBarred: _barred,
	ev.ApprovalDecided: _decided,
	ev.ApprovalSetAside: _set_aside,
	ev.OrderRevised: _revised,
	ev.StockLocked: _locked,
	ev.DemandWaits: _waits,
	ev.PickListMade: _pick_list,
	ev.Picked: _picked,
	ev.GoodsDispatched: _dispatched,
	ev.DeliveryConfirmed: _confirmed,
	ev.OrderCancelled: _cancelled,
	ev.StepRefused: _refused,
}


def _places(rows: Sequence[ev.Row]) -> str:
	"""What of which item, warehouse by warehouse."""
	by_warehouse: dict[str, list[ev.Row]] = {}
	for row in rows:
		by_warehouse.setdefault(row.warehouse, []).append(row)
	return "; ".join(f"{_items(found)} in {warehouse}" for warehouse, found in by_warehouse.items())


def _items(rows: Sequence[ev.Row]) -> str:
	"""Quantities by item, with their batches or serial numbers; no more than a reader takes in."""
	by_item: dict[str, list[ev.Row]] = {}
	for row in rows:
		by_item.setdefault(row.item, []).append(row)
	texts = []
	for item, found in by_item.items():
		lots = [row.lot for row in found if row.lot]
		shown = ", ".join(lots[:2]) + (f" and {len(lots) - 2} more" if len(lots) > 2 else "")
		total = fsum(row.qty for row in found)
		texts.append(f"{total:g} {item}" + (f" ({shown})" if shown else ""))
	return ", ".join(texts)


def _count(number: int, noun: str) -> str:
	return f"{number} {noun}" + ("" if number == 1 else "s")


def _measure(value: float, unit: str) -> str:
	return f"{value:.1f} %" if unit == "%" else f"{value:,.2f}"

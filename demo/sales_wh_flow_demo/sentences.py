"""What happened to an order in words: what was asked and decided, locked, picked, sent, and what waits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from math import fsum

from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED, SUPERSEDED
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.returns.rules import facts as back
from sales_wh_flow.routing.rules import ENOUGH, NOTHING, SHORT, SPLIT
from sales_wh_flow_demo import events as ev

DECIDED = {APPROVED: "given", REJECTED: "refused", OPEN: "open", SUPERSEDED: "no longer needed"}
"""How an approval stands, in the words of text and page."""

_BARRED = {"own_order": "it is their own order", "not_an_approver": "they have not the role"}
_ROUTED = {
	ENOUGH: "",
	SPLIT: ", no single warehouse has it all",
	SHORT: ", more than there is: the rest waits here",
	NOTHING: ", no warehouse has any: all of it waits here",
}

WENT = {back.RESTOCK: "back to stock", back.QUARANTINE: "into quarantine", back.SCRAP: "scrapped"}
GETS = {back.REFUND: "refunded", back.REPLACE: "to be replaced", back.REPAIR: "to be repaired"}
"""Where returned goods went, and what the customer gets for them, in the words of text and page."""


def sentences(happened: list[ev.Event], names: Mapping[str, str]) -> Iterable[tuple[date, str]]:
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


def sentence(event: ev.Event, names: Mapping[str, str]) -> str:
	"""What happened, or an empty text when it needs no words."""
	word = _words.get(type(event))
	return word(event, names) if word else ""


def _written(event: ev.OrderWritten, names: Mapping[str, str]) -> str:
	text = f"written by {event.author}"
	if event.courier:
		text += f", to go by {event.courier}" + (f" {event.service}" if event.service else "")
	if event.due:
		text += f", due {event.due:%d %b}"
	if event.order_currency and event.order_currency != event.currency:
		text += f", {event.order_currency} {event.total_order:,.2f}"
		text += " with tax" if event.is_taxed else ""
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
	text += f"; {event.broken}" if event.broken else ""
	text += f"; {event.incoming}" if event.incoming else ""
	return text + (f"; free elsewhere: {event.elsewhere}" if event.elsewhere else "")


def _expired(event: ev.BatchExpired, names: Mapping[str, str]) -> str:
	text = f"{_places(event.rows)} expired and may not leave"
	if event.instead:
		text += f"; locked {_places(event.instead)} instead"
	rest = fsum(row.qty for row in event.rows) - fsum(row.qty for row in event.instead)
	return text + (f"; {rest:g} wait for other goods" if is_positive(rest) else "")


def _pick_list(event: ev.PickListMade, names: Mapping[str, str]) -> str:
	return f"pick list {event.pick_list} in {event.warehouse}, {counted(len(event.rows), 'row')}"


def _picked(event: ev.Picked, names: Mapping[str, str]) -> str:
	return f"{event.pick_list} picked{f' by {event.actor}' if event.actor else ''}, ready to go"


def _dispatched(event: ev.GoodsDispatched, names: Mapping[str, str]) -> str:
	text = f"{event.delivery_note} left {event.warehouse} with {_items(event.rows)}"
	if event.courier:
		text += f", {event.courier} {event.service}".rstrip()
	text += f" {event.tracking_no}" if event.tracking_no else ""
	return text + (f", on hand-over {event.handover}" if event.handover else "")


def _packed(event: ev.BoxesPacked, names: Mapping[str, str]) -> str:
	kinds = Counter(kind for kind in event.boxes if kind)
	text = f"{event.pick_list} packed into {counted(len(event.boxes), 'box')}"
	shown = ", ".join(f"{count} {kind}" if count > 1 else kind for kind, count in kinds.items())
	text += f" ({shown})" if shown else ""
	text += f", {event.weight_kg:,.1f} kg" if event.weight_kg else ""
	return text + (f", by {event.actor}" if event.actor else "")


def _told(event: ev.ParcelTold, names: Mapping[str, str]) -> str:
	text = f"{event.box}: {event.state}"
	text += f" ({event.why})" if event.why else ""
	return text + (f", by {event.by}" if event.by else "")


def _goods_refused(event: ev.GoodsRefused, names: Mapping[str, str]) -> str:
	why = f": {event.why}" if event.why else ""
	return f"REFUSED by the receiver{why}; {_items(event.rows)} come back"


def _returned(event: ev.GoodsReturned, names: Mapping[str, str]) -> str:
	text = f"{_items(event.rows)} came back{f' ({event.why})' if event.why else ''}"
	text = ", ".join(filter(None, (text, WENT.get(event.decision), GETS.get(event.remedy))))
	documents = ", ".join(filter(None, (event.case, *event.documents)))
	return text + (f": {documents}" if documents else "")


def _closed_short(event: ev.LineClosedShort, names: Mapping[str, str]) -> str:
	return f"{event.actor} closes short {_items(event.rows)}: {event.why}"


def _taken(event: ev.StepTaken, names: Mapping[str, str]) -> str:
	return event.what


def _confirmed(event: ev.DeliveryConfirmed, names: Mapping[str, str]) -> str:
	return f"{event.delivery_note} arrived"


def _cancelled(event: ev.OrderCancelled, names: Mapping[str, str]) -> str:
	given_back = f", gives back {_places(event.released)}" if event.released else ""
	return f"cancelled by {event.actor}: {event.reason}{given_back}"


def _refused(event: ev.StepRefused, names: Mapping[str, str]) -> str:
	return f"{event.step} refused to {event.actor}: {event.message}"


_together = {
	ev.PickListMade: lambda events: (
		f"{counted(len(events), 'pick list')}: "
		+ ", ".join(
			f"{event.pick_list} in {event.warehouse} ({counted(len(event.rows), 'row')})" for event in events
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
	ev.BatchExpired: _expired,
	ev.PickListMade: _pick_list,
	ev.Picked: _picked,
	ev.BoxesPacked: _packed,
	ev.GoodsDispatched: _dispatched,
	ev.ParcelTold: _told,
	ev.DeliveryConfirmed: _confirmed,
	ev.GoodsRefused: _goods_refused,
	ev.GoodsReturned: _returned,
	ev.LineClosedShort: _closed_short,
	ev.StepTaken: _taken,
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


def counted(number: int, noun: str) -> str:
	"""The number with its noun, in the plural where it is not one."""
	plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}{'es' if noun.endswith('x') else 's'}"
	return f"{number:,} {noun if number == 1 else plural}"


def percent(share: float, decimals: int = 1) -> str:
	"""A share of one as it is written everywhere: 0.907 is 90.7 %."""
	return f"{share * 100:.{decimals}f} %"


def clipped(text: str, length: int) -> str:
	"""The text in at most so many letters, with a mark where it was cut."""
	return text if len(text) <= length else text[: length - 1].rstrip(" ,") + "…"


def _measure(value: float, unit: str) -> str:
	return percent(value / 100) if unit == "%" else f"{value:,.2f}"

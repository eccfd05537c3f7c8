"""The story of each order: which are worth telling in full, and half a line for every other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.approval.rules.needs import APPROVED
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.figures import Figures, fold
from sales_wh_flow_demo.sentences import clipped, counted, sentences

FULL_STORIES = 12
NOT_OURS = "nobody had to approve it: nothing leaves our warehouses"
MOST_PRINTED = 1000
"""Of the orders told in one line; nobody reads more."""


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
	is_taxed: bool = False


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
		yield f"{'':9}{story.status}"
		last = None
		for day, sentence in story.sentences:
			yield f"  {day:%d %b}  {sentence}" if day != last else f"{'':10}{sentence}"
			last = day
		yield ""
	names = {story.order for story in chosen}
	rest = [story for story in stories if story.order not in names]
	if rest:
		money = ", amounts with tax" if any(story.is_taxed for story in rest) else ""
		yield f"The other {counted(len(rest) + untold, 'order')}{money}:"
	for story in rest[:MOST_PRINTED]:
		customer = clipped(story.customer, 38)
		yield f"{story.order}  {story.status:<20}{customer:<39}{story.total:>10,.2f}  {story.short}"
	more = max(len(rest) - MOST_PRINTED, 0) + untold
	if more:
		yield f"and {more:,} more"


def _story(order: str, happened: list[ev.Event], figures: Figures, names: Mapping[str, str]) -> OrderStory:
	written = figures.written[order]
	status = figures.status.get(order, "Draft")
	total = figures.total[order]
	where = ", ".join(filter(None, (written.group, written.place)))
	headline = f"{written.customer} ({where})" if where else written.customer
	tax = " with tax" if written.is_taxed else ""
	headline += f"  {written.currency} {total:,.2f}{tax}, {counted(written.lines, 'line')}"
	told = tuple(sentences(happened, names))
	not_ours = _is_approved_by_nobody(happened, status)
	if not_ours:
		told += ((happened[-1].day, f"status {status}, {NOT_OURS}"),)
	return OrderStory(
		order=order,
		customer=written.customer,
		headline=headline,
		status=status,
		total=total,
		sentences=told,
		short="; ".join(filter(None, (_short(happened), NOT_OURS if not_ours else ""))),
		traits=frozenset(_traits(happened, status)),
		is_taxed=written.is_taxed,
	)


def _is_approved_by_nobody(happened: list[ev.Event], status: str) -> bool:
	"""Services and what a supplier sends: submitted, and with nothing for a warehouse to do."""
	return status == "Approved" and not any(isinstance(event, ev.ApprovalDecided) for event in happened)


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
		parts.append(f"{counted(kinds.count(ev.DemandWaits), 'line')} waited")
	if any(isinstance(event, ev.StockLocked) and event.cause for event in happened):
		parts.append("served later")
	if ev.GoodsDispatched in kinds:
		parts.append(counted(kinds.count(ev.GoodsDispatched), "delivery note"))
	if ev.GoodsRefused in kinds:
		parts.append("refused at the door")
	if ev.GoodsReturned in kinds:
		parts.append("goods came back")
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
			case _:
				yield from _traits_after_picking(event)


def _traits_after_picking(event: ev.Event) -> Iterable[str]:
	match event:
		case ev.ParcelTold():
			yield f"parcel {event.state}"
		case ev.GoodsReturned():
			yield from (f"goods {event.decision}", f"customer {event.remedy}")
		case ev.StepTaken():
			yield f"step {event.kind}"


_kind_traits = {
	ev.ApprovalBarred: ("barred",),
	ev.OrderRevised: ("revised",),
	ev.DemandWaits: ("waits",),
	ev.BatchExpired: ("expired",),
	ev.OrderCancelled: ("cancelled",),
	ev.GoodsRefused: ("refused at the door",),
	ev.LineClosedShort: ("closed short",),
	ev.StepRefused: ("step refused",),
}

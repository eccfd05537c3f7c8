"""The totals of a stretch of days as lines of text."""

from collections.abc import Iterable

from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED, SUPERSEDED
from sales_wh_flow_demo.figures import Figures
from sales_wh_flow_demo.sentences import DECIDED, GETS, WENT, clipped, counted, percent

_MARGIN = " " * 16


def summary(figures: Figures, item_names: dict[str, str] | None = None) -> list[str]:
	"""The totals as lines of text."""
	waiting = figures.waiting_by_item()
	lines_waiting = sum(row[3] for row in waiting)
	lines = [
		f"Orders          {len(figures.written):,}: "
		+ ", ".join(f"{count} {status}" for status, count in figures.by_status()),
		f"Fill rate       on average {percent(figures.fill_at_submit())} of each line was locked at submit,"
		f" {percent(figures.fill_now())} is locked or delivered by now"
		f" ({counted(len(figures.open_lines()), 'line')} of submitted orders, a split one counted in each"
		" warehouse)",
		_parcels_in_words(figures),
		*_approvals(figures),
		f"Warehouse work  {counted(figures.pick_lists, 'pick list')},"
		f" {counted(figures.delivery_notes, 'delivery note')},"
		f" {counted(figures.purchases, 'delivery')} received,"
		f" {counted(len(figures.served), 'waiting order')} served by them",
		*_boxes_in_words(figures),
		f"Waiting         {counted(lines_waiting, 'line')} of {counted(len(waiting), 'item')}"
		+ (", most of them:" if len(waiting) > 5 else ":" if waiting else ""),
	]
	for item, qty, uom, count in waiting[:5]:
		name = clipped((item_names or {}).get(item, ""), 44)
		lines.append(f"{_MARGIN}{qty:>9g} {uom:<6}{item:<10}{name:<45}{counted(count, 'line')}")
	return lines


def _approvals(figures: Figures) -> Iterable[str]:
	if figures.owed:
		yield "Approvals       none asked, for nobody is there to decide; the orders went on as they did"
	else:
		states = (APPROVED, REJECTED, OPEN, SUPERSEDED)
		answers = ", ".join(f"{figures.decided(state)} {DECIDED[state]}" for state in states)
		yield f"Approvals       {len(figures.approvals)} asked: {answers}"
	for (rule, role), count in sorted(figures.owed.items()):
		yield f"{_MARGIN}{count} would be asked of {role}: {rule}"


def _boxes_in_words(figures: Figures) -> Iterable[str]:
	"""What was packed and what came back; nothing where nothing was packed."""
	if not figures.boxes:
		return
	kinds = ", ".join(f"{count:,} {kind or 'of no kind'}" for kind, count in sorted(figures.boxes.items()))
	yield f"Boxes           {counted(figures.boxes.total(), 'box')} packed: {kinds}"
	back = figures.returns.total()
	ways = "; ".join(
		f"{count} {', '.join(filter(None, (WENT.get(decision), GETS.get(remedy))))}"
		for (decision, remedy), count in sorted(figures.returns.items())
	)
	yield (
		f"Came back       {counted(figures.refused, 'delivery')} refused, {counted(back, 'line')} came back"
		+ (f": {ways}" if back else "")
	)


def _parcels_in_words(figures: Figures) -> str:
	found = figures.parcels
	text = (
		f"Parcels         {percent(figures.from_at_most(1))} of the orders leave from one warehouse,"
		f" {percent(figures.from_at_most(2))} from at most two;"
		f" {percent(figures.short_share())} of the {counted(found.lines, 'line')} were short when ordered"
	)
	if not found.least:
		return text
	if found.compared == found.least:
		return f"{text}; the same goods could not leave in fewer parcels"
	return (
		f"{text}; {counted(found.compared, 'parcel')}, of the same goods at least {found.least:,} are needed"
	)

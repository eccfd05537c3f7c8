"""One HTML page about a stretch of days: charts, and every order's story to search and unfold.

The page is a single file: style, script and charts are in it, nothing is asked of any other place.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from math import fsum
from pathlib import Path

from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, REJECTED, SUPERSEDED
from sales_wh_flow.order.rules.status import COLOURS
from sales_wh_flow_demo import page_boxes
from sales_wh_flow_demo.charts import Bar, Dot, bars, columns, dot_map
from sales_wh_flow_demo.dataset import DataSet
from sales_wh_flow_demo.figures import Figures
from sales_wh_flow_demo.sentences import DECIDED, clipped, counted, percent
from sales_wh_flow_demo.story import OrderStory

_PARTS = Path(__file__).parent / "page_parts"
_MOST_ITEMS = 16
MOST_ORDERS = 5000
"""In the table; a browser gets slow with more."""
OWED = "would be asked"
_STATE_TONES = {APPROVED: "green", REJECTED: "red", OPEN: "orange", SUPERSEDED: "gray"}


def render(data: DataSet, figures: Figures, stories: Sequence[OrderStory], how: str) -> str:
	"""The page as HTML. ``how`` says in one sentence how the days were run."""
	days = sorted(figures.days)
	span = " to ".join(dict.fromkeys(f"{day:%d %B %Y}" for day in days[:1] + days[-1:])) or "No day"
	return "\n".join(
		(
			'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
			'<meta name="viewport" content="width=device-width, initial-scale=1">',
			f"<title>{escape(data.company.name)}: the way of its orders</title>",
			f"<style>\n{_part('page.css')}</style>\n</head>\n<body>\n<main>",
			f"<h1>{escape(data.company.name)}: the way of its orders</h1>",
			f'<p class="lead">{span}. {escape(how)}</p>',
			_tiles(data, figures),
			_charts(data, figures),
			_table(data, figures, stories),
			"<footer>Made by sales_wh_flow; the rules are those of an ERPNext site.</footer>",
			f"</main>\n<script>\n{_part('page.js')}</script>\n</body>\n</html>\n",
		)
	)


def _part(name: str) -> str:
	return (_PARTS / name).read_text(encoding="utf-8")


def _charts(data: DataSet, figures: Figures) -> str:
	"""Two columns of cards, one below the other on a phone."""
	left = (
		_card(
			"Orders by status",
			f"Where the orders, {len(figures.written):,} of them, stand at the end.",
			_by_status(figures),
		),
		_card(
			"Where the orders went",
			"The larger a dot, the more lines the warehouse was given. Small dots are ship-to addresses.",
			_map(data, figures) or '<p class="sub">The warehouses have no coordinates.</p>',
		),
	)
	if len(figures.days) > 1:  # one day has no course
		left = (*left, _day_card(figures))
	right = (
		_card(
			"Fill rate by warehouse",
			"How much of each line was locked at the moment of submit, on average over a warehouse's lines.",
			_fill(figures),
		),
		_card(
			"Waiting demand by item",
			f"What orders wait for, and its value at list price in {data.company.currency}.",
			_waiting(data, figures),
		),
		_card(
			"Approvals by rule",
			"What would be asked; nobody is there to decide, so the orders went on as they did."
			if figures.owed
			else "How what was asked was answered.",
			_approvals(figures),
			_legend(
				{OWED: "orange"}
				if figures.owed
				else {DECIDED[state]: tone for state, tone in _STATE_TONES.items()}
			),
		),
	)
	if figures.boxes:
		left = (*left, _card("Boxes by kind", "What was picked went into these.", page_boxes.packed(figures)))
		about = "Order lines of which goods came back, and what became of them."
		right = (*right, _card("What came back", about, page_boxes.came_back(figures)))
	return f'<div class="columns"><div>{"".join(left)}</div><div>{"".join(right)}</div></div>'


def _day_card(figures: Figures) -> str:
	return _card(
		"Orders and deliveries by day",
		"Orders written and delivery notes sent.",
		_by_day(figures),
		_legend({"orders written": "blue", "delivery notes": "green"}),
	)


def _card(title: str, subtitle: str, chart: str, legend: str = "") -> str:
	return (
		f'<section class="card"><h2>{escape(title)}</h2><p class="sub">{escape(subtitle)}</p>'
		f"{chart}{legend}</section>"
	)


def _legend(tones: dict[str, str]) -> str:
	entries = (f'<span><i class="tone-{tone}"></i>{escape(name)}</span>' for name, tone in tones.items())
	return f'<div class="legend">{"".join(entries)}</div>'


def _tiles(data: DataSet, figures: Figures) -> str:
	waiting = sum(row[3] for row in figures.waiting_by_item())
	value = fsum(figures.total.values())
	tax = " with tax" if figures.is_taxed else ""
	number, orders = _tile(len(figures.written), "order")
	tiles = (
		(number, f"{orders}, {data.company.currency} {value:,.0f}{tax}"),
		(percent(figures.fill_at_submit()), "of each line locked at submit, on average"),
		(percent(figures.fill_now()), "locked or delivered by now"),
		_approval_tile(figures),
		_tile(figures.delivery_notes, "delivery note"),
		(f"{waiting:,}", "line still waits for stock" if waiting == 1 else "lines still wait for stock"),
		*_parcel_tiles(figures),
		*page_boxes.tiles(figures),
	)
	return '<div class="tiles">{}</div>'.format(
		"".join(
			f'<div class="tile"><b>{number}</b><span>{escape(text)}</span></div>' for number, text in tiles
		)
	)


def _tile(number: int, noun: str) -> tuple[str, str]:
	shown, text = counted(number, noun).split(" ", 1)
	return shown, text


def _approval_tile(figures: Figures) -> tuple[str, str]:
	if figures.owed:
		number, text = _tile(figures.owed.total(), "approval")
		return number, f"{text} would be asked, nobody is there to decide"
	number, text = _tile(len(figures.approvals), "approval")
	return number, f"{text} asked, {figures.decided(REJECTED)} refused"


def _parcel_tiles(figures: Figures) -> Iterable[tuple[str, str]]:
	yield percent(figures.from_at_most(1)), "of the orders leave from one warehouse"
	yield percent(figures.from_at_most(2)), "leave from at most two"
	lines = counted(figures.parcels.lines, "line")
	yield percent(figures.short_share()), f"of the {lines} were short when ordered"
	against = figures.parcels_of_least()
	if against is not None:
		least = f"{figures.parcels.least:,}"
		yield percent(against - 1), f"more parcels than the {least} that the same goods need at least"


def _by_status(figures: Figures) -> str:
	rows = [
		Bar(status, ((count, f"tone-{COLOURS[status]}"),), str(count))
		for status, count in figures.by_status()
	]
	return bars("Orders by status", rows, note_width=40)


def _fill(figures: Figures) -> str:
	rows = [
		Bar(name, ((fill, "tone-blue"),), f"{percent(fill)} of {count:,}")
		for name, fill, count in figures.fill_by_warehouse()
	]
	return bars("Fill rate by warehouse", rows, note_width=100, full=1.0)


def _waiting(data: DataSet, figures: Figures) -> str:
	items = {item.code: item for item in data.items}
	valued = [
		(qty * items[code].price, items[code].name, qty, uom)
		for code, qty, uom, _lines in figures.waiting_by_item()
	]
	valued.sort(key=lambda row: (-row[0], row[1]))
	rows = [
		Bar(clipped(name, 27), ((value, "tone-red"),), f"{qty:g} {uom}, {_worth(value)}")
		for value, name, qty, uom in valued[:_MOST_ITEMS]
	]
	if not rows:
		return '<p class="sub">Nothing waits.</p>'
	return bars("Waiting demand by item", rows, label_width=205, note_width=105)


def _worth(value: float) -> str:
	return f"{value:,.0f}" if value else "no price"


def _approvals(figures: Figures) -> str:
	rows = [
		Bar(clipped(rule, 27), ((count, "tone-orange"),), f"{count} of {clipped(role, 18)}")
		for (rule, role), count in sorted(figures.owed.items())
	]
	for rule, states in figures.approvals_by_rule():
		parts = tuple((states[state], f"tone-{tone}") for state, tone in _STATE_TONES.items())
		rows.append(Bar(clipped(rule, 27), parts, f"{states[APPROVED]} of {states.total()} given"))
	if not rows:
		return '<p class="sub">No approval was asked for.</p>'
	return bars("Approvals by rule", rows, label_width=205, note_width=160 if figures.owed else 105)


def _by_day(figures: Figures) -> str:
	rows = [
		(f"{day:%d %b}", count.written, count.dispatched)
		for day, count in sorted(figures.days.items())
		if count.written or count.dispatched
	]
	return columns("Orders and deliveries by day", rows, ("orders", "delivery notes"))


def _map(data: DataSet, figures: Figures) -> str:
	"""Empty when fewer than two warehouses have coordinates."""
	routed = figures.routed_by_warehouse()
	places = {
		row.name: Dot(
			row.city or row.name,
			row.latitude,
			row.longitude,
			routed.get(row.name, (0, 0.0))[0],
			_sent(*routed.get(row.name, (0, 0.0))),
		)
		for row in data.warehouses
		if row.latitude is not None and row.longitude is not None
	}
	if len(places) < 2:
		return ""
	served = Counter((figures.written[line.order].customer, line.warehouse) for line in figures.open_lines())
	points = {
		row.name: Dot(row.name, row.latitude, row.longitude)
		for row in data.customers
		if row.latitude is not None and row.longitude is not None
	}
	links = [
		(places[warehouse], points[customer])
		for customer, warehouse in served
		if warehouse in places and customer in points
	]
	return dot_map("Where the orders went", list(places.values()), points.values(), links)


def _sent(lines: int, units: float) -> str:
	return f"{counted(lines, 'line')}, {units:,.0f} {'unit' if units == 1 else 'units'}"


def _table(data: DataSet, figures: Figures, stories: Sequence[OrderStory]) -> str:
	money = data.company.currency + (" with tax" if figures.is_taxed else "")
	options = "".join(f"<option>{escape(status)}</option>" for status, _count in figures.by_status())
	return (
		'<section class="card"><h2>Every order</h2>'
		f'<p class="sub">Open a row to read what happened to the order.{_left_out(len(figures.written))}</p>'
		'<div class="tools" hidden><input id="words" type="search" aria-label="Search the orders"'
		' placeholder="Order, customer, item, warehouse, person">'
		f'<select id="status" aria-label="Status"><option value="">Every status</option>{options}</select>'
		'<output id="shown" for="words status"></output></div>'
		"<table><thead><tr><th>Order</th><th>Status</th><th>Customer</th>"
		f'<th class="number">{escape(money)}</th><th>What happened</th></tr></thead>'
		f"<tbody>{''.join(_rows(stories[:MOST_ORDERS]))}</tbody></table></section>"
	)


def _left_out(orders: int) -> str:
	if orders <= MOST_ORDERS:
		return ""
	return f" Here are the first {MOST_ORDERS:,} of {orders:,}; --from and --to choose others."


def _rows(stories: Sequence[OrderStory]) -> Iterable[str]:
	for story in stories:
		told = "".join(
			f'<li><time datetime="{day}">{day:%d %b}</time> {escape(text)}</li>'
			for day, text in story.sentences
		)
		tone = COLOURS.get(story.status, "gray")
		yield (
			f'<tr data-status="{escape(story.status)}"><td class="order">{escape(story.order)}</td>'
			f'<td class="status"><i class="tone-{tone}"></i>{escape(story.status)}</td>'
			f'<td>{escape(story.customer)}</td><td class="number">{story.total:,.2f}</td>'
			f'<td class="story"><details><summary>{escape(story.short) or "written"}</summary>'
			f"<ol>{told}</ol></details></td></tr>\n"
		)

"""The story says what happened, does not flood, and the page stands on its own."""

import re
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sales_wh_flow_demo import days, events, page, sample, story
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.summary import summary

CHECKOUT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def month():
	data = sample.generate()
	world = days.run(data)
	return data, world, story.tell(world.events, {item.code: item.name for item in data.items})


def test_every_order_is_told_once(month):
	_data, world, stories = month
	lines = list(story.printed(stories))
	for name in world.orders:
		assert sum(line.startswith(name + "  ") for line in lines) == 1


def test_twelve_orders_are_told_in_full_and_show_what_can_happen(month):
	_data, _world, stories = month
	chosen = story.choose(stories)
	shown = frozenset().union(*(told.traits for told in chosen))
	assert len(chosen) == 12
	assert {"barred", "revised", "waits", "served later", "two rules", "lots", "foreign currency"} <= shown
	assert {"routed enough", "routed split", "routed short", "routed nothing", "instructions"} <= shown
	assert {f"Rejected {criterion}" for criterion in ("Discount", "Credit Exposure")} <= shown


def test_a_story_tells_who_was_asked_what_was_locked_and_what_waits():
	row = events.Row("O/1", 1, "BOLT", "North", 10.0, "Nos")
	happened = [
		events.OrderWritten(DAY, "O", "Holm", "Mona", total=50.0, currency="EUR", lines=1),
		events.ApprovalAsked(DAY, "O", "APR-1", "Discount above 15 %", "Discount", 20.0, 15.0, "%", "Boss"),
		events.ApprovalBarred(DAY, "O", "APR-1", "Discount above 15 %", "Mona", "own_order"),
		events.ApprovalDecided(
			DAY, "O", "APR-1", "Discount above 15 %", "Discount", "Approved", "Rolf", "Fine"
		),
		events.OrderSubmitted(DAY, "O", (row,)),
		events.StockLocked(DAY, "O", (events.Row("O/1", 1, "BOLT", "North", 7.0, "Nos"),)),
		events.DemandWaits(DAY, "O", events.Row("O/1", 1, "BOLT", "North", 3.0, "Nos"), "5 Nos on PO-1"),
		events.StatusReached(DAY, "O", "Partly Locked"),
	]
	(told,) = story.tell(happened)
	assert [text for _day, text in told.sentences] == [
		"written by Mona",
		"needs approval: Discount above 15 % (20.0 % against 15.0 %), asked of Boss",
		"Mona may not decide on Discount above 15 %: it is their own order",
		'Discount above 15 %: approved by Rolf "Fine"',
		"locked 7 BOLT in North",
		"line 1 waits for 3 Nos BOLT in North; 5 Nos on PO-1",
	]
	assert (told.status, told.short) == ("Partly Locked", "1 asked; locked in North; 1 line waited")


def test_many_pick_lists_of_a_day_are_told_in_one_sentence():
	rows = (events.Row("O/1", 1, "BOLT", "North", 1.0),)
	happened = [
		events.OrderWritten(DAY, "O", "Holm", "Mona"),
		events.PickListMade(DAY, "O", "P-1", "North", rows),
		events.PickListMade(DAY, "O", "P-2", "South", rows * 2),
	]
	(told,) = story.tell(happened)
	assert told.sentences[-1] == (DAY, "2 pick lists: P-1 in North (1 row), P-2 in South (2 rows)")


def test_figures_count_what_was_locked_at_submit_and_what_came_later():
	row = events.Row("O/1", 1, "BOLT", "North", 10.0, "Nos")
	happened = [
		events.OrderWritten(DAY, "O", "Holm", "Mona", total=50.0),
		events.OrderSubmitted(DAY, "O", (row,)),
		events.StockLocked(DAY, "O", (events.Row("O/1", 1, "BOLT", "North", 4.0),)),
		events.StockLocked(DAY, "O", (events.Row("O/1", 1, "BOLT", "North", 5.0),), "purchase PO-1"),
	]
	figures = fold(happened)
	assert (figures.fill_at_submit(), figures.fill_now()) == (0.4, 0.9)
	assert figures.waiting_by_item() == [("BOLT", 1.0, "Nos", 1)]
	assert figures.served == {"O"}


def test_a_cancelled_order_neither_waits_nor_counts():
	row = events.Row("O/1", 1, "BOLT", "North", 10.0, "Nos")
	happened = [
		events.OrderWritten(DAY, "O", "Holm", "Mona"),
		events.OrderSubmitted(DAY, "O", (row,)),
		events.OrderCancelled(DAY, "O", "Mona", "too late"),
	]
	figures = fold(happened)
	assert (figures.waiting_by_item(), figures.fill_at_submit(), figures.fill_by_warehouse()) == ([], 1.0, [])


def test_the_summary_names_the_totals(month):
	_data, world, _stories = month
	text = "\n".join(summary(fold(world.events)))
	assert re.search(r"Orders +240:", text)
	assert re.search(r"Approvals +\d+ asked: \d+ given, \d+ refused, \d+ open", text)
	assert "locked at submit" in text


class _Page(HTMLParser):
	"""Collects what a page asks of other places, and whether its tags match."""

	VOID = {"meta", "input", "br", "hr", "img"}

	def __init__(self):
		super().__init__()
		self.open, self.asked, self.titled, self.svgs = [], [], 0, 0

	def handle_starttag(self, tag, attrs):
		names = dict(attrs)
		self.asked += [value for name, value in attrs if name in ("src", "href", "action", "srcset", "data")]
		if tag == "svg":
			self.svgs += 1
			self.titled += bool(names.get("role") == "img" and names.get("aria-labelledby"))
		if tag not in self.VOID:
			self.open.append(tag)

	def handle_startendtag(self, tag, attrs):
		self.asked += [value for name, value in attrs if name in ("src", "href")]

	def handle_endtag(self, tag):
		assert self.open.pop() == tag


@pytest.fixture(scope="module")
def html(month):
	data, world, stories = month
	return page.render(data, fold(world.events), stories, "Run in memory.")


def test_the_page_is_well_formed_and_asks_nothing_of_other_places(html):
	parsed = _Page()
	parsed.feed(html)
	assert parsed.open == [] and parsed.asked == []
	assert not re.search(r"https?://|@import|url\(", html)


def test_every_chart_has_a_title_and_a_description(html):
	parsed = _Page()
	parsed.feed(html)
	assert parsed.svgs == parsed.titled == 8
	for label in re.findall(r'aria-labelledby="([^"]+)"', html):
		assert all(f'id="{name}"' in html for name in label.split())


def test_the_page_shows_every_order_and_serves_dark_screens_and_phones(month, html):
	_data, world, _stories = month
	assert html.count("<details>") == len(world.orders)
	assert "prefers-color-scheme: dark" in html and "max-width: 760px" in html and 'name="viewport"' in html


def test_names_from_the_data_cannot_break_the_page():
	happened = [events.OrderWritten(DAY, "<b>O", 'Holm & "Sons" <script>', "Mona")]
	data = sample.generate(orders=0)
	html = page.render(data, fold(happened), story.tell(happened), "Run.")
	assert "Holm &amp; &quot;Sons&quot; &lt;script&gt;" in html and "<b>O" not in html


def test_the_memory_run_needs_nothing_but_the_standard_library(tmp_path):
	command = [sys.executable, "-S", str(CHECKOUT / "demo" / "memory.py"), "--orders", "8"]
	done = subprocess.run(
		[*command, "--out", str(tmp_path / "page.html")], cwd=CHECKOUT, capture_output=True, text=True
	)
	assert done.returncode == 0, done.stderr
	assert done.stdout.strip().splitlines()[-1].startswith("Ran in memory, without an ERPNext site")

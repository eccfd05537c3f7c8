"""A long history is counted whole and told in part: the first orders in full, the rest as figures."""

import pytest

from sales_wh_flow_demo import days, page, sample, story
from sales_wh_flow_demo.checker import Checker
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.journal import Journal

ORDERS = 120


@pytest.fixture(scope="module")
def runs():
	data = sample.generate(3, orders=ORDERS)
	journal, checker = Journal(20), Checker()
	return data, days.run(data), days.run(data, checker, hear=journal), journal


def test_what_is_counted_on_the_way_is_what_all_events_come_to(runs):
	_data, whole, part, journal = runs
	assert journal.figures == fold(whole.events)
	assert part.events == []


def test_the_first_orders_are_told_in_full(runs):
	_data, whole, _part, journal = runs
	assert story.tell(journal.events, None, journal.figures) == story.tell(whole.events)[:20]


def test_the_rest_is_counted_in_print(runs):
	_data, _whole, _part, journal = runs
	stories = story.tell(journal.events, None, journal.figures)
	lines = list(story.printed(stories, 2, ORDERS - len(stories)))
	assert f"The other {ORDERS - 2} orders, amounts with tax:" in lines
	assert lines[-1] == f"and {ORDERS - 20} more"


def test_the_page_says_how_many_orders_it_leaves_out(runs, monkeypatch):
	data, _whole, _part, journal = runs
	monkeypatch.setattr(page, "MOST_ORDERS", 20)
	stories = story.tell(journal.events, None, journal.figures)
	html = page.render(data, journal.figures, stories, "Run.")
	assert f"Here are the first 20 of {ORDERS};" in html
	assert html.count("<tr data-status=") == 20


def test_what_is_kept_does_not_grow_with_the_orders_that_are_not_told():
	kept = []
	for orders in (60, ORDERS):
		journal = Journal(20)
		days.run(sample.generate(3, orders=orders), hear=journal)
		kept.append({event.order for event in journal.events})
	assert len(kept[0]) == 20 and kept[0] == kept[1]

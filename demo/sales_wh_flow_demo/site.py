"""A day of the loaded company's orders on an ERPNext site, each step taken by the person whose step it is.

bench --site SITE swhf-sample drive --orders 11 --out /tmp/demo.html

The steps are those of the desk's buttons; what happened is read back from the documents and told as a story.
"""

from pathlib import Path
from time import perf_counter

import frappe

from sales_wh_flow_demo import approvers, page, sample, site_drafts, story
from sales_wh_flow_demo.dataset import DataSet
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.load import as_administrator, data_set
from sales_wh_flow_demo.loading.orders import found
from sales_wh_flow_demo.loading.records import Records
from sales_wh_flow_demo.plain import plain
from sales_wh_flow_demo.sentences import counted
from sales_wh_flow_demo.site_steps import Day
from sales_wh_flow_demo.summary import summary

ORDERS = 22
"""Two days of orders: enough for each thing to happen that can."""
STAYING = ("Locked", "Picking", "Ready for Dispatch")
"""Where the last orders are left, so that the desk has one of each to go on with."""


def run(
	orders: int = ORDERS, seed: int = sample.SEED, out: str | None = None, data: str | None = None
) -> dict:
	"""Drives the first orders of what ``load.run`` loaded for this seed or folder. Shape: as ``drive``."""
	return drive(data_set(seed, data), int(orders), out)


def drive(data: DataSet, count: int, out: str | None = None) -> dict:
	"""Writes, asks, decides, submits, locks, picks and dispatches ``count`` orders of a loaded data set.

	Prints the story, and writes the page to ``out`` if that is given. What was done before is not done again.
	Shape: {"orders", "status": {status: orders}, "seconds", "page", "drafts": [a line each]}.
	"""
	began = perf_counter()
	day = Day(Records(data))
	with as_administrator():
		names = [day.write(order) for order in data.orders[:count]]
		rest = data.orders[count : count + ORDERS]
		drafts = [day.write(order) for order in rest if found(day.records, order)]
		for name in names:
			day.ask_or_submit(name)
		for name in drafts:
			day.ask(name)
		left_open = _left_open(day, names, drafts)
		for name in names:
			if name not in left_open:
				_through_approval(day, name)
		open_orders = [name for name in names if day.is_submitted(name)]
		stages = dict(zip(reversed(open_orders), STAYING, strict=False)) if len(open_orders) > 5 else {}
		stages.update({name: "Locked" for name in open_orders if day.records.days_late(day.orders[name])})
		for name in open_orders:
			_through_warehouse(day, name, stages.get(name, "Dispatched"))
		day.receive_what_waits()
		for name in open_orders:
			if name not in stages:
				_through_warehouse(day, name, "Dispatched")
	return _told(data, day, perf_counter() - began, out)


def _left_open(day: Day, names: list[str], drafts: list[str]) -> set[str]:
	"""The orders that nobody decides today, so that there is something in each approver's inbox."""
	left: set[str] = set()
	asked = set().union(*map(day.asked_people, drafts))
	for name in reversed(names):
		new = day.asked_people(name) - asked
		if new:
			left.add(name)
			asked |= new
	return left


def _through_approval(day: Day, name: str) -> None:
	"""Decided; where a discount was refused the author offers less and asks again."""
	day.decide(name)
	if day.revise(name, approvers.REVISED_DISCOUNT):
		day.ask_or_submit(name)
		day.decide(name)


def _through_warehouse(day: Day, name: str, until: str) -> None:
	if until == "Locked":
		return
	day.make_pick_lists(name)
	if until == "Picking":
		return
	picked = [pick_list for pick_list in day.open_pick_lists(name) if day.pick(name, pick_list)]
	for pick_list in picked if until == "Dispatched" else ():
		day.dispatch(name, pick_list)


def _told(data: DataSet, day: Day, seconds: float, out: str | None) -> dict:
	names = {item.code: item.name for item in data.items}
	figures = fold(day.events)
	stories = story.tell(day.events, names)
	print()
	for line in story.printed(stories):
		print(plain(line))
	print()
	for line in summary(figures, names):
		print(plain(line))
	if out:
		how = f"Run on the ERPNext site {frappe.local.site}, by the people whose steps they were."
		Path(out).write_text(page.render(data, figures, stories, how), encoding="utf-8")
		print(f"Page            {Path(out).resolve()}")
	drafts = site_drafts.why(data.company.name)
	if drafts:
		are = "is a draft" if len(drafts) == 1 else "are drafts"
		print(f"\n{counted(len(drafts), 'order')} {are}, because:")
	for line in drafts:
		print(f"  {plain(line)}")
	print(f"\nRan on the ERPNext site {frappe.local.site}, in {seconds:.0f} seconds.")
	return {
		"orders": len(figures.written),
		"status": dict(figures.by_status()),
		"seconds": round(seconds, 1),
		"page": out,
		"drafts": drafts,
	}

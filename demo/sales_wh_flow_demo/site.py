"""A day of the loaded company's orders on an ERPNext site, each step taken by the person whose step it is.

bench --site SITE swhf-sample drive --orders 11 --out /tmp/demo.html

The steps are those of the desk's buttons; what happened is read back from the documents and told as a story.
"""

from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter

import frappe

from sales_wh_flow.returns.rules import facts as back
from sales_wh_flow_demo import approvers, page, sample, site_drafts, story
from sales_wh_flow_demo import sample_doing as doing
from sales_wh_flow_demo.dataset import DataSet
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.label_program import label_program
from sales_wh_flow_demo.load import as_administrator, data_set
from sales_wh_flow_demo.loading.orders import found
from sales_wh_flow_demo.loading.records import Records
from sales_wh_flow_demo.plain import plain
from sales_wh_flow_demo.sentences import counted
from sales_wh_flow_demo.site_afterwards import Afterwards
from sales_wh_flow_demo.site_floor import PackedBox
from sales_wh_flow_demo.summary import summary

ORDERS = 22
"""Two days of orders: enough for each thing to happen that can."""
VAN_ORDERS = 3
"""So many orders go with the own van."""
AGAIN = "Opened Again"
STAYING = ("Locked", "Picking", "Packing", "Ready for Dispatch", AGAIN)
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
	day = Afterwards(Records(data))
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
		_leave_the_house(day, open_orders)
	return _told(data, day, perf_counter() - began, out)


def _leave_the_house(day: Afterwards, names: list[str]) -> None:
	"""Submitted orders are picked, packed and sent, but for those that stay for whoever opens the desk."""
	late = {name for name in names if day.records.days_late(day.orders[name])}
	punctual = [name for name in names if name not in late]
	stages = dict(zip(reversed(punctual), STAYING, strict=False)) if len(names) > 5 else {}
	stages.update(dict.fromkeys(late, "Locked"))
	outgoing = [name for name in names if name not in stages]
	boxes = [box for name in outgoing for box in _through_warehouse(day, name)]
	day.receive_what_waits()
	boxes += [box for name in outgoing for box in _through_warehouse(day, name)]
	by_van = _by_van(boxes) if day.records.is_sample else []
	with label_program() if day.records.is_sample else nullcontext():
		day.label(boxes)
	for group in _together(boxes):
		day.hand_over(group)
	for name, stage in stages.items():
		_leave_in_stage(day, name, stage)
	if day.records.is_sample:
		_afterwards(day, outgoing, [box for box in boxes if box not in by_van], by_van)


def _through_warehouse(day: Afterwards, name: str) -> list[PackedBox]:
	"""Picked and packed into the boxes that are returned; without a courier it leaves by its note at once."""
	day.make_pick_lists(name)
	picked = [pick_list for pick_list in day.open_pick_lists(name) if day.pick(name, pick_list)]
	if day.orders[name].courier:
		return [box for pick_list in picked for box in day.pack(name, pick_list)]
	for pick_list in picked:
		day.dispatch(name, pick_list)
	return []


def _leave_in_stage(day: Afterwards, name: str, stage: str) -> None:
	if stage == "Locked":
		return
	for pick_list in day.make_pick_lists(name):
		if stage == "Picking":
			day.begin_walk(name, pick_list)
		elif day.pick(name, pick_list) and stage == "Ready for Dispatch" and day.orders[name].courier:
			boxes = day.pack(name, pick_list)
			day.label(boxes)
			day.scan(boxes)
	if stage == AGAIN:
		day.open_again(name, "The customer wants to change the order")


def _by_van(boxes: list[PackedBox]) -> list[PackedBox]:
	"""The boxes of some orders of the busiest warehouse go with the own van."""
	places = Counter(box.warehouse for box in boxes)
	if not places:
		return []
	busiest = min(places, key=lambda place: (-places[place], place))
	orders = list(dict.fromkeys(box.order for box in boxes if box.warehouse == busiest))[-VAN_ORDERS:]
	chosen = [box for box in boxes if box.warehouse == busiest and box.order in orders]
	for box in chosen:
		box.courier, box.service, box.driver = doing.OWN_VAN, "", doing.DRIVER
	return chosen


def _together(boxes: list[PackedBox]) -> list[list[PackedBox]]:
	"""What leaves on one hand-over: boxes of one courier, warehouse and driver."""
	groups: dict[tuple[str, str, str], list[PackedBox]] = {}
	for box in boxes:
		groups.setdefault((box.courier, box.warehouse, box.driver), []).append(box)
	return list(groups.values())


def _afterwards(
	day: Afterwards, orders: list[str], with_couriers: list[PackedBox], by_van: list[PackedBox]
) -> None:
	"""What comes of the boxes, and of the orders."""
	parcels = [box for box in with_couriers if box.courier == doing.PARCELS]
	arrived = list(dict.fromkeys(box.order for box in day.follow_parcels(parcels)))
	day.drive(by_van)
	day.bill(arrived)
	kinds = (
		(back.RESTOCK, back.REFUND, "Ordered by Mistake"),
		(back.SCRAP, back.REPLACE, "Damaged in Transit"),
		(back.QUARANTINE, back.NOTHING, "Faulty"),
	)
	for name, (decision, remedy, reason) in zip(arrived, kinds, strict=False):
		day.take_back(name, decision, remedy, reason)
	for name in arrived[-1:]:
		day.expect_back(name, "Not Needed Any More")
	day.close_short(orders, "The customer buys the rest elsewhere")
	day.look_for_delays()


def _left_open(day: Afterwards, names: list[str], drafts: list[str]) -> set[str]:
	"""The orders that nobody decides today, so that there is something in each approver's inbox."""
	left: set[str] = set()
	asked = set().union(*map(day.asked_people, drafts))
	for name in reversed(names):
		new = day.asked_people(name) - asked
		if new:
			left.add(name)
			asked |= new
	return left


def _through_approval(day: Afterwards, name: str) -> None:
	"""Decided; where a discount was refused the author offers less and asks again."""
	day.decide(name)
	if day.revise(name, approvers.REVISED_DISCOUNT):
		day.ask_or_submit(name)
		day.decide(name)


def _told(data: DataSet, day: Afterwards, seconds: float, out: str | None) -> dict:
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

"""What a scan costs the server beside 100,000 boxes, and what a wave of 200 orders takes to be made."""

import statistics
from collections.abc import Callable, Iterable

import many_boxes
from measure import Result, Stopwatch, sample

import frappe

from sales_wh_flow.delivery import api as delivery
from sales_wh_flow.packing import api as packing
from sales_wh_flow.picking import api as picking
from tests import factories
from tests.site import set_switches

BOXES, SCANS, WAVE_ORDERS, WAVE_ITEMS = 100_000, 30, 200, 20


def run(say: Callable[[str], None]) -> list[Result]:
	"""``scan_ms_100k_boxes_...``: the median of a step's scans, ``..._worst`` the slowest of all;
	``wave_of_200_s``.
	"""
	frappe.db.rollback()
	set_switches(stock_lock=True, fulfilment=True, packing="Warn")
	frappe.db.commit()
	try:
		return [*_scans(say), _wave(say)]
	finally:
		frappe.db.rollback()
		many_boxes.remove()
		set_switches()
		frappe.db.commit()


def key() -> str:
	return frappe.generate_hash(length=20)


def _scans(say: Callable[[str], None]) -> Iterable[Result]:
	place, customer = factories.make_warehouse(), factories.make_customer()
	courier = (
		frappe.get_doc({"doctype": "Courier", "courier_name": factories.unique("Courier")}).insert().name
	)
	say(f"{BOXES} boxes")
	many_boxes.load(BOXES, factories.company().name, place, courier, customer)
	item = factories.stocked(SCANS * 2, place)
	order = factories.make_order(
		factories.line(item, qty=SCANS, warehouse=place), customer=customer, warehouse=place
	).submit()
	frappe.db.commit()
	(pick_list,) = picking.make_pick_lists(order.name)
	frappe.db.commit()
	say("scans at Pick, Pack and Hand Over")
	found = [_timed(lambda: picking.confirm_scan(pick_list, item, key())) for _scan in range(SCANS)]
	picking.finish_list(pick_list, key())
	boxes = []

	def put_in() -> None:
		packing.put_in(key(), boxes[-1], item, pick_list=pick_list)

	packed = []
	for _box in range(SCANS):
		boxes.append(packing.open_box(key(), pick_list=pick_list)["name"])
		packed.append(_timed(put_in))
		packing.close_box(key(), boxes[-1])
	handover = delivery.begin_handover(courier, place, key())["name"]
	gone = [_timed(lambda box=box: delivery.scan_into_handover(handover, box, key())) for box in boxes]
	steps = {"pick": found, "pack": packed, "hand_over": gone}
	results = [
		_result(f"scan_ms_100k_boxes_{step}", statistics.median(ms), len(ms)) for step, ms in steps.items()
	]
	worst = max(ms for series in steps.values() for ms in series)
	return [*results, _result("scan_ms_100k_boxes_worst", worst, SCANS * len(steps))]


def _wave(say: Callable[[str], None]) -> Result:
	place = factories.make_warehouse()
	items = [factories.stocked(WAVE_ORDERS, place) for _item in range(WAVE_ITEMS)]
	say(f"{WAVE_ORDERS} locked orders")
	customer = factories.make_customer()
	for turn in range(WAVE_ORDERS):
		rows = [factories.line(items[at % WAVE_ITEMS], qty=1, warehouse=place) for at in (turn, turn + 7)]
		factories.make_order(*rows, customer=customer, warehouse=place).submit()
		frappe.db.commit()
	say("one wave of them")
	made = []
	ms = _timed(lambda: made.append(picking.make_wave(place, "All")))
	orders = {row.sales_order for row in frappe.get_doc("Pick List", made[0]).locations}
	assert len(orders) == WAVE_ORDERS, f"{len(orders)} orders are in the wave"
	return _result("wave_of_200_s", ms / 1000, 1, "s")


def _timed(work: Callable[[], object]) -> float:
	"""With its commit."""
	return sample(lambda: (work(), frappe.db.commit()), Stopwatch()).ms


def _result(name: str, value: float, n: int, unit: str = "ms") -> Result:
	return Result(name, value, 0.0, unit, n)

"""What a note of an order's serial numbers costs by each road, beside ERPNext's own: statements."""

from contextlib import nullcontext

from measure import Result, Stopwatch, compared, sample
from plain import plain_erpnext
from world import World, set_switches

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from sales_wh_flow.base.settings import CAPABILITIES
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from tests import factories

SIZES = (50, 200, 1000)
ROADS = ("reserved", "picked")


def run(world: World, say, sizes=SIZES) -> list[Result]:
	"""``serial_note_statements_ROAD_N``: making and submitting a note of N serial numbers.

	``reserved``: ERPNext's own *Create > Delivery Note*; ``picked``: from a submitted Pick List. Native is
	the reserved road of plain ERPNext.
	"""
	frappe.db.set_single_value(
		"Stock Settings",
		{"auto_reserve_serial_and_batch": 1, "pick_serial_and_batch_based_on": "FIFO"},
	)
	results = []
	for size in sizes:
		native = _statements(world, size, None)
		say(f"{size} serial numbers, native: {native}")
		for road in ROADS:
			ours = _statements(world, size, road)
			say(f"{size} serial numbers, {road}: {ours}")
			results.append(compared(f"serial_note_statements_{road}_{size}", [ours], [native], "statements"))
	return results


def _statements(world: World, size: int, road: str | None) -> float:
	set_switches(stock_lock=bool(road))
	if road:
		settings = frappe.get_doc("Sales Flow Settings")
		settings.update({**dict.fromkeys(CAPABILITIES, "Off"), "stock_lock": "On", "fulfilment": "On"}).save()
	code = f"SN-{frappe.generate_hash(length=8)}"
	item = factories.make_item(item_code=code, has_serial_no=1, serial_no_series=f"{code}-.####")
	factories.receive(item, size, world.warehouse)
	with nullcontext() if road else plain_erpnext():
		order = factories.make_order(
			factories.line(item, qty=size),
			customer=world.customer,
			warehouse=world.warehouse,
			reserve_stock=0 if road else 1,
			submit=True,
		)
		picked = None
		if road == "picked":
			frappe.db.commit()
			(picked,) = picking_api.make_pick_lists(order.name)
			frappe.get_doc("Pick List", picked).submit()
		frappe.db.commit()
		found = sample(lambda: (_note(order.name, road, picked).submit(), frappe.db.commit()), Stopwatch())
	return float(found.statements)


def _note(order: str, road: str | None, picked: str | None):
	if road == "picked":
		return frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(picked))
	make = dispatch_api.make_delivery_note_of_order if road else make_delivery_note
	return make(order, kwargs={"for_reserved_stock": 1}).insert()

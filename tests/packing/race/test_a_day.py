"""A day of a warehouse: phones that pick, pack and hand over side by side, lose answers and are killed."""

import os
from collections import Counter

import pytest

import frappe

from sales_wh_flow.delivery import api as delivery
from sales_wh_flow.delivery import jobs
from sales_wh_flow.picking import api as picking
from tests import factories
from tests.delivery import delivery_world as made
from tests.packing.race import a_day
from tests.racing.harness import Call, call_of
from tests.racing.world import all_done

BOXES = int(os.environ.get("SWHF_BOXES") or 16)
"""In all. A thousand by SWHF_BOXES=1000."""

PHONES = 8 if BOXES > 100 else 4
EACH = 10 if BOXES > 100 else 2
KILLED_WITHIN_S = BOXES / PHONES * 0.2


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, packing="Block")


@pytest.fixture
def day(site):
	"""(the lists of each phone, the open hand-over, the orders): committed."""
	place, courier = factories.make_warehouse(), made.make_courier()
	customer, lists, orders = factories.make_customer(), [], []
	for _list in range(BOXES // EACH):
		item = factories.stocked(EACH, place)
		line = factories.line(item, qty=EACH, warehouse=place)
		order = factories.make_order(line, customer=customer, warehouse=place).submit()
		frappe.db.commit()
		lists.append((picking.make_pick_lists(order.name)[0], item))
		orders.append(order.name)
		frappe.db.commit()
	handover = made.begun(courier, place)
	frappe.db.commit()
	return [lists[at::PHONES] for at in range(PHONES)], handover, orders


def test_no_scan_is_lost_or_counted_twice_however_often_phones_and_servers_die(day, race):
	work, handover, orders = day
	args = [(lists, EACH, handover, f"phone-{at}-{handover}") for at, lists in enumerate(work)]
	target = f"{a_day.__name__}:work"
	limit = 60 + BOXES

	race(*(Call(target, one, killed_within_s=KILLED_WITHIN_S) for one in args), time_limit_s=limit)
	outcomes = race(*(call_of(a_day.work, *one) for one in args), time_limit_s=limit)
	all_done(outcomes)

	boxes = [box for outcome in outcomes for box in outcome.result]
	assert len(boxes) == len(set(boxes)) == sum(map(len, work)) * EACH
	frappe.db.rollback()
	picked = {"parent": ("in", [name for lists in work for name, _item in lists])}
	assert set(frappe.get_all("Pick List Item", picked, pluck="swf_found_qty")) == {EACH}
	contents = frappe.get_all(
		"Order Box Item", {"sales_order": ("in", orders)}, ["parent", "sales_order", "qty_stock"]
	)
	assert Counter(row.parent for row in contents) == dict.fromkeys(boxes, 1)
	assert {row.qty_stock for row in contents} == {1}
	there = frappe.get_all("Courier Handover Box", {"parent": handover}, pluck="box")
	assert sorted(there) == sorted(boxes)

	delivery.close_handover(handover, made.key(), "Courier's man", made.PNG)
	jobs.close_handover(handover)
	frappe.db.rollback()
	assert delivery.handover_boxes(handover)["state"] == "Closed"
	assert set(frappe.get_all("Sales Order", {"name": ("in", orders)}, pluck="per_delivered")) == {100}

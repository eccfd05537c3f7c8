"""What a warehouse does for an order from the lock to the door, counted: scans and taps."""

import pytest
from playwright.sync_api import expect

import frappe

from sales_wh_flow.order import jobs
from sales_wh_flow.picking import pick
from tests import factories
from tests.browser.desk import PATIENCE_MS, PHONE, in_full_runs
from tests.browser.test_pack import said
from tests.browser.test_shortage import shoot
from tests.delivery import delivery_world as made

MOST_FOR_ONE_LINE, MOST_FOR_THREE_BOXES = 4, 11


_WEDGE = """text => [...text, "Enter"].forEach(key =>
	document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""


class Worker:
	"""Somebody with a phone and a scanner; ``scans`` and ``taps`` are what that took."""

	def __init__(self, desk):
		self.desk, self.scans, self.taps = desk, 0, 0

	def scan(self, text):
		"""As a scanner types, in one go: a busy machine may not pull its keys apart."""
		self.scans += 1
		self.desk.page.evaluate(_WEDGE, text)

	def tap(self, within, name):
		self.taps += 1
		within.get_by_role("button", name=name, exact=True).first.click()


@pytest.fixture
def place(switches, world):
	"""A warehouse that packs, with the day's hand-over of a courier begun: (warehouse, hand-over)."""
	switches(stock_lock=True, fulfilment=True, packing="Block")
	courier = made.make_courier()
	handover = made.begun(courier, world.warehouse)
	frappe.db.commit()
	yield world.warehouse, handover
	frappe.db.rollback()
	switches(stock_lock=True, fulfilment=True)
	jobs.refresh_open_orders()
	frappe.db.commit()


def locked_order(place, customer, lines):
	"""(order, its draft Pick List, its items): one unit a line."""
	items = [factories.stocked(1, place) for _line in range(lines)]
	rows = [factories.line(item, qty=1, warehouse=place) for item in items]
	order = factories.make_order(*rows, customer=customer, warehouse=place).submit()
	(name,) = pick.make_lists(frappe.get_doc("Sales Order", order.name))
	frappe.db.commit()
	return order.name, name, items


def boxes_of(order):
	frappe.db.rollback()
	held = {"sales_order": order, "parenttype": "Order Box"}
	return sorted(set(frappe.get_all("Order Box Item", held, pluck="parent")))


def hand_over(worker, handover, boxes):
	worker.desk.visit(f"/app/hand-over/{handover}")
	page = worker.desk.page.locator("#page-hand-over")
	for box in boxes:
		worker.scan(box)
		expect(page.locator(".swf-scan-said")).to_have_text(f"{box} is in.", timeout=PATIENCE_MS)
	return page


def close(worker, page):
	"""Once for all the boxes of a courier and day."""
	worker.tap(page, "Close Hand-over")
	worker.tap(worker.desk.page.locator(".modal.show .modal-footer"), "Close")
	pill = page.locator(".ho-head .indicator-pill")
	expect(pill).to_have_text("Closed", timeout=4 * PATIENCE_MS)


def test_a_one_line_order_takes_four_scans_and_taps_from_its_lock_to_the_courier(place, world, log_in):
	warehouse, handover = place
	order, pick_list, (item,) = locked_order(warehouse, world.customer, 1)
	worker = Worker(log_in(world.stock_user, viewport=PHONE))
	page = worker.desk.page
	worker.desk.visit("/app/pick")
	expect(page.locator(".swf-walk-lists", has_text=pick_list)).to_be_visible(timeout=PATIENCE_MS)

	worker.scan(pick_list)
	expect(page.locator(".swf-walk-item")).to_have_text(item)
	worker.scan(item)
	packing = page.locator("#page-pack")
	expect(packing.locator(".swf-pack-to")).to_be_visible(timeout=PATIENCE_MS)
	shoot(worker.desk, "pack-one-line-phone")
	worker.tap(packing, "All in One Box")
	expect(packing.locator(".swf-scan-said")).to_contain_text("is closed", timeout=PATIENCE_MS)
	there = hand_over(worker, handover, boxes_of(order))

	assert (worker.scans, worker.taps) == (3, 1)
	assert worker.scans + worker.taps <= MOST_FOR_ONE_LINE
	close(worker, there)
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order, "swf_flow_status") == "Dispatched"


@in_full_runs
def test_three_boxes_of_an_order_take_eleven_scans_at_most(place, world, log_in):
	warehouse, handover = place
	order, pick_list, items = locked_order(warehouse, world.customer, 3)
	worker = Worker(log_in(world.stock_user, viewport=PHONE))
	page = worker.desk.page
	worker.desk.visit("/app/pick")
	expect(page.locator(".swf-walk-lists", has_text=pick_list)).to_be_visible(timeout=PATIENCE_MS)

	worker.scan(pick_list)
	expect(page.locator(".swf-walk-item")).to_be_visible()
	for found, item in enumerate(items, 1):
		worker.scan(item)
		if found < len(items):
			expect(said(worker.desk).first).to_contain_text(item, timeout=PATIENCE_MS)
	packing = page.locator("#page-pack")
	expect(packing.locator(".swf-pack-to")).to_be_visible(timeout=PATIENCE_MS)
	for item in items:
		worker.scan(item)  # opens a box by itself
		strip = packing.locator(".swf-scan-said")
		expect(strip).to_contain_text(item, timeout=PATIENCE_MS)
		worker.tap(packing, "Close")
		expect(strip).to_contain_text("is closed", timeout=PATIENCE_MS)
	boxes = boxes_of(order)
	there = hand_over(worker, handover, boxes)

	assert (len(boxes), worker.scans, worker.taps) == (3, 10, 3)
	assert worker.scans <= MOST_FOR_THREE_BOXES
	close(worker, there)
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order, "swf_flow_status") == "Dispatched"

"""The page Pack in a browser: a phone with a scanner fills boxes, a desk looks on."""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

import frappe

from sales_wh_flow.order import jobs
from tests import factories
from tests.browser.desk import PHONE
from tests.browser.test_shortage import shoot
from tests.packing.box_world import World, make_box


@pytest.fixture
def picked(switches, people):
	"""A picked order of two items, and boxes to take: (world, order, Pick List)."""
	switches(stock_lock=True, fulfilment=True, packing="Warn")
	world = World(4, 2, address=True, swf_length_cm=10, swf_width_cm=8, swf_height_cm=5)
	for name, side in (("Small Box", 20), ("Large Box", 60)):
		if not frappe.db.exists("Box Type", name):
			sides = dict.fromkeys(("length_cm", "width_cm", "height_cm"), side)
			frappe.get_doc(
				{
					"doctype": "Box Type",
					"box_type": name,
					"kind": "Box",
					"tare_kg": 0.2,
					"max_weight_kg": 20,
					**sides,
				}
			).insert()
	order, pick_list = world.picked_order()
	frappe.db.commit()
	yield world, order, pick_list
	frappe.db.rollback()
	switches(stock_lock=True, fulfilment=True)
	jobs.refresh_open_orders()  # no order stays Packing where nobody packs any more
	frappe.db.commit()


def scan(desk, text: str) -> None:
	"""As a scanner types: fast, wherever the cursor is, and Enter."""
	desk.page.evaluate("() => document.activeElement && document.activeElement.blur()")
	desk.page.keyboard.type(text, delay=1)
	desk.page.keyboard.press("Enter")


def said(desk):
	return desk.page.locator(".swf-scan-said")


def test_a_phone_packs_a_list_by_scans_alone(picked, people, log_in):
	world, order, pick_list = picked
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit("/app/pack")
	expect(desk.page.locator(".swf-pack-card", has_text=pick_list.name)).to_be_visible()
	shoot(desk, "pack-lists-phone")
	scan(desk, pick_list.name)
	expect(desk.page.locator(".swf-pack-to")).to_contain_text("Harbour Street")
	expect(desk.page.locator(".swf-pack-proposal")).to_contain_text("Small Box")

	scan(desk, world.items[0])  # opens the proposed box by itself
	expect(said(desk)).to_contain_text("3 left")
	scan(desk, "NO-SUCH-THING")
	expect(said(desk)).to_have_attribute("data-kind", "bad")
	expect(said(desk)).to_contain_text("Nobody knows")
	shoot(desk, "pack-refused-phone")
	for item, left in ((world.items[0], 2), (world.items[1], 1)):
		scan(desk, item)
		expect(said(desk)).to_contain_text(f"{left} left")
	shoot(desk, "pack-phone")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]

	desk.page.get_by_role("button", name="Put In All").click()
	expect(desk.page.locator(".swf-pack-to > .swf-pack-rows .is-done")).to_have_count(2)
	desk.page.locator("[data-do='close_box']").click()
	desk.page.locator(".modal.show [data-fieldname='weighed_kg'] input").fill("9")
	shoot(desk, "pack-close-phone")
	desk.page.locator(".modal.show .btn-modal-primary").click()
	expect(desk.page.locator(".modal.show", has_text="expected 3.2 kg")).to_be_visible()
	expect(desk.page.locator(".modal.show [data-fieldname='weighed_kg'] input")).to_have_value("9")
	shoot(desk, "pack-weight-phone")
	desk.page.locator(".modal.show .btn-modal-primary").click()
	expect(said(desk)).to_contain_text("is closed")
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Ready for Dispatch"
	shoot(desk, "pack-closed-phone")

	desk.page.get_by_role("button", name="Open Again").click()
	desk.page.locator(".modal.show textarea").fill("Wrong item")
	desk.page.locator(".modal.show .btn-modal-primary").click()
	expect(desk.page.locator(".swf-pack-box .indicator-pill")).to_have_text("Open")


def test_a_desk_packs_and_asks_couriers_for_the_boxes_of_its_list(picked, people, log_in):
	world, order, pick_list = picked
	to = {"customer": world.customer, "ship_to": world.address, "warehouse": world.place}
	other = factories.make_order(
		factories.line(world.items[0], warehouse=world.place), customer=world.customer
	)
	goods = {"sales_order": other.name, "sales_order_item": other.items[0].name, "qty_stock": 1}
	of_another_list = make_box({**goods, "item_code": other.items[0].item_code}, state="Closed", **to)
	frappe.db.commit()
	desk = log_in(people.stock_user)
	desk.visit(f"/app/pack/{pick_list.name}")
	desk.page.get_by_role("button", name="Put In All").click()
	expect(desk.page.locator(".swf-pack-to > .swf-pack-rows .is-done")).to_have_count(2)
	desk.page.locator("[data-do='close_box']").click()
	desk.page.locator(".modal.show .btn-modal-primary").click()
	expect(said(desk)).to_contain_text("is closed")
	shoot(desk, "pack-desk")
	expect(desk.page.locator("details.swf-pack-closed")).to_contain_text(of_another_list)
	with desk.page.expect_request(lambda it: "rates_for_boxes" in it.url) as asked:
		desk.page.get_by_role("button", name="Compare Couriers").click()
	own = frappe.db.get_value("Order Box Item", {"sales_order": order.name}, "parent")
	told = unquote(f"{asked.value.url} {asked.value.post_data}")
	assert own in told and of_another_list not in told


def test_a_phone_puts_boxes_on_a_pallet_and_takes_one_off(picked, people, log_in):
	from sales_wh_flow.packing import api
	from tests.packing.box_world import key

	world, _order, pick_list = picked
	for item, qty in zip(world.items, (4, 2), strict=True):
		box = api.open_box(key(), pick_list=pick_list.name)["name"]
		api.put_in(key(), box, item, pick_list=pick_list.name, qty=qty)
		api.close_box(key(), box)
	frappe.db.commit()
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit(f"/app/pack/{pick_list.name}")
	desk.page.get_by_role("button", name="Put on a Pallet").click()
	expect(said(desk)).to_contain_text("2 boxes stand on")
	shoot(desk, "pack-pallet-phone")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
	desk.page.get_by_role("button", name="Off the Pallet").first.click()
	expect(said(desk)).to_contain_text("stands for itself")
	expect(desk.page.get_by_role("button", name="Off the Pallet")).to_have_count(1)


def test_the_label_is_read_back_from_the_screen(picked, people, log_in):
	zxingcpp = pytest.importorskip("zxingcpp")
	Image = pytest.importorskip("PIL.Image")
	from sales_wh_flow.packing import api
	from tests.packing.box_world import key

	world, _order, pick_list = picked
	settings = frappe.get_doc("Sales Flow Settings")
	row = {"company": factories.company().name, "gate": "Off", "gs1_prefix": "4012345"}
	settings.set("packing_companies", [row])
	settings.save()
	frappe.db.commit()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=4)
	api.close_box(key(), box)
	plain = api.open_box(key(), pick_list=pick_list.name)["name"]
	settings.set("packing_companies", [])
	settings.save()
	frappe.db.commit()
	api.put_in(key(), plain, world.items[1], pick_list=pick_list.name, qty=2)
	api.close_box(key(), plain)
	desk = log_in(people.manager, viewport={"width": 900, "height": 1200})
	folder = Path(os.environ.get("SWHF_PICTURES") or os.environ.get("SWHF_ARTIFACTS") or "/tmp")
	for name, wanted in ((box, frappe.db.get_value("Order Box", box, "sscc")), (plain, plain)):
		desk.page.goto(f"/printview?doctype=Order%20Box&name={name}&format=Box%20Label&no_letterhead=1")
		picture = folder / f"{'box-label' if wanted == plain else f'label-{name}'}.png"
		desk.page.locator(".box-label").screenshot(path=picture)
		read = [it.text for it in zxingcpp.read_barcodes(Image.open(picture))]
		assert any(wanted in text for text in read), read

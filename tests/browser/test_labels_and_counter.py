"""A packer's phone gets the courier's label at its station; a customer's boxes are fetched at the counter."""

import pytest
from playwright.sync_api import expect

import frappe

from sales_wh_flow.collection import waiting
from tests import factories
from tests.browser.desk import PHONE
from tests.browser.test_hand_over import PATIENCE_MS, sign
from tests.browser.test_pack import said, scan
from tests.browser.test_shortage import shoot
from tests.couriers import couriers_world
from tests.couriers.asked_labels import bridge
from tests.delivery import delivery_world
from tests.packing.box_world import World


@pytest.fixture
def maker(switches):
	switches(stock_lock=True, fulfilment=True, private_webhooks=1)
	with bridge() as server:
		server.answers["label.cancel"] = (200, b'{"cancelled": true}')
		yield server


@pytest.fixture
def labelled(maker, people):
	"""(Pick List of an order for a courier that makes labels, a station that downloads them)."""
	courier = couriers_world.make_courier(
		courier_name=factories.unique("Nordpost"), label_url=maker.url, label_kind="ZPL", takes_cod=1
	)
	station = {"doctype": "Packing Station", "station_name": factories.unique("Table"), "way": "File"}
	station = frappe.get_doc(station).insert().name
	world = World(2, address=True)
	links = [{"link_doctype": "Warehouse", "link_name": world.place}]
	gate = {"address_title": factories.unique("Gate"), "address_type": "Warehouse", "address_line1": "Gate 1"}
	frappe.get_doc({"doctype": "Address", **gate, "city": "B", "country": "Germany", "links": links}).insert()
	_order, pick_list = world.picked_order(swf_courier=courier, swf_cod=1)
	frappe.db.commit()
	return pick_list, station


def test_a_phone_closes_a_box_and_its_station_prints_the_couriers_label(labelled, maker, people, log_in):
	pick_list, station = labelled
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit(f"/app/pack/{pick_list.name}")
	desk.page.locator(".swf-pack-station").click()
	dialog = desk.page.locator(".modal.show")
	dialog.locator("select").select_option(station)
	shoot(desk, "pack-station-phone")
	dialog.get_by_role("button", name="Choose").click()
	expect(desk.page.locator(".swf-pack-station")).to_contain_text(station)

	with desk.page.expect_download() as printed:
		desk.page.get_by_role("button", name="All in One Box").click()
	assert printed.value.suggested_filename.endswith("-ND11.zpl")
	expect(said(desk)).to_contain_text("has the label ND11")
	card = desk.page.locator(".swf-pack-box")
	expect(card).to_contain_text("ND11")
	expect(card).to_contain_text("collect")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
	shoot(desk, "pack-labelled-phone")
	assert len(maker.asked) == 1

	card.get_by_role("button", name="Void Label").click()
	dialog = desk.page.locator(".modal.show")
	dialog.locator("textarea").fill("Wrong tape")
	shoot(desk, "pack-void-phone")
	dialog.get_by_role("button", name="Void Label").last.click()
	expect(said(desk)).to_contain_text("was given back", timeout=PATIENCE_MS)
	expect(card.get_by_role("button", name="Open Again")).to_be_visible()
	maker.answers["label.create"] = (422, b'{"error": "Postcode is not served"}')
	card.get_by_role("button", name="Get Label").click()
	expect(desk.page.locator(".modal.show", has_text="Postcode is not served")).to_be_visible()
	shoot(desk, "pack-no-label-phone")


def test_a_customer_fetches_boxes_with_a_code_at_a_phone(switches, people, log_in):
	switches(stock_lock=True, fulfilment=True)
	counter = delivery_world.make_courier(is_collection=1, collection_proof="Code or Signature")
	order, pick = delivery_world.picked_order(2, swf_cod=1)
	boxes = delivery_world.boxes_of(pick, {0: 1}, {0: 1}, courier=counter, cod_amount=50)
	frappe.db.commit()
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit("/app/counter")
	scan(desk, waiting.customers_code(order.name))
	group = desk.page.locator(".swf-counter .swf-pack-to")
	expect(group).to_have_count(1)
	expect(group).to_contain_text("Take")
	shoot(desk, "counter-phone")
	assert desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
	group.locator(f"input[data-box='{boxes[1]}']").uncheck()
	group.get_by_role("button", name="Hand Out").click()
	dialog = desk.page.locator(".modal.show")
	expect(dialog).to_contain_text("Collect 50.00")  # for the one box of two
	dialog.locator("[data-fieldname='receiver'] input").fill("Ada")
	dialog.locator("[data-fieldname='code'] input").fill("000 000")
	dialog.get_by_role("button", name="Hand Out").last.click()
	expect(dialog).to_contain_text("is not that of these orders", timeout=PATIENCE_MS)
	dialog.locator("[data-fieldname='code'] input").fill("")
	sign(desk)
	shoot(desk, "counter-hand-out-phone")
	dialog.get_by_role("button", name="Hand Out").last.click()
	expect(said(desk)).to_contain_text("Ada fetched", timeout=PATIENCE_MS)
	shoot(desk, "counter-done-phone")
	frappe.db.rollback()
	assert [delivery_world.state_of(box) for box in boxes] == ["Delivered", "Closed"]

	proof = frappe.db.get_value("Delivery Proof", {"box": boxes[0]})
	accounts = log_in(people.approver)
	accounts.visit(f"/app/delivery-proof?box={boxes[0]}")
	accounts.page.locator(f".list-row-checkbox[data-name='{proof}']").check()
	accounts.page.locator(".actions-btn-group button").click()
	accounts.page.locator(".actions-btn-group .dropdown-item", has_text="Money Handed In").click()
	accounts.answer("Yes")
	told = accounts.page.locator(".desk-alert", has_text="To be submitted: ")
	expect(told).to_be_visible(timeout=PATIENCE_MS)
	shoot(accounts, "money-handed-in")
	frappe.db.rollback()
	payment = frappe.db.get_value("Delivery Proof", proof, "payment_entry")
	assert frappe.db.get_value("Payment Entry", payment, ["received_amount", "docstatus"]) == (50, 0)

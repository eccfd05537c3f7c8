"""A box's story and the couriers to compare, in a browser, at a desk and on a phone."""

import contextlib

from playwright.sync_api import Error, expect

import frappe
from frappe.utils import add_days, nowdate

from tests import factories as make
from tests.browser.desk import PHONE_IN_FULL
from tests.browser.test_shortage import shoot
from tests.couriers import couriers_world

MARKUP = "<img src=x onerror=window.swf_ran=1>"


def parcel(world):
	"""A box of the world's order on its way, held up by the receiver, with one to compare; (box, courier)."""
	customer = make.make_customer()
	state = make.unique("State")
	address = make.make_address(customer, state=state)
	order = make.make_order(
		make.line(world.item, qty=3, warehouse=world.warehouse),
		customer=customer,
		shipping_address_name=address,
	)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "delivery_date", add_days(nowdate(), 6))
	for kind in ("Courier", "Delivery Zone"):
		frappe.db.sql(f"update `tab{kind}` set enabled = 0 where name <> %s", world.courier)
	services = [{"service": "Standard", "transit_days": 2}, {"service": "Express", "transit_days": 1}]
	courier = couriers_world.make_courier(courier_name=make.unique("Nordpost"), services=services)
	rates = [
		{
			"courier": courier,
			"service": "Standard",
			"warehouse": "",
			"freight": 4.9,
			"freight_per_kg": 0.5,
			"transit_days": 2,
		},
		{"courier": courier, "service": "Express", "warehouse": "", "freight": 14, "transit_days": 1},
	]
	areas = [{"in_country": "Germany", "state": state, "postcode": ""}]
	zone = {
		"doctype": "Delivery Zone",
		"title": make.unique("Zone"),
		"priority": 99,
		"areas": areas,
		"rates": rates,
	}
	frappe.get_doc(zone).insert()
	row = order.items[0]
	content = {"sales_order": order.name, "sales_order_item": row.name, "item_code": row.item_code}
	content |= {"item_name": f"Nails {MARKUP}", "qty_stock": 3, "stock_uom": "Nos", "batch_no": None}
	values = {
		"warehouse": world.warehouse,
		"customer": customer,
		"customer_name": customer,
		"ship_to": address,
	}
	box = couriers_world.make_box(content, state="Closed", weighed_kg=2.5, **values)
	frappe.db.commit()
	return box, courier


def press(desk, label):
	"""In the form's head, or on a phone above its fields."""
	desk.visible(desk.page.get_by_role("button", name=label, exact=True)).click()


def nothing_ran_or_hangs_over(desk):
	hangs = desk.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
	return not desk.page.evaluate("() => window.swf_ran") and hangs <= 0


@PHONE_IN_FULL
def test_the_proposed_courier_is_taken_and_the_story_told(switches, world, log_in, viewport):
	switches(stock_lock=True, fulfilment=True)
	box, courier = parcel(world)
	desk = log_in(world.stock_user, **viewport)

	desk.open("Order Box", box)
	press(desk, "Compare Couriers")
	offers = desk.page.locator(".modal.show .swf-offer")
	expect(offers.first).to_contain_text(courier)
	expect(offers.first).to_contain_text("Proposed")
	expect(offers.first).to_contain_text("6.15")
	desk.settle()
	shoot(desk, f"courier-rates{'-phone' if viewport else ''}")
	offers.first.get_by_role("button", name="Take").click()
	expect(desk.page.locator(".swf-story-head")).to_contain_text(f"{courier} · Standard")

	press(desk, "Tracking Number")
	desk.page.locator(".modal.show [data-fieldname='tracking_no'] input").fill("nx 12 345 678")
	desk.answer("Write")
	expect(desk.page.locator(".swf-story-head")).to_contain_text("NX12345678")
	frappe.db.rollback()
	couriers_world.tell(courier, "NX12345678", "picked_up", 30, place="Hamburg")
	couriers_world.tell(courier, "NX12345678", "in_transit", 20, place="Hub Kassel")
	couriers_world.tell(
		courier, "NX12345678", "delivery_failed", 2, "consignee_not_home", place="Bonn", note=f"rang {MARKUP}"
	)
	frappe.db.commit()
	desk.open("Order Box", box)
	steps = desk.page.locator(".swf-story-events li")
	expect(steps.filter(has_text="Delivery failed")).to_contain_text("Customer's delay")
	expect(steps.filter(has_text="Delivery failed")).to_contain_text("Bonn")
	expect(desk.page.locator(".swf-story-contents")).to_contain_text("3 Nos")
	assert nothing_ran_or_hangs_over(desk)
	shoot(desk, f"box-story{'-phone' if viewport else ''}")


def test_a_number_is_found_from_the_search_bar(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True)
	box, courier = parcel(world)
	number = "FIND" + frappe.generate_hash(length=8).upper()
	frappe.db.set_value("Order Box", box, {"courier": courier, "tracking_no": number})
	frappe.db.commit()
	desk = log_in(world.stock_user)

	desk.visit("/app/sales-order")
	if not desk.page.locator("#navbar-search").is_visible():  # a dialog on ERPNext 16
		desk.page.keyboard.press("Control+k")
	for _look in range(3):  # a desk that is still busy hears what is typed, and answers it, later
		desk.page.locator("#navbar-search").fill("")
		desk.page.locator("#navbar-search").press_sequentially(number[:10])
		with contextlib.suppress(Error):
			desk.page.get_by_text("Find Parcel").first.click(timeout=10_000)
			break
	desk.wait_for_form("Order Box", box)


def test_couriers_are_compared_on_an_order(switches, world, log_in):
	switches(stock_lock=True, fulfilment=True)
	box, courier = parcel(world)
	order = frappe.db.get_value("Order Box Item", {"parent": box}, "sales_order")
	desk = log_in(world.sales_user)

	desk.open("Sales Order", order)
	desk.press_in_group("View", "Compare Couriers")
	offers = desk.page.locator(".modal.show .swf-offer")
	expect(offers.first).to_contain_text("Proposed")
	offers.first.get_by_role("button", name="Take").click()
	desk.page.wait_for_function("(courier) => cur_frm.doc.swf_courier === courier", arg=courier)
	shoot(desk, "courier-on-order")

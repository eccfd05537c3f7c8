"""Hand Over and Deliver on a phone: a scanner that types, a courier who signs, a driver without a network."""

import pytest
from playwright.sync_api import expect

import frappe

from tests.browser import data
from tests.browser.desk import PATIENCE_MS, PHONE
from tests.browser.test_shortage import shoot
from tests.browser.test_text_runs_nowhere import SHOWN, everybody, look, plant, watched  # noqa: F401
from tests.delivery import delivery_world as made

PHONE_VIEW = {"viewport": PHONE}


@pytest.fixture
def packed(switches, world):
	"""Two orders of the world's customer: one with three boxes, the last of them open, and one with one."""
	switches(stock_lock=True, fulfilment=True)
	place = world.warehouse
	first, pick = made.picked_order(3, warehouse=place, customer=world.customer)
	boxes = made.boxes_of(pick, {0: 1}, {0: 1})
	still_open = made.boxes_of(pick, {0: 1}, state="Open")
	second, pick = made.picked_order(2, warehouse=place, customer=world.customer)
	boxes += made.boxes_of(pick)
	courier = made.make_courier()
	frappe.db.commit()
	return {
		"order": first.name,
		"second": second.name,
		"boxes": boxes,
		"open": still_open[0],
		"courier": courier,
	}


def scan(desk, text):
	"""As a keyboard wedge does: fast, and Enter in the end, with no field in focus."""
	desk.page.evaluate("() => document.activeElement && document.activeElement.blur()")
	desk.page.keyboard.type(text)
	desk.page.keyboard.press("Enter")


def sign(desk):
	canvas = desk.page.locator(".modal.show [data-fieldname='signature'] canvas")
	canvas.scroll_into_view_if_needed()
	box = canvas.bounding_box()
	desk.page.mouse.move(box["x"] + 30, box["y"] + 60)
	desk.page.mouse.down()
	for step in range(1, 9):
		desk.page.mouse.move(box["x"] + 30 + 18 * step, box["y"] + (40 if step % 2 else 80))
	desk.page.mouse.up()


def fits(desk):
	return desk.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def begin(desk, warehouse, courier):
	desk.visit("/app/hand-over")
	page = desk.page.locator("#page-hand-over")
	page.locator("[name=warehouse]").select_option(warehouse)
	page.locator("[name=courier]").select_option(courier)
	shoot(desk, "hand-over-begin-phone")
	page.get_by_role("button", name="Begin").click()
	expect(page.locator(".swf-scan-field")).to_be_visible(timeout=PATIENCE_MS)
	return page


def test_a_warehouse_hands_boxes_over_with_a_scanner(packed, world, log_in):
	desk = log_in(world.stock_user, **PHONE_VIEW)
	page = begin(desk, world.warehouse, packed["courier"])
	strip = page.locator(".swf-scan-said")

	scan(desk, packed["boxes"][0])
	expect(strip).to_have_text(f"{packed['boxes'][0]} is in.", timeout=PATIENCE_MS)
	expect(page.locator(".ho-missing")).to_contain_text("1 of 3 boxes")
	scan(desk, packed["open"])
	expect(strip).to_have_text(f"Box {packed['open']} is still open. Close it on the page Pack first.")
	expect(strip).to_have_attribute("data-kind", "bad")
	shoot(desk, "hand-over-refused-phone")
	scan(desk, "BOX-999999999")
	expect(strip).to_contain_text("No box has the number")
	for box in packed["boxes"][1:]:
		scan(desk, box)
		expect(strip).to_have_text(f"{box} is in.")
	expect(page.locator(".ho-boxes li")).to_have_count(3)
	expect(page.locator(".ho-missing")).to_contain_text(packed["open"])
	assert fits(desk)
	shoot(desk, "hand-over-phone")

	page.locator(f"[data-out='{packed['boxes'][2]}']").click()
	expect(page.locator(".ho-boxes li")).to_have_count(2)
	scan(desk, packed["boxes"][2])
	expect(page.locator(".ho-boxes li")).to_have_count(3)

	page.get_by_role("button", name="Close Hand-over").click()
	dialog = desk.page.locator(".modal.show")
	expect(dialog).to_contain_text("3 boxes leave")
	dialog.locator("[data-fieldname='signed_by'] input").fill("Carl Courier")
	sign(desk)
	shoot(desk, "hand-over-sign-phone")
	dialog.get_by_role("button", name="Close", exact=True).last.click()
	expect(page.locator(".ho-head .indicator-pill")).to_have_text("Closed", timeout=4 * PATIENCE_MS)
	expect(page.locator(".ho-boxes a")).to_have_count(3)
	shoot(desk, "hand-over-closed-phone")

	frappe.db.rollback()
	assert {made.state_of(box) for box in packed["boxes"]} == {"Handed Over"}
	assert frappe.db.get_value("Sales Order", packed["second"], "swf_flow_status") == "Dispatched"
	name = desk.page.evaluate("() => frappe.get_route()[1]")
	assert frappe.db.get_value("Courier Handover", name, "signature").startswith("data:image/png")
	desk.page.set_viewport_size({"width": 900, "height": 1000})
	desk.page.goto(f"/printview?doctype=Courier%20Handover&name={name}&format=Courier%20Manifest")
	expect(desk.page.locator(".manifest tbody tr")).to_have_count(6)  # 2 of the head, 3 boxes, 1 to sign
	shoot(desk, "manifest")


def test_scans_without_a_network_wait_and_are_sent_once(packed, world, log_in):
	desk = log_in(world.stock_user, **PHONE_VIEW)
	page = begin(desk, world.warehouse, packed["courier"])

	desk.context.set_offline(True)
	scan(desk, packed["boxes"][0])
	scan(desk, packed["boxes"][1])
	expect(page.locator(".swf-scan-waiting")).to_contain_text("2 actions are not sent yet")
	shoot(desk, "hand-over-offline-phone")
	desk.context.set_offline(False)

	expect(page.locator(".ho-boxes li")).to_have_count(2, timeout=PATIENCE_MS)
	expect(page.locator(".swf-scan-waiting")).to_be_hidden()
	frappe.db.rollback()
	assert frappe.db.count("Courier Handover Box", {"box": ("in", packed["boxes"])}) == 2


def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_is_doubled(packed, world, log_in):
	desk = log_in(world.stock_user, **PHONE_VIEW)
	page = begin(desk, world.warehouse, packed["courier"])
	sent = []

	def lose_the_first_answer(route):
		sent.append(route.request.post_data)
		if len(sent) == 1:
			route.fetch()
			route.abort()
		else:
			route.continue_()

	desk.page.route("**/api/method/*scan_into_handover", lose_the_first_answer)
	scan(desk, packed["boxes"][0])

	expect(page.locator(".ho-boxes li")).to_have_count(1, timeout=PATIENCE_MS)
	assert len(sent) == 2 and sent[0] == sent[1], "the same action with the same key"
	frappe.db.rollback()
	assert frappe.db.count("Box Event", {"box": packed["boxes"][0]}) == 1


@pytest.fixture
def on_the_road(packed, world):
	"""A driver whose three boxes have left; the switch for positions is on."""
	user = data.make_login("Dora Driver", "Delivery User")
	driver = made.make_driver(user)
	frappe.db.commit()
	made.handed_over(*packed["boxes"], courier=packed["courier"], driver=driver)
	frappe.db.set_single_value("Sales Flow Settings", "keep_positions", 1)
	frappe.db.commit()
	return user


@pytest.fixture
def warned(packed, switches):
	"""What is not proved is warned of."""
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Warn")
	yield
	switches(unproved_boxes="Off")


def test_a_driver_delivers_on_a_phone(packed, on_the_road, warned, log_in):
	desk = log_in(on_the_road, **PHONE_VIEW)
	desk.context.grant_permissions(["geolocation"])
	desk.context.set_geolocation({"latitude": 53.55, "longitude": 9.99, "accuracy": 15})
	desk.visit("/app")  # a driver begins with his page
	page, (first, second, third) = desk.page.locator("#page-deliver"), packed["boxes"]
	expect(page.locator(".dl-box")).to_have_count(3, timeout=PATIENCE_MS)
	assert fits(desk)
	shoot(desk, "deliver-phone")

	scan(desk, first)
	dialog = desk.page.locator(".modal.show")
	expect(dialog.locator(".modal-title")).to_have_text(f"{first}: Accepted")
	dialog.locator("[data-fieldname='receiver'] input").fill("Anna Gate")
	dialog.locator("input[data-fieldname='consent']").check()
	sign(desk)
	shoot(desk, "deliver-accept-phone")
	dialog.get_by_role("button", name="Save").click()
	expect(page.locator(".swf-scan-said")).to_have_text(f"{first}: Accepted", timeout=PATIENCE_MS)

	page.locator(f"[data-of='{third}'] [data-answer='other']").click()
	expect(dialog.locator(".swf-proof-row")).to_be_visible()
	dialog.locator(".swf-proof-row [type=number]").fill("1")
	dialog.locator(".swf-proof-row select").select_option("Damaged")
	shoot(desk, "deliver-part-phone")
	dialog.get_by_role("button", name="Save").click()
	expect(page.locator(".swf-scan-said")).to_have_text(f"{third}: Partly Accepted", timeout=PATIENCE_MS)

	desk.context.set_offline(True)
	page.locator(f"[data-of='{second}'] [data-answer='accept']").click()
	dialog.locator("[data-fieldname='receiver'] input").fill("Anna Gate")
	dialog.get_by_role("button", name="Save").click()
	expect(page.locator(f"[data-of='{second}']")).to_contain_text("Waiting to be sent")
	expect(page.locator(".swf-scan-waiting")).to_contain_text("1 action is not sent yet")
	shoot(desk, "deliver-offline-phone")
	desk.context.set_offline(False)
	expect(page.locator(".swf-scan-said")).to_have_text(f"{second}: Accepted", timeout=PATIENCE_MS)
	warnings = desk.page.locator(".desk-alert.orange")
	expect(warnings.filter(has_text=f"{second}: a signature or a photo is missing.")).to_be_visible()
	shoot(desk, "deliver-done-phone")

	frappe.db.rollback()
	proof = frappe.get_doc("Delivery Proof", {"box": first})
	assert (proof.receiver, proof.latitude, proof.accuracy_m, proof.actor) == (
		"Anna Gate",
		53.55,
		15,
		on_the_road,
	)
	assert proof.signature.startswith("data:image/png") and proof.device
	assert [made.state_of(box) for box in packed["boxes"]] == ["Delivered", "Delivered", "Partly Accepted"]
	assert not frappe.get_doc("Delivery Proof", {"box": second}).has_consent

	expect(page.locator(f"[data-of='{third}'] [data-answer='correct']")).to_be_visible(timeout=PATIENCE_MS)
	desk.visit("/app/deliver")
	page.locator(f"[data-of='{third}'] [data-answer='correct']").click()
	expect(dialog.locator("[data-fieldname='answer'] select")).to_have_value("part")
	expect(dialog.locator(".swf-proof-row [type=number]")).to_have_value("1")
	expect(dialog.locator(".swf-proof-row select")).to_have_value("Damaged")
	dialog.locator("[data-fieldname='answer'] select").select_option("accept")
	dialog.locator("[data-fieldname='receiver'] input").fill("Anna Gate")
	dialog.locator("[data-fieldname='receiver'] input").press("Tab")
	desk.page.wait_for_timeout(300)  # Frappe draws the dialog's fields anew after each of them
	dialog.locator("[data-fieldname='why'] textarea").fill("the damage was on the wrapping")
	shoot(desk, "deliver-correct-phone")
	dialog.get_by_role("button", name="Save").click()
	expect(page.locator(".swf-scan-said")).to_have_text(f"{third}: Accepted", timeout=PATIENCE_MS)
	frappe.db.rollback()
	assert made.state_of(third) == "Delivered"
	assert frappe.db.get_value("Sales Order", packed["second"], "swf_flow_status") == "Delivered"


def test_the_boxes_of_one_stop_are_signed_for_at_once_where_there_is_no_network(packed, on_the_road, log_in):
	frappe.db.set_value("Order Box", packed["boxes"][0], "sscc", "340123450000000031")
	frappe.db.commit()
	desk = log_in(on_the_road, **PHONE_VIEW)
	desk.visit("/app/deliver")
	page = desk.page.locator("#page-deliver")
	expect(page.locator(".dl-box")).to_have_count(3, timeout=PATIENCE_MS)
	desk.page.wait_for_function("() => Boolean($.fn.jSignature)")

	desk.context.set_offline(True)
	scan(desk, "00340123450000000031")
	dialog = desk.page.locator(".modal.show")
	dialog.locator("[data-fieldname='receiver'] input").fill("Anna Gate")
	dialog.locator("input[data-fieldname='others']").check()
	sign(desk)
	dialog.get_by_role("button", name="Save").dblclick()
	expect(page.locator(".swf-scan-waiting")).to_contain_text("3 actions are not sent yet")
	desk.context.set_offline(False)

	expect(page.locator(".dl-box .indicator-pill.green")).to_have_count(3, timeout=PATIENCE_MS)
	frappe.db.rollback()
	assert {made.state_of(box) for box in packed["boxes"]} == {"Delivered"}
	assert (
		frappe.db.count("Delivery Proof", {"box": ("in", packed["boxes"]), "signature": ("is", "set")}) == 3
	)


def test_texts_run_nowhere_while_goods_leave(packed, world, watched, everybody):  # noqa: F811
	driver = made.make_driver(everybody)
	frappe.db.commit()
	handover = made.handed_over(*packed["boxes"], courier=packed["courier"], driver=driver)
	boxes = ("in", packed["boxes"])
	for doctype, filters in (
		("Order Box", {"name": boxes}),
		("Order Box Item", {"parent": boxes}),
		("Courier Handover Box", {"parent": handover}),
		("Customer", {"name": world.customer}),
	):
		plant(doctype, filters)
	frappe.db.commit()

	watched.visit("/app/hand-over")
	look(watched, is_there=False)
	watched.visit(f"/app/hand-over/{handover}")
	look(watched)
	watched.visit("/app/deliver")
	look(watched)
	watched.page.locator(f"[data-of='{packed['boxes'][0]}'] [data-answer='other']").click()
	expect(watched.page.locator(".modal.show .swf-proof-row")).to_contain_text(SHOWN)
	look(watched)
	watched.page.goto(f"/printview?doctype=Courier Handover&name={handover}&format=Courier Manifest")
	expect(watched.page.locator(".manifest").first).to_contain_text(SHOWN)
	assert not watched.page.evaluate("() => window.__hit")

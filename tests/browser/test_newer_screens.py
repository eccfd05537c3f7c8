"""Returns, claims, the story of a box, the customer's page, First Steps: nothing axe finds, each language."""

import pytest

import frappe

from sales_wh_flow.claims import open_claims
from sales_wh_flow.milestones import page_link
from tests.browser import data, desk
from tests.browser.test_accessible import findings, picture
from tests.browser.test_couriers import parcel
from tests.browser.test_returns import ON, delivered
from tests.couriers import couriers_world
from tests.returns import returns_world

pytestmark = desk.in_full_runs
LANGUAGES = ("en", "de", "ar")
ROLES = ("System Manager", "Sales Manager", "Stock Manager", "Accounts Manager")


@pytest.fixture
def told(switches, world):
	"""(case, box, claim, the customer's page): what came back, a parcel that was lost."""
	switches(**ON, customer_page="1", returns_from_page="1", forecast=True)
	order, note = delivered(world)
	case = returns_world.opened(returns_world.asked(note, 2)).name
	box, courier = parcel(world)
	number = frappe.generate_hash(length=12).upper()
	frappe.db.set_value("Courier", courier, {"claim_within_days": 14})
	frappe.db.set_value("Order Box", box, {"courier": courier, "tracking_no": number, "state": "Handed Over"})
	couriers_world.tell(courier, number, "in_transit", 20, place="Hub Kassel")
	couriers_world.tell(courier, number, "delivery_failed", 2, "carrier_parcel_lost", place="Bonn")
	for incident in open_claims.waiting():
		if incident[0] == box:
			open_claims.open_claim(*incident)
	(claim,) = frappe.get_all("Courier Claim", {"box": box}, pluck="name")
	link = page_link.link_for_customer(order.name)
	frappe.db.commit()
	return case, box, claim, link[link.index("/order_tracking") :]


def screens(one, told):
	"""Each screen, opened: (name, the part that is ours)."""
	case, box, claim, page = told
	one.open("Return Case", case)
	yield "return-case", "#page-Return\\ Case .swf-flow"
	one.open("Order Box", box)
	yield "box", "#page-Order\\ Box .swf-block"
	one.page.evaluate("() => sales_wh_flow.couriers.ask_what_happened(cur_frm)")
	one.page.locator(".modal.show .modal-content").wait_for()
	yield "what-happened", ".modal.show .modal-body"
	one.open("Courier Claim", claim)
	yield "claim", ""
	one.visit("/app/pick")
	yield "start-pick", "#page-pick .layout-main-section"
	one.visit("/app/first-steps")
	one.page.locator(".fs-card").first.wait_for()
	yield "first-steps", "#page-first-steps .layout-main-section"
	one.page.locator("[data-template='discount'] [data-do='switch_on']").click()
	one.page.locator(".fs-dialog.show").wait_for()
	yield "switch-on", ".fs-dialog .modal-body"
	one.page.goto(page)
	direction = one.page.locator(".swf-track").evaluate("it => getComputedStyle(it).direction")
	assert direction == ("rtl" if one.page.locator("html[lang=ar]").count() else "ltr")
	yield "customer", ".swf-track"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_newer_screen_keeps_anybody_out(told, log_in, language):
	reader = data.make_login("Lea Language", *ROLES)
	frappe.db.set_value("User", reader, "language", language)
	frappe.db.commit()
	frappe.clear_cache(user=reader)
	one = log_in(reader)
	problems = []
	for name, part in screens(one, told):
		one.page.wait_for_load_state("networkidle")
		named = f"{language}-{name}"
		if part and language == "en":
			problems += findings(one, part, named)
		else:
			for width in (desk.DESKTOP, desk.PHONE):
				one.page.set_viewport_size(width)
				picture(one, f"{named}-{width['width']}")
				if one.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
					problems.append(f"{named} is wider than {width['width']}")
		one.page.set_viewport_size(desk.DESKTOP)
	assert not problems, "\n".join(problems)

"""The paper a customer gets of an order: lines as ordered, days, parcels, and nothing of ours."""

import pytest

import frappe
from frappe.utils import add_days, formatdate, nowdate

from sales_wh_flow.order_board import confirmation
from tests import factories as make
from tests.delivery.delivery_world import make_courier

pytestmark = pytest.mark.usefixtures("in_this_transaction")
OURS = ("Paid Before", "Flow Status", "Stage", "Warehouse", "Route", "Lateness", "Promised by")


def printed(order, **values):
	html = frappe.get_print("Sales Order", order.name, "Order Confirmation", **values)
	return " ".join(frappe.utils.strip_html(html.split('class="order-confirmation"')[1]).split())


def test_split_lines_are_joined_with_the_days_of_their_parts_and_nothing_of_ours_is_printed():
	near, far = make.make_warehouses(2)
	item = make.make_item(item_name="Desk Lamp")
	soon, later = add_days(nowdate(), 3), add_days(nowdate(), 9)
	order = make.make_order(
		make.line(item, qty=4, rate=25, warehouse=near, delivery_date=soon),
		make.line(item, qty=6, rate=25, warehouse=far, delivery_date=later),
		submit=True,
	)

	text = printed(order)

	assert text.count("Desk Lamp") == 1 and "10 Nos" in text and "250.00" in text
	assert f"4 on {formatdate(soon)}" in text and f"6 on {formatdate(later)}" in text
	assert not [word for word in (*OURS, near, far) if word in text]


def test_what_left_names_its_parcel():
	place = make.make_warehouse()
	order = make.make_order(make.line(make.stocked(5, place), qty=2, warehouse=place), submit=True)
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	note = make_delivery_note(order.name)
	courier = make_courier(tracking_url="https://track.example/{0}")
	note.update({"swf_tracking_no": "SW 4711, SW 4712", "swf_courier": courier})
	note.insert().submit()

	assert "Your Parcels SW 4711" in printed(order)
	links = [parcel["link"] for parcel in confirmation.confirmation_print(order)["parcels"]]
	assert links == ["https://track.example/SW%204711", "https://track.example/SW%204712"]


def test_an_item_name_is_text_on_the_paper():
	item = make.make_item(item_name="<b onclick=1>Lamp</b>")
	order = make.make_order(make.line(item, qty=1))

	assert "onclick=1>" not in frappe.get_print("Sales Order", order.name, "Order Confirmation")

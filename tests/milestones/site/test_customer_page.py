"""What the customer's page shows of boxes and days; and milestones that come in another order."""

import pytest

import frappe
from frappe.utils import add_days, format_date, now_datetime, nowdate

from sales_wh_flow.milestones import customer_page, happened
from sales_wh_flow.milestones.store import contents
from sales_wh_flow.packing.rules import states
from tests.factories import line, make_customer, make_item, make_order
from tests.milestones.messages_world import make_message_rule, messages, reachable_customer
from tests.packing.box_world import content_of, make_box


@pytest.fixture
def order():
	customer = make_customer()
	lines = (line(make_item(item_name="Lamp"), qty=3), line(make_item(item_name="Desk")))
	return make_order(*lines, customer=customer, submit=True)


def shown(order):
	return customer_page.order_for_customer(frappe.get_doc("Sales Order", order.name))


def test_each_box_says_what_is_in_it_where_it_is_and_how_to_follow_it(order):
	one = make_box(
		content_of(order, 0, 3),
		state=states.DELIVERED,
		tracking_no="T-1",
		tracking_url="https://courier.example/T-1",
		delivered_on=now_datetime(),
	)
	two = make_box(
		content_of(order, 1), state=states.IN_TRANSIT, tracking_no="T-2", expected_on=add_days(nowdate(), 2)
	)
	boxes = {box["name"]: box for box in shown(order)["boxes"]}
	assert set(boxes) == {one, two}
	assert (boxes[one]["contents"], boxes[one]["tracking_link"], boxes[one]["is_done"]) == (
		"3 Nos Lamp",
		"https://courier.example/T-1",
		True,
	)
	assert boxes[two]["contents"] == "1 Nos Desk"
	assert boxes[two]["expected_on"] == format_date(add_days(nowdate(), 2))
	assert boxes[one]["state"] != boxes[two]["state"]


def test_what_has_not_left_and_what_is_somebody_elses_is_not_shown(order):
	foreign = make_order(line(make_item(item_name="Secret")), customer=make_customer())
	for state in (states.OPEN, states.CLOSED, states.CANCELLED):
		make_box(content_of(order), state=state)
	make_box(content_of(order), content_of(foreign), state=states.HANDED_OVER)
	(box,) = shown(order)["boxes"]
	assert box["contents"] == "1 Nos Lamp"


def test_what_was_ordered_by_the_carton_is_told_in_cartons_where_they_are_whole(order):
	frappe.db.set_value("Sales Order Item", order.items[0].name, {"uom": "Box", "conversion_factor": 3})
	two = {make_box(content_of(order, 0, qty), state=states.IN_TRANSIT): qty for qty in (3, 2)}
	told = {3: "1 Box Lamp", 2: "2 Nos Lamp"}
	assert {box["name"]: box["contents"] for box in shown(order)["boxes"]} == {
		name: told[qty] for name, qty in two.items()
	}
	message = {"milestone": "Dispatched", "box": min(two)}
	(line_told,) = contents.goods_told(message, order.name)
	assert (line_told["qty"], line_told["uom"]) == {3: (1, "Box"), 2: (2, "Nos")}[two[min(two)]]


def test_a_link_that_is_no_web_address_is_not_offered(order):
	make_box(content_of(order), state=states.IN_TRANSIT, tracking_url="javascript:alert(1)")
	(box,) = shown(order)["boxes"]
	assert box["tracking_link"] == ""


def test_an_order_that_is_promised_for_a_later_day_says_that_day(order):
	asked = order.items[0].delivery_date
	assert {it["day"] for it in shown(order)["lines"]} == {format_date(asked)}
	later = add_days(asked, 9)
	frappe.db.set_value("Sales Order", order.name, "swf_last_promised_on", later)
	assert {it["day"] for it in shown(order)["lines"]} == {format_date(later)}


@pytest.mark.parametrize(
	"expected, said", [(3, {"is_late": True, "day": ""}), (-1, {"is_late": True, "expected_on": ""})]
)
def test_nobody_is_told_to_wait_for_a_day_that_is_over(order, expected, said):
	frappe.db.set_value("Sales Order Item", order.items[0].name, "delivery_date", add_days(nowdate(), -2))
	day = add_days(nowdate(), expected)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "swf_line_expected_on", day)
	line_shown = shown(order)["lines"][0]
	assert said.items() <= line_shown.items()
	assert line_shown["expected_on"] == (format_date(day) if expected > 0 else "")


@pytest.mark.parametrize(
	"ended", [{"docstatus": 2}, {"docstatus": 1, "status": "Closed"}, {"docstatus": 0, "status": "Draft"}]
)
def test_no_day_is_named_for_what_is_not_sent_any_more_or_not_confirmed(order, ended):
	frappe.db.set_value("Sales Order", order.name, ended)
	row = order.items[0].name
	for day in (add_days(nowdate(), 5), add_days(nowdate(), -2)):
		frappe.db.set_value("Sales Order Item", row, {"delivery_date": day, "delivered_qty": 1})
		told = shown(order)["lines"][0]
		assert {"left": "1", "day": "", "is_late": False, "expected_on": ""}.items() <= told.items()


def test_what_came_back_is_said_to_be_credited_or_sent_again(order):
	row = order.items[0].name
	back = {"delivered_qty": 1, "swf_returned_qty": 2, "swf_replaced_qty": 1, "swf_refunded_qty": 1}
	frappe.db.set_value("Sales Order Item", row, back)
	told = {"left": "2", "back": "2", "again": "1", "credited": "1", "is_all": False}
	assert told.items() <= shown(order)["lines"][0].items()
	frappe.db.set_value("Sales Order Item", row, "delivered_qty", 2)
	assert {"left": "3", "again": "", "is_all": True}.items() <= shown(order)["lines"][0].items()


def test_what_is_on_its_way_says_by_when_where_no_courier_does(order):
	make_box(content_of(order), state=states.IN_TRANSIT)
	(box,) = shown(order)["boxes"]
	assert box["expected_on"] == format_date(order.delivery_date)


def test_milestones_that_come_in_another_order_are_each_told_once(switches):
	switches(messages="On")
	for milestone in ("Dispatched", "Delivered"):
		make_message_rule(milestone)
	order = make_order(customer=reachable_customer())
	for milestone in ("Delivered", "Dispatched", "Delivered", "Dispatched"):
		happened.note_happened(milestone, order.name, box="BOX-1")
	assert [it.milestone for it in messages(order.name)] == ["Delivered", "Dispatched"]


def test_links_that_work_for_no_day_are_refused_where_the_settings_are_saved():
	settings = frappe.get_doc("Sales Flow Settings")
	settings.update({"customer_page": 1, "customer_page_days": 0})
	with pytest.raises(frappe.ValidationError, match="at least 1 day"):
		settings.save()

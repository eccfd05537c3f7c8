"""Money to collect, dangerous goods and tariff numbers stand on boxes and their prints."""

import pytest

import frappe

from sales_wh_flow.couriers import api as couriers
from sales_wh_flow.delivery.store import to_pay
from sales_wh_flow.packing import api, labels
from sales_wh_flow.packing.store import collecting
from tests import factories
from tests.billing.billing_world import invoice_of, pay, pay_ahead
from tests.couriers.couriers_world import make_courier
from tests.packing.box_world import World, key
from tests.packing.site.test_labels import printed


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


def packed(world, pick_list, qty, **closing) -> str:
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=qty)
	api.close_box(key(), box, **closing)
	return box


def to_collect(box) -> float:
	return frappe.db.get_value("Order Box", box, "cod_amount")


def test_each_box_says_how_much_and_all_of_them_what_the_order_costs():
	world = World(5, address=True)
	order, pick_list = world.picked_order(swf_cod=1)
	boxes = [packed(world, pick_list, qty) for qty in (2, 3)]
	assert [to_collect(box) for box in boxes] == [200, 300] and order.grand_total == 500
	answer = api.open_again(key(), boxes[0], "Wrong tape")
	assert answer["cod_amount"] == 0
	api.close_box(key(), boxes[0])
	assert to_collect(boxes[0]) == 200
	paid = pay_ahead(order, 250)
	assert [to_pay.still_to_collect([box])[box][0] for box in boxes] == [200, 50]
	frappe.db.set_value("Order Box", boxes[0], "state", "Delivered")  # a courier says so; he paid it over
	paid.cancel()
	pay_ahead(order, 200)
	assert to_pay.still_to_collect([boxes[1]])[boxes[1]][0] == 300
	frappe.db.set_value("Order Box", boxes[0], "state", "Closed")
	frappe.db.set_value("Sales Order", order.name, {"base_grand_total": 600, "base_rounded_total": 0})
	worths = collecting.worth_of_rows(boxes)
	assert [sum(row.worth for row in worths[box].values()) for box in boxes] == [240, 360]  # with its taxes


@pytest.mark.parametrize(("paid", "expected"), [(0, 200), (250, 200), (400, 100), (500, 0)])
def test_what_was_paid_since_the_box_was_closed_is_not_collected_again(paid, expected):
	world = World(5, address=True)
	order, pick_list = world.picked_order(swf_cod=1)
	box = packed(world, pick_list, 2)
	if paid:
		pay_ahead(order, paid)
	currency = frappe.get_cached_value("Company", order.company, "default_currency")
	assert to_pay.still_to_collect([box]) == {box: (expected, currency)}


@pytest.mark.unchecked  # a box that nothing led to the customer
@pytest.mark.parametrize(("ahead", "first", "second"), [(0, 200, 300), (250, 100, 150)])
@pytest.mark.parametrize("is_posted", [True, False])
def test_goods_that_are_packed_after_a_box_was_paid_ask_for_what_they_cost(ahead, first, second, is_posted):
	world = World(5, address=True)
	order, pick_list = world.picked_order(swf_cod=1)
	if ahead:
		pay_ahead(order, ahead)
	box = packed(world, pick_list, 2)
	assert to_collect(box) == first
	frappe.db.set_value("Order Box", box, "state", "Delivered")
	if is_posted:
		pay_ahead(order, first)
	assert to_collect(packed(world, pick_list, 3)) == second


def test_an_order_whose_invoice_was_paid_in_part_is_asked_for_the_rest():
	world = World(5, address=True)
	order, pick_list = world.picked_order(swf_cod=1)
	box = packed(world, pick_list, 5)
	pay(invoice_of(order), 400)
	assert to_pay.still_to_collect([box])[box][0] == 100
	api.open_again(key(), box, "Wrong tape")
	api.close_box(key(), box)
	assert to_collect(box) == 100


def test_an_order_that_is_not_paid_at_the_door_collects_nothing():
	world = World(2, address=True)
	_order, pick_list = world.picked_order()
	assert to_collect(packed(world, pick_list, 2)) == 0


def test_labels_say_what_to_collect_and_what_is_dangerous():
	tariff = {"doctype": "Customs Tariff Number", "tariff_number": factories.unique("3208")[:20]}
	tariff = frappe.get_doc(tariff).insert().name
	paint = {"swf_un_number": "UN1263", "swf_shipping_name": "PAINT", "swf_hazard_class": "3"}
	world = World(2, address=True, customs_tariff_number=tariff, **paint)
	_order, pick_list = world.picked_order(swf_cod=1)
	box = frappe.get_doc("Order Box", packed(world, pick_list, 2))
	for name in ("Box Label", "Box Label ZPL", "Box Packing List"):
		text = printed(box, name)
		assert "Collect on delivery: " in text and "UN1263 PAINT, 3" in text
	assert tariff in printed(box, "Box Packing List")
	assert labels.box_print(box)["notices"]


def test_an_order_collects_as_long_as_its_closed_boxes_do():
	world = World(2, address=True)
	order, pick_list = world.picked_order(swf_cod=1)
	box = packed(world, pick_list, 2)

	def untick():
		stored = frappe.get_doc("Sales Order", order.name)
		stored.swf_cod = 0
		stored.save()

	with pytest.raises(frappe.ValidationError, match=f"{box}.*Collect on Delivery"):
		untick()
	api.open_again(key(), box, "Pays by invoice")
	untick()
	api.close_box(key(), box)
	assert to_collect(box) == 0


def test_a_label_printed_anew_says_what_is_still_owed():
	world = World(2, address=True)
	order, pick_list = world.picked_order(swf_cod=1)
	box = packed(world, pick_list, 2)
	pay_ahead(order, 150)
	(notice,) = labels.box_print(frappe.get_doc("Order Box", box))["notices"]
	assert notice.endswith(" 50")
	pay_ahead(order, 50)
	assert labels.box_print(frappe.get_doc("Order Box", box))["notices"] == []


def test_a_courier_that_does_not_take_it_is_offered_without_a_price_and_not_taken():
	world = World(2, address=True, swf_un_number="UN1263")
	_order, pick_list = world.picked_order(swf_cod=1)
	box = packed(world, pick_list, 2)
	plain = make_courier("Own Rates")
	both = make_courier("Own Rates", takes_cod=1, takes_dangerous=1)
	why = {it["courier"]: it["why"] for it in couriers.rates_for_boxes([box])["offers"]}
	assert why[plain] == "no dangerous goods" and why[both] == "no rate"
	with pytest.raises(frappe.ValidationError, match="takes no dangerous goods"):
		couriers.take_rate_for_boxes([box], plain)
	couriers.take_rate_for_boxes([box], both)


def test_a_closed_box_has_the_sides_of_its_type_so_that_volume_is_paid_for():
	sides = {"length_cm": 60, "width_cm": 40, "height_cm": 40}
	kind = {"doctype": "Box Type", "box_type": factories.unique("Carton"), "kind": "Box", **sides}
	kind = frappe.get_doc(kind).insert().name
	world = World(2, address=True)
	_order, pick_list = world.picked_order()
	box = packed(world, pick_list, 2, box_type=kind)
	assert frappe.db.get_value("Order Box", box, [*sides]) == (60, 40, 40)

"""ERPNext 16's Subcontracting Inward Order: a customer's material is worked on for a Sales Order."""

import pytest

import frappe

from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.selling.doctype.sales_order import sales_order

from sales_wh_flow.order import refresh_status
from tests import factories as make
from tests.customers_material import inward_order, moved, needs_inward_orders, order_of_work, produced
from tests.site import all_is_well

pytestmark = [pytest.mark.usefixtures("in_this_transaction"), needs_inward_orders]


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(approval=True, stock_lock=True, routing=True, fulfilment=True)


@pytest.fixture
def order(request):
	return order_of_work(**getattr(request, "param", {}))


@pytest.fixture
def inward(order):
	return inward_order(order)


def counted(order):
	return frappe.db.get_value("Sales Order Item", order.items[0].name, "subcontracted_qty")


def flow_status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def test_a_customers_material_is_taken_in_worked_on_and_sent(order, inward):
	produced(inward)
	assert counted(order) == 5
	assert flow_status(order) == "Approved"

	sent = moved(inward.make_subcontracting_delivery())
	assert frappe.db.get_value(inward.doctype, inward.name, "status") == "Delivered"
	assert flow_status(order) == "Delivered"
	all_is_well()

	frappe.get_doc(sent.doctype, sent.name).cancel()
	assert flow_status(order) == "Approved"


def test_too_much_of_one_good_makes_up_for_nothing_that_is_missing_of_another():
	order = order_of_work(goods=2)
	too_much, missing = inward_order(order).submit().items
	frappe.db.set_value(too_much.doctype, too_much.name, "delivered_qty", 10)
	assert refresh_status.refresh_order(order.name) == "Approved"

	frappe.db.set_value(missing.doctype, missing.name, "delivered_qty", 5)
	assert refresh_status.refresh_order(order.name) == "Delivered"


def test_nothing_is_sent_of_an_order_whose_change_waits_for_approval(order, inward):
	make.make_rule("Order Value", 600)
	(line,) = order.items
	same = {field: line.get(field) for field in ("item_code", "fg_item", "fg_item_qty", "qty", "uom")}
	row = {**same, "docname": line.name, "conversion_factor": 1, "delivery_date": str(line.delivery_date)}
	update_child_qty_rate(order.doctype, frappe.as_json([{**row, "rate": 200}]), order.name)
	assert flow_status(order) == "Pending Approval"
	sent = frappe.get_doc(produced(inward).make_subcontracting_delivery()).insert()

	with pytest.raises(frappe.ValidationError, match=order.name):
		sent.submit()


NUMBERED = {"has_serial_no": 1, "serial_no_series": "OF-CUSTOMER.####"}


@pytest.mark.parametrize("order", [{}, NUMBERED], ids=["pieces", "serial numbers"], indirect=True)
def test_what_a_customer_sent_by_mistake_is_taken_out_again(inward):
	inward.submit()
	inward.reload()
	came = frappe.get_doc(inward.make_rm_stock_entry_inward()).insert().submit()

	frappe.get_doc(came.doctype, came.name).cancel()

	assert frappe.db.get_value("Bin", {"warehouse": inward.customer_warehouse}, "actual_qty") == 0
	all_is_well()


def test_it_is_cancelled_and_the_order_asks_for_another(order, inward):
	inward.submit()
	inward.reload()
	inward.cancel()
	assert counted(order) == 0
	assert sales_order.make_subcontracting_inward_order(order.name).items[0].qty == 5

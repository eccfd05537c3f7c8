"""ERPNext 16's Subcontracting Inward Order: a customer's material is worked on for a Sales Order."""

import pytest

import frappe

from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry
from erpnext.selling.doctype.sales_order import sales_order

from tests import factories as make
from tests.site import all_is_well
from tests.stock_documents import bill_of_materials

pytestmark = [
	pytest.mark.usefixtures("in_this_transaction"),
	pytest.mark.skipif(
		not hasattr(sales_order, "make_subcontracting_inward_order"),
		reason="this ERPNext works on no customer's material",
	),
]


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(approval=True, stock_lock=True, routing=True, fulfilment=True)


@pytest.fixture
def order(request):
	"""A submitted order of work on five pieces, to be made of ten that the customer sends."""
	customer = make.make_customer()
	material = make.make_item(
		is_customer_provided_item=1,
		customer=customer,
		is_purchase_item=0,
		default_material_request_type="Customer Provided",
		valuation_rate=0,
		**getattr(request, "param", {}),
	)
	made = make.make_item(is_sub_contracted_item=1)
	bill_of_materials(made, material, 2)
	work = make.line(make.make_item(is_stock_item=0), qty=5, fg_item=made, fg_item_qty=5)
	return make.make_order(work, customer=customer, is_subcontracted=1, submit=True)


@pytest.fixture
def inward(order):
	"""The draft of its Subcontracting Inward Order."""
	doc = sales_order.make_subcontracting_inward_order(order.name)
	doc.customer_warehouse = make.make_warehouse(customer=order.customer)
	doc.items[0].delivery_warehouse = order.items[0].warehouse
	return doc.insert()


def counted(order):
	return frappe.db.get_value("Sales Order Item", order.items[0].name, "subcontracted_qty")


def flow_status(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def moved(values):
	return frappe.get_doc(values).insert().submit()


def produced(inward):
	"""The submitted Subcontracting Inward Order, all of whose goods are made."""
	inward.submit()
	inward.reload()
	moved(inward.make_rm_stock_entry_inward())
	inward.reload()
	work = frappe.get_doc("Work Order", inward.make_work_order()[0])
	work.update({"wip_warehouse": make.make_warehouse(), "planned_start_date": frappe.utils.nowdate()})
	work.save().submit()
	moved(make_stock_entry(work.name, "Material Transfer for Manufacture", 5))
	moved(make_stock_entry(work.name, "Manufacture", 5))
	return inward.reload()


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

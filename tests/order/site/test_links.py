"""What is billed or delivered in an order's name is a row of that order, and counted there."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.audit import check
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def service():
	return make.line(make.make_item(is_stock_item=0), qty=2, rate=95)


def paper(doctype, order, **row):
	sold = order.items[0]
	values = {"company": order.company, "customer": order.customer, "due_date": add_days(nowdate(), 30)}
	line = {"item_code": sold.item_code, "qty": 1, "rate": 95, "warehouse": sold.warehouse, **row}
	return frappe.get_doc({"doctype": doctype, **values, "items": [line]})


KINDS = (("Sales Invoice", "sales_order"), ("Delivery Note", "against_sales_order"))


@pytest.mark.parametrize("doctype, link", KINDS)
def test_a_row_that_names_its_order_alone_counts_at_the_orders_row(doctype, link):
	order = make.make_order(service(), submit=True)
	doc = paper(doctype, order, **{link: order.name}).insert()
	assert doc.items[0].so_detail == order.items[0].name


@pytest.mark.parametrize("doctype, link", KINDS)
def test_nothing_goes_out_in_the_name_of_an_order_that_does_not_have_it(doctype, link):
	order = make.make_order(service(), submit=True)
	other = make.make_item(is_stock_item=0)
	with pytest.raises(frappe.ValidationError, match="has no"):
		paper(doctype, order, item_code=other, **{link: order.name}).insert()


@pytest.mark.parametrize("doctype, link", KINDS)
def test_a_row_of_another_order_is_refused(doctype, link):
	order = make.make_order(service(), submit=True)
	other = make.make_order(make.line(order.items[0].item_code, rate=95), submit=True)
	with pytest.raises(frappe.ValidationError, match="a row of another order"):
		paper(doctype, order, **{link: order.name, "so_detail": other.items[0].name}).insert()


@pytest.mark.parametrize("doctype, link", KINDS)
def test_what_is_locked_for_one_order_leaves_in_no_other_orders_name(switches, doctype, link):
	"""Whoever counts stock has no approvals on: the lock alone asks as well."""
	switches(stock_lock=True)
	item, place = make.make_item(), make.make_warehouse()
	make.receive(item, 10, place)
	order, other = (make.make_order(make.line(item, qty=5, warehouse=place), submit=True) for _one in "ab")
	row = {"warehouse": place, link: other.name, "so_detail": order.items[0].name}

	with pytest.raises(frappe.ValidationError, match="a row of another order"):
		paper(doctype, other, **row).insert()


def test_what_left_for_one_order_does_not_come_back_for_another(switches):
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	switches(stock_lock=True)
	order, other = (make.make_order(service(), submit=True) for _one in "ab")
	note = paper("Delivery Note", order, against_sales_order=order.name, qty=2).insert().submit()
	back = make_return_doc("Delivery Note", note.name)
	assert frappe.copy_doc(back).insert().items[0].so_detail == order.items[0].name

	back.items[0].update({"against_sales_order": other.name, "so_detail": other.items[0].name})

	with pytest.raises(frappe.ValidationError, match="a row of another"):
		back.insert()


@pytest.mark.unchecked
@pytest.mark.parametrize("doctype, link", KINDS)
def test_the_check_sees_what_left_in_another_orders_name(switches, doctype, link):
	order = make.make_order(service(), submit=True)
	other = make.make_order(service(), submit=True)
	sent = paper(doctype, order, **{link: order.name}).insert().submit()
	assert not check.look(orders=[order.name])

	frappe.db.set_value(f"{doctype} Item", sent.items[0].name, link, other.name)

	found = [(it.code, it.found, it.expected) for it in check.look(orders=[order.name])]
	assert ("left_in_another_name", sent.name, other.name) in found


def test_more_than_the_order_has_is_not_billed_in_its_name():
	order = make.make_order(service(), submit=True)
	paper("Sales Invoice", order, sales_order=order.name, qty=2).insert().submit()
	with pytest.raises(frappe.ValidationError, match="over limit"):
		paper("Sales Invoice", order, sales_order=order.name, qty=2).insert().submit()


def test_goods_of_an_invoice_are_those_of_its_order():
	order = make.make_order(service(), submit=True)
	bill = paper("Sales Invoice", order, sales_order=order.name, qty=2).insert().submit()
	links = {"against_sales_invoice": bill.name, "si_detail": bill.items[0].name}
	note = paper("Delivery Note", order, **links).insert()
	assert (note.items[0].against_sales_order, note.items[0].so_detail) == (order.name, order.items[0].name)
	other = make.make_order(make.line(order.items[0].item_code, rate=95), submit=True)
	with pytest.raises(frappe.ValidationError, match="a row of"):
		paper("Delivery Note", other, against_sales_order=other.name, **links).insert()


def test_looking_costs_one_statement_and_none_without_orders():
	from sales_wh_flow.order import links

	order = make.make_order(service(), service(), submit=True)
	doc = paper("Sales Invoice", order, sales_order=order.name)
	free = paper("Sales Invoice", order)
	for one, statements in ((doc, 1), (free, 0)):
		with make.counted_statements() as seen:
			links.complete_links(one)
		assert len(seen) == statements

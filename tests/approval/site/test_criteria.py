"""Each criterion measured on real documents, and rules that can't be asked."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.rules import criteria as of
from tests import factories as make
from tests.approval.criteria_world import measured


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def make_invoice(customer, amount, due_days_ago, paid=0.0):
	item = make.make_item(is_stock_item=0)
	doc = frappe.get_doc(
		{
			"doctype": "Sales Invoice",
			"customer": customer,
			"company": make.company().name,
			"currency": make.company().currency,
			"posting_date": add_days(nowdate(), -due_days_ago - 10),
			"set_posting_time": 1,
			"due_date": add_days(nowdate(), -due_days_ago),
			"items": [{"item_code": item, "qty": 1, "rate": amount}],
		}
	).insert()
	doc.submit()
	if paid:
		pay(doc, paid)
	return doc


def pay(invoice, amount):
	"""Part of an invoice is paid."""
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	payment = get_payment_entry("Sales Invoice", invoice.name, party_amount=amount)
	payment.update({"reference_no": "1", "reference_date": nowdate()})
	payment.insert().submit()


def test_overdue_invoices_of_the_customer_are_counted():
	customer = make.make_customer()
	make_invoice(customer, 100, due_days_ago=40, paid=30)
	make_invoice(customer, 50, due_days_ago=5)
	make_invoice(customer, 500, due_days_ago=-5)  # not due yet
	make_invoice(make.make_customer(), 900, due_days_ago=90)
	order = make.make_order(customer=customer)
	assert measured(order, of.OVERDUE) == 120
	assert measured(order, of.OVERDUE, measure="Oldest in Days") == 40
	assert measured(order, of.OVERDUE, measure="Number of Invoices") == 2


def test_other_orders_that_wait_for_approval_count_by_choice():
	customer = make.make_customer(credit_limit=10)
	make.make_rule()
	waiting = make.make_order(make.line(rate=80), customer=customer)
	gate.ask(waiting.name)
	make.make_order(make.line(rate=7), customer=customer)  # a draft nobody asked about
	order = make.make_order(make.line(rate=20), customer=customer)
	assert measured(order, of.CREDIT_EXPOSURE) == 20
	assert measured(order, of.CREDIT_EXPOSURE, count_pending=1) == 100


def test_deliveries_without_an_order_that_nobody_billed_are_owed():
	customer, warehouse = make.make_customer(credit_limit=10), make.make_warehouse()
	item = make.make_item()
	make.receive(item, 5, warehouse)
	frappe.get_doc(
		{
			"doctype": "Delivery Note",
			"customer": customer,
			"company": make.company().name,
			"currency": make.company().currency,
			"items": [{"item_code": item, "qty": 1, "rate": 5, "warehouse": warehouse}],
		}
	).insert().submit()
	order = make.make_order(make.line(rate=20), customer=customer)
	assert measured(order, of.CREDIT_EXPOSURE) == 25


def price(item, rate, **values):
	price_list = frappe.db.get_single_value("Selling Settings", "selling_price_list") or "Standard Selling"
	return frappe.get_doc(
		{
			"doctype": "Item Price",
			"item_code": item,
			"price_list": price_list,
			"price_list_rate": rate,
			"selling": 1,
			**values,
		}
	).insert(ignore_permissions=True)


def test_a_price_is_compared_with_the_price_list_and_not_with_what_the_row_says():
	item = make.make_item()
	price(item, 125)
	order = make.make_order(make.line(item, rate=100, price_list_rate=100))
	order.items[0].db_set({"price_list_rate": 100, "base_price_list_rate": 100})
	assert measured(order, of.DISCOUNT) == 20
	assert measured(order, of.BELOW_LIST) == 20
	assert measured(order, of.BELOW_LIST, measure="Amount Below") == 25


def test_the_price_of_a_box_is_the_price_of_its_uom_else_of_its_pieces():
	item = make.make_item(
		uoms=[{"uom": "Nos", "conversion_factor": 1}, {"uom": "Box", "conversion_factor": 12}]
	)
	price(item, 10)
	row = make.line(item, uom="Box", conversion_factor=12, rate=96, price_list_rate=120)
	order = make.make_order(row)
	assert measured(order, of.BELOW_LIST) == 20
	price(item, 192, uom="Box")
	assert measured(order, of.BELOW_LIST) == 50


def test_margin_over_valuation_and_over_last_purchase():
	item, warehouse = make.make_item(), make.make_warehouse()
	make.receive(item, 5, warehouse, basic_rate=80)
	frappe.db.set_value("Item", item, "last_purchase_rate", 50)
	order = make.make_order(make.line(item, rate=100, warehouse=warehouse))
	assert measured(order, of.MARGIN, 30) == 25
	assert measured(order, of.MARGIN, 120, cost_basis="Last Purchase Rate") == 100
	assert measured(order, of.MARGIN, 20) is None


def test_a_shortage_counts_rows_that_share_stock_once():
	item, warehouse = make.make_item(), make.make_warehouse()
	make.receive(item, 5, warehouse)
	order = make.make_order(
		make.line(item, qty=4, warehouse=warehouse), make.line(item, qty=4, warehouse=warehouse)
	)
	assert measured(order, of.SHORTAGE) == 3
	assert measured(order, of.SHORTAGE, measure="Missing Value Share") == 37.5


@pytest.mark.parametrize("counted", [True, False])
def test_a_discount_of_a_pricing_rule_counts_by_choice(counted):
	item = make.make_item()
	price(item, 100)
	frappe.get_doc(
		{
			"doctype": "Pricing Rule",
			"title": make.unique("Pricing"),
			"apply_on": "Item Code",
			"items": [{"item_code": item}],
			"selling": 1,
			"company": make.company().name,
			"currency": make.company().currency,
			"rate_or_discount": "Discount Percentage",
			"discount_percentage": 15,
		}
	).insert()
	order = make.make_order({"item_code": item, "qty": 1})
	assert order.items[0].rate == 85
	assert measured(order, of.DISCOUNT, leave_out_pricing_rules=int(not counted)) == (15 if counted else None)


def test_a_header_discount_is_spread_over_the_rows():
	order = make.make_order(
		make.line(rate=100),
		make.line(rate=300, price_list_rate=300),
		additional_discount_percentage=25,
		apply_discount_on="Net Total",
	)
	assert measured(order, of.DISCOUNT, measure="Line") == 25
	assert measured(order, of.DISCOUNT, measure="Amount Given Away") == 100


def test_special_terms_are_those_the_customer_does_not_usually_get():
	usual, special = (
		frappe.get_doc(
			{
				"doctype": "Payment Terms Template",
				"template_name": make.unique("Terms"),
				"terms": [{"invoice_portion": 100, "credit_days": days, "due_date_based_on": DAYS}],
			}
		).insert()
		for days in (30, 90)
	)
	customer = make.make_customer(payment_terms=usual.name)
	order = make.make_order(customer=customer)
	assert measured(order, of.SPECIAL_TERMS) is None
	order.update({"payment_terms_template": special.name, "payment_schedule": []})
	order.swf_special_instructions = "Call before delivery"
	order.save()
	assert measured(order, of.SPECIAL_TERMS) == 2
	assert measured(order, of.SPECIAL_TERMS, measure="Payment Terms") == 1
	assert measured(order, of.SPECIAL_TERMS, measure="Free-Text Terms") is None
	order.terms = "<p>We pay when we like</p>"
	order.save()
	assert measured(order, of.SPECIAL_TERMS, measure="Free-Text Terms") == 1


DAYS = "Day(s) after invoice date"


def test_new_and_dormant_customers_are_known_by_their_submitted_orders():
	customer = make.make_customer()
	order = make.make_order(customer=customer)
	make.make_order(customer=customer)  # a draft is no order
	assert measured(order, of.NEW_CUSTOMER, 1) == 0
	earlier = make.make_order(customer=customer, submit=False)
	earlier.transaction_date = add_days(nowdate(), -50)
	with_no_rule(earlier.submit)
	assert measured(order, of.NEW_CUSTOMER, 1) is None
	assert measured(order, of.NEW_CUSTOMER, 49, measure="Days Since Last Order") == 50


def with_no_rule(work):
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	work()


def test_a_delivery_date_too_near():
	order = make.make_order(make.line(delivery_date=add_days(nowdate(), 2)), make.line())
	assert measured(order, of.DELIVERY_DATE, 3) == 2
	assert measured(order, of.DELIVERY_DATE, 2) is None


def test_scopes_include_what_is_below_in_the_tree():
	parent = make.make_customer_group(is_group=1)
	child = make.make_customer_group(parent)
	item_group = frappe.get_doc(
		{
			"doctype": "Item Group",
			"item_group_name": make.unique("Group"),
			"parent_item_group": "All Item Groups",
		}
	).insert()
	brand = frappe.get_doc({"doctype": "Brand", "brand": make.unique("Brand")}).insert()
	item = make.make_item(item_group=item_group.name, brand=brand.name)
	warehouse = make.make_warehouse()
	group_of_warehouse = frappe.db.get_value("Warehouse", warehouse, "parent_warehouse")
	order = make.make_order(
		make.line(item, rate=70),
		make.line(rate=50),
		customer=make.make_customer(group=child),
		warehouse=warehouse,
	)
	values = {"criterion": of.DISCOUNT, "measure": "Line"}
	assert measured(order, **values, customer_group=parent) == 50
	assert measured(order, **values, item_group=item_group.name) == 30
	assert measured(order, **values, item_group="All Item Groups") == 50
	assert measured(order, **values, brand=brand.name) == 30
	assert measured(order, **values, warehouse=warehouse) == 50
	assert measured(order, **values, warehouse=group_of_warehouse) == 50
	assert measured(order, **values, warehouse=make.make_warehouse()) is None
	assert measured(order, **values, customer=order.customer) == 50
	assert measured(order, **values, order_type="Maintenance") is None
	assert measured(order, **values, valid_from=add_days(nowdate(), 1)) is None

"""Every way to give a discount counts: charges, rows, free goods, early payment, coupons, Blanket Orders."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval.rules import criteria as of
from tests import factories as make
from tests.approval.site.test_criteria import approval_on, measured, price
from tests.approval.site.test_measured_against_masters import reason_of

__all__ = ["approval_on"]

WHOLE = {"measure": "Whole Order"}


def account(kind):
	filters = {"company": make.company().name, "is_group": 0}
	return frappe.db.get_value("Account", {**filters, "account_type": kind}) or frappe.db.get_value(
		"Account", {**filters, "root_type": "Expense", "account_type": ["!=", "Tax"]}
	)


def charge(amount=0, rate=0, kind="Chargeable"):
	return {
		"charge_type": "On Net Total" if rate else "Actual",
		"account_head": account(kind),
		"description": "Charge",
		"rate": rate,
		"tax_amount": amount,
	}


def test_a_negative_charge_is_a_discount():
	order = make.make_order(make.line(qty=10, rate=100, price_list_rate=100), taxes=[charge(-250)])
	assert measured(order, of.DISCOUNT, 20, **WHOLE) == 25
	assert measured(order, of.DISCOUNT, 20, leave_out_negative_charges=1, **WHOLE) is None
	assert "negative charges take off 25 %" in reason_of(order, of.DISCOUNT, 20)


@pytest.mark.parametrize(("kind", "expected"), [("Chargeable", 10), ("Tax", None)])
def test_a_negative_rate_is_a_discount_unless_it_is_tax(kind, expected):
	order = make.make_order(make.line(rate=100, price_list_rate=100), taxes=[charge(rate=-10, kind=kind)])
	assert measured(order, of.DISCOUNT, 5, **WHOLE) == expected


def test_a_negative_amount_typed_on_a_tax_account_is_a_discount():
	order = make.make_order(
		make.line(qty=10, rate=100, price_list_rate=100), taxes=[charge(-250, kind="Tax")]
	)
	assert measured(order, of.DISCOUNT, 20, **WHOLE) == 25


def test_a_negative_row_is_a_discount_of_the_others():
	frappe.db.set_single_value("Selling Settings", "allow_negative_rates_for_items", 1)
	rebate = make.line(make.make_item(is_stock_item=0), rate=-40, price_list_rate=0)
	order = make.make_order(make.line(rate=100, price_list_rate=100), rebate)
	assert measured(order, of.DISCOUNT, 20, **WHOLE) == 40
	assert measured(order, of.DISCOUNT, 20, leave_out_negative_lines=1, **WHOLE) is None


def test_a_row_for_nothing_is_a_discount_though_no_list_has_its_price():
	free = make.line(make.make_item(standard_rate=0, valuation_rate=300), rate=0, price_list_rate=0)
	order = make.make_order(make.line(rate=100, price_list_rate=100), free)
	assert measured(order, of.DISCOUNT, 20, **WHOLE) == 75
	assert measured(order, of.DISCOUNT, 20, leave_out_free_goods=1, **WHOLE) is None


def test_a_cash_discount_in_the_payment_schedule_is_a_discount():
	order = make.make_order(
		make.line(rate=100, price_list_rate=100),
		payment_schedule=[
			{
				"due_date": add_days(nowdate(), 30),
				"invoice_portion": 100,
				"discount_type": "Percentage",
				"discount": 22,
				"discount_date": add_days(nowdate(), 10),
			}
		],
	)
	assert measured(order, of.DISCOUNT, 20, **WHOLE) == 22
	assert measured(order, of.DISCOUNT, 20, leave_out_cash_discounts=1, **WHOLE) is None


def pricing_rule(item, **values):
	return frappe.get_doc(
		{
			"doctype": "Pricing Rule",
			"title": make.unique("Pricing Rule"),
			"apply_on": "Item Code",
			"items": [{"item_code": item}],
			"selling": 1,
			"currency": make.company().currency,
			"company": make.company().name,
			"price_or_product_discount": "Price",
			"rate_or_discount": "Discount Percentage",
			**values,
		}
	).insert(ignore_permissions=True)


def test_a_coupon_counts_though_pricing_rules_are_left_out():
	item = make.make_item()
	price(item, 100)
	rule = pricing_rule(item, discount_percentage=30, coupon_code_based=1)
	coupon = frappe.get_doc(
		{
			"doctype": "Coupon Code",
			"coupon_name": make.unique("Coupon"),
			"coupon_type": "Promotional",
			"pricing_rule": rule.name,
			"valid_from": nowdate(),
			"valid_upto": add_days(nowdate(), 5),
			"maximum_use": 10,
		}
	).insert(ignore_permissions=True)
	order = make.make_order({"item_code": item, "qty": 1}, coupon_code=coupon.name)
	assert order.items[0].rate == 70
	assert measured(order, of.DISCOUNT, 20, leave_out_pricing_rules=1) == 30
	assert measured(order, of.DISCOUNT, 20, leave_out_coupons=1) is None


def free_goods_order(bought, qty):
	gift = make.make_item()
	price(gift, 50)
	rule = pricing_rule(
		bought,
		price_or_product_discount="Product",
		same_item=0,
		free_item=gift,
		free_qty=2,
		free_item_rate=0,
		min_qty=1,
	)
	order = make.make_order(make.line(bought, qty=2, rate=100, price_list_rate=100))
	(free,) = [row for row in order.items if row.is_free_item]
	assert (free.item_code, free.pricing_rules) == (gift, rule.name)
	if qty != 2:
		free.db_set({"qty": qty, "stock_qty": qty})
	return order


@pytest.mark.parametrize(("qty", "counted", "left_out"), [(2, 33.3333, None), (6, 60, 50)])
def test_free_goods_count_and_only_what_a_pricing_rule_gave_is_left_out(qty, counted, left_out):
	item = make.make_item()
	price(item, 100)
	order = free_goods_order(item, qty)
	assert measured(order, of.DISCOUNT, 20, **WHOLE) == pytest.approx(counted, abs=1e-3)
	found = measured(order, of.DISCOUNT, 20, leave_out_pricing_rules=1, **WHOLE)
	assert found == (left_out and pytest.approx(left_out, abs=1e-3))


def blanket_order(customer, item, rate, qty=100):
	doc = frappe.get_doc(
		{
			"doctype": "Blanket Order",
			"blanket_order_type": "Selling",
			"customer": customer,
			"company": make.company().name,
			"from_date": nowdate(),
			"to_date": add_days(nowdate(), 30),
			"items": [{"item_code": item, "qty": qty, "rate": rate}],
		}
	).insert(ignore_permissions=True)
	doc.submit()
	return doc.name


def agreed(listed, agreed_rate, rate, **values):
	item, customer = make.make_item(), make.make_customer()
	price(item, listed)
	blanket_order(customer, item, agreed_rate, **values)
	return make.make_order(make.line(item, rate=rate, price_list_rate=listed), customer=customer)


def test_a_rate_below_the_blanket_order_is_a_discount_also_without_a_word_of_it_on_the_order():
	order = agreed(listed=100, agreed_rate=125, rate=100)
	assert measured(order, of.DISCOUNT, 10) == 20
	assert measured(order, of.DISCOUNT, 10, leave_out_below_blanket_order=1) is None


@pytest.mark.parametrize(("rate", "left_out"), [(80, None), (60, 25)])
def test_an_agreed_price_is_left_out_if_the_rule_says_so_and_no_lower_one(rate, left_out):
	order = agreed(listed=100, agreed_rate=80, rate=rate)
	assert measured(order, of.DISCOUNT, 10) == 100 - rate
	assert measured(order, of.DISCOUNT, 10, leave_out_agreed_prices=1) == left_out


def test_all_ways_of_many_rows_are_read_with_as_many_statements_as_of_one():
	from sales_wh_flow.approval import owed

	make.make_rule(of.DISCOUNT, 10, leave_out_pricing_rules=1, leave_out_agreed_prices=1)

	def statements(rows):
		lines = [make.line(rate=80, price_list_rate=100) for _ in range(rows)]
		doc = frappe.get_doc("Sales Order", make.make_order(*lines, taxes=[charge(-5)]).name)
		owed.needs_now(doc)
		with make.counted_statements() as seen:
			owed.needs_now(doc)
		return len(seen)

	assert statements(1) == statements(8) <= 3

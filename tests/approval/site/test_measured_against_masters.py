"""What a seller can type is not the measure: prices, rates and the customer are measured by their masters."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.store.masters import differences_from_masters, masters_of
from sales_wh_flow.approval.words.rules import reason
from tests import factories as make
from tests.approval.criteria_world import measured, needs
from tests.approval.site.test_criteria import approval_on, make_invoice, price

__all__ = ["approval_on"]


def tax_inside(rate=20):
	account = frappe.db.get_value(
		"Account", {"company": make.company().name, "account_type": "Tax", "is_group": 0}
	)
	return {
		"charge_type": "On Net Total",
		"account_head": account,
		"description": "VAT",
		"rate": rate,
		"included_in_print_rate": 1,
	}


def reason_of(order, criterion, threshold=0, **values):
	rule = make.make_rule(criterion, threshold, **values)
	return reason(needs(order)[rule.name], make.company().currency)


# Prices with tax inside


def test_the_margin_of_a_price_with_tax_inside_is_that_of_its_net_price():
	item = make.make_item(valuation_rate=100)
	order = make.make_order(make.line(item, rate=110, price_list_rate=110), taxes=[tax_inside()])
	assert measured(order, of.MARGIN, 5) == pytest.approx(-8.3333, abs=1e-4)


def test_a_discount_on_the_grand_total_is_as_deep_as_it_says_with_tax_inside():
	order = make.make_order(
		make.line(rate=120, price_list_rate=120),
		taxes=[tax_inside()],
		additional_discount_percentage=10,
		apply_discount_on="Grand Total",
	)
	assert measured(order, of.DISCOUNT, 9) == pytest.approx(10, abs=1e-3)
	assert measured(order, of.DISCOUNT, 10.01) is None


def test_the_net_total_is_without_the_tax_inside_the_prices():
	order = make.make_order(make.line(rate=1200, price_list_rate=1200), taxes=[tax_inside()])
	assert measured(order, of.ORDER_VALUE, 1100, measure="Net Total of Lines") is None
	assert measured(order, of.ORDER_VALUE, 999, measure="Net Total of Lines") == 1000


# Prices typed on the order


def test_a_discount_is_measured_against_the_price_list_whatever_list_price_was_sent():
	item = make.make_item()
	price(item, 125)
	order = make.make_order(make.line(item, rate=100, price_list_rate=100))
	order.items[0].db_set({"price_list_rate": 100, "base_price_list_rate": 100})
	assert measured(order, of.DISCOUNT) == 20


def test_the_customers_own_price_list_counts_whichever_the_order_names():
	item, own = make.make_item(), price_list("Retail")
	price(item, 200, price_list=own)
	price(item, 100)
	customer = make.make_customer(default_price_list=own)
	order = make.make_order(make.line(item, rate=100, price_list_rate=100), customer=customer)
	assert order.selling_price_list != own
	assert measured(order, of.DISCOUNT) == 50


@pytest.mark.parametrize(("falls_back", "discount"), [(1, 20), (0, None)])
def test_the_default_price_list_counts_for_what_the_orders_does_not_have_where_erpnext_falls_back_to_it(
	falls_back, discount
):
	frappe.db.set_single_value("Selling Settings", "fallback_to_default_price_list", falls_back)
	item, other, dealers = make.make_item(), make.make_item(), price_list("Dealers")
	price(item, 125)
	price(other, 125)
	price(other, 100, price_list=dealers)
	boxed = make.make_item(uoms=[{"uom": "Box", "conversion_factor": 6}])
	price(boxed, 125)
	price(boxed, 600, price_list=dealers, uom="Box")
	rows = [make.line(it, rate=100, price_list_rate=100) for it in (item, other, boxed)]

	for row in (rows[0], rows[2]):
		assert measured(make.make_order(row, selling_price_list=dealers), of.DISCOUNT) == discount
	assert measured(make.make_order(rows[1], selling_price_list=dealers), of.DISCOUNT) is None


def test_a_box_that_is_typed_larger_than_its_item_says_is_as_many_boxes():
	item = make.make_item(uoms=[{"uom": "Box", "conversion_factor": 6}])
	price(item, 600, uom="Box")
	row = make.line(item, rate=600, price_list_rate=600, uom="Box", conversion_factor=60)
	order = make.make_order(row)
	assert order.items[0].stock_qty == 60
	assert measured(order, of.DISCOUNT) == 90
	assert "stock units in a Box" in reason_of(order, of.TYPED_AGAINST_MASTER)


def test_a_box_of_the_size_that_its_item_says_has_no_discount():
	item = make.make_item(stock_uom="Kg", uoms=[{"uom": "Box", "conversion_factor": 0.4536}])
	price(item, 600, uom="Box")
	row = make.line(item, rate=600, price_list_rate=600, uom="Box", conversion_factor=0.4536)
	order = make.make_order(row)
	assert measured(order, of.DISCOUNT) is None
	found = differences_from_masters(order, {}, masters_of(order, {}))
	assert not [what for what, _typed, _known in found if what.startswith("Row")]


@pytest.mark.parametrize("days", [-400, 400])
def test_the_day_that_is_typed_on_an_order_chooses_no_older_or_newer_price(days):
	item = make.make_item()
	price(item, 125)
	then = add_days(nowdate(), days)
	price(item, 100, valid_from=add_days(then, -1), valid_upto=add_days(then, 1))
	row = make.line(item, rate=100, price_list_rate=100, delivery_date=add_days(nowdate(), 500))
	order = make.make_order(row, transaction_date=then, delivery_date=add_days(nowdate(), 500))
	assert measured(order, of.DISCOUNT) == 20


def test_a_price_list_that_is_not_the_usual_one_is_a_difference_for_a_customer_without_his_own():
	cheap = price_list("Dealers")
	order = make.make_order(make.line(), selling_price_list=cheap)
	assert f"{cheap} / " in reason_of(order, of.TYPED_AGAINST_MASTER)


def test_rows_without_an_item_keep_nobody_from_measuring_the_customer():
	"""Rows of a Quotation may be typed freely."""
	north, south = make.make_territory(), make.make_territory()
	order = make.make_order(customer=make.make_customer(territory=north))
	order.territory = south
	for row in order.items:
		row.item_code = None
	assert ("Territory", south, north) in differences_from_masters(order, {}, masters_of(order, {}))


def test_a_list_price_that_no_price_list_says_is_a_difference_of_its_own():
	item = make.make_item()
	price(item, 125)
	order = make.make_order(make.line(item, rate=100, price_list_rate=100))
	order.items[0].db_set({"price_list_rate": 100, "base_price_list_rate": 100})
	text = reason_of(order, of.TYPED_AGAINST_MASTER)
	assert f"list price of {item}: 100 / 125" in text


def test_a_difference_is_kept_alike_whatever_language_its_finder_speaks(monkeypatch):
	"""An approval asked by a German is not taken back because an English user saves the order."""
	item = make.make_item()
	price(item, 125)
	rule = make.make_rule(of.TYPED_AGAINST_MASTER, 0)
	order = make.make_order(make.line(item, rate=100, price_list_rate=100))
	order.items[0].db_set({"price_list_rate": 100, "base_price_list_rate": 100})
	german = {"Row #{0}: list price of {1}": "Zeile {0}: Listenpreis von {1}"}
	own = frappe.translate.get_all_translations
	monkeypatch.setattr(
		"frappe.translate.get_all_translations", lambda lang: german if lang == "de" else own(lang)
	)
	before, found, told = frappe.local.lang, {}, {}
	try:
		for language in ("en", "de"):
			frappe.local.lang = language
			need = needs(order)[rule.name]
			found[language] = need.facts
			told[language] = reason(need, make.company().currency)
	finally:
		frappe.local.lang = before
	assert found["de"] == found["en"]
	assert "Listenpreis" in told["de"] and "list price" in told["en"]


def price_list(name):
	return (
		frappe.get_doc(
			{
				"doctype": "Price List",
				"price_list_name": make.unique(name),
				"currency": make.company().currency,
				"selling": 1,
			}
		)
		.insert()
		.name
	)


# The customer's master


def test_a_rule_for_a_territory_goes_by_the_customer_and_not_by_what_the_order_says():
	north, south = make.make_territory(), make.make_territory()
	customer = make.make_customer(territory=north)
	order = make.make_order(customer=customer)
	order.db_set("territory", south)
	assert measured(order, of.ORDER_VALUE, 1, territory=north)
	assert measured(order, of.ORDER_VALUE, 1, territory=south) is None
	assert f"{south} / {north}" in reason_of(order, of.TYPED_AGAINST_MASTER)


# Costs nobody knows


def test_goods_of_unknown_cost_are_asked_about():
	item = make.make_item(valuation_rate=0)
	order = make.make_order(make.line(item, rate=50))
	assert f"nobody knows what {item} costs" in reason_of(order, of.MARGIN, 5)


def test_a_service_of_unknown_cost_is_not():
	item = make.make_item(valuation_rate=0, is_stock_item=0)
	assert measured(make.make_order(make.line(item, rate=50)), of.MARGIN, 5) is None


def test_the_cost_is_looked_for_in_the_companys_other_warehouses():
	item, here, there = make.make_item(valuation_rate=0), make.make_warehouse(), make.make_warehouse()
	make.receive(item, 10, there, basic_rate=80)
	order = make.make_order(make.line(item, rate=50, warehouse=here))
	assert measured(order, of.MARGIN, 5) == pytest.approx(-37.5)


def test_a_bundle_costs_what_its_parts_cost():
	part = make.make_item(valuation_rate=100)
	bundle = make.make_bundle({part: 2})
	order = make.make_order(make.line(bundle, rate=120, price_list_rate=120))
	assert measured(order, of.MARGIN, 5) == pytest.approx(-40)


# Debts as accounts see them


def test_an_instalment_that_is_late_is_overdue_while_its_invoice_is_not():
	customer, item = make.make_customer(), make.make_item(is_stock_item=0)
	frappe.get_doc(
		{
			"doctype": "Sales Invoice",
			"customer": customer,
			"company": make.company().name,
			"currency": make.company().currency,
			"set_posting_time": 1,
			"posting_date": add_days(nowdate(), -90),
			"items": [{"item_code": item, "qty": 1, "rate": 1000}],
			"payment_schedule": [
				{"due_date": add_days(nowdate(), -60), "invoice_portion": 50},
				{"due_date": add_days(nowdate(), 30), "invoice_portion": 50},
			],
		}
	).insert().submit()
	order = make.make_order(customer=customer)
	assert measured(order, of.OVERDUE) == 500
	assert measured(order, of.OVERDUE, 30, measure="Oldest in Days") == 60


def accounts():
	company = make.company().name
	return (
		frappe.db.get_value("Company", company, "default_receivable_account"),
		frappe.db.get_value("Account", {"company": company, "account_type": "Cash", "is_group": 0}),
	)


def pay(customer, amount):
	receivable, cash = accounts()
	frappe.get_doc(
		{
			"doctype": "Payment Entry",
			"payment_type": "Receive",
			"company": make.company().name,
			"party_type": "Customer",
			"party": customer,
			"paid_from": receivable,
			"paid_to": cash,
			"paid_amount": amount,
			"received_amount": amount,
			"posting_date": nowdate(),
			"reference_no": "1",
			"reference_date": nowdate(),
		}
	).insert().submit()


def test_money_on_account_pays_the_oldest_debt_first_and_is_named():
	customer = make.make_customer()
	make_invoice(customer, 1000, due_days_ago=60)
	make_invoice(customer, 300, due_days_ago=10)
	pay(customer, 1000)
	order = make.make_order(customer=customer)
	assert measured(order, of.OVERDUE) == 300
	assert measured(order, of.OVERDUE, 1, measure="Oldest in Days") == 10
	assert "paid on account" in reason_of(order, of.OVERDUE)
	pay(customer, 300)
	assert measured(order, of.OVERDUE) is None


def test_a_debt_by_journal_entry_is_a_debt():
	customer, (receivable, cash) = make.make_customer(), accounts()
	frappe.get_doc(
		{
			"doctype": "Journal Entry",
			"company": make.company().name,
			"voucher_type": "Journal Entry",
			"posting_date": add_days(nowdate(), -90),
			"accounts": [
				{
					"account": receivable,
					"party_type": "Customer",
					"party": customer,
					"debit_in_account_currency": 1000,
				},
				{"account": cash, "credit_in_account_currency": 1000},
			],
		}
	).insert().submit()
	order = make.make_order(customer=customer)
	assert measured(order, of.OVERDUE) == 1000


def test_bypassing_erpnexts_own_check_does_not_lift_the_limit():
	customer = make.make_customer(credit_limit=1000, bypass=1)
	order = make.make_order(make.line(qty=50, rate=100), customer=customer)
	assert measured(order, of.CREDIT_EXPOSURE, 120, measure="Percent of Limit") == 5000

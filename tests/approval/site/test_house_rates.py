"""The exchange rate on an order is held against that of the house: on record, else as ERPNext fetched it."""

import json

import pytest
import requests

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.approval import gate, house_rates, jobs, quotation
from sales_wh_flow.approval.rules import criteria as of
from sales_wh_flow.approval.store import exchange_rates, fetched_rates
from sales_wh_flow.base import background
from tests import factories as make
from tests.approval import deciding
from tests.approval.criteria_world import measured, needs
from tests.approval.site.test_criteria import approval_on, price
from tests.approval.site.test_measured_against_masters import price_list, reason_of

__all__ = ["approval_on"]

pytestmark = pytest.mark.usefixtures("in_this_transaction")


def home():
	return make.company().currency


def abroad():
	return "CHF" if home() != "CHF" else "SEK"


@pytest.fixture(autouse=True)
def nothing_fetched(approval_on):
	forget()
	yield
	forget()


def forget():
	for key in frappe.cache.keys("currency_exchange_rate_*") + frappe.cache.get_keys("sales_wh_flow:"):
		frappe.cache.delete(key)


def as_erpnext_fetched(rate, day=None, currency=None):
	"""What ERPNext keeps for six hours of its question to the service."""
	frappe.cache.setex(f"currency_exchange_rate_{day or nowdate()}:{currency or abroad()}:{home()}", 60, rate)


def foreign(rate, typed, item=None, is_reversed=False, **values):
	"""An order over 1,000 in a currency whose recorded rate is ``rate`` and whose typed rate is ``typed``."""
	currency = abroad()
	pair = [currency, make.company().currency]
	here, there = reversed(pair) if is_reversed else pair
	frappe.db.set_value("Currency", currency, "enabled", 1)
	for link in ("from_currency", "to_currency"):
		frappe.db.delete("Currency Exchange", {link: currency})
	if rate:
		frappe.get_doc(
			{
				"doctype": "Currency Exchange",
				"date": add_days(nowdate(), -1),
				"from_currency": here,
				"to_currency": there,
				"exchange_rate": rate,
				"for_selling": 1,
				"for_buying": 1,
			}
		).insert()
	order = make.make_order(
		make.line(item, qty=10, rate=100, price_list_rate=100),
		customer=make.make_customer(),
		currency=currency,
		conversion_rate=typed,
		plc_conversion_rate=1,
		**values,
	)
	assert order.conversion_rate == typed
	return order


def quotation_of(order):
	"""A saved Quotation over what the order sells, in its currency."""
	fields = ("currency", "conversion_rate", "plc_conversion_rate", "company")
	row = order.items[0]
	values = {"item_code": row.item_code, "qty": row.qty, "rate": row.rate, "warehouse": row.warehouse}
	return frappe.get_doc(
		{
			"doctype": "Quotation",
			"quotation_to": "Customer",
			"party_name": order.customer,
			"items": [{**values, "price_list_rate": row.rate}],
			**{field: order.get(field) for field in fields},
		}
	).insert()


def test_a_value_counts_at_the_recorded_rate_when_the_typed_one_is_far_from_it():
	order = foreign(rate=0.9, typed=0.001)
	assert measured(order, of.ORDER_VALUE, 100) == 900
	assert measured(order, of.ORDER_VALUE, 100, measure="Net Total of Lines") == 900
	assert "0.001 / 0.9" in reason_of(order, of.TYPED_AGAINST_MASTER)


def test_a_typed_rate_puts_no_order_within_the_authority_of_a_clerk():
	clerk, boss = deciding.approver(), deciding.approver()
	rows = [deciding.user(clerk, up_to_amount=500), deciding.user(boss, 2)]
	make.make_rule(of.ORDER_VALUE, 100, approvers=rows)
	order = foreign(rate=0.9, typed=0.001)
	(name,) = gate.ask(order.name)
	assert deciding.grant(clerk, order, name).state == "Open"
	assert name in deciding.waiting_for(boss)


def test_a_rate_that_differs_by_less_than_the_tolerance_counts_as_typed():
	order = foreign(rate=0.9, typed=0.92)
	assert measured(order, of.ORDER_VALUE, 100) == 920
	rule = make.make_rule(of.TYPED_AGAINST_MASTER)
	need = needs(order).get(rule.name)
	assert not need or "Exchange rate" not in str(need.detail)


def test_a_rate_that_nobody_recorded_is_asked_about_and_says_what_was_typed():
	order = foreign(rate=None, typed=0.5)
	assert "0.5 is typed on the order" in reason_of(order, of.ORDER_VALUE, 10**6)
	assert "0.5 is typed on the order" in reason_of(order, of.OWN_CONDITION, condition="total > 10000")


def test_goods_are_not_sold_for_next_to_nothing_in_a_currency_whose_rate_nobody_recorded():
	item = make.make_item()
	price(item, 100)
	order = foreign(rate=None, typed=1, item=item)
	assert "1 is typed on the order" in reason_of(order, of.DISCOUNT, 10)


def test_what_is_measured_in_one_currency_needs_no_rate():
	order = foreign(rate=None, typed=0.5)
	assert measured(order, of.DISCOUNT, 10) is None
	assert measured(order, of.DELIVERY_DATE, 1) is None
	assert measured(order, of.OWN_CONDITION, condition="len(lines) > 20") is None


def test_a_rate_that_is_recorded_the_other_way_round_is_known():
	assert measured(foreign(rate=2, typed=0.001, is_reversed=True), of.ORDER_VALUE, 100) == 500


def in_the_lists_currency(rate, list_rate):
	"""An order over 1,000 whose price list is in its foreign currency, too; the house's rate is 0.9."""
	order = foreign(rate=0.9, typed=rate)
	order.db_set({"price_list_currency": abroad(), "plc_conversion_rate": list_rate})
	return order


@pytest.mark.parametrize(("rate", "list_rate"), [(0.001, 0.9), (0.001, 0.001), (0.001, 0), (0.001, -1)])
def test_a_typed_rate_is_not_hidden_by_that_of_the_price_list(rate, list_rate):
	order = in_the_lists_currency(rate, list_rate)
	assert measured(order, of.ORDER_VALUE, 100) == 900
	assert "0.001 / 0.9" in reason_of(order, of.TYPED_AGAINST_MASTER)


@pytest.mark.parametrize("list_rate", [0, -1, 0.001])
def test_an_order_at_the_right_rate_is_worth_the_same_whatever_its_price_list_says(list_rate):
	assert measured(in_the_lists_currency(0.9, list_rate), of.ORDER_VALUE, 100) == pytest.approx(900)


@pytest.mark.parametrize("list_rate", [0, -1, 0.001])
def test_a_typed_rate_of_the_price_list_hides_no_discount(list_rate):
	item, own_list = make.make_item(), price_list("Abroad")
	frappe.db.set_value("Price List", own_list, "currency", abroad())
	frappe.get_doc(
		{"doctype": "Item Price", "item_code": item, "price_list": own_list, "price_list_rate": 1000}
	).insert()
	order = foreign(rate=0.9, typed=0.9, item=item)
	frappe.db.set_value("Customer", order.customer, "default_price_list", own_list)
	typed = {"price_list_currency": abroad(), "plc_conversion_rate": list_rate}
	order.db_set({"selling_price_list": own_list, **typed})
	assert measured(order, of.DISCOUNT, 10) == pytest.approx(90)


# As ERPNext fetched it


def test_an_order_at_the_rate_that_erpnext_fetched_waits_for_nobody():
	as_erpnext_fetched(0.9)
	order = foreign(rate=None, typed=0.9)
	assert measured(order, of.ORDER_VALUE, 100) == 900
	assert measured(order, of.ORDER_VALUE, 1000) is None
	typed = make.make_rule(of.TYPED_AGAINST_MASTER)
	assert "Exchange rate" not in str(needs(order).get(typed.name))


def test_an_order_at_a_typed_rate_counts_at_the_one_that_erpnext_fetched():
	item = make.make_item()
	price(item, 100)
	as_erpnext_fetched(0.01)
	order = foreign(rate=None, typed=1, item=item)
	assert measured(order, of.DISCOUNT, 10) == pytest.approx(99)
	assert measured(order, of.ORDER_VALUE, 1) == 10
	assert "1 / 0.01" in reason_of(order, of.TYPED_AGAINST_MASTER)


def test_a_record_goes_before_what_erpnext_fetched():
	as_erpnext_fetched(0.5)
	assert measured(foreign(rate=0.9, typed=0.001), of.ORDER_VALUE, 100) == 900


def test_a_rate_is_known_long_after_erpnext_forgot_it_and_after_the_cache_was_cleared():
	as_erpnext_fetched(0.9)
	order = foreign(rate=None, typed=0.9)
	for key in frappe.cache.keys("currency_exchange_rate_*"):
		frappe.cache.delete(key)
	frappe.clear_cache()
	assert measured(order, of.ORDER_VALUE, 100) == 900


@pytest.mark.parametrize(("days", "found"), [(-7, 0.9), (-8, None), (3, 0.9)])
def test_the_nearest_day_counts_where_the_orders_own_is_not_known(days, found):
	day = getdate(add_days(nowdate(), days))
	fetched_rates.keep_rate(abroad(), home(), day, 0.9)
	assert fetched_rates.fetched(abroad(), home(), getdate()) == found


def test_a_rate_on_record_that_is_stale_counts_no_more_than_in_erpnext():
	frappe.db.set_single_value("Accounts Settings", {"allow_stale": 0, "stale_days": 1})
	frappe.clear_document_cache("Accounts Settings", "Accounts Settings")
	order = foreign(rate=0.5, typed=0.9)
	assert "0.9 is typed on the order" in reason_of(order, of.ORDER_VALUE, 10**6)
	as_erpnext_fetched(0.9)
	assert measured(order, of.ORDER_VALUE, 100) == 900


def test_a_pegged_currency_is_not_taken_for_the_one_it_is_pegged_to():
	frappe.db.set_single_value("Accounts Settings", "allow_pegged_currencies_exchange_rates", 1)
	frappe.clear_document_cache("Accounts Settings", "Accounts Settings")
	as_erpnext_fetched(0.9)
	assert "0.9 is typed on the order" in reason_of(foreign(rate=None, typed=0.9), of.ORDER_VALUE, 10**6)


def test_the_list_of_a_customer_in_a_third_currency_counts_at_what_that_is_worth():
	item, own_list = make.make_item(), price_list("Third")
	third = "NOK"
	frappe.db.set_value("Currency", third, "enabled", 1)
	frappe.db.set_value("Price List", own_list, "currency", third)
	frappe.get_doc(
		{"doctype": "Item Price", "item_code": item, "price_list": own_list, "price_list_rate": 1000}
	).insert()
	order = foreign(rate=0.9, typed=0.9, item=item)
	frappe.db.set_value("Customer", order.customer, "default_price_list", own_list)
	assert "is typed on the order" in reason_of(order, of.DISCOUNT, 1)
	as_erpnext_fetched(0.1, currency=third)
	assert measured(order, of.DISCOUNT, 1) == pytest.approx(10)


def test_a_company_with_other_books_has_rates_of_its_own():
	as_erpnext_fetched(0.9)
	order = foreign(rate=None, typed=0.9)
	own, other = home(), "NOK"
	frappe.db.set_value("Company", order.company, "default_currency", other)
	frappe.clear_document_cache("Company", order.company)
	try:
		assert exchange_rates.rates(order).unknown[abroad()] == 0.9
		frappe.cache.setex(f"currency_exchange_rate_{nowdate()}:{abroad()}:{other}", 60, 0.9)
		assert abroad() not in exchange_rates.rates(order).unknown
	finally:
		frappe.db.set_value("Company", order.company, "default_currency", own)
		frappe.clear_document_cache("Company", order.company)


def test_without_redis_somebody_is_asked(monkeypatch):
	as_erpnext_fetched(0.9)
	order = foreign(rate=None, typed=0.9)

	def away(*_args, **_values):
		raise fetched_rates.RedisError

	with monkeypatch.context() as meanwhile:
		for name in ("hgetall", "get"):
			meanwhile.setattr(frappe.cache, name, away)
		assert exchange_rates.rates(order).unknown[abroad()] == 0.9


# Fetched in the background


@pytest.fixture
def service(monkeypatch):
	"""The service that ERPNext asks; None: it is away."""
	said = {"rate": 0.9, "asked": 0}

	def get(_url, **_values):
		said["asked"] += 1
		if said["rate"] is None:
			raise requests.ConnectionError
		answer = requests.Response()
		answer.status_code = 200
		answer._content = json.dumps({"rates": {home(): said["rate"]}}).encode()
		return answer

	monkeypatch.setattr(requests, "get", get)
	frappe.db.set_single_value("Currency Exchange Settings", "disabled", 0)
	frappe.clear_document_cache("Currency Exchange Settings", "Currency Exchange Settings")
	return said


@pytest.fixture
def asked_for(monkeypatch):
	jobs_asked = []
	monkeypatch.setattr(background, "run", lambda method, **values: jobs_asked.append((method, values)))
	return jobs_asked


def test_what_nobody_knows_is_fetched_in_the_background_once_an_hour(service, asked_for):
	order = foreign(rate=None, typed=0.9)
	order.save()
	values = next(values for method, values in asked_for if method.endswith("fetch_rates"))
	assert not service["asked"], "no request waits for the network"
	assert values["timeout"] <= 60
	assert jobs.fetch_rates(values["currency"], values["own"]) == {f"{abroad()} in {home()}": 0.9}
	assert jobs.fetch_rates(values["currency"], values["own"]) == {}
	assert measured(order, of.ORDER_VALUE, 100) == 900


@pytest.mark.parametrize("why", ["away", "switched off"])
def test_where_the_service_does_not_answer_somebody_is_asked(service, why):
	if why == "away":
		service["rate"] = None
	else:
		frappe.db.set_single_value("Currency Exchange Settings", "disabled", 1)
		frappe.clear_document_cache("Currency Exchange Settings", "Currency Exchange Settings")
	order = foreign(rate=None, typed=0.9)
	assert house_rates.fetch_rate(abroad(), home()) == 0
	assert "0.9 is typed on the order" in reason_of(order, of.ORDER_VALUE, 10**6)


def test_currencies_in_use_are_fetched_every_day(service):
	foreign(rate=None, typed=0.9)
	assert (abroad(), home()) in house_rates.in_use()


def test_a_record_that_is_taken_back_is_not_remembered(service):
	foreign(rate=11, typed=11)
	assert jobs.fetch_rates(abroad(), home()) == {f"{abroad()} in {home()}": 11}
	order = foreign(rate=None, typed=11)
	assert exchange_rates.rates(order).unknown == {abroad(): 11}


def test_a_save_that_failed_does_not_use_up_the_hours_question(service, asked_for):
	order = foreign(rate=None, typed=0.9)
	order.save()
	assert fetched_rates.is_asked_for(abroad(), home())


def test_what_was_asked_because_nobody_knew_the_rate_is_decided_once_it_is_known():
	rule = make.make_rule(of.ORDER_VALUE, 10**6)
	boss = deciding.approver("Order Approver")
	waits, passes = (foreign(rate=None, typed=0.9) for _ in range(2))
	(approval,), _also = gate.ask(waits.name), gate.ask(passes.name)
	as_erpnext_fetched(0.9)
	assert rule.name not in needs(waits)
	assert deciding.grant(boss, waits, approval).state == "Approved"
	assert frappe.db.get_value("Sales Order", waits.name, "docstatus") == 1
	frappe.get_doc("Sales Order", passes.name).submit()
	assert frappe.db.get_value("Sales Order", passes.name, "docstatus") == 1


def test_an_order_in_the_own_currency_asks_nothing_more_of_the_database():
	order = frappe.get_doc("Sales Order", make.make_order().name)
	house_rates.keep_rates_of(order)
	with make.counted_statements() as statements:
		house_rates.keep_rates_of(order)
	assert not statements


@pytest.mark.parametrize("doctype", ["Sales Order", "Quotation"])
def test_a_save_reads_the_recorded_rates_once(doctype):
	make.make_rule(of.ORDER_VALUE, 10)
	frappe.db.set_single_value("Sales Flow Settings", "approval_of_quotations", "Approve Before Submit")
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	order = foreign(rate=0.9, typed=0.9)
	if doctype == "Sales Order":
		doc, ask = order, gate.ask
	else:
		doc, ask = quotation_of(order), quotation.ask_for_quotation
	assert ask(doc.name)
	doc = frappe.get_doc(doctype, doc.name)
	with make.counted_statements() as statements:
		doc.save()
	assert len([text for text in statements if "from `tabCurrency Exchange`" in text]) == 1

"""Companies that keep their books in different currencies: what is added up is added up in one of them."""

import pytest

import frappe
from frappe.utils import nowdate

from sales_wh_flow.figures import api
from sales_wh_flow.sales_wh_flow.report.order_figures import order_figures
from tests.billing.billing_world import confirm, ship
from tests.factories import company, line, make_item, make_order, make_warehouse, receive, unique
from tests.figures.site.test_figures import promised

pytestmark = pytest.mark.unchecked
FOREIGN = "ISK"


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, forecast=True)
	frappe.db.sql("update `tabSales Order` set transaction_date = '2001-01-01', swf_stage = null")
	frappe.db.set_default("currency", company().currency)
	frappe.db.delete("Currency Exchange")


@pytest.fixture
def goods():
	item, place = make_item(), make_warehouse()
	receive(item, 4, place)
	return item, place


@pytest.fixture
def elsewhere():
	"""A company with books of its own currency."""
	name = unique("Company")
	values = {"company_name": name, "abbr": name[-5:], "default_currency": FOREIGN, "country": "Iceland"}
	return frappe.get_doc({"doctype": "Company", "name": name, **values}).db_insert() or name


def an_order(goods, qty, of=None):
	order = make_order(line(goods[0], qty=qty, warehouse=goods[1]), submit=True)
	if of:
		frappe.db.set_value("Sales Order", order.name, "company", of)
	return order


def one_is_worth(rate):
	values = {"from_currency": FOREIGN, "to_currency": company().currency, "exchange_rate": rate}
	frappe.get_doc({"doctype": "Currency Exchange", "date": nowdate(), "for_selling": 1, **values}).insert()


@pytest.fixture
def one_filled_one_missed(goods, elsewhere):
	"""Two pieces that were sent in time here, and two that were not sent elsewhere."""
	confirm(ship(an_order(goods, 2)))
	promised(an_order(goods, 2, of=elsewhere), -1)


def report():
	_columns, rows, basis, *_chart = order_figures.execute({"show": "By Month"})
	return rows[0]["value_fill"], basis


def test_values_of_several_companies_are_added_up_at_todays_rates(one_filled_one_missed):
	one_is_worth(3)
	value_fill, basis = report()
	assert value_fill == 25
	assert company().currency in basis


def test_where_nobody_knows_the_rate_the_value_stays_empty_and_says_why(one_filled_one_missed):
	value_fill, basis = report()
	assert value_fill is None
	assert f"the exchange rate of {FOREIGN}" in basis


def test_the_value_that_waits_is_that_of_all_companies_for_who_works_in_none(goods, elsewhere, monkeypatch):
	monkeypatch.setattr(api, "_company", lambda: None)
	here, there = an_order(goods, 40), an_order(goods, 40, of=elsewhere)
	assert api.value_waiting() == api.NOTHING_YET
	one_is_worth(3)
	told = api.value_waiting()
	assert told["value"] == here.base_grand_total + 3 * there.base_grand_total
	assert told["options"] == company().currency
	assert "company" not in told["route_options"]

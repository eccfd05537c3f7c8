"""Special terms are what the customer does not usually get, whatever it is called."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval.rules import criteria as of
from tests import factories as make
from tests.approval.site.test_criteria import approval_on, measured
from tests.approval.site.test_measured_against_masters import reason_of

__all__ = ["approval_on"]

PAYMENT = {"measure": "Payment Terms"}
TEXT = {"measure": "Free-Text Terms"}


def template(days, **values):
	row = {"invoice_portion": 100, "due_date_based_on": "Day(s) after invoice date", "credit_days": days}
	return (
		frappe.get_doc(
			{
				"doctype": "Payment Terms Template",
				"template_name": make.unique("Terms"),
				"terms": [{**row, **values}],
			}
		)
		.insert()
		.name
	)


def order_with(terms, customer=None, **values):
	return make.make_order(customer=customer or make.make_customer(), payment_terms_template=terms, **values)


def test_terms_of_another_name_that_come_to_the_same_are_not_special():
	customer = make.make_customer(payment_terms=template(30))
	assert measured(order_with(template(30), customer), of.SPECIAL_TERMS, **PAYMENT) is None
	assert measured(order_with(template(31), customer), of.SPECIAL_TERMS, **PAYMENT) == 1


def test_the_standard_terms_of_the_company_are_not_special():
	standard = template(30)
	frappe.db.set_value("Company", make.company().name, "payment_terms", standard)
	frappe.clear_document_cache("Company", make.company().name)
	assert measured(order_with(standard), of.SPECIAL_TERMS, **PAYMENT) is None
	assert measured(order_with(template(60)), of.SPECIAL_TERMS, **PAYMENT) == 1


def test_the_standard_terms_of_the_customers_group_are_not_special():
	group, standard = make.make_customer_group(), template(45)
	frappe.db.set_value("Customer Group", group, "payment_terms", standard)
	customer = make.make_customer(customer_group=group)
	assert measured(order_with(standard, customer), of.SPECIAL_TERMS, **PAYMENT) is None


@pytest.mark.parametrize(
	("change", "words"),
	[
		({"due_date": 90}, "100 % after 90 days"),
		({"discount_type": "Percentage", "discount": 9, "discount_date": 14}, "9 % less within 14 days"),
	],
)
def test_what_was_changed_in_the_payment_schedule_is_special_though_the_template_is_usual(change, words):
	usual = template(30)
	order = order_with(usual, make.make_customer(payment_terms=usual))
	assert measured(order, of.SPECIAL_TERMS, **PAYMENT) is None
	dates = {key: add_days(nowdate(), value) for key, value in change.items() if key.endswith("date")}
	order.payment_schedule[0].update({**change, **dates})
	order.save()
	assert words in reason_of(order, of.SPECIAL_TERMS, **PAYMENT)


def test_a_schedule_typed_without_any_template_is_special_when_it_gives_credit():
	row = {"due_date": add_days(nowdate(), 120), "invoice_portion": 100}
	assert measured(make.make_order(payment_schedule=[row]), of.SPECIAL_TERMS, **PAYMENT) == 1
	assert measured(make.make_order(), of.SPECIAL_TERMS, **PAYMENT) is None


TERMS = "<p>{{ customer_name }} owns the goods when {{ grand_total }} {{ currency }} is paid. {{ name }}</p>"


def filled(order, total, name):
	return f"<p>{order.customer_name} owns the goods when {total} {order.currency} is paid. {name}</p>"


def text_template(text=TERMS):
	values = {"doctype": "Terms and Conditions", "title": make.unique("Terms"), "terms": text, "selling": 1}
	return frappe.get_doc(values).insert().name


def test_a_text_that_differs_by_its_filled_placeholders_alone_is_not_special():
	from erpnext.setup.doctype.terms_and_conditions.terms_and_conditions import get_terms_and_conditions

	order = make.make_order()
	name = text_template()
	order.update({"tc_name": name, "terms": get_terms_and_conditions(name, order.as_dict())})
	order.save()
	assert order.customer_name in order.terms
	assert measured(order, of.SPECIAL_TERMS, **TEXT) is None


def test_a_text_filled_on_a_form_without_a_number_yet_is_not_special():
	order = make.make_order()
	order.update(
		{"tc_name": text_template(), "terms": filled(order, int(order.grand_total), "new-sales-order-ab")}
	)
	order.save()
	assert measured(order, of.SPECIAL_TERMS, **TEXT) is None


@pytest.mark.parametrize("typed", ["nothing", "1"])
def test_a_text_with_something_else_in_place_of_a_placeholder_is_special(typed):
	order = make.make_order()
	order.update({"tc_name": text_template(), "terms": filled(order, typed, order.name)})
	order.save()
	assert measured(order, of.SPECIAL_TERMS, **TEXT) == 1


@pytest.mark.parametrize("placeholder", ["customer.nothing.at_all", "1 / 0"])
def test_a_template_that_cannot_be_filled_makes_its_text_special_and_breaks_nothing(placeholder):
	order = make.make_order()
	name = text_template("<p>Fine</p>")
	frappe.db.set_value("Terms and Conditions", name, "terms", f"<p>{{{{ {placeholder} }}}}</p>")
	order.update({"tc_name": name, "terms": "<p>Pay when you like</p>"})
	order.save()
	assert measured(order, of.SPECIAL_TERMS, **TEXT) == 1

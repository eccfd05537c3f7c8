"""Refunded goods are credited as they were invoiced: quantity, currency, rate and their part of the rest."""

import pytest

import frappe

from sales_wh_flow.base import in_words
from sales_wh_flow.returns import api
from sales_wh_flow.returns.credit import money_of_credits
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


@pytest.fixture
def item(place):
	return make.stocked(5, place)


@pytest.fixture
def sent(item, place):
	return world.delivered(make.line(item, qty=5), warehouse=place)


def freight(amount):
	company = make.company()
	account = frappe.db.get_value("Account", {"company": company.name, "root_type": "Income", "is_group": 0})
	return [
		{
			"charge_type": "Actual",
			"account_head": account,
			"description": "Freight",
			"tax_amount": amount,
			"cost_center": frappe.get_cached_value("Company", company.name, "cost_center"),
		}
	]


def test_refunded_goods_are_credited_in_the_quantity_that_came_back(sent):
	invoice = world.invoiced(sent[1])
	case = world.returned(sent[1], 2, remedy="Refund")
	assert not [it for it in frappe.get_message_log() if "checkbox" in it.message]
	(credit,) = world.credits_of(case)
	assert (credit.docstatus, credit.is_return, credit.return_against) == (1, 1, invoice.name)
	assert [row.qty for row in credit.items] == [-2]
	assert (credit.grand_total, case.rows[0].credited_qty) == (-2 * make.PRICE, 2)
	assert not credit.update_stock


def test_what_is_not_refunded_is_not_credited(sent):
	world.invoiced(sent[1])
	assert not world.credits_of(world.returned(sent[1], 2, remedy="Replace"))


def test_what_is_not_invoiced_is_not_credited_and_left_out_of_the_invoice(sent):
	case = world.returned(sent[1], 2, remedy="Refund")
	assert not world.credits_of(case)
	assert world.invoiced(sent[1]).items[0].qty == 3


def test_goods_invoiced_by_their_order_are_credited_too(sent):
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	order, note = sent
	invoice = make_sales_invoice(order.name).insert()
	for row in invoice.items:
		row.dn_detail = row.delivery_note = None
	invoice.save().submit()
	(credit,) = world.credits_of(world.returned(note, 1, remedy="Refund"))
	assert (credit.return_against, credit.items[0].qty) == (invoice.name, -1)


def test_posting_twice_credits_once(sent):
	world.invoiced(sent[1])
	case = world.returned(sent[1], 2, remedy="Refund")
	api.post_return(case.name)
	assert len(world.credits_of(case.reload())) == 1


def test_a_cancelled_credit_note_is_made_anew(sent):
	world.invoiced(sent[1])
	case = world.returned(sent[1], 2, remedy="Refund")
	world.credits_of(case)[0].cancel()
	assert case.reload().rows[0].credited_qty == 0
	api.credit_return(case.name)
	assert case.reload().rows[0].credited_qty == 2


def test_a_discarded_credit_note_credits_nothing(sent, switches):
	"""ERPNext 16 ends a draft without its cancel."""
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Draft")
	world.invoiced(sent[1])
	case = world.returned(sent[1], 2, remedy="Refund")
	world.notes_of(case)[0].submit()
	api.credit_return(case.name)
	(credit,) = world.credits_of(case.reload())
	assert (credit.docstatus, case.rows[0].credited_qty) == (0, 2)
	make.discarded(credit)
	assert (case.reload().rows[0].credited_qty, world.credits_of(case)) == (0, [])


def test_what_erpnext_credited_for_the_return_note_is_not_credited_again(sent, switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Draft")
	world.invoiced(sent[1])
	case = world.opened(world.asked(sent[1], 2))
	world.decided(case, "Restock", "Nothing")
	api.post_return(case.name)
	(note,) = world.notes_of(case.reload())
	frappe.db.set_value("Return Case Row", case.rows[0].name, "remedy", "Refund")
	note.issue_credit_note = 1
	note.save().submit()
	assert api.what_next(case.name)["not_credited"] == 0


@pytest.mark.parametrize("first", [1, 4])
def test_freight_of_the_whole_invoice_is_credited_in_parts_that_make_it_up(item, place, first):
	_order, note = world.delivered(make.line(item, qty=5), warehouse=place, taxes=freight(50))
	world.invoiced(note)
	one = world.credits_of(world.returned(note, first, remedy="Refund"))[0]
	rest = world.credits_of(world.returned(note, 5 - first, remedy="Refund"))[0]
	assert one.grand_total == -(first * make.PRICE + first * 10)
	assert one.grand_total + rest.grand_total == -(5 * make.PRICE + 50)


def test_a_fixed_discount_on_the_invoice_is_credited_in_its_part(item, place):
	_order, note = world.delivered(make.line(item, qty=5), warehouse=place, discount_amount=100)
	invoice = world.invoiced(note)
	credit = world.credits_of(world.returned(note, 1, remedy="Refund"))[0]
	assert (invoice.grand_total, credit.grand_total) == (400, -80)


def test_the_credit_has_the_currency_and_rate_of_the_invoice(item, place):
	frappe.db.set_single_value(
		"Accounts Settings", "allow_multi_currency_invoices_against_single_party_account", 1
	)
	other = "EUR" if make.company().currency != "EUR" else "USD"
	customer = make.make_customer(default_currency=other)
	_order, note = world.delivered(
		make.line(item, qty=5), warehouse=place, customer=customer, currency=other, conversion_rate=1.25
	)
	world.invoiced(note)
	credit = world.credits_of(world.returned(note, 2, remedy="Refund"))[0]
	assert (credit.currency, credit.conversion_rate) == (other, 1.25)
	assert (credit.grand_total, credit.base_grand_total) == (-200, -250)
	owed = in_words.money(250, make.company().currency)  # in the currency of the customer's account
	assert money_of_credits([credit.name])[credit.name].startswith(owed)

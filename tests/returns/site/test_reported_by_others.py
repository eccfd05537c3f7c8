"""What users of ERPNext, Odoo and web shops reported about goods that come back, tried with a Return Case."""

import pytest

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice, make_sales_return

from sales_wh_flow.returns import api
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


def test_what_came_back_is_taken_off_its_own_line(place):
	"""erpnext#20100: another line of the note was reduced."""
	lines = [make.line(make.stocked(2, place), qty=2) for _ in range(3)]
	order, note = world.delivered(*lines, warehouse=place)
	world.returned(note, 1, row=2)
	# A note's rows stand in the order in which they were picked.
	expected = {row.name: int(row.name == note.items[2].so_detail) for row in order.items}
	assert {row.name: row.swf_returned_qty for row in world.read_anew(order).items} == expected


def test_a_return_counts_down_what_may_still_come_back(place):
	"""OCA/rma#418: the whole quantity was proposed again."""
	order, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	world.returned(note, 2)
	(row,) = api.returnable(sales_order=order.name)["rows"]
	assert row["left"] == 3


@pytest.mark.parametrize("rate, came, credited", [(19.99, 1, 19.99), (19.99, 3, 59.97), (0.1, 3, 0.3)])
def test_a_credit_has_no_digits_of_the_computer(place, rate, came, credited):
	"""solidus#1564: 19.99000000000000003 was proposed."""
	_order, note = world.delivered(make.line(make.stocked(3, place), qty=3, rate=rate), warehouse=place)
	world.invoiced(note)
	(credit,) = world.credits_of(world.returned(note, came, remedy="Refund"))
	assert credit.net_total == -credited


def test_of_two_announced_one_that_came_is_refunded(place):
	"""medusajs/admin#539: receiving one of two refunded both."""
	_order, note = world.delivered(make.line(make.stocked(2, place), qty=2), warehouse=place)
	world.invoiced(note)
	case = world.opened(world.asked(note, 2, received=False))
	case.rows[0].received_qty = 1
	world.decided(case, remedy="Refund")
	api.post_return(case.name)
	(credit,) = world.credits_of(case.reload())
	assert (credit.net_total, case.state) == (-100, "Partly Posted")


def test_an_order_that_came_back_whole_says_so_and_is_not_cancelled(place):
	"""odoo#34584, #23951: whether such an order can be cancelled, nobody could tell."""
	order, note = world.delivered(make.line(make.stocked(2, place), qty=2), warehouse=place)
	world.returned(note, 2)
	assert world.read_anew(order).swf_return_status == "Returned"
	with pytest.raises(frappe.ValidationError, match="Re-open"):
		world.read_anew(order).cancel()
	assert api.plan_reopening(order.name)["touched"]


def test_goods_of_which_none_is_left_on_the_shelf_come_back(place):
	"""POS-Awesome-V15#2836: an error, as the stock was 0."""
	item = make.stocked(2, place)
	_order, note = world.delivered(make.line(item, qty=2), warehouse=place)
	assert world.on_hand(item, place) == 0
	world.returned(note, 1)
	assert world.on_hand(item, place) == 1


def test_an_invoice_after_two_returns_bills_what_the_customer_has(place):
	"""erpnext#48135: two returns of one row made the invoice's quantity wrong."""
	_order, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	for _ in range(2):
		world.returned(note, 1, remedy="Refund")
	assert [row.qty for row in make_sales_invoice(note.name).items] == [3]


def test_returned_stock_has_the_value_it_left_with(place):
	"""erpnext#42992: the value of the stock became zero, or minus."""
	item = make.make_item()
	make.receive(item, 1, place, basic_rate=250)
	_order, note = world.delivered(make.line(item, qty=1), warehouse=place)
	world.returned(note, 1)
	held = frappe.db.get_value("Bin", {"item_code": item, "warehouse": place}, ["actual_qty", "stock_value"])
	assert held == (1, 250)


def test_goods_of_a_closed_order_come_back(place):
	"""erpnext#36537: the order had to be opened for it."""
	order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	world.read_anew(order).update_status("Closed")
	assert world.returned(note, 1).state == "Posted"
	assert world.read_anew(order).status == "Closed"


@pytest.mark.unchecked  # what was refused is undone by the request that ends
def test_what_is_credited_by_the_invoice_is_not_credited_by_a_return_once_more(place):
	"""erpnext#51608, #55284: a credit note of the invoice, and another one by the return of the note."""
	_order, note = world.delivered(make.line(make.stocked(2, place), qty=2), warehouse=place)
	invoice = world.invoiced(note)
	make_return_doc("Sales Invoice", invoice.name).insert().submit()
	back = make_sales_return(note.name)
	back.issue_credit_note = 1
	with pytest.raises(frappe.ValidationError):
		back.insert().submit()

"""What is paid in the end is what was sent and is not refunded, whoever invoices what, and when."""

import random

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice, make_sales_return

from sales_wh_flow.billing import by_hand, judge
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.returns import api
from tests import factories as make
from tests.billing.billing_world import invoice_of, make_billing_policy, money, ship
from tests.delivery import delivery_world as deliveries
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, billing="On", return_documents="Submitted")
	world.name_places()


@pytest.fixture
def on_dispatch():
	make_billing_policy("On Dispatch", company=make.company().name)


def draft_now(order):
	"""The rows of the invoice that Draft Invoice makes, submitted: [(quantity, whether it names a note)]."""
	invoice = frappe.get_doc("Sales Invoice", by_hand.draft_now(order.name)).submit()
	return [(row.qty, bool(row.dn_detail)) for row in invoice.items]


def may_be(order):
	return judge.judge_orders([order.name])[order.name].answer.code


def paid_for(order):
	"""Pieces that are invoiced and not credited, by submitted documents."""
	rows = frappe.get_all("Sales Invoice Item", {"so_detail": order.items[0].name, "docstatus": 1}, ["qty"])
	return sum(row.qty for row in rows)


def an_order(place, qty=6, sent=None):
	"""(order, note) of which ``sent`` have left."""
	order = make.make_order(make.line(make.stocked(qty, place), qty=qty), warehouse=place, submit=True)
	return order, ship(order, sent or qty)


def test_goods_that_are_not_refunded_are_invoiced_with_the_others(place, on_dispatch):
	order, note = an_order(place)
	world.returned(note, 2, decision="Restock", remedy="Nothing")
	assert draft_now(order) == [(6, True)]
	assert may_be(order) == "all_is_invoiced"


@pytest.mark.parametrize("remedy", ["Nothing", "Repair"])
def test_goods_that_all_came_back_and_are_not_refunded_are_invoiced(place, on_dispatch, remedy):
	order, note = an_order(place)
	case = world.returned(note, 6, remedy=remedy)
	assert api.what_next(case.name)["given_away"] == [1]
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") != "Completed"
	assert draft_now(order) == [(6, False)]
	assert api.what_next(case.name)["given_away"] == []


def test_what_is_refunded_and_was_left_out_of_the_invoice_is_not_credited(place, on_dispatch):
	order, note = an_order(place)
	world.returned(note, 2, remedy="Nothing")
	case = world.returned(note, 1, remedy="Refund")
	assert api.what_next(case.name)["left_out"] == 1
	assert draft_now(order) == [(5, True)]
	told = api.what_next(case.name)
	assert (told["not_credited"], told["left_out"], told["may_credit"]) == (0, 0, False)
	world.returned(note, 1, remedy="Refund")
	assert paid_for(order) == 4


def test_what_an_invoice_of_the_order_left_out_is_not_credited_besides(place):
	make_billing_policy("On Order", company=make.company().name)
	order, note = an_order(place)
	case = world.returned(note, 1, remedy="Refund")
	assert draft_now(order) == [(5, False)]
	assert api.what_next(case.name)["not_credited"] == 0
	api.credit_return(case.name)
	assert (paid_for(order), world.credits_of(case.reload())) == (5, [])


def test_goods_of_an_order_that_is_invoiced_in_part_are_credited_when_they_were_paid(place):
	order, note = an_order(place, qty=10, sent=6)
	invoice_of(order.reload(), 6)
	world.returned(note, 1, remedy="Refund")
	assert paid_for(order) == 5


@pytest.mark.parametrize("back", [4, 5])
def test_what_was_paid_is_credited_though_as_much_is_still_to_be_sent(place, back):
	order, note = an_order(place, qty=10, sent=6)
	invoice_of(order.reload(), 6)
	world.returned(note, back, remedy="Refund")
	assert paid_for(order) == 6 - back


def test_what_came_back_before_the_rest_of_the_order_was_invoiced_is_not_credited(place):
	make_billing_policy("On Order", company=make.company().name)
	order, note = an_order(place, qty=10, sent=6)
	world.returned(note, 4, remedy="Refund")
	assert draft_now(order) == [(6, False)]
	world.returned(note, 1, remedy="Refund")
	assert paid_for(order) == 5


@pytest.mark.parametrize("first, then", [(6, 6), (6, 2), (10, 10), (10, 6)])
def test_an_invoice_that_is_written_anew_after_a_return_left_out_what_it_has_less(place, first, then):
	"""Whether the goods had to be paid at first or not, what is not refunded is: two that were kept, or six
	with those that are paid in advance.
	"""
	order, note = an_order(place, qty=10, sent=6)
	invoice = invoice_of(order.reload(), first)
	with make.acting_as(make.make_user("Stock User", "Delivery User")):
		case = world.decided(world.opened(world.asked(note, 4)), remedy="Refund")
		api.post_return(case.name)
	world.written_anew(invoice, then)
	if api.what_next(case.name)["may_credit"]:
		api.credit_return(case.name)
	assert paid_for(order) == first - 4


def test_goods_of_an_invoice_that_took_an_advance_are_credited_and_the_advance_counts_once(place):
	order, note = an_order(place)
	advance = get_payment_entry("Sales Order", order.name, party_amount=300)
	advance.update({"reference_no": "1", "reference_date": nowdate()}).insert().submit()
	invoice_of(order.reload(), allocate_advances_automatically=1)
	known = money(order)
	assert (known.invoiced, known.paid, known.state) == (600, 300, "Partly Paid")
	(credit,) = world.credits_of(world.returned(note, 2, remedy="Refund"))
	assert (credit.grand_total, credit.advances, paid_for(order)) == (-200, [], 4)


def test_a_credit_of_one_note_is_not_taken_off_the_invoice_of_the_next(place, on_dispatch):
	order, note = an_order(place, qty=10, sent=6)
	assert draft_now(order) == [(6, True)]
	world.returned(note, 1, remedy="Refund")
	assert (paid_for(order), may_be(order)) == (5, "has_not_left")
	ship(order.reload(), 4)
	assert draft_now(order) == [(4, True)]
	assert (paid_for(order), may_be(order)) == (9, "all_is_invoiced")


def test_what_accounts_have_still_to_credit_is_not_taken_off_the_next_invoice(place, on_dispatch):
	order, note = an_order(place, qty=10, sent=6)
	draft_now(order)
	with make.acting_as(make.make_user("Stock User", "Delivery User")):
		case = world.decided(world.opened(world.asked(note, 1)), remedy="Refund")
		api.post_return(case.name)
	assert not world.credits_of(case.reload())
	ship(order.reload(), 4)
	assert draft_now(order) == [(4, True)]
	api.credit_return(case.name)
	assert (paid_for(order), may_be(order)) == (9, "all_is_invoiced")


def test_what_erpnext_credits_by_the_return_makes_no_room_on_the_next_invoice(place, on_dispatch):
	order, note = an_order(place, qty=10)
	case = world.returned(note, 2, remedy="Refund")
	assert draft_now(order) == [(8, True)]
	back = make_sales_return(note.name)
	back.items[0].qty = -4
	back.issue_credit_note = 1
	back.insert().submit()
	assert (paid_for(order), may_be(order)) == (4, "all_is_invoiced")
	assert api.what_next(case.name)["not_credited"] == 0


@pytest.mark.parametrize("whole", [False, True])
def test_a_replacement_that_comes_back_is_credited_on_the_invoice_of_what_it_replaced(place, whole):
	order = make.make_order(make.line(make.stocked(10, place), qty=6), warehouse=place, submit=True)
	note = ship(order, 6)
	world.invoiced(note)
	world.returned(note, 4, remedy="Replace")
	again = ship(order.reload(), 4)
	rows = [world.asked(again, 4), *([world.asked(note, 2)] if whole else [])]
	case = world.decided(world.opened(*rows), remedy="Refund")
	api.post_return(case.name)
	assert (paid_for(order), api.what_next(case.name)["left_out"]) == (0 if whole else 2, 0)


def test_a_delivery_that_nobody_has_invoiced_is_not_credited_on_the_invoice_of_another(place):
	order = make.make_order(make.line(make.stocked(20, place), qty=10), warehouse=place, submit=True)
	note = ship(order, 4)
	world.invoiced(note)
	world.returned(note, 2, remedy="Replace")
	other = ship(order.reload(), 8)
	case = world.returned(other, 3, remedy="Refund")
	assert (paid_for(order), api.what_next(case.name)["left_out"]) == (4, 3)


@pytest.mark.parametrize("uninvoiced_first", [True, False])
def test_what_is_invoiced_by_its_own_note_is_credited_once_whatever_comes_first(place, uninvoiced_first):
	order = make.make_order(make.line(make.stocked(10, place), qty=10), warehouse=place, submit=True)
	note = ship(order, 5)
	world.invoiced(note)
	rows = [world.asked(ship(order.reload(), 5), 5), world.asked(note, 2)]
	case = world.decided(world.opened(*(rows if uninvoiced_first else rows[::-1])), remedy="Refund")
	api.post_return(case.name)
	assert paid_for(order) == 3


def test_a_replacement_that_is_still_to_be_sent_is_no_reason_to_credit_another_delivery(place):
	order = make.make_order(make.line(make.stocked(15, place), qty=15), warehouse=place, submit=True)
	note = ship(order, 10)
	world.invoiced(note)
	other = ship(order.reload(), 5)
	world.returned(note, 3, remedy="Replace")
	world.returned(other, 5, remedy="Refund")
	assert paid_for(order) == 10


@pytest.mark.parametrize("remedy", ["Refund", "Replace", "Nothing"])
def test_a_return_is_credited_once_also_by_erpnexts_credit_note_of_it(place, remedy):
	"""erpnext#51608: the return says To Bill, and ERPNext offers to credit it."""
	_order, note = an_order(place)
	world.invoiced(note)
	case = world.returned(note, 4, remedy=remedy)
	(back,) = world.notes_of(case)
	native = make_sales_invoice(back.name).insert()
	assert (native.is_return, native.items[0].qty) == (1, -4)
	with pytest.raises(frappe.ValidationError, match=rf"{back.name}.*only .*>0<"):
		native.submit()


def test_what_its_case_has_not_credited_is_credited_by_erpnexts_credit_note_of_a_return(place):
	order, note = an_order(place)
	world.invoiced(note)
	with make.acting_as(make.make_user("Stock User", "Delivery User")):
		case = world.decided(world.opened(world.asked(note, 4)), remedy="Refund")
		api.post_return(case.name)
	(back,) = world.notes_of(case.reload())
	make_sales_invoice(back.name).insert().submit()
	assert (paid_for(order), api.what_next(case.name)["not_credited"]) == (2, 0)


@pytest.mark.parametrize("remedy", ["Nothing", "Repair"])
def test_what_was_refused_at_the_door_and_is_not_refunded_is_invoiced(place, remedy):
	make_billing_policy("On Proof", company=make.company().name)
	order, pick = deliveries.picked_order(10, warehouse=place)
	kept, box = deliveries.boxes_of(pick, {0: 6}, {0: 4})
	deliveries.handed_over(kept, box)
	deliveries.prove(kept)
	deliveries.prove(box, "refuse", reason="Damaged")
	case = frappe.get_doc("Return Case", {"box": box})
	case.rows[0].received_qty = 4
	world.decided(case, remedy=remedy)
	api.post_return(case.name)
	dispatch_api.confirm_delivery(frappe.db.get_value("Order Box", box, "delivery_note"))
	assert sum(qty for qty, _by_note in draft_now(order)) == 10
	assert may_be(order) == "all_is_invoiced"


def test_what_was_refused_of_a_delivery_without_proof_takes_nothing_from_a_proved_one(place):
	make_billing_policy("On Proof", company=make.company().name)
	order, pick = deliveries.picked_order(8, warehouse=place)
	kept, refused = deliveries.boxes_of(pick, {0: 5}, {0: 3})
	deliveries.handed_over(kept)
	deliveries.handed_over(refused)
	deliveries.prove(kept)
	deliveries.prove(refused, "refuse", reason="Damaged")
	assert draft_now(order) == [(5, True)]


def test_what_came_back_of_a_delivery_without_proof_makes_no_room_on_an_invoice(place):
	make_billing_policy("On Proof", company=make.company().name)
	order, note = an_order(place, qty=14, sent=10)
	dispatch_api.confirm_delivery(note.name)
	assert draft_now(order) == [(10, True)]
	world.returned(note, 4, remedy="Refund")
	second = ship(order.reload(), 4)
	world.returned(second, 4, remedy="Nothing")
	assert (paid_for(order), may_be(order)) == (6, "is_not_proved")


def test_what_came_back_of_a_proved_delivery_makes_no_room_on_the_next_invoice(place):
	make_billing_policy("On Proof", company=make.company().name)
	order, note = an_order(place, qty=10, sent=6)
	dispatch_api.confirm_delivery(note.name)
	assert draft_now(order) == [(6, True)]
	world.returned(note, 1, remedy="Refund")
	second = ship(order.reload(), 4)
	assert may_be(order) == "is_not_proved"
	dispatch_api.confirm_delivery(second.name)
	assert draft_now(order) == [(4, True)]
	assert paid_for(order) == 9


@pytest.mark.parametrize("seed", range(4))
def test_in_the_end_all_that_was_kept_is_paid_and_nothing_else(place, seed, on_dispatch):
	"""Deliver, return, invoice and credit in any order; then invoice and credit all that is due."""
	dice = random.Random(seed)
	order = make.make_order(make.line(make.stocked(20, place), qty=10), warehouse=place, submit=True)
	notes, refunded, told = [], 0, []
	for _step in range(7):
		what = dice.choice(["ship", "ship", "back", "back", "draft"])
		told.append(what)
		line = frappe.get_doc("Sales Order Item", order.items[0].name)
		open_qty = line.qty - line.delivered_qty - line.swf_returned_qty + line.swf_replaced_qty
		if what == "ship" and open_qty > 0:
			notes.append(ship(order.reload(), dice.randint(1, int(open_qty))))
		elif what == "draft" and may_be(order) == "may_be_invoiced":
			draft_now(order)
		elif what == "back" and (rows := api.returnable(sales_order=order.name)["rows"]):
			row, remedy = dice.choice(rows), dice.choice(["Refund", "Nothing", "Repair"])
			qty = dice.randint(1, int(row["left"]))
			case = world.opened({"row": row["row"], "qty": qty})
			world.decided(case, remedy=remedy)
			api.post_return(case.name)
			refunded += qty if remedy == "Refund" else 0
			told[-1] = f"{qty} back: {remedy}"
	if may_be(order) == "may_be_invoiced":
		draft_now(order)
	for case in frappe.get_all("Return Case", {"state": "Posted"}, pluck="name"):
		if api.what_next(case)["may_credit"]:
			api.credit_return(case)
	line = frappe.get_doc("Sales Order Item", order.items[0].name)
	sent = line.delivered_qty + line.swf_returned_qty
	assert paid_for(order) == sent - refunded, told
	assert may_be(order) != "may_be_invoiced", told

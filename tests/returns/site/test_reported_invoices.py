"""What users reported about invoices of goods that came back, and orders they belong to, tried here."""

import pytest

import frappe

from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return as make_credit_note
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice as invoice_of_order

from sales_wh_flow.billing import by_hand, judge
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.order_changes import update_items
from sales_wh_flow.returns import api
from sales_wh_flow.stock_lock.serving import api as serving_api
from tests import factories as make
from tests.billing.billing_world import invoice_of, make_billing_policy
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, billing="On", return_documents="Submitted")
	world.name_places()
	make_billing_policy("On Dispatch", company=make.company().name)


@pytest.fixture
def sent(place):
	"""(order, note) of ten pieces at 100; as many lie on the shelf still."""
	return world.delivered(make.line(make.stocked(20, place), qty=10), warehouse=place)


def drafted(order):
	"""The submitted invoice that Draft Invoice makes."""
	return frappe.get_doc("Sales Invoice", by_hand.draft_now(order.name)).submit()


def quantities(invoice):
	return {row.item_code: row.qty for row in invoice.items}


def may_be(order):
	return judge.judge_orders([order.name])[order.name].answer.code


def test_the_invoice_of_a_delivery_of_which_goods_came_back_is_of_the_rest(sent):
	"""erpnext#10726: ten were delivered, four came back, ten were on the invoice."""
	order, note = sent
	world.returned(note, 4, remedy="Refund")
	assert list(quantities(drafted(order)).values()) == [6]
	assert may_be(order) == "all_is_invoiced"


def test_an_item_that_came_back_whole_is_not_on_the_invoice_of_the_others(place):
	"""erpnext#14775: the net of a delivery and its return could not be invoiced."""
	lines = [make.line(make.stocked(7, place), qty=qty) for qty in (5, 7)]
	order, note = world.delivered(*lines, warehouse=place)
	row = next(at for at, it in enumerate(note.items) if it.item_code == lines[0]["item_code"])
	world.returned(note, 5, remedy="Refund", row=row)
	assert quantities(drafted(order)) == {lines[1]["item_code"]: 7}
	assert may_be(order) == "all_is_invoiced"


def test_goods_to_be_replaced_are_sent_and_the_invoice_is_of_all(sent):
	"""erpnext#16489: what came back was on no invoice of the order, and no second delivery could be made."""
	order, note = sent
	world.returned(note, 1, remedy="Replace")
	assert list(quantities(drafted(order)).values()) == [9]
	serving_api.lock_waiting(order.name)
	(pick_list,) = world.picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", pick_list).submit()
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list)).submit()
	assert list(quantities(drafted(order)).values()) == [1]
	assert may_be(order) == "all_is_invoiced"


def test_an_exchange_costs_the_customer_nothing_more(sent):
	"""medusa#4838: the way of the exchanged goods was charged, too."""
	order, note = sent
	first = drafted(order)
	world.returned(note, 2, remedy="Replace")
	serving_api.lock_waiting(order.name)
	(pick_list,) = world.picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", pick_list).submit()
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list)).submit()
	assert may_be(order) == "all_is_invoiced"
	with pytest.raises(frappe.ValidationError):
		by_hand.draft_now(order.name)
	assert first.reload().outstanding_amount == first.grand_total


def test_two_that_are_replaced_and_three_that_are_refunded_of_one_return_count_apart(sent):
	"""OCA/rma#354: after a split nothing was delivered and two were invoiced."""
	order, note = sent
	drafted(order)
	case = world.opened(world.asked(note, 2), world.asked(note, 3))
	for row, remedy in zip(case.rows, ("Replace", "Refund"), strict=True):
		row.update({"decision": "Restock", "remedy": remedy})
	case.save()
	api.post_return(case.name)
	line = world.read_anew(order).items[0]
	assert (line.swf_returned_qty, line.swf_replaced_qty, line.swf_refunded_qty) == (5, 2, 3)
	# What is sent again is on the invoice already; what is refunded was credited.
	assert (line.delivered_qty, may_be(order)) == (5, "all_is_invoiced")


def test_each_of_several_returns_is_credited_in_its_turn(sent):
	"""erpnext PR 30868: from the second return on, what was billed came out wrong."""
	order, note = sent
	invoice = drafted(order)
	for qty in (1, 2, 3):
		(credit,) = world.credits_of(world.returned(note, qty, remedy="Refund"))
		assert (credit.items[0].qty, credit.return_against) == (-qty, invoice.name)
	line = world.read_anew(order).items[0]
	assert (line.swf_refunded_qty, may_be(order)) == (6, "all_is_invoiced")


def test_an_order_that_is_paid_for_before_it_leaves_is_not_invoiced_again_for_what_is_sent_again(sent):
	"""erpnext PR 29290: what was billed was nothing after a return and a second note."""
	order, note = sent
	invoice_of_order(order.name).insert().submit()
	world.returned(note, 4, remedy="Replace")
	serving_api.lock_waiting(order.name)
	(pick_list,) = world.picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", pick_list).submit()
	frappe.get_doc("Delivery Note", dispatch_api.make_delivery_note(pick_list)).submit()
	assert (may_be(order), world.read_anew(order).per_billed) == ("all_is_invoiced", 100)


def test_an_order_of_which_all_was_delivered_is_not_cancelled(sent):
	"""odoo#281926: it was cancelled without a word."""
	order, _note = sent
	with pytest.raises(frappe.ValidationError, match="Re-open"):
		world.read_anew(order).cancel()
	assert world.read_anew(order).docstatus == 1


def test_an_order_is_returned_when_all_its_lines_came_back_at_once(place):
	"""solidus#3198: with more than one line it stayed as it was."""
	lines = [make.line(make.stocked(2, place), qty=2) for _ in range(3)]
	order, note = world.delivered(*lines, warehouse=place)
	case = world.decided(world.opened(*(world.asked(note, 2, row=row) for row in range(3))), remedy="Refund")
	api.post_return(case.name)
	assert world.read_anew(order).swf_return_status == "Returned"


def test_a_line_that_is_changed_after_a_refund_counts_from_what_is_true(sent):
	"""odoo#8621: ordered 5, returned 2, then 7 were wanted: no figure of delivery or invoice fitted."""
	order, note = sent
	drafted(order)
	world.returned(note, 2, remedy="Refund")
	row = world.read_anew(order).items[0]
	values = {"docname": row.name, "item_code": row.item_code, "qty": 13, "rate": 100, "conversion_factor": 1}
	text = frappe.as_json([values])
	update_items.update(order.name, [values], lambda: update_child_qty_rate("Sales Order", text, order.name))
	line = world.read_anew(order).items[0]
	gone = line.delivered_qty + line.swf_returned_qty
	assert (line.qty - gone, line.swf_refunded_qty, may_be(order)) == (3, 2, "has_not_left")


@pytest.mark.parametrize("is_locked", [True, False])
def test_a_line_is_not_lowered_below_what_was_delivered_and_came_back(sent, switches, is_locked):
	"""odoo PR 112918: the ordered quantity was lowered after a return."""
	order, note = sent
	world.returned(note, 4, remedy="Refund")
	switches(stock_lock=is_locked, returns=True)
	row = world.read_anew(order).items[0]
	values = {"docname": row.name, "item_code": row.item_code, "qty": 6, "rate": 100, "conversion_factor": 1}
	text = frappe.as_json([values])
	frappe.db.savepoint("as_it_was")
	with pytest.raises(frappe.ValidationError, match="were delivered"):
		update_items.update(
			order.name, [values], lambda: update_child_qty_rate("Sales Order", text, order.name)
		)
	frappe.db.rollback(save_point="as_it_was")


def test_a_credit_of_a_price_difference_by_hand_keeps_no_goods_from_coming_back(sent):
	"""erpnext#3915: what was invoiced too dear is credited in money; goods come back later all the same."""
	order, note = sent
	invoice = invoice_of(order.reload())
	difference = make_credit_note(invoice.name)
	difference.items[0].update({"qty": -10, "rate": 2, "price_list_rate": 2, "discount_percentage": 0})
	difference.insert().submit()
	case = world.returned(note, 2, remedy="Refund")
	assert (case.state, world.credits_of(case)) == ("Posted", [])
	assert api.what_next(case.name)["left_out"] == 0

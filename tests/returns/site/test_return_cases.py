"""Goods that come back: a case says what becomes of them, and posts what ERPNext needs for it, once."""

import pytest

import frappe
from frappe.model.document import Document

from sales_wh_flow.audit import check
from sales_wh_flow.returns import api
from sales_wh_flow.stock_lock.serving import jobs
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


@pytest.fixture
def on(switches):
	"""The same with other settings."""
	base = {"stock_lock": True, "fulfilment": True, "returns": True, "return_documents": "Submitted"}
	return lambda **values: switches(**{**base, **values})


@pytest.fixture
def item(place):
	return make.stocked(5, place)


@pytest.fixture
def sent(item, place):
	"""(order, note) of five delivered pieces."""
	return world.delivered(make.line(item, qty=5), warehouse=place)


def line_of(order):
	return frappe.get_doc("Sales Order Item", order.items[0].name)


def test_restocked_goods_are_on_hand_where_they_left_from(sent, item, place):
	_order, note = sent
	case = world.returned(note, 3)
	assert (case.state, world.on_hand(item, place)) == ("Posted", 3)
	(back,) = world.notes_of(case)
	assert (back.docstatus, back.is_return, back.return_against) == (1, 1, note.name)
	assert [(row.qty, row.dn_detail) for row in back.items] == [(-3, note.items[0].name)]
	assert not check.look(items=[item])


def test_returned_goods_are_nobodys_demand_again(sent, item, committed):
	order, note = sent
	world.returned(note, 3)
	committed()
	jobs.serve_waiting_demand()
	line = line_of(order)
	assert (world.locked(order), line.swf_returned_qty, line.swf_replaced_qty) == (0, 3, 0)


def test_replaced_goods_are_demand_of_the_same_order(sent, item, committed):
	order, note = sent
	world.returned(note, 2, remedy="Replace")
	committed()
	jobs.serve_waiting_demand()
	line = line_of(order)
	assert (world.locked(order), line.swf_returned_qty, line.swf_replaced_qty) == (2, 2, 2)
	assert not check.look(items=[item])


def test_restocked_goods_serve_who_waits(sent, item, place, committed):
	_order, note = sent
	waiting = make.make_order(make.line(item, qty=2), warehouse=place, submit=True)
	world.returned(note, 2)
	committed()
	jobs.serve_waiting_demand()
	assert world.locked(waiting) == 2


def test_quarantined_and_scrapped_goods_go_to_their_warehouses_and_promise_nothing(
	sent, item, place, committed
):
	_order, note = sent
	quarantine, scrap = world.quarantine(), world.quarantine()
	world.name_places(world.a_place(quarantine, scrap))
	waiting = make.make_order(make.line(item, qty=5), warehouse=place, submit=True)
	case = world.opened(world.asked(note, 2), world.asked(note, 1))
	case.rows[0].update({"decision": "Quarantine", "remedy": "Nothing"})
	case.rows[1].update({"decision": "Scrap", "remedy": "Nothing"})
	case.save()
	api.post_return(case.name)
	committed()
	jobs.serve_waiting_demand()
	assert (world.on_hand(item, quarantine), world.on_hand(item, scrap), world.locked(waiting)) == (2, 1, 0)


def test_the_place_of_a_warehouse_counts_before_that_of_its_company(sent, item, place):
	_order, note = sent
	nearby, far = world.quarantine(), world.quarantine()
	world.name_places(world.a_place(far), world.a_place(nearby, warehouse=place))
	world.returned(note, 1, decision="Quarantine")
	assert (world.on_hand(item, nearby), world.on_hand(item, far)) == (1, 0)


def test_the_place_of_an_item_group_counts_before_that_of_its_company(sent, item):
	far, near = world.quarantine(), world.quarantine()
	group = frappe.db.get_value("Item", item, "item_group")
	world.name_places(world.a_place(far), world.a_place(near, item_group=group))
	world.returned(sent[1], 1, decision="Quarantine")
	assert (world.on_hand(item, near), world.on_hand(item, far)) == (1, 0)


def test_goods_for_quarantine_go_nowhere_while_no_place_is_named(sent, item):
	case = world.decided(world.opened(world.asked(sent[1], 1)), "Quarantine")
	with pytest.raises(frappe.ValidationError, match="Return Places"):
		api.post_return(case.name)


def test_goods_for_quarantine_never_go_where_their_stock_is_promised(sent, place):
	case = world.decided(world.opened(world.asked(sent[1], 1)), "Quarantine", warehouse=place)
	with pytest.raises(frappe.ValidationError, match="promised to others"):
		api.post_return(case.name)


def test_posted_twice_is_posted_once(sent, item, place):
	case = world.returned(sent[1], 2)
	again = api.post_return(case.name)
	assert [it["document_name"] for it in again["documents"]] == [world.notes_of(case)[0].name]
	assert world.on_hand(item, place) == 2


def test_what_did_not_come_is_still_expected(sent):
	case = world.decided(world.opened({**world.asked(sent[1], 4), "received": False}))
	case.rows[0].received_qty = 1
	case.save()
	api.post_return(case.name)
	case.reload()
	found = [(row.expected_qty, row.received_qty, bool(row.return_note)) for row in case.rows]
	assert (case.state, found) == ("Partly Posted", [(1, 1, True), (3, 0, False)])
	case.rows[1].update({"received_qty": 3, "decision": "Restock", "remedy": "Nothing"})
	case.save()
	api.post_return(case.name)
	assert frappe.db.get_value("Return Case", case.name, "state") == "Posted"


def test_more_may_come_than_was_announced_up_to_what_was_delivered(sent):
	case = world.decided(world.opened({**world.asked(sent[1], 1), "received": False}))
	case.rows[0].received_qty = 5
	case.save()
	api.post_return(case.name)
	assert world.notes_of(case.reload())[0].items[0].qty == -5


def test_goods_of_several_notes_and_orders_come_back_in_one_case(item, place):
	make.receive(item, 5, place)
	customer = make.make_customer()
	notes = [
		world.delivered(make.line(item, qty=qty), warehouse=place, customer=customer)[1] for qty in (2, 3)
	]
	case = world.decided(world.opened(*(world.asked(note, 2) for note in notes)))
	api.post_return(case.name)
	assert sorted(it.return_against for it in world.notes_of(case.reload())) == sorted(
		it.name for it in notes
	)


def test_a_cancelled_return_note_can_be_posted_anew(sent, item, place):
	case = world.returned(sent[1], 2)
	world.notes_of(case)[0].cancel()
	case.reload()
	assert (case.state, case.rows[0].return_note, world.on_hand(item, place)) == ("Open", None, 0)
	api.post_return(case.name)
	assert (case.reload().state, world.on_hand(item, place)) == ("Posted", 2)


@pytest.mark.parametrize("end", [Document.delete, make.discarded])
def test_a_draft_return_note_can_be_ended_and_posted_anew(on, sent, item, end):
	on(return_documents="Draft")
	case = world.returned(sent[1], 2)
	(draft,) = world.notes_of(case)
	assert draft.docstatus == 0
	end(draft)
	case.reload()
	assert (case.state, len(case.documents)) == ("Open", 0)
	api.post_return(case.name)
	assert case.reload().state == "Posted"


def test_drafts_of_one_case_are_not_returned_by_another(on, sent):
	on(return_documents="Draft")
	world.returned(sent[1], 4)
	with pytest.raises(frappe.ValidationError, match="only"):
		world.opened(world.asked(sent[1], 2))


def test_bundles_come_back_whole_with_their_components(place):
	pump, hose = make.stocked(2, place), make.stocked(4, place)
	_order, note = world.delivered(make.line(make.make_bundle({pump: 1, hose: 2}), qty=2), warehouse=place)
	there = world.quarantine()
	case = world.decided(world.opened(world.asked(note, 1)), "Quarantine", warehouse=there)
	api.post_return(case.name)
	assert (world.on_hand(pump, there), world.on_hand(hose, there)) == (1, 2)
	assert not check.look(items=[pump, hose])


def test_two_decisions_for_one_bundle_are_both_carried_out(place):
	pump = make.stocked(2, place)
	_order, note = world.delivered(make.line(make.make_bundle({pump: 1}), qty=2), warehouse=place)
	there = world.quarantine()
	case = world.opened(world.asked(note, 1), world.asked(note, 1))
	case.rows[0].update({"decision": "Restock", "remedy": "Nothing"})
	case.rows[1].update({"decision": "Scrap", "remedy": "Nothing", "warehouse": there})
	case.save()
	api.post_return(case.name)
	assert (world.on_hand(pump, place), world.on_hand(pump, there)) == (1, 1)


def test_with_returns_off_nothing_is_opened_and_erpnexts_own_returns_work(on, sent, item, place):
	on(returns=False)
	with pytest.raises(frappe.ValidationError, match="switched off"):
		world.opened(world.asked(sent[1], 1))
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	make_return_doc("Delivery Note", sent[1].name).insert().submit()
	assert world.on_hand(item, place) == 5


def test_what_never_comes_is_waited_for_no_more(sent):
	_order, note = sent
	case = world.decided(world.opened({**world.asked(note, 5), "received": False}))
	with pytest.raises(frappe.ValidationError, match="Cancel it if nothing comes"):
		api.expect_no_more(case.name)
	case.rows[0].received_qty = 3
	case.save()
	api.post_return(case.name)
	assert api.what_next(case.name)["may_end"]
	api.expect_no_more(case.name)
	assert (case.reload().state, len(case.rows)) == ("Posted", 1)
	assert api.returnable(delivery_notes=[note.name])["rows"][0]["announced"] == 0


def test_a_case_whose_last_awaited_row_is_taken_out_is_posted(sent):
	case = world.decided(world.opened({**world.asked(sent[1], 5), "received": False}))
	case.rows[0].received_qty = 3
	case.save()
	api.post_return(case.name)
	case.reload()
	case.remove(case.rows[1])
	assert case.save().state == "Posted"


def test_goods_of_an_order_that_was_closed_come_back(sent, item, place):
	order, note = sent
	frappe.get_doc("Sales Order", order.name).update_status("Closed")
	assert world.returned(note, 2).state == "Posted"
	assert world.on_hand(item, place) == 2


def test_goods_that_left_with_an_invoice_are_returned_there(item, place):
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	order = make.make_order(make.line(item, qty=2), warehouse=place, submit=True)
	invoice = make_sales_invoice(order.name)
	invoice.update_stock = 1
	invoice.insert().submit()
	found = api.returnable(sales_order=order.name)
	assert (found["rows"], found["invoices"]) == ([], [invoice.name])

"""Several take back the same goods at once: each piece comes back once."""

import pytest

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow.audit import check
from sales_wh_flow.base import hold_rows
from sales_wh_flow.returns import credit, jobs
from tests import factories
from tests.billing.billing_world import invoice_of, ship
from tests.delivery import delivery_world as boxes
from tests.delivery.race import acting as scanning
from tests.racing import world
from tests.racing.actions import is_isolated
from tests.racing.harness import call, call_of
from tests.returns import returns_world
from tests.returns.race import acting


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	returns_world.name_places()
	frappe.db.commit()


@pytest.fixture
def note():
	"""Ten pieces that are with the customer."""
	(item,) = world.stocked_items(1, 10)
	_order, made = returns_world.delivered(factories.line(item, qty=10), warehouse=world.warehouse())
	frappe.db.commit()
	return made


def a_case(note, qty, remedy="Nothing"):
	case = returns_world.decided(returns_world.opened(returns_world.asked(note, qty)), remedy=remedy)
	frappe.db.commit()
	return case.name


def returned(note):
	frappe.db.rollback()
	rows = frappe.get_all(
		"Delivery Note Item", {"dn_detail": note.items[0].name, "docstatus": 1}, pluck="qty"
	)
	return -sum(rows)


def all_fine(outcomes):
	texts = "\n".join(it.text[-2500:] for it in outcomes if it.text)
	return all(it.is_done or world.is_refusal(it) for it in outcomes), texts


@pytest.mark.race_for_stock
def test_two_cases_never_take_back_one_piece_twice(race, round, note):
	cases = [a_case(note, 6), a_case(note, 6), a_case(note, 4)]
	outcomes = race(*(call_of(acting.post, case, start_within_s=0.05) for case in cases))
	fine, texts = all_fine(outcomes)
	assert fine, texts
	assert returned(note) in (6, 10)
	assert sum(it.is_done for it in outcomes) == (2 if returned(note) == 10 else 1), texts


def test_a_case_that_is_posted_twice_at_once_is_posted_once(race, round, note):
	case = a_case(note, 3)
	outcomes = race(*(call_of(acting.post, case) for _ in range(3)))
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	assert len({it.result["documents"][0]["document_name"] for it in outcomes}) == 1
	assert returned(note) == 3


def test_a_case_and_a_return_by_hand_never_take_back_one_piece_twice(race, round, note):
	case = a_case(note, 7)
	# Made by hand before the case was: a draft that nobody's case counts was there first.
	by_hand = make_return_doc("Delivery Note", note.name)
	by_hand.items[0].qty = -7
	by_hand.flags.ignore_permissions = True
	by_hand.insert()
	frappe.db.commit()
	outcomes = race(
		call_of(acting.post, case, start_within_s=0.05),
		call_of(acting.submit_native_return, by_hand.name, start_within_s=0.05),
	)
	fine, texts = all_fine(outcomes)
	assert fine, texts
	assert returned(note) == 7


def test_what_others_have_credited_meanwhile_is_not_credited_once_more(race):
	"""Eight of ten were invoiced by the order, and eight came back of two deliveries: two are kept."""
	(item,) = world.stocked_items(1, 10)
	order = factories.make_order(factories.line(item, qty=10), warehouse=world.warehouse(), submit=True)
	notes = [ship(order.reload(), 5) for _ in range(2)]
	invoice_of(order.reload(), 8)
	frappe.db.commit()
	cases = [a_case(note, 4, "Refund") for note in notes]
	with factories.acting_as(factories.make_user("Stock User", "Delivery User")):
		for case in cases:
			returns_world.api.post_return(case)
	frappe.db.commit()
	second = frappe.get_doc("Return Case", cases[1])  # the snapshot begins
	world.all_done(race(call_of(acting.credit, cases[0])))
	if is_isolated():  # a server that keeps to the snapshot has it tried again, from a fresh one
		frappe.db.rollback()
	assert [it.qty for it in credit.open_claims(second, for_decision=True)] == [2]
	frappe.db.rollback()


def test_return_serve_and_cancel_at_once_leave_everything_true(race, round, note):
	waiting = world.draft_order({note.items[0].item_code: 4})
	world.submit(waiting)
	other = world.draft_order({note.items[0].item_code: 4})
	world.submit(other)
	cases = [a_case(note, 5, "Replace"), a_case(note, 5)]
	outcomes = race(
		*(call_of(acting.post, case, start_within_s=0.05) for case in cases),
		call("cancel", "Sales Order", waiting, start_within_s=0.05),
	)
	fine, texts = all_fine(outcomes)
	assert fine, texts
	assert returned(note) == 10


def test_goods_that_two_scan_at_once_have_one_case(race, round):
	item = factories.make_item(
		has_serial_no=1, serial_no_series=f"{factories.unique('R').replace(' ', '')}-.##"
	)
	factories.receive(item, 1, world.warehouse())
	_order, made = returns_world.delivered(factories.line(item, qty=1), warehouse=world.warehouse())
	frappe.db.commit()
	(serial,) = frappe.get_all("Serial No", {"item_code": item}, pluck="name")
	outcomes = race(*(call_of(acting.scan, serial) for _ in range(3)))
	assert all(it.is_done for it in outcomes), [it.text for it in outcomes]
	assert len({it.result for it in outcomes}) == 1
	frappe.db.rollback()
	rows = frappe.get_all("Return Case Row", {"delivery_note_item": made.items[0].name}, ["received_qty"])
	assert [row.received_qty for row in rows] == [1]


def test_a_case_is_posted_or_cancelled(race, round, note):
	case = a_case(note, 2)
	outcomes = race(call_of(acting.post, case), call_of(acting.cancel_case, case))
	fine, texts = all_fine(outcomes)
	assert fine, texts
	state = frappe.db.get_value("Return Case", case, "state")
	assert (state, returned(note)) in (("Posted", 2), ("Cancelled", 0)), texts


def test_return_serve_cancel_and_re_open_at_once_leave_everything_true(race, round, note):
	"""Who comes first decides: an order of which goods came back is not opened again, and the other way."""
	item = note.items[0].item_code
	waiting = world.draft_order({item: 4})
	world.submit(waiting)
	(order,) = {row.against_sales_order for row in note.items}
	case = a_case(note, 5, "Replace")
	outcomes = race(
		call_of(acting.post, case, start_within_s=0.05),
		call_of(acting.start_reopening, order, start_within_s=0.05),
		call("cancel", "Sales Order", waiting, start_within_s=0.05),
		call("serve_waiting_demand", start_within_s=0.05),
	)
	fine, texts = all_fine(outcomes)
	assert fine, texts
	for name in frappe.get_all("Order Reopening", {"sales_order": order}, pluck="name"):
		jobs.reopen_order(name)
	frappe.db.rollback()
	docstatus = frappe.db.get_value("Delivery Note", note.name, "docstatus")
	assert (docstatus, returned(note)) in ((1, 5), (2, 0)), texts
	assert not check.look(items=[item])


def test_a_box_goes_into_a_hand_over_or_its_order_is_opened_again_and_never_both(race, round):
	place = world.warehouse()
	order, pick = boxes.picked_order(4, warehouse=place)
	(box,) = boxes.boxes_of(pick, {0: 4})
	handover = boxes.begun(boxes.make_courier(), place)
	frappe.db.commit()
	outcomes = race(
		call_of(acting.start_reopening, order.name, start_within_s=0.05),
		call_of(scanning.scan, handover, box, start_within_s=0.05),
	)
	fine, texts = all_fine(outcomes)
	assert fine, texts
	assert sum(it.is_done for it in outcomes) == 1, texts
	frappe.db.rollback()
	started = frappe.get_all("Order Reopening", {"sales_order": order.name}, pluck="name")
	assert bool(started) != (frappe.db.get_value("Order Box", box, "handover") == handover), texts
	for name in started:
		jobs.reopen_order(name)
		assert frappe.db.get_value("Order Reopening", name, "state") == "Done"


def test_what_is_picked_of_an_order_is_counted_while_somebody_holds_another(race):
	"""Else whoever cancels that one, and waits for the same Bin, and whoever takes goods back would wait for
	each other.
	"""
	place = world.warehouse()
	(order, pick), (other, others_pick) = (boxes.picked_order(2, warehouse=place) for _ in range(2))
	frappe.db.commit()
	for doctype, name in (("Sales Order", other.name), ("Pick List", others_pick.name)):
		hold_rows.hold_document_row(doctype, name)
	for row in frappe.get_doc("Sales Order", other.name).items:
		hold_rows.hold_document_row("Sales Order Item", row.name)
	(outcome,) = race(call_of(acting.count_picked, [order.name], [pick.name]))
	frappe.db.rollback()
	assert outcome.is_done, outcome.text

"""An order is opened again by undoing what was made from it: planned first, step by step, safe to kill."""

import pytest

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return

from sales_wh_flow.audit import check
from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.returns import api, jobs, reopen
from sales_wh_flow.returns.store import reopenings
from tests import factories as make
from tests.delivery import delivery_world
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


def reopened(order, back_to="To Pick"):
	name = api.reopen_order(order.name, back_to, "the customer changed his mind")
	jobs.reopen_order(name)
	return frappe.get_doc("Order Reopening", name)


def refused(match):
	return pytest.raises((frappe.ValidationError, frappe.PermissionError), match=match)


def steps(record):
	return [(row.action, row.document_type) for row in record.steps if row.done_on]


def test_the_plan_names_what_is_undone_in_its_order(sent):
	order, note = sent
	invoice = world.invoiced(note)
	plan = api.plan_reopening(order.name)
	found = [(it["action"], it["document_name"]) for it in plan["steps"]]
	assert found[:2] == [("Cancel", invoice.name), ("Cancel", note.name)]
	assert [it["document_type"] for it in plan["steps"]] == ["Sales Invoice", "Delivery Note", "Pick List"]
	assert plan["touched"] and plan["may_start"]


def test_an_order_goes_back_to_be_picked_and_keeps_its_lock(sent, item, place):
	order, note = sent
	world.invoiced(note)
	record = reopened(order)
	assert (record.state, record.actor, len(steps(record))) == ("Done", "Administrator", 3)
	assert (world.locked(order), world.on_hand(item, place)) == (5, 5)
	status = frappe.db.get_value("Sales Order", order.name, ["docstatus", "swf_flow_status"])
	assert status == (1, "Locked")
	assert not check.look(items=[item])


def test_an_order_goes_back_to_a_draft_with_its_lines(sent, item):
	order, _note = sent
	record = reopened(order, "Draft")
	assert frappe.db.get_value("Sales Order", order.name, "docstatus") == 2
	new = frappe.get_doc("Sales Order", record.new_order)
	assert (new.docstatus, new.amended_from) == (0, order.name)
	assert [(row.item_code, row.qty) for row in new.items] == [(item, 5)]
	assert not world.locked(order)


def test_an_order_is_cancelled_with_all_that_was_made_from_it(sent):
	record = reopened(sent[0], "Cancelled")
	assert steps(record)[-1] == ("Cancel", "Sales Order")
	assert frappe.db.get_value("Sales Order", sent[0].name, "docstatus") == 2


def test_drafts_go_first(item, place):
	order = make.make_order(make.line(item, qty=5), warehouse=place, submit=True)
	(draft,) = picking_api.make_pick_lists(order.name)
	record = reopened(order)
	assert steps(record) == [("Delete", "Pick List")]
	assert not frappe.db.exists("Pick List", draft)


def test_picker_and_driver_are_told_and_the_planned_trip_leaves_the_note_out(sent):
	order, note = sent
	picker, driver = make.make_user("Stock User"), make.make_user("Delivery User")
	(pick_list,) = frappe.get_all("Pick List Item", {"sales_order": order.name}, pluck="parent")
	frappe.db.set_value("Pick List", pick_list, "swf_picker", picker)
	address = make.make_address(order.customer)
	stop = {"customer": order.customer, "address": address, "delivery_note": note.name}
	values = {"company": order.company, "departure_time": now_datetime(), "driver_address": address}
	people = {"driver": delivery_world.make_driver(driver), "vehicle": delivery_world.make_vehicle()}
	trip = frappe.get_doc({"doctype": "Delivery Trip", **values, **people, "delivery_stops": [stop]}).insert()
	assert reopened(order).state == "Done"
	assert picker in world.told_of(order.name)
	assert driver in world.told_of(trip.name)
	assert trip.reload().delivery_stops == []


def test_what_was_made_meanwhile_is_undone_too(item, place):
	order = make.make_order(make.line(item, qty=5), warehouse=place, submit=True)
	picking_api.make_pick_lists(order.name)
	name = api.reopen_order(order.name, "Cancelled", "mistake")
	asked = reopenings.next_undo_step(name)
	frappe.delete_doc("Pick List", asked[1].name)
	(later,) = picking_api.make_pick_lists(order.name)
	jobs.reopen_order(name)
	record = frappe.get_doc("Order Reopening", name)
	assert (record.state, frappe.db.exists("Pick List", later)) == ("Done", None)


@pytest.mark.parametrize("killed_after", [0, 1, 2, 3, 4])
def test_a_job_that_is_killed_after_any_step_comes_to_the_same_end(sent, killed_after):
	order, note = sent
	world.invoiced(note)
	name = api.reopen_order(order.name, "Draft", "mistake")
	for _step in range(killed_after):
		reopen.do_next(name, order.name)
	jobs.reopen_order(name)
	jobs.reopen_order(name)
	record = frappe.get_doc("Order Reopening", name)
	assert (record.state, len(steps(record))) == ("Done", 5)
	assert frappe.db.count("Sales Order", {"amended_from": order.name}) == 1


def test_asked_twice_it_is_one(sent):
	first = api.reopen_order(sent[0].name, "To Pick", "mistake")
	assert api.reopen_order(sent[0].name, "To Pick", "again") == first


def test_one_that_runs_is_not_turned_into_another(sent):
	api.reopen_order(sent[0].name, "Draft", "mistake")
	for back_to in ("To Pick", "Nope"):
		with refused("is opening Sales Order"):
			api.reopen_order(sent[0].name, back_to, "other")
	with make.acting_as(make.make_user("Sales User", "Sales Manager")), refused("may not undo"):
		api.reopen_order(sent[0].name, "Draft", "mistake")


def test_what_refuses_a_step_stops_it_and_it_goes_on_later(sent):
	order, _note = sent
	name = api.reopen_order(order.name, "To Pick", "mistake")
	frappe.db.set_value("Sales Order", order.name, "status", "Closed")
	jobs.reopen_order(name)
	stopped = frappe.get_doc("Order Reopening", name)
	assert (stopped.state, bool(stopped.stopped_by)) == ("Stopped", True)
	frappe.get_doc("Sales Order", order.name).update_status("Draft")
	assert api.reopen_order(order.name, "To Pick", None) == name
	jobs.reopen_order(name)
	assert frappe.db.get_value("Order Reopening", name, "state") == "Done"


def test_goods_that_the_customer_has_are_not_taken_back_on_paper(sent):
	order, note = sent
	dispatch_api.confirm_delivery(note.name)
	plan = api.plan_reopening(order.name)
	assert not plan["may_start"]
	with refused("The customer has the goods"):
		api.reopen_order(order.name, "To Pick", "mistake")


def test_a_closed_period_stays_closed(sent):
	frappe.db.set_single_value("Accounts Settings", "acc_frozen_upto", add_days(nowdate(), 1))
	with refused("which is closed by"):
		api.reopen_order(sent[0].name, "To Pick", "mistake")


def test_what_came_back_stays_history(sent):
	world.returned(sent[1], 1)
	with refused("is a return"):
		api.reopen_order(sent[0].name, "To Pick", "mistake")


def test_an_untouched_order_is_cancelled_and_not_opened_again(item, place):
	order = make.make_order(make.line(item, qty=5), warehouse=place, submit=True)
	assert not api.plan_reopening(order.name)["touched"]
	with refused("Nothing was made"):
		api.reopen_order(order.name, "To Pick", "mistake")
	with refused("Say why"):
		picking_api.make_pick_lists(order.name)
		api.reopen_order(order.name, "To Pick", "")


def test_nobody_undoes_by_it_what_he_may_not_undo_by_hand(sent):
	order, note = sent
	invoice = world.invoiced(note)
	credit = make_sales_return(invoice.name).insert().submit()
	seller = make.make_user("Sales User", "Sales Manager", "Stock User")
	with make.acting_as(seller):
		plan = api.plan_reopening(order.name)
		assert not [name for name in (invoice.name, credit.name) if name in frappe.as_json(plan)]
		with pytest.raises(frappe.ValidationError) as told:
			world.read_anew(order).cancel()
		assert invoice.name not in str(told.value)
	credit.reload().cancel()
	with make.acting_as(seller):
		plan = api.plan_reopening(order.name)
		assert plan["steps"][0]["may"] is False
		assert "Accounts Manager" in plan["steps"][0]["who"]
		with refused("You may not undo"):
			api.reopen_order(order.name, "To Pick", "mistake")
	with make.acting_as(make.make_user("Stock User")), pytest.raises(frappe.PermissionError):
		api.reopen_order(order.name, "To Pick", "mistake")

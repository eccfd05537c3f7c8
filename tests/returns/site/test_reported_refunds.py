"""What users of ERPNext, Odoo and web shops reported about refunds and returns, tried with a Return Case."""

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice

from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.returns import api, jobs
from sales_wh_flow.stock_lock.serving import api as serving_api
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


def account(name, **values):
	company = make.company()
	doc = {
		"doctype": "Account",
		"account_name": make.unique(name),
		"company": company.name,
		"parent_account": frappe.db.get_value(
			"Account", {"company": company.name, "root_type": "Liability", "is_group": 1}
		),
		**values,
	}
	return frappe.get_doc(doc).insert().name


def paid(document, kind):
	entry = get_payment_entry(kind, document)
	entry.update({"reference_no": "1", "reference_date": nowdate()})
	return entry.insert().submit()


def test_all_that_was_paid_for_goods_and_freight_is_credited_with_its_tax(place):
	_order, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	invoice = make_sales_invoice(note.name)
	vat, freight = account("VAT", account_type="Tax"), account("Freight", account_type="Chargeable")
	for row in (
		{"charge_type": "Actual", "account_head": freight, "tax_amount": 33.33},
		{"charge_type": "On Previous Row Total", "row_id": 1, "account_head": vat, "rate": 21},
	):
		invoice.append("taxes", {"description": "x", **row})
	invoice.update({"apply_discount_on": "Grand Total", "discount_amount": 50})
	invoice.insert().submit()
	credits = [world.credits_of(world.returned(note, qty, remedy="Refund"))[0] for qty in (2, 1, 2)]
	assert abs(sum(it.grand_total for it in credits) + invoice.grand_total) < 0.02
	assert abs(sum(it.net_total for it in credits) + invoice.net_total) < 0.02


def test_a_return_has_the_unit_it_was_sold_in(place):
	item = make.make_item(uoms=[{"uom": "Box", "conversion_factor": 6}])
	make.receive(item, 12, place)
	line = make.line(item, qty=2, uom="Box", conversion_factor=6)
	_order, note = world.delivered(line, warehouse=place)
	(back,) = world.notes_of(world.returned(note, 1))
	assert [(row.qty, row.uom, row.stock_qty) for row in back.items] == [(-1, "Box", -6)]
	assert world.on_hand(item, place) == 6
	assert [row["left"] for row in api.returnable(delivery_notes=[note.name])["rows"]] == [1]


def test_goods_that_are_sent_again_come_back_again(place):
	item = make.stocked(12, place)
	order, note = world.delivered(make.line(item, qty=4), warehouse=place)
	world.returned(note, 4, remedy="Replace")
	serving_api.lock_waiting(order.name)
	(pick_list,) = world.picking_api.make_pick_lists(order.name)
	frappe.get_doc("Pick List", pick_list).submit()
	again = frappe.get_doc("Delivery Note", world.dispatch_api.make_delivery_note(pick_list)).submit()
	rows = api.returnable(sales_order=order.name)["rows"]
	assert [(row["note"], row["left"]) for row in rows] == [(again.name, 4)]
	world.returned(again, 4, remedy="Nothing")
	row = world.read_anew(order).items[0]
	assert (row.swf_returned_qty, row.swf_replaced_qty, row.delivered_qty) == (8, 4, 0)
	assert world.on_hand(item, place) == 12


def test_what_was_scrapped_does_not_come_back_to_the_shelf_by_saving(place):
	item, away = make.stocked(5, place), world.quarantine()
	world.name_places(world.a_place(scrap_warehouse=away))
	order, note = world.delivered(make.line(item, qty=5), warehouse=place)
	case = world.returned(note, 2, decision="Scrap", remedy="Refund")
	for status in ("Closed", "Draft"):
		world.read_anew(order).update_status(status)
	note.reload().add_comment("Comment", "looked at again")
	assert (world.on_hand(item, place), world.on_hand(item, away)) == (0, 2)
	with pytest.raises(frappe.ValidationError, match="not changed any more"):
		case.save()


def test_an_order_of_which_goods_came_back_is_not_cancelled_for_more_stock_than_there_was(place):
	item = make.stocked(5, place)
	order, note = world.delivered(make.line(item, qty=5), warehouse=place)
	world.returned(note, 2, remedy="Refund")
	for road in (
		lambda: world.read_anew(order).cancel(),
		lambda: api.reopen_order(order.name, "Cancelled", "mistake"),
	):
		with pytest.raises(frappe.ValidationError):
			road()
	assert world.on_hand(item, place) == 2


def test_what_came_back_before_it_was_invoiced_keeps_nothing_waiting_for_an_invoice(place):
	order, note = world.delivered(make.line(make.stocked(10, place), qty=10), warehouse=place)
	invoice = make_sales_invoice(note.name)
	invoice.items[0].qty = 7
	invoice.insert().submit()
	case = world.returned(note, 3, remedy="Refund")
	assert (world.credits_of(case), api.what_next(case.name)["not_credited"]) == ([], 0)
	with pytest.raises(frappe.ValidationError, match="already been Invoiced/Returned"):
		make_sales_invoice(note.name)
	dispatch_api.confirm_delivery(note.name)
	paid(invoice.name, "Sales Invoice")
	assert world.read_anew(order).swf_flow_status == "Completed"


def test_goods_that_came_back_and_are_not_replaced_are_not_to_be_delivered(place):
	order, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	world.invoiced(note)
	before = world.read_anew(order)
	world.returned(note, 2, remedy="Nothing")
	after = world.read_anew(order)
	assert after.swf_flow_status == before.swf_flow_status
	with pytest.raises(frappe.ValidationError, match="no locked stock"):
		world.picking_api.make_pick_lists(order.name)


@pytest.mark.parametrize("back_to", ["Draft", "Cancelled"])
def test_an_order_with_an_advance_is_cancelled_by_a_choice_for_the_advance(place, back_to):
	for field in (
		"unlink_payment_on_cancellation_of_invoice",
		"unlink_advance_payment_on_cancelation_of_order",
	):
		frappe.db.set_single_value("Accounts Settings", field, 0)
	order = make.make_order(make.line(make.stocked(5, place), qty=5), warehouse=place, submit=True)
	advance = paid(order.name, "Sales Order")
	world.picking_api.make_pick_lists(order.name)
	plan = api.plan_reopening(order.name)
	assert [it["document_name"] for it in plan["payments"]] == [advance.name]
	choice = frappe.as_json([{"payment": advance.name, "choice": "Unlink"}])
	name = api.reopen_order(order.name, back_to, "mistake", choice)
	jobs.reopen_order(name)
	record = frappe.get_doc("Order Reopening", name)
	assert (record.state, record.stopped_by) == ("Done", None)
	assert frappe.db.get_value("Payment Entry", advance.name, ["docstatus", "unallocated_amount"]) == (1, 500)


def test_a_row_that_is_added_twice_counts_together(place):
	_order, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	case = world.opened(world.asked(note, 2))
	api.add_to_return(case.name, frappe.as_json([world.asked(note, 3, received=True)]))
	with pytest.raises(frappe.ValidationError, match=r"only .*5"):
		api.add_to_return(case.name, frappe.as_json([world.asked(note, 1, received=True)]))


def test_a_credit_note_that_was_paid_out_is_not_taken_back_by_re_open(place):
	order, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	invoice = world.invoiced(note)
	paid(invoice.name, "Sales Invoice")
	(credit,) = world.credits_of(world.returned(note, 2, remedy="Refund"))
	refund = paid(credit.name, "Sales Invoice")
	plan = api.plan_reopening(order.name)
	assert not plan["may_start"]
	assert any("return" in text for step in plan["steps"] for text in step["blocks"])
	assert refund.docstatus == 1

"""What users of ERPNext reported about returns and cancelling, tried with a Return Case and with Re-open."""

import pytest

import frappe
from frappe.utils import nowdate

from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.stock.doctype.batch.batch import get_batch_qty
from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice

from sales_wh_flow.returns import api, jobs
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


def serialized(place, qty):
	item = make.make_item(has_serial_no=1, serial_no_series=f"{make.unique('S').replace(' ', '')}-.###")
	make.receive(item, qty, place)
	return item


def test_a_large_discount_is_credited_over_several_credit_notes(place):
	_order, note = world.delivered(make.line(make.stocked(10, place), qty=10), warehouse=place)
	invoice = make_sales_invoice(note.name)
	invoice.update({"apply_discount_on": "Net Total", "discount_amount": 600})
	invoice.insert().submit()
	for qty in (9, 1):
		world.returned(note, qty, remedy="Refund")
	credited = frappe.get_all(
		"Sales Invoice", {"return_against": invoice.name, "docstatus": 1}, ["grand_total", "discount_amount"]
	)
	assert sorted(row.discount_amount for row in credited) == [-540, -60]
	assert sum(row.grand_total for row in credited) == -400


def test_what_is_returned_twice_is_left_out_of_the_invoice_once(place):
	_order, note = world.delivered(make.line(make.stocked(10, place), qty=10), warehouse=place)
	for qty in (2, 3):
		world.returned(note, qty, remedy="Refund")
	invoice = make_sales_invoice(note.name)
	assert [row.qty for row in invoice.items] == [5]


def test_a_bundle_of_serial_numbers_comes_back(place):
	part = serialized(place, 6)
	bundle = make.make_bundle({part: 2})
	_order, note = world.delivered(make.line(bundle, qty=3), warehouse=place)
	frappe.db.savepoint("as_it_was")
	with pytest.raises(frappe.ValidationError, match="more of its serial numbers are out"):
		world.returned(note, 1)
	frappe.db.rollback(save_point="as_it_was")
	case = world.returned(note, 3)
	assert (case.state, world.on_hand(part, place)) == ("Posted", 6)
	assert frappe.db.count("Serial No", {"item_code": part}) == 6, "no number is made up"


def test_a_bundle_of_batches_comes_back_in_parts(place):
	part = make.make_item(has_batch_no=1, create_new_batch=1, batch_number_series=f"{make.unique('B')}-.##")
	for qty in (3, 3):
		make.receive(part, qty, place)
	_order, note = world.delivered(make.line(make.make_bundle({part: 2}), qty=3), warehouse=place)
	for qty in (1, 2):  # two of the first batch, then the one that is left of it and the second batch
		world.returned(note, qty)
	assert world.on_hand(part, place) == 6
	there = [get_batch_qty(it, place, part) for it in frappe.get_all("Batch", {"item": part}, pluck="name")]
	assert there == [3, 3]


def test_a_bundle_that_was_changed_since_comes_back_as_it_was_sent(place):
	part, other = make.stocked(6, place), make.stocked(6, place)
	bundle = make.make_bundle({part: 2})
	_order, note = world.delivered(make.line(bundle, qty=3), warehouse=place)
	recipe = frappe.get_doc("Product Bundle", {"new_item_code": bundle})
	recipe.db_set("modified", recipe.modified)
	frappe.db.set_value("Product Bundle Item", recipe.items[0].name, {"item_code": other, "qty": 1})
	frappe.clear_document_cache("Product Bundle", recipe.name)
	world.returned(note, 3)
	assert (world.on_hand(part, place), world.on_hand(other, place)) == (6, 6)


def test_a_credit_has_the_rate_of_its_invoice_whatever_pricing_rules_say_now(place):
	item = make.stocked(5, place)
	_order, note = world.delivered(make.line(item, qty=5), warehouse=place)
	world.invoiced(note)
	frappe.get_doc(
		{
			"doctype": "Pricing Rule",
			"title": make.unique("Half Price"),
			"apply_on": "Item Code",
			"items": [{"item_code": item}],
			"selling": 1,
			"rate_or_discount": "Discount Percentage",
			"discount_percentage": 50,
			"company": make.company().name,
			"currency": make.company().currency,
			"valid_from": nowdate(),
		}
	).insert()
	case = world.returned(note, 2, remedy="Refund")
	(credit,) = world.credits_of(case)
	assert (credit.docstatus, credit.items[0].rate, credit.grand_total) == (1, 100, -200)


@pytest.mark.parametrize("back_to", ["Cancelled", "Draft"])
def test_an_order_whose_payment_was_unlinked_is_cancelled(place, back_to):
	frappe.db.set_single_value("Accounts Settings", "unlink_payment_on_cancellation_of_invoice", 0)
	order, note = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	invoice = world.invoiced(note)
	paid = get_payment_entry("Sales Invoice", invoice.name)
	paid.update({"reference_no": "1", "reference_date": nowdate()})
	paid.insert().submit()
	choice = frappe.as_json([{"payment": paid.name, "choice": "Unlink"}])
	name = api.reopen_order(order.name, back_to, "mistake", choice)
	jobs.reopen_order(name)
	record = frappe.get_doc("Order Reopening", name)
	assert (record.state, record.stopped_by) == ("Done", None)
	assert frappe.db.get_value("Sales Order", order.name, "docstatus") == 2
	assert frappe.db.get_value("Payment Entry", paid.name, ["docstatus", "unallocated_amount"]) == (1, 500)


def test_an_order_with_an_advance_is_opened_again_and_keeps_it(place):
	order = make.make_order(make.line(make.stocked(5, place), qty=5), warehouse=place, submit=True)
	paid = get_payment_entry("Sales Order", order.name)
	paid.update({"reference_no": "1", "reference_date": nowdate()})
	paid.insert().submit()
	world.picking_api.make_pick_lists(order.name)
	name = api.reopen_order(order.name, "To Pick", "mistake")
	jobs.reopen_order(name)
	assert frappe.db.get_value("Order Reopening", name, "state") == "Done"
	assert frappe.db.get_value("Sales Order", order.name, "advance_paid") == 500


def test_an_expired_batch_is_not_restocked(place):
	item = make.make_item(has_batch_no=1, create_new_batch=1, batch_number_series=f"{make.unique('B')}-.##")
	make.receive(item, 5, place)
	_order, note = world.delivered(make.line(item, qty=5), warehouse=place)
	case = world.decided(world.opened(world.asked(note, 2)))
	frappe.db.set_value("Batch", case.rows[0].batch_no, "expiry_date", "2020-01-01")
	with pytest.raises(frappe.ValidationError, match="expired"):
		api.post_return(case.name)


def test_what_is_credited_by_hand_is_not_credited_by_the_case(place):
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	_order, note = world.delivered(make.line(make.stocked(6, place), qty=6), warehouse=place)
	invoice = world.invoiced(note)
	by_hand = make_return_doc("Sales Invoice", invoice.name)
	by_hand.items[0].qty = -2
	by_hand.insert().submit()
	case = world.returned(note, 2, remedy="Refund")
	assert not world.credits_of(case)
	assert api.what_next(case.name)["not_credited"] == 0
	assert len(world.credits_of(world.returned(note, 1, remedy="Refund"))) == 1


@pytest.mark.parametrize(
	("forged", "words"),
	[({"dn_detail": None}, "names no row"), ({"dn_detail": "of another"}, "a row of another one")],
)
def test_a_return_by_hand_names_the_row_that_sent_its_goods(place, forged, words):
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	_order, note = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	_other, foreign = world.delivered(make.line(make.stocked(3, place), qty=3), warehouse=place)
	if forged["dn_detail"]:
		forged = {"dn_detail": foreign.items[0].name}
	by_hand = make_return_doc("Delivery Note", note.name)
	by_hand.items[0].update(forged)
	frappe.db.savepoint("as_it_was")
	with pytest.raises(frappe.ValidationError, match=words):
		by_hand.insert().submit()
	frappe.db.rollback(save_point="as_it_was")

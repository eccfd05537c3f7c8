"""What can't come back is refused with the row, the figures and the next step."""

import pytest

import frappe
import frappe.client
from frappe.utils import add_days, nowdate

from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow.returns import api
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


def refused(match):
	return pytest.raises(frappe.ValidationError, match=match)


def serial_item():
	code = make.make_item(has_serial_no=1)
	frappe.db.set_value("Item", code, "serial_no_series", f"{code}-.###")
	return code


def serials_of(note):
	bundle = note.items[0].serial_and_batch_bundle
	return frappe.get_all("Serial and Batch Entry", {"parent": bundle}, pluck="serial_no", order_by="idx")


def test_more_than_was_delivered_over_several_cases(sent):
	first, second = (world.decided(world.opened(world.asked(sent[1], 3))) for _ in range(2))
	api.post_return(first.name)
	with refused("only .*2.* of Delivery Note"):
		api.post_return(second.name)


def test_more_than_was_delivered_by_erpnexts_own_return_with_two_rows(sent):
	back = make_return_doc("Delivery Note", sent[1].name)
	back.items[0].qty = -4
	back.append("items", {**back.items[0].as_dict(no_default_fields=True), "qty": -4})
	back.insert()
	with refused("only .*5"):
		back.submit()


def test_serial_numbers_come_back_as_they_were_shipped_and_no_others(place):
	item = serial_item()
	make.receive(item, 3, place)
	_order, note = world.delivered(make.line(item, qty=2), warehouse=place)
	sold = serials_of(note)
	case = frappe.get_doc("Return Case", api.open_return_of_serials(sold[:1]))
	assert [(row.received_qty, row.serial_nos) for row in case.rows] == [(1, sold[0])]
	world.decided(case)
	api.post_return(case.name)
	assert frappe.db.get_value("Serial No", sold[0], "warehouse") == place
	with refused("has come back already"):
		world.opened(world.asked(note, 1, serial_nos=sold[0]))
	kept = frappe.get_all("Serial No", {"item_code": item, "name": ("not in", sold)}, pluck="name")
	with refused("left with no Delivery Note"):
		api.open_return_of_serials(kept)
	with refused("Enter one for each piece"):
		world.opened(world.asked(note, 2, serial_nos=sold[1]))


def test_serial_numbers_are_named_before_they_are_posted(place):
	item = serial_item()
	make.receive(item, 2, place)
	_order, note = world.delivered(make.line(item, qty=2), warehouse=place)
	case = world.decided(world.opened(world.asked(note, 1)))
	with refused("enter the serial numbers"):
		api.post_return(case.name)


def test_batches_come_back_as_they_were_shipped(place):
	item = make.make_item(has_batch_no=1, create_new_batch=1)
	batches = []
	for qty in (2, 3):
		batch = frappe.get_doc({"doctype": "Batch", "item": item, "batch_id": make.unique("B")}).insert().name
		make.receive(item, qty, place, batch_no=batch, use_serial_batch_fields=1)
		batches.append(batch)
	_order, note = world.delivered(make.line(item, qty=5), warehouse=place)
	rows = frappe.get_all("Delivery Note Item", {"parent": note.name}, ["name", "qty"])
	case = world.opened(*({"row": row.name, "qty": row.qty} for row in rows))
	assert {row.batch_no: row.received_qty for row in case.rows} == dict(zip(batches, (2, 3), strict=True))
	frappe.db.set_value("Batch", batches[0], "expiry_date", add_days(nowdate(), -1))
	world.decided(case)
	with refused("has expired"):
		api.post_return(case.name)
	there = world.quarantine()
	for row in case.reload().rows:
		is_old = row.batch_no == batches[0]
		row.update({"decision": "Scrap" if is_old else "Restock", "remedy": "Nothing"})
		row.warehouse = there if is_old else None
	case.save()
	api.post_return(case.name)
	assert (world.on_hand(item, there), world.on_hand(item, place)) == (2, 3)


def test_goods_of_a_note_that_was_cancelled_since(sent):
	case = world.decided(world.opened(world.asked(sent[1], 1)))
	frappe.get_doc("Delivery Note", sent[1].name).cancel()
	with refused("is cancelled, a draft, or a return itself"):
		api.post_return(case.name)


def test_goods_that_were_never_bought_here(sent):
	with refused("never bought here"):
		api.open_return([{"row": "nothing", "qty": 1}])


def test_components_of_a_bundle_alone(place):
	pump = make.stocked(2, place)
	_order, note = world.delivered(make.line(make.make_bundle({pump: 1}), qty=2), warehouse=place)
	with refused("components of a bundle alone"):
		api.open_return([{"row": note.packed_items[0].name, "qty": 1}])


def test_an_item_that_is_disabled_now(sent, item):
	case = world.decided(world.opened(world.asked(sent[1], 1)))
	frappe.db.set_value("Item", item, "disabled", 1)
	with refused("Enable the item first"):
		api.post_return(case.name)


def test_a_warehouse_that_is_disabled_now(sent, place):
	case = world.decided(world.opened(world.asked(sent[1], 1)))
	frappe.db.set_value("Warehouse", place, "disabled", 1)
	frappe.clear_document_cache("Warehouse", place)
	with refused("gone, disabled or a group"):
		api.post_return(case.name)


def test_goods_that_nobody_has_inspected(sent, item):
	frappe.db.set_value("Item", item, "inspection_required_before_delivery", 1)
	case = world.decided(world.opened(world.asked(sent[1], 2)))
	with refused("asks for inspection"):
		api.post_return(case.name)


def test_a_case_with_documents_is_not_cancelled_or_deleted_and_an_untouched_one_is(sent):
	case = world.returned(sent[1], 1)
	with refused("Cancel or delete them first"):
		api.cancel_return(case.name, "by mistake")
	with refused("is kept"):
		case.delete()
	other = world.opened(world.asked(sent[1], 1))
	with refused("Say why"):
		api.cancel_return(other.name, " ")
	api.cancel_return(other.name, "by mistake")
	api.cancel_return(other.name, "pressed twice")
	assert frappe.db.get_value("Return Case", other.name, ["state", "cancel_reason"]) == (
		"Cancelled",
		"by mistake",
	)
	with refused("not changed any more"):
		other.reload().save()
	with refused("Cancelled"):
		api.post_return(other.name)


def test_what_the_flow_writes_into_a_case_is_not_taken_from_anybody(sent):
	case = world.opened(world.asked(sent[1], 1))
	case.update({"state": "Posted", "waived_by": "Administrator", "customer": make.make_customer()})
	case.rows[0].update({"return_note": sent[1].name, "shipped_qty": 99, "item_code": make.make_item()})
	case.append("documents", {"document_type": "Delivery Note", "document_name": sent[1].name})
	case.save()
	row = case.rows[0]
	assert (case.state, case.waived_by, case.documents) == ("Open", None, [])
	assert case.customer == sent[0].customer
	assert (row.return_note, row.shipped_qty, row.item_code) == (None, 5, sent[1].items[0].item_code)


def test_a_posted_row_stays(sent):
	case = world.opened(world.asked(sent[1], 1), {**world.asked(sent[1], 1), "received": False})
	world.decided(case)
	api.post_return(case.name)
	case.reload()
	case.rows[0].received_qty = 3
	case.save()
	assert case.rows[0].received_qty == 1
	case.remove(case.rows[0])
	with refused("Cancel that return first"):
		case.save()


def test_goods_that_are_credited_are_not_replaced_besides_when_their_return_is_cancelled(sent):
	world.invoiced(sent[1])
	case = world.returned(sent[1], 4, remedy="Refund")
	(credit,) = world.credits_of(case)
	world.notes_of(case)[0].cancel()
	for values in ({"remedy": "Replace"}, {"remedy": "Nothing"}, {"received_qty": 1}):
		case.reload().rows[0].update(values)
		with refused(credit.name):
			case.save()
	case.reload().rows.clear()
	with refused(credit.name):
		case.save()
	api.post_return(case.name)
	assert [it.name for it in world.credits_of(case.reload())] == [credit.name]
	world.notes_of(case)[0].cancel()
	credit.reload().cancel()
	case.reload().rows[0].remedy = "Replace"
	assert (case.save().rows[0].credited_qty, case.state) == (0, "Open")


def test_goods_announced_after_the_window_wait_for_a_waiver(sent, switches):
	switches(
		**{"stock_lock": True, "fulfilment": True, "returns": True, "return_documents": "Submitted"},
		return_window_days=30,
	)
	frappe.db.set_value("Delivery Note", sent[1].name, "swf_delivered_on", add_days(nowdate(), -31))
	case = world.decided(world.opened(world.asked(sent[1], 1)))
	assert case.is_outside_window
	with refused("1.* days after its window"):
		api.post_return(case.name)
	api.waive_window(case.name, "our parcel was late")
	api.post_return(case.name)
	assert frappe.db.get_value("Return Case", case.name, ["state", "waived_by"]) == (
		"Posted",
		"Administrator",
	)


@pytest.mark.parametrize("qty", ["nan", "inf", -1, 1e300])
def test_quantities_that_are_none_are_refused_on_every_road(sent, qty):
	case = world.opened(world.asked(sent[1], 1))
	values = case.as_dict()
	values["rows"][0]["received_qty"] = qty
	with pytest.raises(frappe.ValidationError):
		frappe.client.save(frappe.as_json(values))


def test_a_refund_whose_invoice_was_cancelled_meanwhile_is_said_to_be_open(sent):
	invoice = world.invoiced(sent[1])
	case = world.decided(world.opened(world.asked(sent[1], 2)), remedy="Refund")
	invoice.reload().cancel()
	api.post_return(case.name)
	told = api.what_next(case.name)
	assert (world.credits_of(case.reload()), told["not_credited"], told["left_out"]) == ([], 0, 2)
	assert not told["may_credit"]
	with refused("is not invoiced"):
		api.credit_return(case.name)


def test_an_item_that_was_renamed_comes_back(sent, item):
	case = world.decided(world.opened(world.asked(sent[1], 2)))
	new = frappe.rename_doc("Item", item, make.unique("Renamed"), show_alert=False)
	api.post_return(case.name)
	assert case.reload().rows[0].item_code == new
	assert case.state == "Posted"

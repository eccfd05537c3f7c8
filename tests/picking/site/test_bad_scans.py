"""What a picker may scan and not take: each is a sentence on the phone, and nothing is done by half."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.picking import api
from tests.factories import line, make_order, make_warehouse, receive, stocked, unique
from tests.picking.site.test_walk import key, new_list, refused, row_of, scan, with_barcode


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def place():
	return make_warehouse()


def list_for(item, place, qty=1):
	order = make_order(line(item, qty=qty, warehouse=place), warehouse=place).submit()
	(name,) = api.make_pick_lists(order.name)
	return name, order


def batch_item(place, qty=5, **values):
	series = {"create_new_batch": 1, "batch_number_series": f"{unique('L')}.####"}
	return stocked(qty, place, has_batch_no=1, **series, **values)


def serial_item(place, qty):
	return stocked(qty, place, has_serial_no=1, serial_no_series=f"{unique('S')}.####")


def found_of(name, item):
	return row_of(api.list_to_pick(name), item)["found"]


@pytest.mark.parametrize(
	("text", "words"),
	[
		("NOBODY-KNOWS", "Nothing bears the number"),
		("", "Scan a barcode"),
		("9" * 201, "1 to 200 characters"),
		("<img src=x onerror=alert(1)>", "Nothing bears the number"),
		("TOTE-<img src=x>", "Nothing bears the number"),
		("TOTE-", "Nothing bears the number"),
		("(01)09521234543213(10)A", "Nothing bears the number"),
	],
)
def test_what_names_nothing_is_said_to_name_nothing(text, words):
	name, (item,), _order = new_list(2)
	with refused(words) as refusal:
		scan(name, text)
	assert "<img" not in str(refusal.value)
	assert found_of(name, item) == 0


def test_an_item_of_another_list_is_put_back():
	name, (item,), _order = new_list(1)
	_other, (stranger,), _their_order = new_list(1)
	with refused("is not on Pick List .*Put it back"):
		scan(name, with_barcode(stranger, unique("B")))
	assert found_of(name, item) == 0


def test_more_than_is_asked_for_is_not_taken_in_part():
	name, (item,), _order = new_list(5)
	carton = with_barcode(item, unique("B"), "Box", 12)
	with refused("5.* are still asked for; this label stands for .*12"):
		scan(name, carton)
	assert found_of(name, item) == 0


@pytest.mark.parametrize("found", [-1, -0.5, 2.5])
def test_what_nobody_can_have_found_empties_no_row(found):
	name, (item,), _order = new_list(4)
	scan(name, item)
	row = row_of(api.list_to_pick(name), item)["row"]
	frappe.db.savepoint("request")
	with refused("can't have been found"):
		api.found_less(pick_list=name, row=row, found=found, reason="Damaged", key=key())
	frappe.db.rollback(save_point="request")  # as a refused request ends
	assert found_of(name, item) == 1


def test_a_serial_number_that_is_locked_for_another_order_stays_its():
	place = make_warehouse()
	item = serial_item(place, 2)
	name, order = list_for(item, place)
	_theirs, other = list_for(item, place)
	serials = {so.name: locked_serial(so) for so in (order, other)}
	with refused(serials[other.name]):
		scan(name, serials[other.name])
	assert found_of(name, item) == 0
	assert {so.name: locked_serial(so) for so in (order, other)} == serials
	assert row_of(scan(name, serials[order.name]), item)["found"] == 1


def test_a_free_serial_number_takes_the_lock_along(place):
	item = serial_item(place, 2)
	name, order = list_for(item, place)
	(free,) = set(frappe.get_all("Serial No", {"item_code": item}, pluck="name")) - {locked_serial(order)}
	assert row_of(scan(name, free), item)["found"] == 1
	assert locked_serial(order) == free


@pytest.mark.unchecked  # the nightly repair takes such locks off
def test_a_batch_that_expired_since_the_list_was_made_is_refused_even_where_the_row_names_it(place):
	item = batch_item(place)
	name, _order = list_for(item, place)
	(batch,) = frappe.get_all("Batch", {"item": item}, pluck="name")
	frappe.db.set_value("Batch", batch, "expiry_date", add_days(nowdate(), -1))
	for text in (batch, item):
		with refused(batch):
			scan(name, text)
	with refused(batch):
		api.confirm_row(pick_list=name, row=row_of(api.list_to_pick(name), item)["row"], key=key())
	assert found_of(name, item) == 0


def test_a_label_that_says_it_has_expired_is_refused_where_no_batch_is_kept(place):
	name, (item,), _order = new_list(1)
	gtin = "09521234543213"
	if not frappe.db.exists("Item Barcode", {"barcode": gtin}):
		with_barcode(item, gtin)
	with refused("expired on"):
		scan(name, f"(01){gtin}(17)200101")
	assert found_of(name, item) == 0


def test_a_batch_of_another_item_is_not_on_the_list(place):
	name, (item,), _order = new_list(1)
	other = batch_item(place)
	receive(other, 1, place)
	batch = frappe.get_all("Batch", {"item": other}, pluck="name")[0]
	with refused("is not on Pick List"):
		scan(name, batch)
	assert found_of(name, item) == 0


def locked_serial(order):
	entry = frappe.db.get_value("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1})
	return frappe.db.get_value("Serial and Batch Entry", {"parent": entry}, "serial_no")


def test_the_batch_of_a_row_is_scanned_or_tapped_once_before_the_items_own_barcode_counts(place, switches):
	item = batch_item(place)
	name, _order = list_for(item, place, 3)
	(batch,) = frappe.get_all("Batch", {"item": item}, pluck="name")
	row = row_of(api.list_to_pick(name), item)
	assert row["asks_batch"]
	with refused(f"Scan the batch in your hand.*{batch}"):
		scan(name, item)
	api.confirm_scan(name, item, key(), row["row"], batch)  # tapped
	scan(name, item)
	assert found_of(name, item) == 2 and not row_of(api.list_to_pick(name), item)["asks_batch"]

	api.put_row_back(name, row["row"], key())
	scan(name, batch)
	scan(name, item)
	assert found_of(name, item) == 2

	api.put_row_back(name, row["row"], key())
	other = batch_item(place)
	more = make_order(*(line(it, warehouse=place) for it in (item, other)), warehouse=place).submit()
	(both,) = api.make_pick_lists(more.name)
	in_front = row_of(api.list_to_pick(both), item)["row"]
	with refused("Scan the batch in your hand"):  # the tapped batch is not of this item
		api.confirm_scan(both, other, key(), in_front, batch)
	(its,) = frappe.get_all("Batch", {"item": other}, pluck="name")
	api.confirm_scan(both, its, key(), in_front, batch)
	assert (found_of(both, item), found_of(both, other)) == (0, 1)

	switches(stock_lock=True, fulfilment=True, trust_batches=1)
	scan(name, item)
	assert found_of(name, item) == 1

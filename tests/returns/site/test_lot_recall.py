"""A batch or serial number is recalled: who got it, in which box, and where the rest of it is."""

import json

import pytest

import frappe
from frappe.desk.query_report import export_query, run
from frappe.permissions import add_user_permission

from tests.delivery import delivery_world as delivery
from tests.factories import (
	acting_as,
	line,
	make_order,
	make_user,
	make_warehouse,
	stocked,
	unique,
)
from tests.returns.returns_world import delivered, name_places, returned
from tests.stock_documents import new_doc

pytestmark = pytest.mark.usefixtures("in_this_transaction")

HERE, LOCKED, STOCK = "In a Box Here", "Locked for an Order", "On Stock"
THEIRS, USED = "With the Customer", "Used or Written Off"


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	name_places()


@pytest.fixture
def place():
	return make_warehouse()


def batch_item(place, qty):
	item = stocked(qty, place, has_batch_no=1, create_new_batch=1, batch_number_series=f"{unique('L')}.####")
	(batch,) = frappe.get_all("Batch", {"item": item}, pluck="name")
	return item, batch


def traced(**filters):
	return run("Lot Recall", filters=filters, ignore_prepared_report=True)


def rows_of(**filters):
	return [row for row in traced(**filters)["result"] if isinstance(row, dict)]


def where(rows, what):
	return [row for row in rows if row["what"] == what]


def test_every_customer_of_a_batch_is_named_with_what_came_back_of_it(place):
	item, batch = batch_item(place, 20)
	first, note = delivered(line(item, qty=5, warehouse=place), warehouse=place)
	second, _note = delivered(line(item, qty=3, warehouse=place), warehouse=place)
	returned(note, 2)

	rows = rows_of(batch_no=batch)

	got = {row["customer"]: (row["sent"], row["returned"], row["qty"]) for row in where(rows, THEIRS)}
	assert got == {first.customer: (5, 2, 3), second.customer: (3, 0, 3)}
	assert {row["sales_order"] for row in where(rows, THEIRS)} == {first.name, second.name}
	assert sum(row["qty"] for row in where(rows, STOCK)) == 14
	assert rows_of(batch_no=batch, item_code=item) == rows


@pytest.mark.parametrize(
	("hidden", "told"),
	[({}, ("ann@example.com", "0151 1")), ({"permlevel": 7}, ("", "")), ({"mask": 1}, ("", ""))],
	ids=["seen", "hidden by its level", "masked, as ERPNext 16 can"],
)
def test_who_does_not_see_a_customers_contact_on_the_note_does_not_see_it_here(place, hidden, told):
	item, batch = batch_item(place, 6)
	_order, note = delivered(line(item, qty=5, warehouse=place), warehouse=place)
	note.db_set({"contact_email": "ann@example.com", "contact_mobile": "0151 1"})
	with acting_as(make_user("Stock User")):
		meta = frappe.get_meta("Delivery Note")
		fields = [meta.get_field(it) for it in ("contact_email", "contact_mobile")]
		for field in fields:
			field.update(hidden)
		(theirs,) = where(rows_of(batch_no=batch), THEIRS)
		for field in fields:
			field.update(dict.fromkeys(hidden, 0))

	assert (theirs["email"], theirs["phone"]) == told


def test_the_box_that_it_left_in_is_named_with_its_state_and_who_took_it(place):
	item, batch = batch_item(place, 6)
	order = make_order(line(item, qty=4, warehouse=place), warehouse=place).submit()
	left, stays = delivery.boxes_of(delivery.picked_list(order), {0: 3}, {0: 1})
	delivery.handed_over(left)
	delivery.prove(left, receiver="Anna")

	rows = rows_of(batch_no=batch)

	(theirs,) = where(rows, THEIRS)
	assert (theirs["box"], theirs["box_state"], theirs["received_by"]) == (left, "Delivered", "Anna")
	(here,) = where(rows, HERE)
	assert (here["box"], here["qty"], here["sales_order"]) == (stays, 1, order.name)


def test_orders_that_it_is_locked_for_are_named(place):
	item, batch = batch_item(place, 6)
	order = make_order(line(item, qty=4, warehouse=place), warehouse=place).submit()
	(locked,) = where(rows_of(batch_no=batch), LOCKED)
	assert (locked["sales_order"], locked["customer"], locked["qty"]) == (order.name, order.customer, 4)


def test_a_serial_number_is_traced_alone_and_with_others(place):
	item = stocked(3, place, has_serial_no=1, serial_no_series=f"{unique('S')}.####")
	order, note = delivered(line(item, qty=2, warehouse=place), warehouse=place)
	entries = {"parent": note.items[0].serial_and_batch_bundle}
	sent = sorted(frappe.get_all("Serial and Batch Entry", entries, pluck="serial_no"))
	(kept,) = set(frappe.get_all("Serial No", {"item_code": item}, pluck="name")) - set(sent)

	(one,) = where(rows_of(serial_nos=sent[0]), THEIRS)
	assert (one["customer"], one["serial_nos"], one["qty"]) == (order.customer, sent[0], 1)
	rows = rows_of(serial_nos=f"{sent[1]}, {kept}")
	assert [row["serial_nos"] for row in where(rows, THEIRS)] == [sent[1]]
	assert [(row["warehouse"], row["qty"]) for row in where(rows, STOCK)] == [(place, 1)]


def test_what_was_used_or_written_off_is_named_by_its_document(place):
	item, batch = batch_item(place, 6)
	row = {"item_code": item, "qty": 2, "s_warehouse": place, "batch_no": batch, "use_serial_batch_fields": 1}
	entry = new_doc("Stock Entry", stock_entry_type="Material Issue", items=[row]).insert().submit()
	(used,) = where(rows_of(batch_no=batch), USED)
	assert (used["document"], used["qty"]) == (entry.name, 2)


@pytest.mark.parametrize(
	("filters", "words"), [({}, "Name a batch"), ({"batch_no": "NO-SUCH-LOT"}, "No stock movement")]
)
def test_a_lot_that_nobody_knows_is_said_so(filters, words):
	try:
		said = traced(**filters)["message"]
	except frappe.ValidationError as refusal:
		said = str(refusal)
	assert words in said


def test_it_says_how_much_it_does_not_show(place):
	"""A list that is short without a word would leave goods out there."""
	item, batch = batch_item(place, 9)
	mine, _note = delivered(line(item, qty=2, warehouse=place), warehouse=place)
	delivered(line(item, qty=2, warehouse=place), warehouse=place)
	seller = make_user("Sales User")
	add_user_permission("Customer", mine.customer, seller, ignore_permissions=True)
	with acting_as(seller):
		found = traced(batch_no=batch)
	rows = [row for row in found["result"] if isinstance(row, dict)]
	assert [row["customer"] for row in where(rows, THEIRS)] == [mine.customer]
	assert "1 more rows" in found["message"]


@pytest.mark.parametrize("role", ["HR User", "Purchase User"])
def test_a_stranger_traces_nothing(role, place):
	_item, batch = batch_item(place, 1)
	with acting_as(make_user(role)), pytest.raises(frappe.PermissionError):
		traced(batch_no=batch)


def test_it_is_a_file_for_whoever_calls_the_customers(place):
	item, batch = batch_item(place, 4)
	order, _note = delivered(line(item, qty=2, warehouse=place), warehouse=place)
	frappe.form_dict.update(
		report_name="Lot Recall",
		file_format_type="CSV",
		filters=json.dumps({"batch_no": batch}),
		visible_idx="[]",
		ignore_visible_idx=1,
	)
	export_query()
	text = frappe.response["filecontent"]
	text = text.decode() if isinstance(text, bytes) else str(text)
	assert order.customer in text and batch in text and item in text

"""What came is scanned: it is the case's that expects it, counted once, and its box is known."""

import pytest

import frappe
from frappe.utils import add_days, now

from sales_wh_flow.returns import api
from tests import factories as make
from tests.delivery import delivery_world as boxes
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places()


@pytest.fixture
def sent(place):
	"""(note, two boxes of five) that left yesterday; their courier never says that they are there."""
	_order, pick = boxes.picked_order(10, warehouse=place)
	made = boxes.boxes_of(pick, {0: 5}, {0: 5})
	boxes.handed_over(*made)
	for box in made:
		frappe.db.set_value("Order Box", box, "handed_over_on", add_days(now(), -1))
	note = frappe.db.get_value("Order Box", made[0], "delivery_note")
	return frappe.get_doc("Delivery Note", note), made


def scanned(*texts):
	return frappe.get_doc("Return Case", api.open_return_by_scan("\n".join(texts)))


def leads(**values):
	return {"case": None, "delivery_notes": [], "known": [], "strange": []} | values


def quantities(case):
	return [(row.expected_qty, row.received_qty) for row in case.rows]


def refused(match):
	return pytest.raises(frappe.ValidationError, match=match)


def announced(note, qty):
	return world.opened({"row": note.items[0].name, "qty": qty, "received": False})


def test_a_box_that_was_refused_is_of_its_own_case(sent):
	_note, (_kept, back) = sent
	boxes.prove(back, "refuse", reason="Damaged")
	case = scanned(back)
	assert (case.box, quantities(case)) == (back, [(5, 5)])
	assert scanned(back).name == case.name
	assert quantities(case.reload()) == [(5, 5)]


def test_what_a_customer_announced_is_not_opened_once_more(sent):
	note, (box, _other) = sent
	case = announced(note, 6)
	found = scanned(box)
	assert (found.name, quantities(found)) == (case.name, [(6, 5)])
	assert len(frappe.get_all("Return Case", {"customer": note.customer})) == 1


def test_of_two_boxes_that_were_delivered_the_one_that_was_scanned_is_returned(sent):
	_note, (kept, back) = sent
	for box in (kept, back):
		boxes.prove(box)
	case = world.decided(scanned(back))
	api.post_return(case.name)
	assert [boxes.state_of(box) for box in (kept, back)] == ["Delivered", "Returned"]
	frappe.get_doc("Delivery Note", case.reload().rows[0].return_note).cancel()
	assert boxes.state_of(back) == "Delivered"


def test_the_second_box_goes_into_the_case_of_the_first_when_both_are_scanned(sent):
	_note, made = sent
	case = scanned(*made)
	assert (quantities(case), set(case.scanned_boxes.split())) == ([(5, 5), (5, 5)], set(made))


def test_boxes_of_several_cases_are_scanned_case_by_case(sent):
	_note, (first, second) = sent
	for box in (first, second):
		boxes.prove(box, "refuse", reason="Damaged")
	with refused("several Return Cases"):
		scanned(first, second)


def test_serial_numbers_are_written_into_the_row_that_expects_them(place):
	item = make.make_item(has_serial_no=1, serial_no_series=f"{make.unique('S').replace(' ', '')}-.###")
	make.receive(item, 3, place)
	_order, note = world.delivered(make.line(item, qty=3), warehouse=place)
	case = announced(note, 3)
	bundle = note.items[0].serial_and_batch_bundle
	serials = frappe.get_all("Serial and Batch Entry", {"parent": bundle}, pluck="serial_no")
	for serial in (serials[0], serials[0], serials[1]):
		assert scanned(serial).name == case.name
	row = case.reload().rows[0]
	assert (row.received_qty, set(row.serial_nos.split())) == (2, set(serials[:2]))


def test_the_number_of_a_case_leads_to_it(sent):
	case = announced(sent[0], 1)
	assert api.look_at_return_scan(f" {case.name.lower()} ") == leads(
		case=case.name, known=[case.name.lower()]
	)
	assert scanned(case.name).name == case.name


def test_delivery_notes_lead_to_what_may_be_chosen_of_them(sent):
	note = sent[0]
	assert api.look_at_return_scan(note.name) == leads(delivery_notes=[note.name], known=[note.name])
	with refused("Choose what of it came back"):
		scanned(note.name)


def test_the_choice_says_what_is_announced_and_in_which_case(sent):
	case = announced(sent[0], 3)
	(row,) = api.returnable(customer=case.customer, company=case.company)["rows"]
	assert (row["left"], row["announced"], row["cases"]) == (10, 3, [case.name])


def test_kinds_that_do_not_go_together_are_refused(sent):
	note, (box, _other) = sent
	case = announced(note, 1)
	for texts in ((case.name, box), (note.name, box), (case.name, note.name)):
		with refused("one Return Case, or Delivery Notes"):
			scanned(*texts)


def test_what_names_nothing_is_named_beside_the_lines_that_do(sent):
	note, (box, _other) = sent
	text = f"NONSENSE-1\n{box}\n  NONSENSE-2 "
	assert api.look_at_return_scan(text) == leads(known=[box], strange=["NONSENSE-1", "NONSENSE-2"])
	assert api.look_at_return_scan("NONSENSE-1") == leads(strange=["NONSENSE-1"])
	with refused("NONSENSE-1, NONSENSE-2"):
		scanned(text)
	assert not frappe.get_all("Return Case", {"customer": note.customer})

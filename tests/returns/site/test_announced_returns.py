"""Returns are announced on the customer's page, opened by scan, and filled with more or other goods."""

from urllib.parse import unquote

import pytest

import frappe

from sales_wh_flow.base import records
from sales_wh_flow.couriers import accounts
from sales_wh_flow.couriers.port import CourierAccount
from sales_wh_flow.milestones import page_link, returned_by_customer
from sales_wh_flow.milestones.api import announce_return
from sales_wh_flow.returns import announce, api, way_back
from tests import factories as make
from tests.billing.billing_world import ship
from tests.couriers import couriers_world
from tests.couriers.asked_labels import SECRET, bridge, label_answer
from tests.milestones.messages_world import make_message_rule, messages
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	settings = frappe.get_doc("Sales Flow Settings")
	settings.update({"customer_page": 1, "returns_from_page": 1, "return_places": []})
	settings.save()
	frappe.cache.delete_keys("rl:")


@pytest.fixture
def sent(place):
	return world.delivered(make.line(make.stocked(10, place), qty=5), warehouse=place)


def token_of(order):
	return unquote(page_link.link_for_customer(order.name).partition("token=")[2])


def announced(order, note, qty, **values):
	asked = frappe.as_json([{"row": note.items[0].name, "qty": qty}])
	with make.acting_as("Guest"):
		return announce_return(asked, token=token_of(order), **values)


def test_a_guest_with_the_link_announces_what_was_delivered(sent):
	order, note = sent
	name = announced(order, note, 2, customer_says="broken <b>box</b>")
	case = frappe.get_doc("Return Case", name)
	row = case.rows[0]
	assert (case.state, case.announced_from, case.customer) == ("Open", "Customer's Page", order.customer)
	assert (row.expected_qty, row.received_qty, row.received_on) == (2, 0, None)
	assert "<b>" not in case.customer_says


@pytest.mark.unchecked  # the box is written by hand
def test_nobody_announces_what_is_still_on_its_way_and_what_is_here_is_taken_in(sent):
	order, note = sent
	box = box_of(note, 3, "Out for Delivery")
	assert [it["left"] for it in announce.lines_to_announce(order.name)] == [2]
	with pytest.raises(frappe.ValidationError, match="left of what was delivered"):
		announced(order, note, 3)
	with pytest.raises(frappe.ValidationError, match="on their way"):
		world.opened(world.asked(note, 3, received=False))
	with pytest.raises(frappe.ValidationError, match="on their way"):
		api.add_to_return(announced(order, note, 1), frappe.as_json([world.asked(note, 3, received=False)]))
	frappe.db.set_value("Order Box", box, "state", "Delivered")
	assert [it["left"] for it in announce.lines_to_announce(order.name)] == [4]
	frappe.db.set_value("Order Box", box, "state", "Delivery Failed")
	assert world.opened(world.asked(note, 5)).rows[0].received_qty == 5


def box_of(note, qty, state) -> str:
	row = note.items[0]
	box = frappe.get_doc({"doctype": "Order Box", "state": state, "delivery_note": note.name})
	box.update({"company": note.company, "customer": note.customer, "warehouse": row.warehouse})
	goods = {"sales_order": row.against_sales_order, "sales_order_item": row.so_detail}
	box.append("contents", {**goods, "item_code": row.item_code, "qty_stock": qty})
	records.save(box)
	return box.name


def test_the_customer_is_told_the_number_of_what_is_announced_and_not_of_what_is_here(sent, switches):
	on = {"stock_lock": True, "fulfilment": True, "returns": True, "return_documents": "Submitted"}
	switches(**on, messages=True)
	make_message_rule("Return Announced")
	order, note = sent
	frappe.db.set_value("Customer", order.customer, "email_id", "somebody@customer.example")
	case = announced(order, note, 1)
	world.opened(world.asked(note, 1))
	(told,) = messages(order.name)
	assert (told.milestone, frappe.parse_json(told.facts)["document"]) == ("Return Announced", case)


def test_nothing_is_announced_twice_or_beyond_what_was_delivered(sent):
	order, note = sent
	announced(order, note, 4)
	assert [it["left"] for it in announce.lines_to_announce(order.name)] == [1]
	for qty in (2, 0, -1):
		with pytest.raises(frappe.ValidationError):
			announced(order, note, qty)
	announced(order, note, 1)
	page = returned_by_customer.on_page(order.name)
	assert (page["lines"], len(page["cases"])) == ([], 2)
	assert "write this number" in page["cases"][0]["told"]


def test_late_goods_are_not_to_be_sent_before_somebody_lets_them_in(place):
	frappe.db.set_single_value("Sales Flow Settings", "return_window_days", 30)
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	order, note = world.delivered_days_ago(40, place)
	case = announced(order, note, 1)

	def told():
		return [it["told"] for it in returned_by_customer.on_page(order.name)["cases"]]

	assert told() == ["comes after the time for returns: send nothing before we answer"]
	with make.acting_as(make.make_user("Sales Manager")):
		api.waive_window(case, "a good customer")
	assert told() == ["announced: write this number on the parcel"]


def test_a_part_of_a_whole_unit_is_refused_by_the_name_that_the_customer_reads(sent):
	order, note = sent
	frappe.db.set_value("UOM", note.items[0].uom, "must_be_whole_number", 1)
	assert [it["is_whole"] for it in announce.lines_to_announce(order.name)] == [True]
	with pytest.raises(frappe.ValidationError) as refused:
		announced(order, note, 1.5)
	assert note.items[0].item_name in str(refused.value) and "Row #" not in str(refused.value)


def test_an_item_that_left_twice_says_with_which_note(place):
	order = make.make_order(make.line(make.stocked(5, place), qty=5), warehouse=place, submit=True)
	first = ship(order, 2)
	(line,) = returned_by_customer.on_page(order.name)["lines"]
	assert line["is_of"] == ""
	second = ship(order, 3)
	lines = returned_by_customer.on_page(order.name)["lines"]
	assert {(it["is_of"], it["most"]) for it in lines} == {(first.name, "2"), (second.name, "3")}


def test_a_row_of_another_order_is_none_of_the_link(sent, place):
	order, _note = sent
	_other, foreign = world.delivered(make.line(make.stocked(5, place), qty=5), warehouse=place)
	with pytest.raises(frappe.ValidationError, match="none of this order's"):
		announced(order, foreign, 1)


@pytest.mark.parametrize("token", ["", "a.b", None])
def test_without_a_good_link_nothing_is_announced(sent, token):
	order, note = sent
	asked = frappe.as_json([{"row": note.items[0].name, "qty": 1}])
	with make.acting_as("Guest"), pytest.raises(frappe.PermissionError, match="link"):
		announce_return(asked, token=token, order=order.name)
	assert not frappe.db.exists("Return Case", {"sales_order": order.name})


def test_switched_off_nobody_announces(sent):
	order, note = sent
	frappe.db.set_single_value("Sales Flow Settings", "returns_from_page", 0)
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	assert returned_by_customer.on_page(order.name) is None
	with pytest.raises(frappe.ValidationError, match="switched off"):
		announced(order, note, 1)


def test_more_goods_than_announced_are_added_and_never_more_than_delivered(sent):
	order, note = sent
	case = frappe.get_doc("Return Case", announced(order, note, 2))
	more = [{"row": note.items[0].name, "qty": 3, "received": True}]
	api.add_to_return(case.name, frappe.as_json(more))
	assert [row.received_qty for row in case.reload().rows] == [0, 3]
	with pytest.raises(frappe.ValidationError, match="only"):
		api.add_to_return(case.name, frappe.as_json(more))


def test_a_serial_number_is_scanned_and_nothing_else(place):
	item = make.make_item(has_serial_no=1, serial_no_series=f"{make.unique('S').replace(' ', '')}-.###")
	make.receive(item, 3, place)
	_order, note = world.delivered(make.line(item, qty=3), warehouse=place)
	bundle = note.items[0].serial_and_batch_bundle
	serials = frappe.get_all("Serial and Batch Entry", {"parent": bundle}, pluck="serial_no")
	case = frappe.get_doc("Return Case", api.open_return_by_scan("\n".join(serials[:2])))
	assert (case.rows[0].received_qty, set(case.rows[0].serial_nos.split())) == (2, set(serials[:2]))
	for text in (item, "nobody knows this", f"{serials[2]}\n{item}"):
		with pytest.raises(frappe.ValidationError, match="scan boxes and serial numbers"):
			api.open_return_by_scan(text)


def test_a_courier_without_labels_leaves_the_slip(sent):
	courier = frappe.get_doc({"doctype": "Courier", "courier_name": make.unique("Courier")}).insert()
	order, note = sent
	case = announced(order, note, 1)
	answer = api.make_return_label(case, courier.name)
	assert (answer["label"], answer["print"]) == (None, "Return Slip")
	html = frappe.get_print("Return Case", case, "Return Slip")
	assert case in html and "data:image/svg+xml" in html


def test_a_courier_s_interface_is_asked_for_the_way_back(sent, monkeypatch):
	with bridge() as maker:
		monkeypatch.setattr(
			accounts,
			"account_of",
			lambda doc: CourierAccount(
				doc.name, label_url=maker.url, label_secret=SECRET, may_be_private=True
			),
		)
		courier = couriers_world.make_courier()
		case = announced(*sent, 1)
		maker.answers["label.create"] = (422, b'{"error": "no such postcode"}')
		with pytest.raises(frappe.ValidationError, match="no such postcode"):
			api.make_return_label(case, courier)
		maker.answers["label.create"] = (200, label_answer("BACK-2"))
		assert api.make_return_label(case, courier)["tracking_no"] == "BACK-2"
	told = [body["data"] for _headers, body, _raw in maker.asked]
	assert told[0]["key"] == told[1]["key"] and told[1]["box"] == case
	assert (told[1]["goods"][0]["qty"], told[1]["sender"]["name"]) == (1, sent[0].customer_name)


def unreadable(*_args, **_values):
	"""Stands in for a Frappe that reads what it keeps, and finds no PDF in it."""
	raise ValueError("Stream has ended unexpectedly")


def test_a_courier_s_label_is_kept_with_the_case(sent, monkeypatch):
	from sales_wh_flow.couriers.adapters.manual import Manual
	from sales_wh_flow.couriers.port import Label

	courier = frappe.get_doc({"doctype": "Courier", "courier_name": make.unique("Courier")}).insert()
	made = Label("BACK-1", "ref", make.pdf("label"), "pdf")
	monkeypatch.setattr(Manual, "label", lambda self, ask: made if ask.box.startswith("RET") else None)
	with monkeypatch.context() as patched:
		patched.setattr(way_back, "save_file", unreadable)
		answer = api.make_return_label(announced(*sent, 1), courier.name)
	assert (answer["tracking_no"], answer["label"]) == ("BACK-1", None)
	case = announced(*sent, 1)
	answer = api.make_return_label(case, courier.name)
	assert answer["tracking_no"] == "BACK-1"
	kept = frappe.get_doc("File", {"attached_to_name": case, "attached_to_doctype": "Return Case"})
	assert (kept.is_private, kept.file_url) == (1, answer["label"])

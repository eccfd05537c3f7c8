"""A courier makes the label of a box through its interface, once, and takes it back."""

import pytest

import frappe

from sales_wh_flow.base import compat
from sales_wh_flow.couriers import api, make_label
from sales_wh_flow.packing import api as packing
from tests import factories as make
from tests.billing.billing_world import pay_ahead
from tests.couriers import couriers_world as world
from tests.couriers.asked_labels import PDF, ZPL, label_answer
from tests.couriers.labelled_boxes import closed_box, on_box
from tests.packing.box_world import key

pytestmark = pytest.mark.usefixtures("maker")


def test_number_label_and_price_stand_on_the_box_and_its_story(maker, box, courier):
	maker.answers["label.create"] = (200, label_answer("ND 77-1", freight=4.9))
	made = api.make_courier_label(box, key())
	assert (made["tracking_no"], made["freight"], made["label_ref"]) == ("ND77-1", 4.9, "R-ND 77-1")
	assert on_box(box, "tracking_url") == "https://courier.example/ND77-1"
	file = frappe.get_doc("File", {"file_url": made["label"]})
	assert file.is_private and file.attached_to_name == box
	assert "ND77-1" in api.box_story(box)["events"][-1]["note"]
	data = maker.asked[0][1]["data"]
	assert (data["goods"][0]["value"], data["ship_to"]["country"], data["sender"]["lines"]) == (
		*(200, "DE"),
		["Gate 1"],
	)


def test_asking_again_answers_with_the_label_that_is_there(maker, box):
	first = api.make_courier_label(box, key())
	assert api.make_courier_label(box, key()) == first
	assert len(maker.asked) == 1


def test_an_answer_that_was_lost_is_asked_for_under_the_same_id(maker, box):
	maker.answers["label.create"] = (504, b"")
	with pytest.raises(frappe.ValidationError, match="did not answer"):
		api.make_courier_label(box, key())
	maker.answers.pop("label.create")
	assert api.make_courier_label(box, key())["tracking_no"] == "ND11"
	first, again = (headers["webhook-id"] for headers, _body, _raw in maker.asked)
	assert first == again


def test_two_phones_do_not_ask_at_once(maker, box):
	assert make_label.begin_label(box).ask
	with pytest.raises(frappe.ValidationError, match="being asked for"):
		api.make_courier_label(box, key())
	assert not maker.asked


@pytest.mark.parametrize("change", ["state = 'Open'", "tracking_no = 'TYPED-1'", "weighed_kg = 9"])
def test_a_box_that_was_changed_meanwhile_gives_its_label_back(maker, box, change, monkeypatch):
	ask = make_label.ask_courier

	def ask_slowly(begun):
		made = ask(begun)
		frappe.db.sql(f"update `tabOrder Box` set {change} where name = %s", box)
		return made

	monkeypatch.setattr(make_label, "ask_courier", ask_slowly)
	with pytest.raises(frappe.ValidationError, match="was changed while"):
		api.make_courier_label(box, key())
	assert on_box(box, "label", "label_asked_on") == (None, None)
	assert [body["type"] for _h, body, _r in maker.asked] == ["label.create", "label.cancel"]
	if "state" in change:  # it is closed as it was: the courier would answer with the label that it took back
		frappe.db.sql("update `tabOrder Box` set state = 'Closed' where name = %s", box)
		begun = make_label.begin_label(box)
		assert begun.ask.key != maker.asked[0][0]["webhook-id"]


def test_what_the_courier_refuses_is_told_and_nothing_is_written(maker, box):
	maker.answers["label.create"] = (422, b'{"error": "Postcode is not served"}')
	with pytest.raises(frappe.ValidationError, match="Postcode is not served"):
		api.make_courier_label(box, key())
	assert on_box(box, "tracking_no", "label_asked_on") == (None, None)


def test_a_voided_label_is_given_back_and_the_next_one_is_another(maker, box):
	api.make_courier_label(box, key())
	with pytest.raises(frappe.ValidationError, match="Say why"):
		api.void_courier_label(box, " ")
	assert [body["type"] for _h, body, _r in maker.asked] == ["label.create"]
	assert api.void_courier_label(box, "Wrong weight") == {"box": box, "is_taken_back": True}
	assert on_box(box, "tracking_no", "label", "label_made_on") == (None, None, None)
	with pytest.raises(frappe.ValidationError, match="has no courier's label"):
		api.void_courier_label(box, "Wrong weight")
	maker.answers["label.create"] = (200, label_answer("ND22", make.pdf("ND22")))
	assert api.make_courier_label(box, key())["label"].endswith(".pdf")
	ids = [headers["webhook-id"] for headers, body, _r in maker.asked if body["type"] == "label.create"]
	assert len(set(ids)) == 2
	assert api.void_courier_label(box, "Again")["is_taken_back"]


def test_a_pdf_that_nobody_can_read_is_asked_for_again(maker, box, monkeypatch):
	if compat.can_keep_pdf(PDF):  # as later Frappe does, which reads what it keeps
		monkeypatch.setattr(compat, "can_keep_pdf", lambda content: content != PDF)
	maker.answers["label.create"] = (200, label_answer("ND11", PDF))
	with pytest.raises(frappe.ValidationError, match="did not answer"):
		api.make_courier_label(box, key())
	assert on_box(box, "tracking_no", "label", "label_asked_on") == (None, None, None)
	maker.answers["label.create"] = (200, label_answer("ND11", make.pdf("ND11")))
	assert api.make_courier_label(box, key())["label"].endswith(".pdf")


def test_after_a_voided_label_the_box_can_go_with_another_courier(maker, box, courier):
	other = world.make_courier("Own Rates")
	api.make_courier_label(box, key())
	with pytest.raises(frappe.ValidationError, match="Void the label first"):
		api.take_rate_for_boxes([box], other)
	api.void_courier_label(box, "Too dear")
	api.take_rate_for_boxes([box], other)
	assert on_box(box, "courier", "tracking_no") == (other, None)


def test_each_box_of_an_order_has_a_number_and_a_label_of_its_own(maker, box, courier):
	content = frappe.get_doc("Order Box", box).contents[0]
	same = {field: content.get(field) for field in ("sales_order", "sales_order_item", "item_code")}
	about = frappe.db.get_value("Order Box", box, ["warehouse", "customer", "ship_to"], as_dict=True)
	second = world.make_box({**same, "qty_stock": 1}, state="Closed", courier=courier, weighed_kg=1, **about)
	first_label = api.make_courier_label(box, key())
	maker.answers["label.create"] = (200, label_answer("ND22", ZPL.replace(b"ND1", b"ND2")))
	other_label = api.make_courier_label(second, key())
	assert (first_label["tracking_no"], other_label["tracking_no"]) == ("ND11", "ND22")
	assert first_label["label"] != other_label["label"]
	assert [body["data"]["weight_kg"] for _h, body, _r in maker.asked] == [2.5, 1]


def test_a_label_that_the_courier_keeps_is_thrown_away_only_by_who_is_sure(maker, box):
	api.make_courier_label(box, key())
	maker.answers["label.cancel"] = (409, b'{"error": "picked up"}')
	with pytest.raises(frappe.ValidationError, match=r"did not take label .*ND11"):
		api.void_courier_label(box, "Wrong weight")
	assert on_box(box, "tracking_no") == "ND11"
	assert api.void_courier_label(box, "Wrong weight", is_sure=True)["is_taken_back"] is False
	assert on_box(box, "tracking_no") is None


def test_a_labelled_box_is_not_opened_cancelled_or_given_another_courier(maker, box):
	api.make_courier_label(box, key())
	for step in (packing.open_again, packing.cancel_box):
		with pytest.raises(frappe.ValidationError, match="Void the label first"):
			step(key(), box, "Wrong tape")
	with pytest.raises(frappe.ValidationError, match="Void the label first"):
		api.write_tracking_number(box, "OTHER-1", key=key())


@pytest.mark.parametrize(
	("values", "word"),
	[
		({"state": "Open"}, "Close it first"),
		({"tracking_no": "TYPED-1"}, "TYPED-1"),
		({"weighed_kg": 0}, "no weight"),
		({"ship_to": None}, "no address"),
		({"cod_amount": 5}, "collects no money"),
		({"courier": None}, "no courier"),
	],
)
def test_a_box_that_can_not_have_a_label_is_told_why(maker, courier, values, word):
	name = closed_box(courier)
	frappe.db.set_value("Order Box", name, values)
	with pytest.raises(frappe.ValidationError, match=word):
		api.make_courier_label(name, key())
	assert not maker.asked


def test_what_was_paid_since_the_box_was_closed_is_collected_by_no_courier(maker, courier):
	frappe.db.set_value("Courier", courier, "takes_cod", 1)
	box = closed_box(courier, cod_amount=200)
	order = frappe.get_doc("Sales Order", frappe.get_doc("Order Box", box).contents[0].sales_order)
	order.swf_cod = 1
	pay_ahead(order.submit(), 400)
	api.make_courier_label(box, key())
	assert maker.asked[0][1]["data"]["collect_on_delivery"] == 40  # 2 of 5 pieces, 100 owed
	assert on_box(box, "cod_amount") == 40


def test_dangerous_goods_go_with_who_takes_them_and_are_declared(maker, courier):
	paint = make.make_item(swf_un_number="UN1263", swf_shipping_name="PAINT", swf_hazard_class="3")
	name = closed_box(courier, paint)
	with pytest.raises(frappe.ValidationError, match="dangerous"):
		api.make_courier_label(name, key())
	frappe.get_doc("Courier", courier).update({"takes_dangerous": 1}).save()
	api.make_courier_label(name, key())
	assert maker.asked[0][1]["data"]["goods"][0]["dangerous"]["un_number"] == "UN1263"


def test_only_who_sends_goods_from_there_asks_for_a_label(maker, box):
	for role in ("Sales User", "Accounts User"):
		with make.acting_as(make.make_user(role)), pytest.raises(frappe.PermissionError):
			api.make_courier_label(box, key())
	user = make.make_user("Stock User")
	limit = {"user": user, "allow": "Warehouse", "for_value": make.make_warehouse()}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	for step in (lambda: api.make_courier_label(box, key()), lambda: api.void_courier_label(box, "x")):
		with make.acting_as(user), pytest.raises(frappe.PermissionError):
			step()
	assert not maker.asked


def test_an_address_for_labels_is_https_and_has_a_secret(courier, monkeypatch):
	doc = frappe.get_doc("Courier", courier)
	monkeypatch.undo()
	doc.label_url = "http://10.0.0.1/labels"
	with pytest.raises(frappe.ValidationError, match="https"):
		doc.save()
	assert ZPL

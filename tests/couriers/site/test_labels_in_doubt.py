"""What was paid for is never forgotten: a label whose answer was lost, that is on no box, or that is being
given back while its box is about to leave.
"""

import pytest

import frappe

from sales_wh_flow.audit import check
from sales_wh_flow.couriers import api, jobs, make_label, settle_labels, void_label
from sales_wh_flow.couriers.adapters.generic_webhook import GenericWebhook
from sales_wh_flow.couriers.port import CourierIsSilent
from sales_wh_flow.patches.v0_4 import labels_on_boxes
from tests import factories as make
from tests.couriers.labelled_boxes import closed_box, on_box
from tests.delivery import delivery_world as delivering
from tests.packing.box_world import key

pytestmark = pytest.mark.usefixtures("maker")


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
	"""The job does not wait for who asks."""
	monkeypatch.setattr(settle_labels, "WAITS", -settle_labels.WAITS)


def labels_of(name):
	fields = ["state", "tracking_no", "ask"]
	return [
		(row.state, row.tracking_no, bool(row.ask))
		for row in frappe.get_all("Courier Label", {"box": name}, fields, order_by="creation, name")
	]


def test_a_label_whose_answer_never_came_is_asked_for_again_by_itself(maker, box):
	begun = make_label.begin_label(box)
	make_label.ask_courier(begun)  # and the worker was killed
	assert labels_of(box) == [("Asked", None, True)]

	assert jobs.settle_labels() == 1

	assert (on_box(box, "tracking_no"), labels_of(box)) == ("ND11", [("On Box", "ND11", False)])
	assert len({headers["webhook-id"] for headers, _body, _raw in maker.asked}) == 1
	assert jobs.settle_labels() == 0


def test_a_lost_label_of_a_box_that_was_changed_is_given_back(maker, box):
	begun = make_label.begin_label(box)
	make_label.ask_courier(begun)
	frappe.db.set_value("Order Box", box, "weighed_kg", 9)

	jobs.settle_labels()
	assert labels_of(box) == [("To Give Back", "ND11", False)]
	jobs.settle_labels()

	assert (on_box(box, "tracking_no"), labels_of(box)) == (None, [("Given Back", "ND11", False)])


def test_a_label_that_its_courier_keeps_though_no_box_has_it_is_named_in_the_end(maker, box, monkeypatch):
	monkeypatch.setattr(settle_labels, "MOST_TRIES", 1)
	maker.answers["label.cancel"] = (409, b'{"error": "too late"}')
	begun = make_label.begin_label(box)
	made = make_label.ask_courier(begun)
	frappe.db.set_value("Order Box", box, "state", "Open")
	assert not make_label.keep_label(begun, made).is_on_box

	jobs.settle_labels()
	jobs.settle_labels()

	assert labels_of(box) == [("Not Taken Back", "ND11", False)]


def test_a_courier_that_never_answers_leaves_it_unknown(maker, box, monkeypatch):
	monkeypatch.setattr(settle_labels, "MOST_TRIES", 2)
	maker.answers["label.create"] = (504, b"")
	with pytest.raises(frappe.ValidationError, match="did not answer"):
		api.make_courier_label(box)

	for _round in range(3):
		jobs.settle_labels()

	assert (labels_of(box), len(maker.asked)) == ([("Unknown", None, True)], 2)
	maker.answers.pop("label.create")
	assert api.make_courier_label(box)["tracking_no"] == "ND11"
	assert labels_of(box) == [("On Box", "ND11", False)]


def test_a_courier_without_keys_is_asked_again_only_by_who_is_sure(maker, box, monkeypatch):
	monkeypatch.setattr(GenericWebhook, "knows_keys", False)
	maker.answers["label.create"] = (504, b"")
	with pytest.raises(frappe.ValidationError, match="may have made the label"):
		api.make_courier_label(box)
	maker.answers.pop("label.create")
	assert api.make_courier_label(box)["may_be_there"]
	jobs.settle_labels()
	assert (labels_of(box), len(maker.asked)) == ([("Unknown", None, True)], 1)

	api.make_courier_label(box, is_sure=True)

	assert labels_of(box) == [("Refused", None, False), ("On Box", "ND11", False)]
	first, again = (headers["webhook-id"] for headers, _body, _raw in maker.asked)
	assert first != again


def test_what_the_courier_refused_is_kept_with_its_words(maker, box):
	maker.answers["label.create"] = (422, b'{"error": "Postcode is not served"}')
	with pytest.raises(frappe.ValidationError, match="Postcode"):
		api.make_courier_label(box)
	assert labels_of(box) == [("Refused", None, False)]
	maker.answers.pop("label.create")
	api.make_courier_label(box)
	assert labels_of(box) == [("On Box", "ND11", False)]


def test_the_label_of_another_box_is_refused_and_not_given_back(maker, box, courier):
	other = closed_box(courier)
	api.make_courier_label(other)
	with pytest.raises(frappe.ValidationError, match=f"which box .*{other}.* has"):
		api.make_courier_label(box)
	assert [body["type"] for _h, body, _r in maker.asked] == ["label.create", "label.create"]
	assert (on_box(box, "tracking_no"), on_box(other, "tracking_no")) == (None, "ND11")


@pytest.mark.unchecked
def test_a_box_does_not_leave_while_its_label_is_being_given_back(maker, box, courier, switches):
	switches(stock_lock=True, fulfilment=True)
	api.make_courier_label(box)
	void_label.begin_void(box, "Wrong weight")  # and the courier takes its time
	handover = delivering.begin(courier, on_box(box, "warehouse"))
	with pytest.raises(frappe.ValidationError, match="asked for or given back"):
		delivering.scan(handover, box)
	with pytest.raises(frappe.ValidationError, match="asked for or given back"):
		api.void_courier_label(box, "Wrong weight")


@pytest.mark.unchecked
def test_a_box_in_a_hand_over_keeps_its_label(maker, box, courier, switches):
	switches(stock_lock=True, fulfilment=True)
	api.make_courier_label(box)
	handover = delivering.begin(courier, on_box(box, "warehouse"))
	frappe.db.set_value("Order Box", box, "handover", handover)
	with pytest.raises(frappe.ValidationError, match=f"hand-over .*{handover}"):
		api.void_courier_label(box, "Wrong weight")
	assert [body["type"] for _h, body, _r in maker.asked] == ["label.create"]


def test_a_void_that_was_cut_off_is_ended_when_the_courier_agrees(maker, box):
	api.make_courier_label(box)
	void_label.begin_void(box, "Wrong weight")  # and the worker was killed

	jobs.settle_labels()

	assert (on_box(box, "tracking_no"), labels_of(box)) == (None, [("Given Back", "ND11", False)])
	assert api.box_story(box)["events"][-1]["reason"] == "Wrong weight"


@pytest.mark.unchecked
def test_a_void_that_was_cut_off_keeps_the_box_here_while_the_courier_says_no(maker, box, courier, switches):
	switches(stock_lock=True, fulfilment=True)
	maker.answers["label.cancel"] = (409, b"{}")
	api.make_courier_label(box)
	void_label.begin_void(box, "Wrong weight")
	jobs.settle_labels()
	assert labels_of(box) == [("To Give Back", "ND11", False)]
	frappe.db.set_value("Order Box", box, "label_asked_on", "2026-01-01 00:00:00")
	with pytest.raises(frappe.ValidationError, match="asked for or given back"):
		delivering.scan(delivering.begin(courier, on_box(box, "warehouse")), box)

	api.void_courier_label(box, "Wrong weight", is_sure=True)

	assert labels_of(box) == [("Not Taken Back", "ND11", False)]


def test_labels_of_before_get_a_row_once(maker, box):
	api.make_courier_label(box)
	frappe.db.delete("Courier Label", {"box": box})
	for _again in range(2):
		labels_on_boxes.execute()
	assert labels_of(box) == [("On Box", "ND11", False)]
	assert api.void_courier_label(box, "Wrong weight")["is_taken_back"]


def test_a_silent_courier_is_not_asked_for_one_label_after_the_other(maker, box, courier, monkeypatch):
	for name in (box, closed_box(courier)):
		make_label.begin_label(name)
	asked = []

	def silent(_self, ask):
		asked.append(ask.box)
		raise CourierIsSilent("nobody there")

	monkeypatch.setattr(GenericWebhook, "label", silent)
	assert jobs.settle_labels() == 0
	assert len(asked) == 1


def test_one_who_may_not_see_the_box_sees_nothing_of_its_labels(maker, box):
	api.make_courier_label(box, key=key())
	name = frappe.db.get_value("Courier Label", {"box": box})
	user = make.make_user("Stock User")
	limit = {"user": user, "allow": "Warehouse", "for_value": make.make_warehouse()}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	with make.acting_as(user):
		assert not frappe.get_list("Courier Label", {"box": box})
		assert not frappe.has_permission("Courier Label", "read", doc=name)
	with make.acting_as(make.make_user("Stock User")):
		assert frappe.get_list("Courier Label", {"box": box}, pluck="name") == [name]


def found_of(name):
	order = frappe.db.get_value("Order Box Item", {"parent": name}, "sales_order")
	return {it.code for it in check.look(orders=[order])} & set(LABEL_FINDINGS)


LABEL_FINDINGS = {
	"label_is_not_on_box": "update `tabOrder Box` set tracking_no = null where name = %s",
	"label_of_no_question": "delete from `tabCourier Label` where box = %s",
	"left_under_voided_label": """update `tabOrder Box` box
		join `tabCourier Label` label on label.box = box.name
		set box.state = 'In Transit', label.state = 'Given Back' where box.name = %s""",
	"label_not_settled": """update `tabCourier Label` set state = 'To Give Back', asked_on = '2026-01-01'
		where box = %s""",
}


@pytest.mark.unchecked
@pytest.mark.parametrize("code", LABEL_FINDINGS)
def test_the_check_finds_a_label_that_is_not_what_it_says(maker, box, code):
	api.make_courier_label(box)
	assert not found_of(box)
	frappe.db.sql(LABEL_FINDINGS[code], box)
	assert code in found_of(box)

"""Drivers say what became of their boxes, and prove it; notes and orders follow."""

import pytest

import frappe
from frappe.utils import add_to_date, get_datetime, now_datetime

from sales_wh_flow.delivery import api
from tests.billing.billing_world import make_billing_policy, money
from tests.delivery import delivery_world as world
from tests.factories import line, make_order, stocked, unique
from tests.milestones.messages_world import make_message_rule, messages

pytestmark = pytest.mark.usefixtures("flow_is_on", "in_this_transaction")


@pytest.fixture
def sent(place):
	"""Makes an order whose goods have left in so many boxes: (order, boxes)."""

	def make(count=1, qty=None):
		order, pick = world.picked_order(qty or count, warehouse=place)
		each = (qty or count) / count
		boxes = world.boxes_of(pick, *({0: each} for _ in range(count)))
		world.handed_over(*boxes)
		return order, boxes

	return make


def note_of(box):
	return frappe.get_doc("Delivery Note", frappe.db.get_value("Order Box", box, "delivery_note"))


def proof_of(shown):
	return frappe.get_doc("Delivery Proof", shown["proof"])


def test_an_order_is_delivered_when_every_box_of_its_notes_is_accepted(sent):
	order, (first, second) = sent(2)

	world.prove(first)
	half = (world.flow_status(order), note_of(first).swf_delivered_on)
	world.prove(second, happened_on=str(add_to_date(now_datetime(), hours=-2)))

	assert half == ("Dispatched", None)
	assert (world.state_of(first), world.state_of(second)) == ("Delivered", "Delivered")
	assert world.flow_status(order) == "Delivered"
	note = note_of(first)
	assert note.swf_received_by == "Anna"
	assert abs((now_datetime() - note.swf_delivered_on).total_seconds() - 7200) < 60


def test_a_proof_keeps_who_when_where_and_what(sent, switches):
	switches(stock_lock=True, fulfilment=True, keep_positions="1")
	_order, (box,) = sent(1, qty=3)
	place = {"consent": True, "latitude": 53.55, "longitude": 9.99, "accuracy_m": 12, "age_s": 4}

	proof = proof_of(world.prove(box, photo=world.PNG, device="phone 7", note="left with Anna", place=place))

	assert (proof.outcome, proof.receiver, proof.actor) == ("Accepted", "Anna", "Administrator")
	assert proof.signature == world.PNG
	assert (proof.latitude, proof.longitude, proof.accuracy_m, proof.position_age_s) == (53.55, 9.99, 12, 4)
	assert [(row.qty_stock, row.accepted_qty, row.refused_qty) for row in proof.contents] == [(3, 3, 0)]
	file = frappe.get_doc("File", {"attached_to_doctype": "Delivery Proof", "attached_to_name": proof.name})
	assert (file.file_url, file.is_private) == (proof.photo, 1)
	event = frappe.get_last_doc("Box Event", {"box": box})
	assert (event.state, event.device, event.place) == ("Delivered", "phone 7", "53.55, 9.99")


@pytest.mark.parametrize(
	("is_on", "consent"),
	[("1", False), ("1", None), ("0", True)],
	ids=["refused", "not asked", "switched off"],
)
def test_no_position_is_kept_without_consent(sent, switches, is_on, consent):
	switches(stock_lock=True, fulfilment=True, keep_positions=is_on)
	_order, (box,) = sent()
	place = {"consent": consent, "latitude": 53.55, "longitude": 9.99}

	proof = proof_of(world.prove(box, place=place))

	assert (proof.has_consent, proof.latitude, proof.longitude) == (0, 0, 0)


def test_a_part_is_refused_row_by_row_and_the_order_is_not_delivered(sent):
	order, (box,) = sent(1, qty=10)
	row = world.row_of(box)

	proof = proof_of(world.prove(box, "part", rows=[{"row": row, "refused_qty": 3, "reason": "Damaged"}]))

	assert (proof.outcome, proof.reason_group) == ("Partly Accepted", "Carrier")
	assert [(it.accepted_qty, it.refused_qty, it.reason) for it in proof.contents] == [(7, 3, "Damaged")]
	content = frappe.get_doc("Order Box", box).contents[0]
	assert (content.accepted_qty, content.refused_qty, content.refused_reason) == (7, 3, "Damaged")
	assert (world.state_of(box), world.flow_status(order)) == ("Partly Accepted", "Dispatched")


def test_a_refused_box_says_whose_reason_it_was(sent):
	_order, (box,) = sent(1, qty=2)

	proof = proof_of(world.prove(box, "refuse", reason="Wrong Item"))

	event = frappe.get_last_doc("Box Event", {"box": box})
	assert (proof.outcome, world.state_of(box)) == ("Refused", "Refused")
	assert (event.reason, event.reason_group, event.delay_of) == ("Wrong Item", "Retailer", "Us")


def test_after_a_failed_attempt_there_is_another_one(sent):
	order, (box,) = sent()

	world.prove(box, "fail", reason="Nobody There")
	between = world.state_of(box)
	world.prove(box)

	assert (between, world.state_of(box)) == ("Delivery Failed", "Delivered")
	assert world.flow_status(order) == "Delivered"
	assert frappe.db.count("Delivery Proof", {"box": box}) == 2


def test_a_box_is_answered_once_and_corrected_after_that(sent):
	_order, (box,) = sent()
	first = world.prove(box)["proof"]

	with pytest.raises(frappe.ValidationError, match="Correct that one") as refused:
		world.prove(box, "refuse", reason="Damaged")

	assert first in str(refused.value)


def test_the_same_proof_told_twice_is_one_proof(sent):
	_order, (box,) = sent()
	once, receipt = world.key(), {"answer": "accept", "receiver": "Anna"}

	assert api.prove_delivery(box, receipt, once) == api.prove_delivery(box, receipt, once)
	assert frappe.db.count("Delivery Proof", {"box": box}) == 1


def test_a_correction_is_a_new_proof_and_both_are_kept(sent):
	order, (box,) = sent(1, qty=4)
	old = world.prove(box)["proof"]

	new = world.correct(old, "refuse", "tapped the wrong box", reason="Damaged")["proof"]

	first, second = (frappe.get_doc("Delivery Proof", name) for name in (old, new))
	assert (first.outcome, first.replaced_by, second.replaces) == ("Accepted", new, old)
	assert (second.outcome, second.correction_reason) == ("Refused", "tapped the wrong box")
	assert (world.state_of(box), world.flow_status(order)) == ("Refused", "Dispatched")
	assert note_of(box).swf_delivered_on is None
	with pytest.raises(frappe.ValidationError, match=new):
		world.correct(old, "accept")
	world.correct(new, "accept", "it was right after all")
	assert world.flow_status(order) == "Delivered"


def test_a_correction_says_why(sent):
	_order, (box,) = sent()
	proof = world.prove(box)["proof"]

	with pytest.raises(frappe.ValidationError, match="Say why"):
		world.correct(proof, "fail", " ", reason="Nobody There")


@pytest.mark.parametrize("state", ["Open", "Closed"])
def test_a_box_that_has_not_left_is_not_delivered(place, state):
	_order, pick = world.picked_order(warehouse=place)
	(box,) = world.boxes_of(pick, state=state)

	with pytest.raises(frappe.ValidationError, match="nobody can receive it now"):
		world.prove(box)


def test_an_answer_that_does_not_fit_changes_nothing(sent):
	_order, (box,) = sent(1, qty=2)
	row = world.row_of(box)

	for receipt, text in (
		({"answer": "part", "rows": [{"row": row, "refused_qty": 3, "reason": "Damaged"}]}, "the box holds"),
		({"answer": "part", "rows": [{"row": row, "refused_qty": 1}]}, "say why"),
		({"answer": "refuse"}, "Say why"),
		({"answer": "eat"}, "answered with one of"),
		({"answer": "accept", "money": {"amount": 1e12, "mode_of_payment": "Cash"}}, "has to be a number"),
	):
		with pytest.raises(frappe.ValidationError, match=text):
			world.prove(box, **receipt)

	assert world.state_of(box) == "Handed Over"
	assert not frappe.db.count("Delivery Proof", {"box": box})


@pytest.mark.parametrize(
	"text",
	[
		"javascript:alert(1)",
		"data:text/html;base64,PHNjcmlwdD4=",
		"data:image/svg+xml;base64,PHN2Zz4=",
		"data:image/png;base64,PHNjcmlwdD4=",
		"data:image/png;base64,no base64 at all",
		['data:image/png;base64,"onerror='],
	],
)
def test_nothing_but_a_picture_is_kept_as_signature_or_photo(sent, text):
	_order, (box,) = sent()

	for what in ("signature", "photo"):
		with pytest.raises(frappe.ValidationError, match="no picture"):
			world.prove(box, **{what: text})

	assert not frappe.db.count("Delivery Proof", {"box": box})


def test_refused_serial_numbers_are_named(place):
	series = unique("S").replace(" ", "")
	item = stocked(2, place, has_serial_no=1, serial_no_series=f"{series}.####")
	order = make_order(line(item, qty=2, warehouse=place), submit=True)
	pick = world.picked_list(order)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	kept, back = pick.locations[0].serial_no.split()
	refused = {"row": world.row_of(box), "refused_qty": 1, "reason": "Damaged"}

	with pytest.raises(frappe.ValidationError, match="which serial numbers"):
		world.prove(box, "part", rows=[refused])
	proof = proof_of(world.prove(box, "part", rows=[{**refused, "serials": [back]}]))

	assert (proof.contents[0].refused_serials, proof.contents[0].accepted_qty) == (back, 1)
	assert kept not in proof.contents[0].refused_serials


HEARD = []


def hear(box, rows):
	HEARD.append((box.name, [(row.item_code, row.refused_qty) for row in rows]))


def test_whoever_opens_returns_is_told_of_refused_rows_and_of_none_after_a_correction(sent, monkeypatch):
	HEARD.clear()
	hooks, attr = frappe.get_hooks, frappe.get_attr

	def with_mine(hook=None, *args, **values):
		return ["hear"] if hook == "swf_refused_goods" else hooks(hook, *args, **values)

	monkeypatch.setattr(frappe, "get_hooks", with_mine)
	monkeypatch.setattr(frappe, "get_attr", lambda path: hear if path == "hear" else attr(path))
	_order, (fine, box) = sent(2, qty=8)
	item = frappe.get_doc("Order Box", box).contents[0].item_code

	world.prove(fine)
	row = {"row": world.row_of(box), "refused_qty": 1, "reason": "Damaged"}
	proof = world.prove(box, "part", rows=[row])["proof"]
	world.correct(proof, "accept")

	assert HEARD == [(box, [(item, 1)]), (box, [])]


def test_an_order_may_be_invoiced_on_proof_as_soon_as_its_box_is_proved(sent, switches):
	switches(stock_lock=True, fulfilment=True, billing="On")
	make_billing_policy("On Proof")
	order, (box,) = sent()
	before = money(order).may_be_invoiced

	proof = world.prove(box)["proof"]
	proved = money(order).may_be_invoiced
	world.correct(proof, "refuse", reason="Not Ordered")

	assert (before, proved, money(order).may_be_invoiced) == (0, 1, 0)


def test_the_customer_is_told_when_the_boxes_of_a_note_are_proved(sent, switches):
	switches(stock_lock=True, fulfilment=True, messages="On")
	make_message_rule("Delivered")
	order, (box,) = sent()
	before = messages(order.name)

	world.prove(box)

	assert (before, [(it.milestone, it.box) for it in messages(order.name)]) == ([], [("Delivered", box)])


def receive_without_proof(box):
	return world.prove(box, receiver="", signature="")


def test_unproved_boxes_are_delivered_while_nobody_asks(sent):
	order, (box,) = sent()

	receive_without_proof(box)

	assert world.flow_status(order) == "Delivered"


def test_unproved_boxes_are_not_delivered_where_the_gate_blocks(sent, switches):
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Block")
	_order, (box,) = sent()

	for lacking, said in (({"receiver": ""}, "name is missing"), ({"signature": ""}, "photo is missing")):
		with pytest.raises(frappe.ValidationError, match=said):
			world.prove(box, **lacking)
	world.prove(box, signature="", photo=world.PNG)

	assert world.state_of(box) == "Delivered"


def test_a_failed_attempt_needs_no_proof(sent, switches):
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Block")
	_order, (box,) = sent()

	world.prove(box, "fail", reason="Nobody There", receiver="", signature="")

	assert world.state_of(box) == "Delivery Failed"


def test_a_warning_lets_the_box_be_delivered(sent, switches):
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Warn")
	_order, (box,) = sent()
	frappe.clear_messages()

	receive_without_proof(box)

	assert box in str(frappe.get_message_log())
	assert world.state_of(box) == "Delivered"


def test_the_shadow_stops_nothing_and_counts_for_whom_it_would_have(sent, switches):
	switches(stock_lock=True, fulfilment=True, unproved_boxes="Shadow")
	_order, (box, other) = sent(2)
	before = sum(row["times"] for row in api.unproved_deliveries(1))

	receive_without_proof(box)
	world.prove(other)

	assert world.state_of(box) == "Delivered"
	assert sum(row["times"] for row in api.unproved_deliveries(1)) == before + 1


def test_the_time_is_the_phones_unless_its_clock_is_wrong(sent):
	_order, (first, second) = sent(2)
	earlier = add_to_date(now_datetime(), hours=-5)

	then = proof_of(world.prove(first, happened_on=str(earlier)))
	wrong = proof_of(world.prove(second, happened_on=str(add_to_date(now_datetime(), days=2))))

	assert get_datetime(then.happened_on).replace(microsecond=0) == earlier.replace(microsecond=0)
	assert (now_datetime() - get_datetime(wrong.happened_on)).total_seconds() < 60


def test_no_proof_is_written_or_deleted_by_hand(sent):
	_order, (box,) = sent()
	doc = proof_of(world.prove(box))
	doc.outcome = "Refused"

	with pytest.raises(frappe.PermissionError):
		doc.save(ignore_permissions=True)
	with pytest.raises(frappe.PermissionError):
		doc.delete(ignore_permissions=True)


def test_a_note_whose_boxes_are_proved_is_not_cancelled(sent):
	_order, (box,) = sent()
	proof = world.prove(box)["proof"]

	with pytest.raises(frappe.ValidationError, match="can't be cancelled") as refused:
		note_of(box).cancel()
	assert box in str(refused.value)

	world.correct(proof, "fail", reason="Nobody There")
	note_of(box).cancel()
	assert world.state_of(box) == "Closed"


def test_the_pallet_that_boxes_stand_on_keeps_no_note_from_being_received(sent, place):
	order, (box,) = sent()
	pallet = world.box(warehouse=place, customer=order.customer, delivery_note=note_of(box).name)
	frappe.db.set_value("Order Box", box, "parent_box", pallet)

	world.prove(box)

	assert note_of(box).swf_delivered_on


def test_a_box_whose_note_is_cancelled_says_no_more_that_it_was_delivered(sent):
	_order, (box,) = sent()
	# As a courier's message leaves it: delivered, with no proof.
	frappe.db.set_value("Order Box", box, {"state": "Delivered", "delivered_on": now_datetime()})

	note_of(box).cancel()

	kept = frappe.db.get_value("Order Box", box, ["state", "delivered_on", "handed_over_on", "handover"])
	assert kept == ("Closed", None, None, None)

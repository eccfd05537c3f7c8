"""Claims are opened by what happens to parcels; bills of couriers are checked parcel by parcel."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.claims import api, jobs, open_claims
from sales_wh_flow.couriers.store import labels
from tests import factories
from tests.couriers import couriers_world as couriers

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def clerk():
	return factories.make_user("Stock Manager")


@pytest.fixture
def courier(clerk):
	return couriers.make_courier(claim_within_days=14, claims_by=clerk)


@pytest.fixture
def parcel(courier):
	"""Makes a parcel that is under way, of goods worth 200: (box, number)."""

	def make(**values):
		order = factories.make_order(factories.line(qty=5), customer=factories.make_customer())
		row = order.items[0]
		content = {"sales_order": order.name, "sales_order_item": row.name, "item_code": row.item_code}
		values = {"freight": 9.9, "warehouse": row.warehouse, "courier": courier, **values}
		number = frappe.generate_hash(length=12).upper()
		box = couriers.make_box(
			{**content, "qty_stock": 2}, state="Handed Over", tracking_no=number, **values
		)
		return box, number

	return make


def claims_of(box):
	fields = ["name", "kind", "state", "amount", "deadline"]
	return frappe.get_all("Courier Claim", {"box": box}, fields, order_by="name")


def opened(box):
	for incident in open_claims.waiting():
		if incident[0] == box:
			open_claims.open_claim(*incident)
	return claims_of(box)


def test_a_lost_parcel_is_claimed_once_with_goods_freight_and_deadline(parcel, courier, clerk):
	box, number = parcel()
	couriers.tell(courier, number, "delivery_failed", reason="carrier_parcel_lost")
	(claim,) = opened(box)
	assert (claim.kind, claim.state, claim.amount) == ("Lost", "To Claim", 209.9)
	assert claim.deadline == getdate(add_days(nowdate(), 14))
	assert opened(box) == [claim]
	assert open_claims.open_claim(box, "Lost", getdate()) is None
	todo = frappe.get_all("ToDo", {"reference_name": claim.name}, ["allocated_to", "date", "description"])
	assert [(it.allocated_to, it.date) for it in todo] == [(clerk, claim.deadline)] and box in todo[
		0
	].description


def test_a_damaged_parcel_is_claimed_though_it_came(parcel, courier):
	box, number = parcel()
	couriers.tell(courier, number, "in_transit", hours=2, reason="carrier_damaged_parcel")
	couriers.tell(courier, number, "delivered")
	assert [claim.kind for claim in opened(box)] == ["Damaged"]


def test_a_late_parcel_is_claimed_of_couriers_that_pay_for_it(parcel, courier):
	box, number = parcel(expected_on=add_days(nowdate(), -2))
	couriers.tell(courier, number, "delivered")
	assert opened(box) == []
	frappe.db.set_value("Courier", courier, "claims_late", 1)
	(claim,) = opened(box)
	assert (claim.kind, claim.amount) == ("Late", 9.9)


def test_the_customers_own_delay_is_no_claim(parcel, courier):
	frappe.db.set_value("Courier", courier, "claims_late", 1)
	box, number = parcel(expected_on=add_days(nowdate(), -2))
	couriers.tell(courier, number, "delivery_failed", hours=3, reason="consignee_not_home")
	couriers.tell(courier, number, "delivered")
	assert opened(box) == []


def test_a_claim_goes_its_way_and_says_when_it_was_made(parcel, courier):
	box, _number = parcel()
	claim = frappe.get_doc("Courier Claim", open_claims.open_claim(box, "Lost", getdate()))
	claim.state = "Paid"
	with pytest.raises(frappe.ValidationError, match="can't become"):
		claim.save()
	claim.reload().update({"state": "Claimed", "reference": "C-1"}).save()
	assert claim.claimed_on == getdate(nowdate())
	claim.state = "Paid"
	with pytest.raises(frappe.ValidationError, match="Granted"):
		claim.save()
	claim.reload().update({"state": "Paid", "granted": 100}).save()


def bill(courier, *rows, **values):
	doc = {"doctype": "Courier Invoice", "courier": courier, "company": factories.company().name}
	doc |= {
		"bill_no": "B-1",
		"bill_date": nowdate(),
		"rows": [{"tracking_no": number, "amount": amount} for number, amount in rows],
	}
	return frappe.get_doc({**doc, **values}).insert()


def by_hand(box, **values):
	doc = {"doctype": "Courier Claim", "box": box, "kind": "Lost", "happened_on": nowdate(), **values}
	return frappe.get_doc(doc).insert()


def test_a_claim_by_hand_takes_from_its_box_what_it_does_not_say(parcel, courier, clerk):
	box, number = parcel()
	claim = by_hand(box)
	assert (claim.courier, claim.tracking_no, claim.amount) == (courier, number, 209.9)
	assert claim.deadline == getdate(add_days(nowdate(), 14))
	assert frappe.get_all("ToDo", {"reference_name": claim.name}, pluck="allocated_to") == [clerk]
	assert opened(box)[0].name == claim.name, "what is claimed by hand is not claimed again"


def test_a_claim_by_hand_that_can_not_be_is_refused_in_words(parcel):
	box, _number = parcel()
	with pytest.raises(frappe.ValidationError, match="goes with"):
		by_hand(box, courier=couriers.make_courier())
	with pytest.raises(frappe.ValidationError, match="can't be the day"):
		by_hand(box, happened_on=add_days(nowdate(), -9))
	with pytest.raises(frappe.ValidationError, match="can't be the day"):
		by_hand(box, happened_on=add_days(nowdate(), 1))
	claim = by_hand(box)
	with pytest.raises(frappe.ValidationError, match=f"{claim.name}.*already"):
		by_hand(box)
	assert by_hand(box, kind="Damaged").kind == "Damaged"


def test_the_day_that_a_courier_told_is_not_doubted(parcel):
	box, _number = parcel()
	day = getdate(add_days(nowdate(), -1))  # its clock runs behind: the box was made today
	assert open_claims.open_claim(box, "Damaged", day)
	assert [it.amount for it in claims_of(box)] == [209.9]


def test_a_bill_is_set_beside_what_was_expected_and_its_differences_are_claimed_once(parcel, courier):
	(dear, dear_no), (_fine, fine_no) = parcel(), parcel()
	made = bill(courier, (f" {dear_no.lower()} ", 12.9), (fine_no, 9.9), (fine_no, 9.9), ("NOBODYS1", 4))
	assert [row.verdict for row in made.rows] == ["Dearer", "As Expected", "Billed Twice", "Unknown Number"]
	assert (made.billed, made.expected, round(made.beyond, 2)) == (36.7, 19.8, 16.9)
	names = api.claim_differences(made.name)
	assert len(names) == 2 and api.claim_differences(made.name) == []
	(claim,) = claims_of(dear)
	assert (claim.kind, claim.amount) == ("Overcharged", 3)
	assert [row.verdict for row in bill(courier, (dear_no, 9.9)).rows] == ["Billed Twice"]
	assert made.reload().save().rows[0].verdict == "Dearer"


def test_what_is_typed_as_a_finding_counts_for_nothing(parcel, courier):
	_box, number = parcel()
	made = bill(courier, (number, 20))
	made.rows[0].update({"verdict": "As Expected", "difference": 0, "expected": 20})
	made.save()
	assert (made.rows[0].verdict, made.rows[0].difference) == ("Dearer", 10.1)
	with pytest.raises(frappe.ValidationError, match="Row #1"):
		bill(courier, ("  ", 1))


def test_who_sees_claims_and_bills(parcel, courier):
	box, number = parcel()
	name = open_claims.open_claim(box, "Lost", getdate())
	made = bill(courier, (number, 20))
	for role in ("Delivery User", "Sales User"):
		with factories.acting_as(factories.make_user(role)):
			assert not frappe.has_permission("Courier Invoice", "read", doc=made.name)
			with pytest.raises(frappe.PermissionError):
				api.claim_differences(made.name)
	seller, keeper = factories.make_user("Sales User"), factories.make_user("Stock User")
	assert frappe.has_permission("Courier Claim", "read", doc=name, user=seller)
	assert not frappe.has_permission("Courier Claim", "write", doc=name, user=seller)
	limit = {"user": keeper, "allow": "Warehouse", "for_value": factories.make_warehouse()}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	with factories.acting_as(keeper):
		assert not frappe.get_list("Courier Claim", {"name": name})


def test_the_job_opens_what_is_waiting(parcel, courier, monkeypatch):
	box, number = parcel()
	couriers.tell(courier, number, "delivery_failed", reason="carrier_parcel_lost")
	mine = [it for it in open_claims.waiting() if it[0] == box]
	monkeypatch.setattr(open_claims, "waiting", lambda: mine)
	assert jobs.open_courier_claims() == 1 and len(claims_of(box)) == 1


def test_a_label_that_was_given_back_is_not_owed_and_one_that_the_courier_kept_is(parcel, courier):
	box, _number = parcel()
	for number, state in (("GIVEN-1", "Given Back"), ("KEPT-1", "Not Taken Back")):
		labels.ask_for(number, box, courier, "EUR", "{}")
		names = frappe.get_all("Courier Label", {"ask_key": number}, pluck="name")
		labels.set_label(names, state, tracking_no=number, label_ref=number, freight=4.9)

	found = bill(courier, ("GIVEN-1", 4.9), ("KEPT-1", 4.9))

	assert [(row.verdict, row.difference, row.box) for row in found.rows] == [
		("Not Sent", 4.9, box),
		("As Expected", 0, box),
	]

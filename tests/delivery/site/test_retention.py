"""Photos, signatures and positions go when the company keeps them no longer; what happened stays."""

import pytest

import frappe

from sales_wh_flow.delivery import jobs
from tests.delivery import delivery_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def proof(switches, place):
	"""The proof of a box that was delivered long ago, with a photo, a signature and a position."""
	switches(stock_lock=True, fulfilment=True, keep_positions="1")
	_order, pick = world.picked_order(1, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	place_told = {"consent": True, "latitude": 52.5, "longitude": 13.4, "accuracy_m": 8, "age_s": 2}
	name = world.prove(box, photo=world.PNG, place=place_told)["proof"]
	for doctype, field, key in (
		("Delivery Proof", "recorded_on", {"name": name}),
		("Box Event", "recorded_on", {"box": box}),
		("Order Box", "creation", {"name": box}),
	):
		frappe.db.sql(
			f"update `tab{doctype}` set `{field}` = '2020-01-01' where `{next(iter(key))}` = %s",
			next(iter(key.values())),
		)
	return frappe.get_doc("Delivery Proof", name)


def kept(proof):
	fields = ("photo", "signature", "has_consent", "latitude")
	return tuple(bool(it) for it in frappe.db.get_value("Delivery Proof", proof.name, fields))


def test_nothing_goes_unless_somebody_says_after_how_long(proof):
	jobs.forget_old_pictures()
	assert kept(proof) == (True, True, True, True)


def test_pictures_go_with_their_files_and_who_took_what_stays(proof, switches):
	switches(keep_photos_days="30")
	assert jobs.forget_old_pictures() >= 1
	assert kept(proof) == (False, False, True, True)
	assert not frappe.db.exists("File", {"file_url": proof.photo})
	assert frappe.db.get_value("Delivery Proof", proof.name, "receiver") == "Anna"
	assert frappe.db.exists("Record Removal", {"record_type": "Delivery Proof", "reason": "Retention"})
	assert jobs.forget_old_pictures() == 0


def test_positions_go_from_proofs_and_from_the_boxs_story(proof, switches):
	told = {"box": proof.box, "place": ("like", "52.5%")}
	assert frappe.db.count("Box Event", told)
	switches(keep_positions_days="30")
	jobs.forget_old_pictures()
	assert kept(proof) == (True, True, False, False)
	assert not frappe.db.count("Box Event", told)


def test_what_is_young_enough_stays(proof, switches):
	frappe.db.sql("update `tabDelivery Proof` set recorded_on = now() where name = %s", proof.name)
	frappe.db.sql("update `tabBox Event` set recorded_on = now() where box = %s", proof.box)
	switches(keep_photos_days="30", keep_positions_days="30")
	jobs.forget_old_pictures()
	assert kept(proof) == (True, True, True, True)

"""ERPNext's Shipment is filled from boxes, and what a carrier's app writes on it stands on the boxes."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.couriers import api
from tests import factories as make
from tests.couriers import couriers_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture
def courier():
	return world.make_courier()


@pytest.fixture
def boxes(courier):
	return world.make_boxes_to_ship(courier)


@pytest.fixture
def shipment(boxes):
	return frappe.get_doc("Shipment", api.make_shipment_of_boxes(boxes))


def _hang_on(shipment, *names):
	made = {"attached_to_doctype": "Shipment", "attached_to_name": shipment.name, "is_private": 1}
	for name in names:
		frappe.get_doc({"doctype": "File", "file_name": name, "content": make.pdf(name), **made}).insert()


def on_box(box, *fields):
	return frappe.db.get_value("Order Box", box, fields)


def test_a_shipment_has_a_parcel_for_each_box_and_the_value_of_its_goods(shipment, boxes, courier):
	rows = [(row.swf_box, row.weight, row.length, row.count) for row in shipment.shipment_parcel]
	assert rows == [(boxes[0], 2.5, 30, 1), (boxes[1], 4, 30, 1)]
	assert (shipment.value_of_goods, shipment.description_of_content) == (500, "Nails")
	assert (shipment.docstatus, shipment.carrier) == (0, courier)
	assert shipment.pickup_address_name.startswith("Gate")


def test_numbers_that_a_carriers_app_writes_stand_on_the_boxes_in_turn(shipment, boxes):
	shipment.db_set({"awb_number": "AA-1, AA-2", "shipment_amount": 20, "shipment_id": "S-7"})
	fields = ("tracking_no", "freight", "label_ref")
	assert [on_box(box, *fields) for box in boxes] == [("AA-1", 10, "S-7"), ("AA-2", 10, "S-7")]
	assert "Shipment" in api.box_story(boxes[0])["events"][-1]["note"]


def test_who_works_elsewhere_writes_nothing_on_the_boxes_of_a_shipment(shipment, boxes):
	user = make.make_user("Stock User")
	limit = {"user": user, "allow": "Warehouse", "for_value": make.make_warehouse()}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	with make.acting_as(user), pytest.raises(frappe.PermissionError):
		shipment.db_set({"awb_number": "AA-1, AA-2", "tracking_status": "Delivered"})
	assert on_box(boxes[0], "tracking_no", "state") == (None, "Closed")


def test_one_number_is_for_all_and_a_count_that_does_not_fit_for_none(shipment, boxes):
	shipment.db_set("awb_number", "AA-1, AA-2, AA-3")
	assert [on_box(box, "tracking_no") for box in boxes] == [None, None]
	shipment.db_set("awb_number", "MASTER-1")
	assert [on_box(box, "tracking_no") for box in boxes] == ["MASTER-1", "MASTER-1"]


def test_a_label_that_hangs_on_the_shipment_is_the_boxes(shipment, boxes):
	_hang_on(shipment, "one.pdf", "two.pdf")
	shipment.reload()
	shipment.db_set("awb_number", "AA-1; AA-2")
	labels = [on_box(box, "label") for box in boxes]
	assert len(set(labels)) == 2 and all(label.endswith(".pdf") for label in labels)


def test_what_a_carriers_app_fills_in_later_stands_on_the_boxes_too(shipment, boxes):
	"""erpnext-shipping books first; the number of some carriers, the price and the label come after it."""
	shipment.db_set({"shipment_id": "S-7", "awb_number": "AA-1, AA-2"})
	shipment.db_set({"shipment_amount": 12, "carrier_service": "Express"})
	_hang_on(shipment, "one.pdf", "two.pdf")
	fields = ("label_ref", "freight", "courier_service")
	assert [on_box(box, *fields) for box in boxes] == [("S-7", 6, "Express")] * 2
	assert len({on_box(box, "label") for box in boxes} - {None}) == 2
	told = frappe.db.count("Box Event", {"box": boxes[0]})
	shipment.db_set("tracking_status_info", "nothing new for a box")
	assert frappe.db.count("Box Event", {"box": boxes[0]}) == told


def test_boxes_bear_the_freight_to_the_last_cent_and_are_written_once(boxes):
	like = frappe.db.get_value(
		"Order Box", boxes[0], ["warehouse", "customer", "ship_to", "courier"], as_dict=True
	)
	boxes = [*boxes, world.make_box(state="Closed", weighed_kg=1, **like)]
	shipment = frappe.get_doc("Shipment", api.make_shipment_of_boxes(boxes))
	shipment.update({"awb_number": "AA-1, AA-2, AA-3", "shipment_amount": 10}).save()
	assert sorted(on_box(box, "freight") for box in boxes) == [3.33, 3.33, 3.34]
	told = frappe.db.count("Box Event", {"box": ("in", boxes)})
	shipment.reload().save()
	assert frappe.db.count("Box Event", {"box": ("in", boxes)}) == told


def test_a_label_without_a_number_is_read_and_other_files_are_not(shipment, boxes):
	_hang_on(shipment, "terms.txt")
	assert on_box(boxes[0], "label") is None
	_hang_on(shipment, "all.zpl")
	assert all(on_box(box, "label").endswith(".zpl") for box in boxes)


@pytest.mark.parametrize(
	("status", "state"), [("In Progress", "In Transit"), ("Delivered", "Delivered"), ("Lost", "Lost")]
)
def test_the_status_of_a_shipment_moves_its_boxes_once(shipment, boxes, status, state):
	shipment.db_set("awb_number", "AA-1, AA-2")
	for _turn in range(2):
		shipment.db_set("tracking_status", status)
	assert [on_box(box, "state") for box in boxes] == [state, state]
	assert frappe.db.count("Courier Event", {"box": boxes[0]}) == 1


def test_a_box_goes_into_one_shipment(shipment, boxes):
	with pytest.raises(frappe.ValidationError, match=shipment.name):
		api.make_shipment_of_boxes(boxes[:1])


def test_a_box_without_weight_or_address_is_named(boxes):
	frappe.db.set_value("Order Box", boxes[0], {"weighed_kg": 0, "expected_kg": 0})
	frappe.db.set_value("Order Box", boxes, "ship_to", None)
	with pytest.raises(frappe.ValidationError, match="no weight") as refusal:
		api.make_shipment_of_boxes(boxes)
	assert "no address" in str(refusal.value)


def test_nobody_makes_a_parcel_another_box(shipment, boxes):
	other = world.make_box(state="Closed")
	shipment.shipment_parcel[0].swf_box = other
	shipment.pickup_date = add_days(nowdate(), 1)
	shipment.save()
	assert shipment.shipment_parcel[0].swf_box == boxes[0]


def test_a_shipment_without_boxes_is_left_alone(shipment):
	plain = frappe.copy_doc(shipment, ignore_no_copy=False)
	assert [row.swf_box for row in plain.shipment_parcel] == [None, None]
	plain.awb_number = "AA-9"
	with make.counted_statements() as statements:
		plain.insert()
	assert not [it for it in statements if "tabOrder Box" in it]

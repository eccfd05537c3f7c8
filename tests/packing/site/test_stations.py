"""What is printed for a box depends on where the phone stands; the box's story tells of each print."""

import base64

import pytest

import frappe

from sales_wh_flow.packing import api
from tests import factories
from tests.packing.box_world import events_of, key, make_box

pytestmark = pytest.mark.usefixtures("in_this_transaction")


def station(**values) -> str:
	doc = {"doctype": "Packing Station", "station_name": factories.unique("Table"), "way": "File", **values}
	return frappe.get_doc(doc).insert().name


@pytest.fixture
def box():
	item = factories.make_item()
	return make_box(
		{"item_code": item, "item_name": item, "qty_stock": 2},
		state="Closed",
		warehouse=factories.make_warehouse(),
		ship_to_text="1 Harbour Street",
	)


def content(job) -> bytes:
	return base64.b64decode(job["content"])


def test_without_a_station_the_browser_prints_our_label(box):
	job = api.print_box(key(), box)
	assert (job["way"], job["kind"], job["format"], job["content"]) == ("Browser", "Page", "Box Label", "")
	assert api.print_box(key(), box, what="list")["format"] == "Box Packing List"


def test_a_station_with_a_label_printer_gets_zpl(box):
	at = station(way="QZ Tray", printer_name="ZD421")
	job = api.print_box(key(), box, station=at)
	assert (job["way"], job["printer"], job["kind"]) == ("QZ Tray", "ZD421", "ZPL")
	assert content(job).strip().startswith(b"^XA") and b"1 Harbour Street" in content(job)
	assert api.print_box(key(), box, station=at, what="list")["kind"] == "Page"


@pytest.mark.parametrize(
	("way", "inside", "kind", "as_way"),
	[
		("Browser", b"%PDF-1.4 x", "PDF", "Browser"),
		("Browser", b"^XA^XZ", "ZPL", "File"),
		("File", b"^XA^XZ", "ZPL", "File"),
		("QZ Tray", b"%PDF-1.4 x", "PDF", "QZ Tray"),
	],
)
def test_the_couriers_own_label_goes_before_ours(box, way, inside, kind, as_way):
	file = frappe.get_doc({"doctype": "File", "file_name": f"{box}.bin", "content": inside, "is_private": 1})
	address = file.insert().file_url
	frappe.db.set_value("Order Box", box, {"label": address, "tracking_no": "ND/7"})
	at = station(way=way, printer_name="ZD421" if way == "QZ Tray" else None)
	job = api.print_box(key(), box, station=at)
	assert (job["kind"], job["way"], content(job)) == (kind, as_way, inside)
	assert job["name"] == f"{box}-ND-7.{kind.lower()}"


def test_a_reprint_is_told_and_a_repeated_call_once(box):
	at, once = station(), key()
	for key_of_call in (once, once, key()):
		assert api.print_box(key_of_call, box, station=at)["kind"] == "ZPL"
	notes = [event["note"] for event in events_of(box)]
	assert len(notes) == 2 and all(at in note for note in notes)


def test_only_stations_where_one_works_are_offered():
	here, elsewhere = factories.make_warehouse(), factories.make_warehouse()
	mine, others, of_all = station(warehouse=here), station(warehouse=elsewhere), station()
	off = station(warehouse=here, enabled=0)
	user = factories.make_user("Stock User")
	limit = {"user": user, "allow": "Warehouse", "for_value": here}
	frappe.get_doc({"doctype": "User Permission", **limit}).insert(ignore_permissions=True)
	with factories.acting_as(user):
		names = {row["name"] for row in api.packing_stations()}
	assert {mine, of_all} & names and not {others, off} & names


def test_a_station_that_is_off_or_unknown_prints_nothing(box):
	for name in (station(enabled=0), "no table"):
		with pytest.raises((frappe.ValidationError, frappe.DoesNotExistError)):
			api.print_box(key(), box, station=name)


@pytest.mark.parametrize("step", [lambda box: api.print_box(key(), box), lambda _box: api.packing_stations()])
def test_who_sees_no_box_prints_none(box, step):
	with factories.acting_as(factories.make_user("Sales User")), pytest.raises(frappe.PermissionError):
		step(box)


def test_a_station_names_formats_of_boxes_and_its_printer():
	with pytest.raises(frappe.ValidationError, match="prints no Order Box"):
		station(label_format="Courier Manifest")
	with pytest.raises(frappe.ValidationError, match="Name the printer"):
		station(way="QZ Tray")

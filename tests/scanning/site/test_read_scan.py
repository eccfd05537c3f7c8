"""What a scan stands for."""

import pytest

import frappe

from sales_wh_flow.base import records
from sales_wh_flow.scanning.read import read_scan
from sales_wh_flow.scanning.rules.gs1 import FNC1, build_sscc
from tests.factories import make_item, unique

GTIN = "09506000134352"


@pytest.fixture
def item():
	return make_item()


def with_barcode(item, barcode, uom=None):
	doc = frappe.get_doc("Item", item)
	doc.append("barcodes", {"barcode": barcode, "uom": uom})
	doc.save()


def make_batch(item) -> str:
	frappe.db.set_value("Item", item, "has_batch_no", 1)
	return frappe.get_doc({"doctype": "Batch", "item": item, "batch_id": unique("LOT")}).insert().name


def make_serial(item) -> str:
	serial = frappe.get_doc({"doctype": "Serial No", "item_code": item, "serial_no": unique("SN")})
	serial.flags.ignore_validate = True
	return serial.insert().name


def test_an_items_barcode_and_its_code_name_the_item(item):
	barcode = unique("B")
	with_barcode(item, barcode)
	assert [(read_scan(text).kind, read_scan(text).item_code) for text in (barcode, item)] == [
		("item", item)
	] * 2


@pytest.mark.parametrize("kept", ["0491169335940", "491169335940", "00491169335940"])
@pytest.mark.parametrize("scanned", ["0491169335940", "491169335940", "00491169335940"])
def test_one_product_number_is_read_as_12_13_or_14_digits(item, kept, scanned):
	with_barcode(item, kept)
	scan = read_scan(scanned)
	assert (scan.kind, scan.item_code) == ("item", item)
	assert read_scan(scanned[:-1] + "1").kind == "unknown"


def test_a_barcode_of_a_box_of_goods_says_its_unit(item):
	doc = frappe.get_doc("Item", item)
	doc.append("uoms", {"uom": "Box", "conversion_factor": 12})
	doc.save()
	barcode = unique("B")
	with_barcode(item, barcode, "Box")
	assert read_scan(barcode).uom == "Box"


def test_a_batch_and_a_serial_number_name_their_item(item):
	batch, serial = make_batch(item), make_serial(item)
	assert (read_scan(batch).kind, read_scan(batch).item_code, read_scan(batch).batch_no) == (
		"batch",
		item,
		batch,
	)
	assert (read_scan(serial).kind, read_scan(serial).serial_no) == ("serial", serial)


def test_a_gs1_barcode_names_item_lot_count_and_day(item):
	with_barcode(item, GTIN[1:])
	batch = make_batch(item)
	scan = read_scan(f"]C101{GTIN}17271231" + f"10{batch}{FNC1}3724")
	assert (scan.kind, scan.item_code, scan.batch_no, scan.qty) == ("batch", item, batch, 24)
	assert str(scan.expires_on) == "2027-12-31"


def test_a_lot_that_the_item_does_not_have_is_unknown_and_named(item):
	with_barcode(item, GTIN[1:])
	scan = read_scan(f"01{GTIN}10NOBODYS")
	assert (scan.kind, scan.item_code, scan.batch_no) == ("unknown", item, "NOBODYS")


def test_a_serial_number_of_another_item_is_unknown(item):
	with_barcode(item, GTIN[1:])
	serial = make_serial(make_item())
	assert read_scan(f"01{GTIN}21{serial}").kind == "unknown"


def test_a_box_is_found_by_its_number_and_by_its_sscc():
	sscc = build_sscc("4012345", 77)
	box = frappe.get_doc({"doctype": "Order Box", "state": "Open", "sscc": sscc})
	records.save(box)
	assert [read_scan(text).name for text in (box.name, f"]C100{sscc}", f"(00){sscc}")] == [box.name] * 3
	assert read_scan(f"00{build_sscc('4012345', 78)}").kind == "unknown"


def test_a_tote_needs_no_list():
	assert (read_scan("tote-7").kind, read_scan("tote-7").name) == ("tote", "TOTE-7")


def test_what_nobody_knows_is_unknown():
	assert read_scan("XYZ'; drop table --").kind == "unknown"


@pytest.mark.parametrize("text", ["", "  ", None, "x" * 201])
def test_no_barcode_is_refused(text):
	with pytest.raises(frappe.ValidationError, match="Scan a barcode"):
		read_scan(text)

"""The label of a box says where it goes, and a scanner reads its code back."""

import re
from xml.etree import ElementTree

import pytest

import frappe
from frappe.utils.jinja import render_template
from frappe.www.printview import get_print_format

from sales_wh_flow.packing import api, labels
from tests import factories
from tests.packing.box_world import World, key

PREFIX = "4012345"


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


def closed_box(gs1_prefix=None, **item):
	if gs1_prefix:
		settings = frappe.get_doc("Sales Flow Settings")
		row = {"company": factories.company().name, "gate": "Off", "gs1_prefix": gs1_prefix}
		settings.set("packing_companies", [row])
		settings.save()
	world = World(4, address=True, **item)
	order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=pick_list.name, qty=4)
	api.close_box(key(), box)
	return frappe.get_doc("Order Box", box), order


def printed(box, name="Box Label") -> str:
	made = frappe.get_doc("Print Format", name)
	return render_template(get_print_format(made.doc_type, made), {"doc": box, "_": frappe._})


def read_bars(svg: bytes):
	"""What a decoder reads of a drawn barcode."""
	zxingcpp = pytest.importorskip("zxingcpp")
	Image = pytest.importorskip("PIL.Image")
	image = Image.new("L", (1400, 200), 255)
	for bar in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"):
		if "black" in bar.get("style", "") and bar.get("x"):
			x, width = (round(float(bar.get(side).removesuffix("mm")) / 0.495 * 6) for side in ("x", "width"))
			image.paste(0, (x, 20, x + width, 180))
	return zxingcpp.read_barcode(image)


def test_a_box_of_a_company_with_a_gs1_prefix_has_an_sscc_that_scanners_read():
	box, _order = closed_box(PREFIX)
	assert re.fullmatch(rf"\d{PREFIX}\d{{10}}", box.sscc)
	read = read_bars(labels.sscc_svg(box.sscc))
	assert read.text in (f"(00){box.sscc}", f"00{box.sscc}")
	assert "GS1" in str(read.content_type)


def test_no_two_boxes_have_one_sscc():
	first, _order = closed_box(PREFIX)
	second, _order = closed_box(PREFIX)
	assert int(second.sscc[:-1]) == int(first.sscc[:-1]) + 1


def test_a_box_keeps_its_sscc_when_it_is_closed_again():
	box, _order = closed_box(PREFIX)
	api.open_again(key(), box.name, "Wrong tape")
	api.close_box(key(), box.name)
	assert frappe.db.get_value("Order Box", box.name, "sscc") == box.sscc


def test_without_a_prefix_the_label_has_a_qr_code_of_the_box():
	box, order = closed_box()
	assert not box.sscc
	html = printed(box)
	assert "data:image/svg+xml;base64," in html and box.name in html
	assert "1 Harbour Street" in html and order.name in html


def test_the_label_shows_text_as_text():
	box, _order = closed_box(item_name='<b>Nail</b> & "Co"')
	for name in ("Box Label", "Box Packing List"):
		assert "<b>Nail" not in printed(box, name)
	assert "Nail" in printed(box, "Box Packing List")


def test_the_packing_list_has_what_lies_in_the_box():
	box, order = closed_box()
	html = printed(box, "Box Packing List")
	assert order.name in html and box.contents[0].item_code in html and "4 Nos" in html


def test_the_label_of_a_label_printer_holds_no_command_that_somebody_typed():
	box, _order = closed_box(PREFIX, item_name="Nail ^XZ ~JA \\ 5")
	zpl = printed(box, "Box Label ZPL")
	assert zpl.strip().startswith("^XA") and zpl.strip().endswith("^XZ")
	assert zpl.count("^XZ") == 1 and "~JA" not in zpl
	assert f">;>800{box.sscc}" in zpl and "1 Harbour Street" in zpl


def test_a_prefix_that_is_none_is_refused():
	settings = frappe.get_doc("Sales Flow Settings")
	settings.set("packing_companies", [{"company": factories.company().name, "gs1_prefix": "12A"}])
	with pytest.raises(frappe.ValidationError, match="7 to 10 digits"):
		settings.save()

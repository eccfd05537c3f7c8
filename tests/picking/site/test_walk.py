"""A picker walks for a list: scan by scan, tap by tap, from the draft to the submitted list."""

import pytest

import frappe
from frappe.utils import get_fullname, random_string

from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.packing.scans import read_goods
from sales_wh_flow.picking import api
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_order,
	make_user,
	make_warehouse,
	stocked,
	unique,
)


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


def key() -> str:
	return random_string(20)


def with_barcode(item, barcode, uom=None, factor=None):
	doc = frappe.get_doc("Item", item)
	if uom:
		doc.append("uoms", {"uom": uom, "conversion_factor": factor})
	doc.append("barcodes", {"barcode": barcode, "uom": uom})
	doc.save()
	return barcode


def new_list(*quantities, **values):
	"""(name of a draft Pick List with a row for each quantity, its items)."""
	place = make_warehouse()
	items = [stocked(qty + 20, place) for qty in quantities]
	rows = [line(item, qty=qty, warehouse=place) for item, qty in zip(items, quantities, strict=True)]
	order = make_order(*rows, warehouse=place, **values).submit()
	(name,) = api.make_pick_lists(order.name)
	return name, items, order


def row_of(answer, item):
	return next(row for row in answer["rows"] if row["item_code"] == item)


def scan(name, text, **values):
	return api.confirm_scan(pick_list=name, scan=text, key=key(), **values)


def refused(words):
	return pytest.raises(frappe.ValidationError, match=words)


def test_each_scan_counts_one_until_all_are_found():
	name, (item,), _order = new_list(2)
	barcode = with_barcode(item, unique("B"))
	assert row_of(scan(name, barcode), item)["found"] == 1
	answer = scan(name, barcode)
	assert (row_of(answer, item)["found"], row_of(answer, item)["is_found"]) == (2, True)
	with refused("found already"):
		scan(name, barcode)


def test_the_label_of_a_box_counts_what_is_in_it():
	name, (item,), _order = new_list(24)
	barcode = with_barcode(item, unique("B"), "Box", 12)
	assert row_of(scan(name, barcode), item)["found"] == 12


def test_a_label_counts_by_the_unit_that_all_items_share():
	unit = frappe.get_doc({"doctype": "UOM", "uom_name": unique("Carton")}).insert().name
	factor = {
		"category": frappe.db.get_value("UOM Category", {}),
		"from_uom": unit,
		"to_uom": "Nos",
		"value": 12,
	}
	frappe.get_doc({"doctype": "UOM Conversion Factor", **factor}).insert()
	name, (item,), _order = new_list(24)
	barcode = unique("B")
	doc = frappe.get_doc("Item", item)
	doc.append("barcodes", {"barcode": barcode, "uom": unit})
	doc.flags.ignore_validate = True
	doc.save()
	assert row_of(scan(name, barcode), item)["found"] == 12
	assert read_goods(barcode, None).qty_stock == 12


def test_a_label_for_more_than_is_asked_for_is_refused():
	name, (item,), _order = new_list(5)
	with refused("5.* are still asked for; this label stands for .*12"):
		scan(name, with_barcode(item, unique("B"), "Box", 12))


def test_a_scan_twice_under_one_key_counts_once():
	name, (item,), _order = new_list(3)
	again = key()
	for _time in range(3):
		answer = api.confirm_scan(pick_list=name, scan=item, key=again)
	assert row_of(answer, item)["found"] == 1


def test_a_tap_finds_all_that_is_left_of_a_row():
	name, (item,), _order = new_list(7)
	scan(name, item)
	row = row_of(api.list_to_pick(name), item)["row"]
	answer = api.confirm_row(pick_list=name, row=row, key=key())
	assert row_of(answer, item)["found"] == 7


def test_what_is_not_on_the_list_is_put_back():
	name, _items, _order = new_list(1)
	other = stocked(5, make_warehouse())
	with refused("is not on Pick List"):
		scan(name, other)


def test_what_nobody_knows_is_said_so():
	name, _items, _order = new_list(1)
	with refused("Nothing bears the number"):
		scan(name, "NOBODY-KNOWS")


def test_a_list_is_submitted_when_everything_is_found():
	name, (one, two), order = new_list(1, 2)
	scan(name, one)
	with refused("rows .* are not found yet"):
		api.finish_list(pick_list=name, key=key())
	api.confirm_row(pick_list=name, row=row_of(api.list_to_pick(name), two)["row"], key=key())
	done = {"submitted": name, "is_packed_now": False}
	assert api.finish_list(pick_list=name, key=key()) == done
	assert frappe.db.get_value("Pick List", name, "docstatus") == 1
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Ready for Dispatch"


def test_pressing_done_twice_submits_once():
	name, (item,), _order = new_list(1)
	scan(name, item)
	again = key()
	answers = [api.finish_list(pick_list=name, key=again) for _time in range(2)]
	assert [answer["submitted"] for answer in answers] == [name, name]


def test_what_was_not_found_leaves_the_list_with_its_reason():
	name, (item,), order = new_list(5)
	row = row_of(api.list_to_pick(name), item)["row"]
	answer = api.found_less(pick_list=name, row=row, found=3, reason="Damaged", key=key())
	assert answer["rest"]["missing"] == 2
	assert (row_of(answer, item)["asked"], row_of(answer, item)["is_found"]) == (3, True)
	assert frappe.get_all("Shortage Action", {"sales_order": order.name}, pluck="action") == ["Short Pick"]


@pytest.mark.parametrize("walks", [True, False])
def test_the_serial_numbers_in_the_pickers_hand_stay_on_a_row_of_which_less_was_found(walks):
	place = make_warehouse()
	series = f"{unique('S')}-.###"
	item = stocked(4, place, has_serial_no=1, serial_no_series=series)
	order = make_order(line(item, qty=3, warehouse=place), warehouse=place).submit()
	(name,) = api.make_pick_lists(order.name)
	locked = frappe.get_doc("Pick List", name).locations[0]
	*_others, last = each_serial(locked.serial_no)
	row = row_of(scan(name, last), item)["row"]
	if walks:
		answer = api.found_less(pick_list=name, row=row, found=1, reason="Not there", key=key())
		assert row_of(answer, item)["is_found"]
	else:
		api.short_pick(name, row, 1, "Not there")
	doc = frappe.get_doc("Pick List", name)
	assert (doc.locations[0].serial_no, doc.locations[0].swf_found_serials) == (last, last)
	doc.submit()
	assert frappe.db.get_value("Pick List Item", row, ["serial_no", "swf_found_serials"]) == (last, last)


def test_a_row_of_which_nothing_was_found_is_gone_from_the_list():
	name, (one, two), _order = new_list(2, 2)
	row = row_of(api.list_to_pick(name), one)["row"]
	answer = api.found_less(pick_list=name, row=row, found=0, reason="Not in its place", key=key())
	assert [it["item_code"] for it in answer["rows"]] == [two]


def test_two_pickers_never_walk_for_one_list():
	name, (item,), _order = new_list(2)
	first, second = make_user("Stock User"), make_user("Stock User")
	with acting_as(first):
		scan(name, item)
	with acting_as(second), refused(f"{first}.* walks for Pick List"):
		scan(name, item)
	with acting_as(second), pytest.raises(frappe.PermissionError, match="hands it on"):
		api.hand_list_on(pick_list=name, to_user=second, key=key())
	with acting_as(first):
		api.hand_list_on(pick_list=name, to_user=second, key=key())
	with acting_as(second):
		assert row_of(scan(name, item), item)["found"] == 2


def test_a_list_is_handed_to_nobody_who_may_not_pick():
	name, _items, _order = new_list(1)
	seller = make_user("Sales User")
	with refused("may not change Pick List"):
		api.hand_list_on(pick_list=name, to_user=seller, key=key())


@pytest.mark.parametrize("role", ["Sales User", "Accounts User", "Order Approver"])
def test_who_may_not_pick_confirms_nothing(role):
	name, (item,), _order = new_list(1)
	with acting_as(make_user(role)), pytest.raises(frappe.PermissionError):
		scan(name, item)


@pytest.mark.unchecked
def test_a_cancelled_order_reaches_the_picker_with_the_next_scan():
	name, (item,), order = new_list(2)
	scan(name, item)
	frappe.db.set_value("Sales Order", order.name, "status", "Closed")
	with refused("closed or on hold"):
		scan(name, item)
	assert row_of(api.list_to_pick(name), item)["gone"]


def test_a_list_that_was_deleted_meanwhile_is_said_to_be_gone():
	name, (item,), _order = new_list(1)
	frappe.delete_doc("Pick List", name)
	for call in (
		lambda: scan(name, item),
		lambda: api.list_to_pick(name),
		lambda: api.finish_list(pick_list=name, key=key()),
	):
		with refused("is gone.*take another list"):
			call()


@pytest.mark.unchecked
def test_a_list_that_was_found_before_its_order_stopped_is_not_finished():
	name, (item,), order = new_list(1)
	row = row_of(scan(name, item), item)["row"]
	frappe.db.set_value("Sales Order", order.name, "status", "On Hold")
	with refused("closed or on hold"):
		api.finish_list(name, key())
	api.found_less(name, row, 0, "Order stopped", key())
	assert not frappe.db.exists("Pick List", {"name": name, "docstatus": 1})


def test_one_tote_holds_one_order():
	name, (item,), _order = new_list(2)
	row = row_of(api.list_to_pick(name), item)["row"]
	answer = scan(name, "TOTE-7", row=row)
	assert row_of(answer, item)["tote"] == "TOTE-7"


def test_nobody_writes_what_was_found_by_hand():
	name, _items, _order = new_list(2)
	doc = frappe.get_doc("Pick List", name)
	doc.locations[0].swf_found_qty = 2
	doc.locations[0].swf_found_on = "2026-01-01 10:00:00"
	doc.swf_picker = "Administrator"
	doc.save()
	stored = frappe.get_doc("Pick List", name)
	assert not (stored.locations[0].swf_found_qty or stored.locations[0].swf_found_on or stored.swf_picker)


def test_a_row_that_is_changed_in_the_form_is_found_anew():
	name, (item,), _order = new_list(4)
	row = row_of(api.list_to_pick(name), item)["row"]
	answer = api.found_less(pick_list=name, row=row, found=3, reason="Damaged", key=key())
	assert row_of(answer, item)["is_found"]
	doc = frappe.get_doc("Pick List", name)
	doc.locations[0].qty = doc.locations[0].stock_qty = 4
	doc.save()
	assert not row_of(api.list_to_pick(name), item)["is_found"]


@pytest.mark.parametrize(
	("mode", "is_submitted"), [("Off", True), ("Shadow", True), ("Warn", True), ("Block", False)]
)
def test_a_company_says_what_becomes_of_rows_that_nobody_scanned(mode, is_submitted):
	frappe.db.set_single_value("Sales Flow Settings", "unscanned_rows", mode)
	name, _items, _order = new_list(1)
	doc = frappe.get_doc("Pick List", name)
	if is_submitted:
		doc.submit()
	else:
		with refused("are not found yet"):
			doc.submit()
	told = frappe.get_all("Comment", {"reference_name": name, "comment_type": "Info"}, pluck="content")
	assert bool(told) == (mode in ("Shadow", "Warn"))


def test_the_lists_of_a_warehouse_say_how_far_they_are():
	name, (one, _two), _order = new_list(1, 1)
	place = frappe.db.get_value("Pick List", name, "parent_warehouse")
	with acting_as(make_user("Stock Manager")) as picker:
		scan(name, one)
		(found,) = api.lists_to_pick(place)
	assert (found["name"], found["rows"], found["found"], found["is_mine"]) == (name, 2, 1, True)
	assert found["picker_name"] == get_fullname(picker) != picker


def test_pickers_walk_by_shelf_place():
	name, (one, two), _order = new_list(1, 1)
	place = frappe.db.get_value("Pick List", name, "parent_warehouse")
	for item, shelf, sequence in ((one, "B-1", 2), (two, "A-1", 1)):
		frappe.get_doc(
			{
				"doctype": "Shelf Place",
				"item_code": item,
				"warehouse": place,
				"place": shelf,
				"sequence": sequence,
			}
		).insert()
	assert [row["place"] for row in api.list_to_pick(name)["rows"]] == ["A-1", "B-1"]


def test_a_scan_costs_the_same_on_a_long_list():
	counts = []
	for lines in (2, 12):
		name, items, _order = new_list(*[1] * lines)
		scan(name, items[0])
		with counted_statements() as statements:
			scan(name, items[1])
		counts.append(len(statements))
	assert counts[0] == counts[1] <= 20

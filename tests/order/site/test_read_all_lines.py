"""An order is validated with fewer statements, and to the same end."""

import pytest

import frappe

from sales_wh_flow.base.asked_for_all import asking_for_all
from sales_wh_flow.order import read_all_lines, write_all_lines
from sales_wh_flow.stock_lock.store import waiting_lines
from tests.factories import (
	counted_statements,
	line,
	make_bundle,
	make_item,
	make_items,
	make_order,
	stocked,
	unique,
)

ONCE_FOR_ALL = (
	"select `valuation_rate`",
	"select projected_qty",
	"select coalesce(sum(`projected_qty`),0)",
	"update `tabsales order item`",
)
NEW_EACH_TIME = ("name", "modified", "creation", "swf_queued_since", "swf_stage_row", "swf_stage_since")


@pytest.fixture
def each_line_apart(monkeypatch):
	"""ERPNext's own way, as if the flow did nothing about it."""

	def apart() -> None:
		monkeypatch.setattr(read_all_lines, "read_all_lines", lambda doc: None)
		monkeypatch.setattr(write_all_lines, "write_all_lines", lambda doc: None)

	return apart


def submitted(order: str, change=lambda doc: None) -> tuple[dict, dict[str, int]]:
	"""The stored order as its submit leaves it, and how often that put some questions; undone."""
	frappe.db.savepoint("draft")
	doc = frappe.get_doc("Sales Order", order)
	change(doc)
	with counted_statements() as statements:
		doc.submit()
	stored = frappe.get_doc("Sales Order", order)
	found = {
		(row.doctype, row.idx): {
			field: value
			for field, value in row.as_dict().items()
			if field not in NEW_EACH_TIME and not isinstance(value, list)
		}
		for row in (stored, *stored.get_all_children())
	}
	frappe.db.rollback(save_point="draft")
	said = [" ".join(text.lower().split()) for text in statements]
	return found, {text: sum(one.startswith(text) for one in said) for text in ONCE_FOR_ALL}


def test_an_order_is_submitted_to_the_same_fields_with_fewer_statements(switches, place, each_line_apart):
	"""Goods with and without stock, with a maker, a price and a rule of their own; services; a bundle."""
	switches(stock_lock=True)
	maker = frappe.get_doc({"doctype": "Manufacturer", "short_name": unique("Maker")}).insert().name
	goods = [stocked(5, place), *make_items(3), make_item(is_stock_item=0)]
	made = make_item(default_item_manufacturer=maker)
	kit = make_bundle({goods[0]: 2})
	price_list = frappe.db.get_single_value("Selling Settings", "selling_price_list")
	price = {"item_code": goods[1], "price_list": price_list, "price_list_rate": 70}
	frappe.get_doc({"doctype": "Item Price", **price}).insert()
	order = make_order(*map(line, (*goods, made, kit, goods[0])), warehouse=place).name
	rule = {"title": unique("Rule"), "apply_on": "Item Code", "items": [{"item_code": goods[2]}]}
	rule |= {"selling": 1, "rate_or_discount": "Discount Percentage", "discount_percentage": 5}
	frappe.get_doc({"doctype": "Pricing Rule", **rule}).insert()
	at_once, few = submitted(order)
	each_line_apart()
	apart, many = submitted(order)

	assert at_once == apart
	assert max(few.values()) <= 2  # of all goods, and of all that have no Bin
	assert min(many.values()) > 5


def test_rows_that_came_and_went_with_the_submit_are_written(switches, place, each_line_apart):
	switches(stock_lock=True)
	kept, gone, came = stocked(5, place), *make_items(2)
	order = make_order(line(kept), line(gone), line(kept, qty=2), warehouse=place).name

	def change(doc):
		doc.items = [row for row in doc.items if row.item_code != gone]
		doc.append("items", {**line(came), "warehouse": place, "delivery_date": doc.delivery_date})
		doc.items[1].description = "With a bow"
		for idx, row in enumerate(doc.items, start=1):
			row.idx = idx

	at_once, _few = submitted(order, change)
	each_line_apart()
	apart, _many = submitted(order, change)

	assert at_once == apart
	rows = [row for (doctype, _idx), row in at_once.items() if doctype == "Sales Order Item"]
	assert [row["item_code"] for row in rows] == [kept, kept, came]
	assert rows[1]["description"] == "With a bow"


def test_answers_are_those_of_the_database(place):
	"""Of some items and of all, present and missing, by name and by condition, in every shape."""
	units = [{"uom": "Nos", "conversion_factor": 1}, {"uom": "Box", "conversion_factor": 10}]
	items = [stocked(3, place, uoms=units), *make_items(2), "No such item"]
	items.append(items[1].lower())
	questions = [
		(("Item", item, field), how)
		for item in (*items, items[0].lower())
		for field in ("item_group", ["item_group", "stock_uom"], "*")
		for how in ({}, {"as_dict": True})
	]
	price_list = frappe.db.get_single_value("Selling Settings", "selling_price_list")
	for rate, uom in ((70, "Nos"), (50, "Box")):
		price = {"item_code": items[0], "price_list": price_list, "uom": uom, "price_list_rate": rate}
		frappe.get_doc({"doctype": "Item Price", **price}).insert()
	for way in ("asc", "desc"):
		question = ("Item Price", {"item_code": items[0]}, "price_list_rate")
		questions.append((question, {"order_by": f"price_list_rate {way}"}))
	for item in items:
		of_bin = {"item_code": item, "warehouse": place}
		questions += [(("Bin", of_bin, ["valuation_rate"]), {"as_dict": True}), (("Bin", of_bin), {})]
		questions += [(("Stock Ledger Entry", {"item_code": item}, "actual_qty"), {"for_update": True})]
	statements = [
		(
			"select name, price_list_rate from `tabItem Price` where item_code = %s and price_list = %s{}",
			price_list,
		),
		("select * from `tabBin` where `item_code`=%s and warehouse = %s", place),
		(
			"select coalesce(sum(actual_qty), 0) there from `tabBin` where item_code = %s and warehouse = %s",
			place,
		),
		("select max(actual_qty) from `tabBin` where item_code = %s and (warehouse = %s or 1 = 1)", place),
		("select name from `tabBin` where item_code = %s and warehouse = %s for update", place),
	]
	statements[:1] = [
		(statements[0][0].format(end), price_list) for end in ("", " order by price_list_rate desc limit 1")
	]
	said = [
		((query, (item, value)), how)
		for query, value in statements
		for item in (*items, "Nobody's")
		for how in ({}, {"as_dict": True})
	]
	by_name = "select name from `tabBin` where `item_code`=%(it)s and `warehouse` in (%(there)s, %(there)s)"
	said += [((by_name, {"it": item, "there": place}), {}) for item in items]
	said += [(("select count(*) from `tabBin` where item_code like '%Nothing'",), {})]
	expected = [frappe.db.get_value(*asked, **how) for asked, how in questions]
	read = [frappe.db.sql(*asked, **how) for asked, how in said]

	with asking_for_all(items):
		found = [frappe.db.get_value(*asked, **how) for asked, how in questions * 2]
		found_by_sql = [frappe.db.sql(*asked, **how) for asked, how in said * 2]

	assert found == expected * 2
	assert found_by_sql == read * 2


def test_what_the_transaction_writes_is_read(place):
	"""Also once its writes are counted anew, as a rollback to a savepoint has it."""
	first, second = make_items(2)

	def count_writes_anew():
		frappe.db.savepoint("here")
		frappe.db.rollback(save_point="here")

	count_writes_anew()
	with asking_for_all([first, second]):
		before = frappe.db.get_value("Item", first, "description")
		frappe.db.set_value("Item", second, "description", "Painted", update_modified=False)
		after = frappe.db.get_value("Item", second, "description")
		count_writes_anew()
		later = frappe.db.get_value("Item", second, "description")

	assert (before == "Painted", after, later) == (False, "Painted", "Painted")


def test_a_refused_order_leaves_nothing_behind(switches, place):
	switches(stock_lock=True)
	order = make_order(warehouse=place)
	order.delivery_date = order.items[0].delivery_date = "2001-01-01"
	reads = (frappe.db.sql, frappe.db.get_value)

	with pytest.raises(frappe.ValidationError):
		order.submit()

	assert not {"validate", "set_status", "as_dict", "update_children"} & order.__dict__.keys()
	assert (frappe.db.sql, frappe.db.get_value) == reads


def test_an_order_that_is_inserted_as_submitted_waits_and_leaves_nothing_behind(switches, place):
	"""As programs do it; ERPNext leaves it in the status of a draft."""
	switches(stock_lock=True)
	order = frappe.copy_doc(make_order(warehouse=place))
	order.docstatus = 1
	order.insert()

	assert frappe.db.get_value("Sales Order", order.name, "status") == "Draft"
	assert [line.row for line in waiting_lines.waiting_lines_in(warehouse=place)] == [order.items[0].name]
	assert "update_children" not in order.__dict__

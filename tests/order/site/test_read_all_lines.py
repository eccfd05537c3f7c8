"""An order is validated with fewer statements, and to the same end."""

import pytest

import frappe

from sales_wh_flow.base.asked_for_all import asking_for_all
from sales_wh_flow.order import read_all_lines
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

NEW_EACH_TIME = ("name", "modified", "creation", "swf_queued_since", "swf_stage_row", "swf_stage_since")


@pytest.fixture
def each_line_apart(monkeypatch):
	"""ERPNext's own way, as if the flow did nothing about it."""

	def apart() -> None:
		monkeypatch.setattr(read_all_lines, "read_all_lines", lambda doc: None)

	return apart


def submitted(order: str) -> tuple[dict, int]:
	"""The stored order as its submit leaves it, and how often that read what goods are worth; undone."""
	frappe.db.savepoint("draft")
	doc = frappe.get_doc("Sales Order", order)
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
	reads = [text for text in statements if text.lower().startswith("select `valuation_rate`")]
	return found, len(reads)


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
	assert few == 1
	assert many > 5


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
	expected = [frappe.db.get_value(*asked, **how) for asked, how in questions]

	with asking_for_all(items):
		found = [frappe.db.get_value(*asked, **how) for asked, how in questions * 2]

	assert found == expected * 2


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

	with pytest.raises(frappe.ValidationError):
		order.submit()

	assert not {"validate", "set_status", "as_dict"} & order.__dict__.keys()
	assert "get_value" not in frappe.local.db.__dict__

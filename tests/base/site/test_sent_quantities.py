"""A quantity that nobody can mean is refused in words, whatever document brings it."""

import json
from itertools import product

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from sales_wh_flow.order_changes import api as changes
from sales_wh_flow.picking import api as picking
from tests.factories import line, make_order, stocked

ABSURD = (1e12, -1e12, float("nan"), float("-inf"), "NaN", "1e400", "a dozen", [1])


@pytest.fixture
def order(switches, place, in_this_transaction):
	"""Five of an item in whole pieces, locked."""
	switches(stock_lock=True, fulfilment=True)
	return make_order(line(stocked(50, place), qty=5), warehouse=place, submit=True)


@pytest.fixture
def pick_list(order):
	(name,) = picking.make_pick_lists(order.name)
	return frappe.get_doc("Pick List", name)


def refused(words):
	return pytest.raises(frappe.ValidationError, match=words)


def sent_with(doc, field, value):
	"""The document as a program sends it, with this in its first row."""
	sent = frappe.get_doc(doc.as_dict())
	sent.get_all_children()[0].set(field, value)
	return sent


def test_no_document_takes_an_absurd_quantity(order, pick_list):
	note, copy = make_delivery_note(order.name), frappe.copy_doc(order)
	count = frappe.new_doc("Stock Reconciliation", company=order.company)
	count.append("items", {"item_code": order.items[0].item_code, "warehouse": order.items[0].warehouse})
	fields = (
		*((copy, field) for field in ("qty", "conversion_factor")),
		*((pick_list, field) for field in ("qty", "stock_qty", "picked_qty")),
		*((note, "qty"), (count, "qty")),
	)
	for (doc, field), value in product(fields, ABSURD):
		with refused("Row #1: .* can be no quantity. Enter a number of at most"):
			sent_with(doc, field, value).save()


def test_commas_between_thousands_are_read_as_everywhere(order):
	sent = sent_with(frappe.copy_doc(order), "qty", "1,000")
	sent.insert()
	assert (sent.items[0].qty, sent.items[0].stock_qty) == (1000, 1000)
	changed = {"docname": order.items[0].name, "item_code": order.items[0].item_code, "rate": 100}
	changes.update_items("Sales Order", json.dumps([{**changed, "qty": "1,000"}]), order.name)
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "qty") == 1000


def test_update_items_takes_no_absurd_quantity(order):
	(row,) = order.items
	for value in (1e12, "NaN", "1e400"):
		sent = {"docname": row.name, "item_code": row.item_code, "rate": row.rate, "qty": value}
		with refused("Row #1: .* can be no quantity. Enter a number of at most"):
			changes.update_items("Sales Order", json.dumps([sent]), order.name)


def test_nobody_picks_less_than_nothing_or_a_part_of_a_whole_piece(pick_list):
	for field, qty in product(("picked_qty", "stock_qty"), (-3, 1e-7, 0.5)):
		with refused("Row #1: .* can't have been found. Enter how many there were"):
			sent_with(pick_list, field, qty).save()


def test_a_unit_of_less_than_nothing_is_not_ordered(order):
	copy = frappe.copy_doc(order)
	copy.items[0].update({"uom": "Box", "conversion_factor": -3})
	with refused("Row #1: quantity .*-15.* of item .* can't be ordered"):
		copy.submit()

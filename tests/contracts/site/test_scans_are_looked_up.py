"""A scan at Pick, Pack or Hand Over looks things up by keys, however many boxes were packed before."""

import sys
from pathlib import Path

import pytest

import frappe

from sales_wh_flow.base import bulk
from sales_wh_flow.delivery import api as delivery
from sales_wh_flow.packing import api as packing
from sales_wh_flow.picking import api as picking
from tests import factories
from tests.delivery.delivery_world import key
from tests.site import set_switches

pytestmark = pytest.mark.unchecked

BOXES = 3000
MOST_ROWS = 300
"""That a statement may think it has to look at: one of fifty boxes is the customer's, one of ten waits."""


@pytest.fixture(scope="module")
def years(site):
	sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks"))
	import many_boxes

	frappe.set_user("Administrator")
	set_switches(stock_lock=True, fulfilment=True, packing="Block")
	place, customer = factories.make_warehouse(), factories.make_customer()
	courier = frappe.get_doc({"doctype": "Courier", "courier_name": factories.unique("Courier")}).insert()
	many_boxes.load(BOXES, factories.company().name, place, courier.name, customer)
	_load_picks(BOXES)
	yield place, customer, courier.name
	frappe.db.rollback()
	many_boxes.remove()
	frappe.db.delete("Pick List Item", {"parent": OLD_LIST})
	set_switches()
	frappe.db.commit()


OLD_LIST = "old picks of this test"


def _load_picks(count):
	"""Rows of submitted lists that were picked long ago: ERPNext counts what is picked under locks."""
	fields = ("name", "docstatus", "parent", "parenttype", "parentfield", "sales_order", "sales_order_item")
	rows = [(f"old-{at}", 1, OLD_LIST, "Pick List", "locations", f"o-{at}", f"r-{at}") for at in range(count)]
	bulk.insert("Pick List Item", fields, rows)
	frappe.db.commit()
	frappe.db.sql("analyze table `tabPick List Item`")


@pytest.fixture
def looked_at(monkeypatch):
	"""{the statement: how many rows of one table it may look at} of whatever runs from now on."""
	native, seen = frappe.db.sql, {}

	def sql(query, *args, **kwargs):
		text = " ".join(str(query).split())
		if text.lstrip("( ").lower().startswith(("select", "update", "delete")):
			values = args[:1] or ([kwargs["values"]] if "values" in kwargs else [])
			plan = native(f"explain {query}", *values, as_dict=True)
			rows = [int(str(row.rows or 0).split()[0]) for row in plan]  # a filtered index says "1 (33%)"
			seen[text[:300]] = max([*rows, seen.get(text[:300], 0)])
		return native(query, *args, **kwargs)

	def begin():
		monkeypatch.setattr(frappe.db, "sql", sql)
		return seen

	return begin


def test_no_scan_walks_through_the_boxes_of_years(years, looked_at, in_this_transaction):
	place, customer, courier = years
	item = factories.stocked(4, place)
	lines = factories.line(item, qty=2, warehouse=place)
	order = factories.make_order(lines, customer=customer, warehouse=place).submit()
	(pick_list,) = picking.make_pick_lists(order.name)
	handover = delivery.begin_handover(courier, place, key())["name"]

	seen = looked_at()
	for _turn in range(2):
		picking.confirm_scan(pick_list, item, key())
	picking.finish_list(pick_list, key())
	box = packing.open_box(key(), pick_list=pick_list)["name"]
	packing.put_in(key(), box, item, pick_list=pick_list, qty=2)
	packing.close_box(key(), box)
	delivery.scan_into_handover(handover, box, key())

	assert any("tabOrder Box Item" in text for text in seen) and any("tabOrder Box`" in text for text in seen)
	walked = {text: rows for text, rows in seen.items() if rows > MOST_ROWS}
	assert not walked, "\n".join(f"{rows} rows: {text}" for text, rows in walked.items())

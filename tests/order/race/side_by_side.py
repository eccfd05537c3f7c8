"""Two documents of one order that are submitted side by side. The harness commits."""

import time

import frappe
from frappe.utils import set_request

from sales_wh_flow import entrances
from sales_wh_flow.base import hold_rows
from tests.racing.harness import ready


def submit_slowly(doctype: str, name: str) -> None:
	"""It is committed once whoever comes next has begun to read."""
	frappe.get_doc(doctype, name).submit()
	ready()
	time.sleep(1)


def submit(doctype: str, name: str) -> None:
	doc = frappe.get_doc(doctype, name)
	set_request(method="POST", path="/")
	ready()
	entrances.submit(frappe.as_json(doc.as_dict()))


def take_order_then_goods(order: str, item: str, warehouse: str) -> None:
	"""As whoever locks stock: somebody else begins while the order is held already."""
	hold_rows.hold_order_row(order)
	ready()
	time.sleep(1)
	hold_rows.hold_bins([(item, warehouse)])

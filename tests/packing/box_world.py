"""Boxes for tests."""

import frappe

from sales_wh_flow.base import records
from sales_wh_flow.packing.rules import states
from tests.factories import company


def make_box(*contents: dict, state: str = states.OPEN, **values) -> str:
	"""The number of a box that lies there in this state, without a way that led there.

	``contents``: rows of Order Box Item.
	"""
	box = frappe.get_doc({"doctype": "Order Box", "state": state, "company": company().name, **values})
	for row in contents:
		box.append("contents", row)
	records.save(box)
	return box.name


def events_of(box: str) -> list[dict]:
	"""What happened to a box, in the order it was recorded."""
	return frappe.get_all("Box Event", {"box": box}, ["*"], order_by="recorded_on, creation")

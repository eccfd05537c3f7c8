"""What a phone at the packing table does in a race: look first, as its page did, then act."""

import frappe
from frappe.utils import set_request

from sales_wh_flow.packing import api
from tests.racing.harness import ready


def put_in(box: str, pick_list: str, item: str, keys: list[str], qty: float = 1) -> int:
	"""Scan after scan, each with its key; how many went in. What is refused in words is passed over."""
	_look(box)
	done = 0
	for key in keys:
		try:
			api.put_in(key, box, item, pick_list=pick_list, qty=qty)
			done += 1
		except frappe.ValidationError as refusal:
			if type(refusal) is not frappe.ValidationError:
				raise
			frappe.db.rollback()
	return done


def close(box: str, key: str) -> bool:
	_look(box)
	return api.close_box(key, box)["is_closed"]


def cancel(box: str, key: str) -> str:
	_look(box)
	return api.cancel_box(key, box, "Crushed")["state"]


def open_and_close(pick_list: str, item: str, keys: list[str]) -> str:
	"""A box of its own, with one thing in it; its SSCC."""
	frappe.db.sql("select 1 from `tabOrder Box` limit 1")
	set_request(method="POST", path="/")
	ready()
	box = api.open_box(keys[0], pick_list=pick_list)["name"]
	api.put_in(keys[1], box, item, pick_list=pick_list)
	return api.close_box(keys[2], box)["sscc"]


def submit_note(name: str) -> str:
	note = frappe.get_doc("Delivery Note", name)
	set_request(method="POST", path="/")
	ready()
	from tests.racing.actions import do

	do(note, "submit")
	return name


def _look(box: str) -> None:
	"""Opens the transaction's snapshot before the race begins."""
	frappe.db.sql("select state from `tabOrder Box` where name = %s", box)
	set_request(method="POST", path="/")
	ready()


def make_note(pick_list: str) -> str:
	"""Somebody presses Delivery Note on the list."""
	from sales_wh_flow.dispatch import api as dispatch

	ready()
	return dispatch.make_delivery_note(pick_list)


def pack_all(pick_list: str, order: str, key: str, left: float) -> str:
	"""*All in One Box*: the box, "" where another phone was quicker."""
	frappe.db.sql("select 1 from `tabOrder Box` limit 1")
	set_request(method="POST", path="/")
	ready()
	try:
		return api.pack_all(key, order, left, pick_list=pick_list)["name"]
	except frappe.ValidationError as refusal:
		if type(refusal) is not frappe.ValidationError:
			raise
		frappe.db.rollback()
		return ""

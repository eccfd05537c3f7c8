"""What two phones at the shelves do at the same moment. The harness commits."""

import frappe
from frappe.utils import set_request

from sales_wh_flow import entrances
from sales_wh_flow.picking import api
from sales_wh_flow.picking.put_away import api as put_away
from tests.racing.harness import ready


def _at_the_line(pick_list: str, user: str) -> None:
	"""Opens the transaction's snapshot before the race begins, as a page that was looked at has."""
	frappe.set_user(user)
	frappe.db.get_value("Pick List", pick_list, "swf_picker")
	set_request(method="POST", path="/")
	ready()


def scan(user: str, pick_list: str, item: str, keys: list[str]) -> int:
	"""Scan after scan, each with its key; how many counted. What is refused in words is passed over."""
	_at_the_line(pick_list, user)
	done = 0
	for key in keys:
		try:
			api.confirm_scan(pick_list, item, key)
			done += 1
		except frappe.ValidationError as refusal:
			if type(refusal) is not frappe.ValidationError:
				raise
			frappe.db.rollback()
	return done


def hand_on(user: str, pick_list: str, to_user: str, key: str) -> str:
	_at_the_line(pick_list, user)
	return api.hand_list_on(pick_list, key, to_user)["picker"]


def finish(user: str, pick_list: str, key: str) -> str:
	_at_the_line(pick_list, user)
	return api.finish_list(pick_list, key)["submitted"]


def submit(pick_list: str) -> str:
	"""In its form: Frappe holds the list before anything of ours runs, so a deadlock is tried again."""
	doc = frappe.get_doc("Pick List", pick_list)
	set_request(method="POST", path="/")
	ready()
	entrances.submit(frappe.as_json(doc.as_dict()))
	return doc.name


def bring_back(user: str, task: str, key: str) -> str:
	_at_the_line("", user)
	return put_away.goods_are_back(task, key)["state"]

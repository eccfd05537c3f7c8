"""Two documents of one order that are submitted side by side. The harness commits."""

import time

import frappe
from frappe.utils import set_request

from sales_wh_flow import entrances
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

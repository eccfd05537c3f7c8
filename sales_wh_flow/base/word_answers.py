"""The last step of every answer: what is stored as a code leaves as words, in whatever form it is asked for.

Forms, lists, reports, timelines, REST, exported files: Frappe reads the tables itself and hands out what it
finds.
"""

import json
import re

import frappe

from sales_wh_flow.base import exported, said

_SIGN = b'"said\\'
_KEPT_AS_FILE = re.compile(r"filename\*?=.*\.(\w+)\b")


def word_for_reader(response=None, request=None) -> None:
	"""Hook after_request: put the reader's words where a stored text stands; other answers stay untouched."""
	if response is None or response.is_streamed:
		return
	if response.mimetype == "application/json":
		answer = response.get_data()
		if _SIGN in answer:
			response.set_data(json.dumps(said.word_all(json.loads(answer)), separators=(",", ":")))
	elif word_file := exported.KINDS.get(_ending(response)):
		file = response.get_data()
		worded = word_file(file)
		if _is_a_list_of_ours():
			worded = exported.CALM[_ending(response)](
				worded, str(frappe.form_dict.get("csv_delimiter") or ",")
			)
		if worded is not file:
			response.set_data(worded)


def _is_a_list_of_ours() -> bool:
	"""Whether the file tells records of the app: what a customer or an item is called may be a formula. Files
	of other apps' records are not ours to change.
	"""
	doctype = frappe.form_dict.get("doctype")
	if not isinstance(doctype, str):
		return False
	return frappe.db.get_value("DocType", doctype, "module", cache=True) == "Sales WH Flow"


def _ending(response) -> str:
	"""``csv`` of an answer that is to be kept as a file of that kind, empty of any other."""
	found = _KEPT_AS_FILE.search(response.headers.get("Content-Disposition") or "")
	return found[1].lower() if found else ""

"""Rows of an order or a Quotation are judged with it: they come, change and go by saving that.

Frappe lets whoever may write a document insert, save and delete its rows one by one, past its checks, also
once it is submitted. ERPNext's Update Items does so too, and saves the document afterwards: that is judged.
Frappe also writes every row that is sent with a document by its name alone, whosever row it is.
"""

import frappe
from frappe import _

from sales_wh_flow.approval.quotation import is_gated
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.part_of_parent import check_stays, refuse_alone
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import APPROVAL, STOCK_LOCK, is_on
from sales_wh_flow.base.settled_rows import is_settled

_COUNTED = frozenset({"subcontracted_qty"})
"""What ERPNext 16 counts in the rows of a submitted order, one by one, and no rule looks at."""


def check_written(row) -> None:
	"""Raises: PermissionError for a row that is written alone."""
	check_stays(row, _is_judged)
	if _is_judged(row) and not (row.flags.ignore_validate_update_after_submit or _is_counted(row)):
		refuse_alone(row)


def _is_counted(row) -> bool:
	"""Whether nothing of a submitted row changes but what ERPNext counts."""
	before = row.get_doc_before_save()
	if not (before and before.docstatus.is_submitted() and row.docstatus.is_submitted()):
		return False
	fields = {*row.meta.get_fieldnames_with_value()} - _COUNTED
	return not any(row.has_value_changed(field) for field in fields)


def note_cancelled(row) -> None:
	"""Update Items cancels a row before it deletes it; cancelled alone it changes nothing."""
	if _is_judged(row):
		alongside_request().cancelled_rows.add(row.name)


def check_deleted(row) -> None:
	"""Raises: PermissionError for a row that is deleted alone."""
	if _is_judged(row) and row.name not in alongside_request().cancelled_rows:
		refuse_alone(row)


def check_sent_rows(doc) -> None:
	"""The rows that a document is saved with are its own, each once. No statement where they are.

	Raises: PermissionError for a row of another order or Quotation; ValidationError for one sent twice, of
	which only the last would be stored.
	"""
	before = doc.get_doc_before_save()
	for df in doc.meta.get_table_fields() if before else ():
		sent = [row for row in doc.get(df.fieldname) if row.name and not row.is_new()]
		names = {row.name for row in sent}
		if len(names) < len(sent) and _is_judged(sent[0]):
			refuse(RuleViolation("row_sent_twice", table=_(df.label or df.options), name=doc.name))
		_refuse_strange(doc.name, df.options, names - {row.name for row in before.get(df.fieldname)})


def check_named_rows(order, names: set[str]) -> None:
	"""The rows that Update Items of this order names are its own: ERPNext writes them by their name alone.

	Raises: PermissionError for a row of another order. No statement where they are its own.
	"""
	_refuse_strange(order.name, "Sales Order Item", names - {row.name for row in order.items})


def _refuse_strange(parent: str, doctype: str, strange: set[str]) -> None:
	for row in _stored(doctype, strange) if strange else ():
		if row.parent != parent and (_is_judged(row) or is_settled(row)):
			refuse_alone(row)


def _stored(doctype: str, names: set[str]) -> list:
	return frappe.get_all(doctype, {"name": ("in", names)}, ["parent", "parenttype", "docstatus"])


def _is_judged(row) -> bool:
	if row.parenttype == "Sales Order":
		return is_on(APPROVAL) or is_on(STOCK_LOCK)
	return row.parenttype == "Quotation" and is_gated()

"""Quantities of a document as they were sent: numbers that its table can hold, or a refusal in words."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import isfinite

import frappe
from frappe import _

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import MOST
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on


def take_quantities(doc) -> None:
	"""Before anything counts with them: what came as text is a number.

	Raises: ValidationError naming every row and field whose value can be no quantity.
	"""
	if is_on(STOCK_LOCK):
		refuse(_taken(doc))


def check_rows_sent_alone(doctype: str, rows: Iterable[Mapping]) -> None:
	"""Rows that were sent without their document name quantities alone where quantities belong.

	Raises: ValidationError naming every row and field whose value can be no quantity.
	"""
	if is_on(STOCK_LOCK):
		fields = _quantities(doctype)
		found = (
			_problem(doctype, idx, field, row.get(field))
			for idx, row in enumerate(rows, 1)
			for field in fields
		)
		refuse(filter(None, found))


def _taken(doc) -> Iterator[RuleViolation]:
	for row in doc.get_all_children():
		for field in _quantities(row.doctype):
			if problem := _problem(row.doctype, row.idx, field, value := row.get(field)):
				yield problem
			elif isinstance(value, str):
				row.set(field, _number(value or 0))


def _problem(doctype: str, idx: int, field: str, value) -> RuleViolation | None:
	if value in (None, "") or _is_quantity(value):
		return None
	label = _(frappe.get_meta(doctype).get_label(field))
	return RuleViolation("no_such_quantity", idx=idx, field=label, value=str(value)[:30], most=MOST)


@cache
def _quantities(doctype: str) -> tuple[str, ...]:
	"""ERPNext's own, which are the same on every site."""
	return tuple(
		df.fieldname
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype == "Float" and ("qty" in df.fieldname or df.fieldname == "conversion_factor")
	)


def _is_quantity(value) -> bool:
	try:
		found = _number(value)
	except (TypeError, ValueError, OverflowError):
		return False
	return isfinite(found) and abs(found) <= MOST


def _number(value) -> float:
	"""Without the commas between thousands, as Frappe's ``flt`` reads it; what is no number raises."""
	return float(value.replace(",", "") if isinstance(value, str) else value)

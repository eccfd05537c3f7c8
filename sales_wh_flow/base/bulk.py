"""Many rows with one statement, and one trip to the cache for many documents."""

import secrets
from collections.abc import Iterable, Mapping, Sequence

import frappe

from sales_wh_flow.base.forget import forget_keys
from sales_wh_flow.base.plain_text import LONGEST_LINE, without_formula, without_markup
from sales_wh_flow.base.problems import RuleViolation

_CHUNK = 5000
"""Rows in one statement; well below what a server accepts as one packet."""
_CASES = 1000
"""Rows that one statement tells apart."""
_BLOCK = 32
"""Rows that are looked for one by one, once their block is found. Without blocks a row of a thousand would
be compared with five hundred.
"""


def insert(doctype: str, fields: Sequence[str], rows: Sequence[tuple]) -> None:
	"""Insert rows as they are: no defaults, no events. One statement for each 5,000 rows.

	Free text loses its markup, which Frappe's own insert would have cleaned: forms render it as HTML, and
	what a spreadsheet would calculate.
	Raises: RuleViolation for a line that is longer than its column.
	Frappe's own bulk insert builds an object for every value, which takes longer than the insert itself.
	"""
	columns = ", ".join(f"`{field}`" for field in fields)
	rows = _cleaned(doctype, fields, rows)
	for start in range(0, len(rows), _CHUNK):
		chunk = rows[start : start + _CHUNK]
		marks = ", ".join("%s" for _ in chunk)
		frappe.db.sql(f"insert into `tab{doctype}` ({columns}) values {marks}", chunk)


_FREE_TEXT = frozenset({"Small Text", "Text", "Long Text"})


def _cleaned(doctype: str, fields: Sequence[str], rows: Sequence[tuple]) -> Sequence[tuple]:
	found = [frappe.get_meta(doctype).get_field(field) for field in fields]
	texts = {at for at, df in enumerate(found) if df and df.fieldtype in _FREE_TEXT}
	lines = {at: df.length or LONGEST_LINE for at, df in enumerate(found) if df and df.fieldtype == "Data"}
	_refuse_long_lines(rows, lines)
	if not texts:
		return rows
	return [
		tuple(
			without_formula(without_markup(value)) if at in texts and value else value
			for at, value in enumerate(row)
		)
		for row in rows
	]


def _refuse_long_lines(rows: Sequence[tuple], lines: Mapping[int, int]) -> None:
	for at, longest in lines.items():
		length = max((len(row[at]) for row in rows if isinstance(row[at], str)), default=0)
		if length > longest:
			raise RuleViolation("text_too_long", length=length, longest=longest)


def set_each(doctype: str, field: str, values: Mapping[str, object]) -> None:
	"""Write one field of rows, {name: value}, and nothing else; one statement, none for no row."""
	_set_fields(doctype, {name: {field: value} for name, value in values.items()})


def set_fields(doctype: str, rows: Mapping[str, Mapping[str, object]]) -> None:
	"""Write the same fields of many rows, {name: {field: value}}, and nothing else; one statement for each
	1,000 rows, none for no row.
	"""
	names = list(rows)
	for start in range(0, len(names), _CASES):
		_set_fields(doctype, {name: rows[name] for name in names[start : start + _CASES]})


def _set_fields(doctype: str, rows: Mapping[str, Mapping[str, object]]) -> None:
	if not rows:
		return
	sets, values = [], []
	for field in next(iter(rows.values())):
		of_field, told = _told_apart({name: row[field] for name, row in rows.items()})
		sets.append(f"`{field}` = {of_field}")
		values += told
	# Left to itself the server reads, and locks, the whole table where it takes that for cheaper.
	frappe.db.sql(
		f"update `tab{doctype}` force index (primary) set {', '.join(sets)} where name in %s",
		(*values, tuple(rows)),
	)


def _told_apart(values: Mapping[str, object]) -> tuple[str, list]:
	"""The value of a row by its name, as an expression and what it is given."""
	each = list(values.values())
	if all(type(value) is type(each[0]) and value == each[0] for value in each):
		return "%s", each[:1]
	names, arms, told = list(values), [], []
	for start in range(0, len(names), _BLOCK):
		block = names[start : start + _BLOCK]
		arms.append(f"when name in %s then case name {'when %s then %s ' * len(block)} end")
		told += [tuple(block), *(part for name in block for part in (name, values[name]))]
	return f"case {' '.join(arms)} end", told


def cancel_rows_of_cancelled(doctype: str, name: str | None = None) -> None:
	"""Cancel draft rows of a cancelled document, or of all of its kind; one statement a table."""
	one, names = ("and doc.name = %s", (name,)) if name else ("", ())
	for field in frappe.get_meta(doctype).get_table_fields():
		frappe.db.sql(
			f"""update `tab{doctype}` doc join `tab{field.options}` row
				on row.parent = doc.name and row.parenttype = %s
			set row.docstatus = 2 where doc.docstatus = 2 and row.docstatus = 0 {one}""",
			(doctype, *names),
		)


def changed_rows() -> int:
	"""How many rows the last statement of this transaction has changed."""
	return frappe.db._cursor.rowcount


def new_names(count: int) -> list[str]:
	"""Random names, as Frappe gives to documents that are named by hash."""
	digits = secrets.token_hex(5 * count)
	return [digits[start : start + 10] for start in range(0, len(digits), 10)]


def forget_cached(doctype: str, names: Iterable[str]) -> None:
	"""Throw the documents out of the cache, now and again when the transaction has ended."""
	keys = [frappe.get_document_cache_key(doctype, name) for name in names]
	if keys:
		forget_keys(keys)


def keep_without_order(doctype: str, order: str) -> None:
	"""A Sales Order is deleted: what names it stays under its number, *Deleted Order*; one statement."""
	frappe.db.sql(
		f"update `tab{doctype}` set deleted_order = sales_order, sales_order = null where sales_order = %s",
		order,
	)


def keep_without_former_orders(doctype: str) -> None:
	"""Rows stay under the numbers of orders that were deleted before the app minded; one statement. An order
	that is younger than the row that names it is another one.
	"""
	frappe.db.sql(
		f"""update `tab{doctype}` its left join `tabSales Order` so on so.name = its.sales_order
		set its.deleted_order = its.sales_order, its.sales_order = null
		where coalesce(its.sales_order, '') <> '' and (so.name is null or so.creation > its.creation)"""
	)


def keep_without_document(doctype: str, document_type: str, name: str) -> None:
	"""A document is deleted: what names it stays under its number; one statement."""
	frappe.db.sql(
		f"""update `tab{doctype}` set deleted_document = document, document = null
		where document_type = %s and document = %s""",
		(document_type, name),
	)

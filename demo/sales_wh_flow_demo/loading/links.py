"""Which of many documents something outside of them points at: asked once a kind, not once a document."""

from collections.abc import Iterator, Sequence

import frappe
from frappe.model.dynamic_links import get_dynamic_links
from frappe.model.rename_doc import get_link_fields

Document = tuple[str, str]
"""(kind, name)"""


def needed_elsewhere(documents: Sequence[Document]) -> set[Document]:
	"""Those that a document beyond these points at, and those that such a one points at in turn.

	What Frappe's own check before a deletion ignores is ignored here.
	"""
	going = dict.fromkeys(documents)
	holders: dict[Document, set[Document]] = {}
	for kind in dict.fromkeys(kind for kind, _name in documents):
		names = [name for one, name in documents if one == kind]
		for name, holder in _holders(kind, names):
			if holder != (kind, name):
				holders.setdefault((kind, name), set()).add(holder)
	kept: set[Document] = set()
	while True:
		new = {one for one, by in holders.items() if one in going and any(it not in going for it in by)}
		if not new:
			return kept
		kept |= new
		for one in new:
			del going[one]


def _holders(kind: str, names: Sequence[str]) -> Iterator[tuple[str, Document]]:
	"""(name, who points at it)."""
	ignored = set(frappe.get_hooks("ignore_links_on_delete"))
	for field in get_link_fields(kind):
		if field["parent"] in ignored or not frappe.db.exists("DocType", field["parent"], cache=True):
			continue
		if field["issingle"]:
			held = _set_in(field["parent"], field["fieldname"])
			if held in names:
				yield held, (field["parent"], field["parent"])
		else:
			yield from _rows(field["parent"], field["fieldname"], {}, names, ignored)
	for field in get_dynamic_links():
		if field.parent not in ignored and not frappe.get_meta(field.parent).issingle:
			yield from _rows(field.parent, field.fieldname, {field.options: kind}, names, ignored)


def _set_in(settings: str, field: str) -> str | None:
	"""Past Frappe's cache: ERPNext empties its default company behind that cache when the company goes."""
	single = frappe.qb.DocType("Singles")
	asked = frappe.qb.from_(single).select(single.value)
	rows = asked.where((single.doctype == settings) & (single.field == field)).run()
	return rows[0][0] if rows else None


def _rows(
	table: str, field: str, filters: dict, names: Sequence[str], ignored: set[str]
) -> Iterator[tuple[str, Document]]:
	is_part = frappe.get_meta(table).istable
	fields = [field, "parenttype", "parent"] if is_part else [field, "name"]
	for row in frappe.db.get_values(table, {field: ("in", names), **filters}, fields, order_by=None):
		holder = (row[1], row[2]) if is_part else (table, row[1])
		if holder[0] not in ignored:
			yield row[0], holder

"""Rows of a document that are stored already, beside what is stored of them under the caller's lock."""

from collections.abc import Sequence
from typing import Any

from frappe.model.base_document import BaseDocument

from sales_wh_flow.base import bulk


def are_the_same(rows: Sequence[Any], stored: Sequence[Any]) -> bool:
	"""Whether no row is new or gone, and each is one that Frappe itself writes."""
	return [row.name for row in rows] == [row.name for row in stored] and all(
		not row.is_new() and type(row).db_update is BaseDocument.db_update for row in rows
	)


def write_differences(doctype: str, rows: Sequence[Any], stored: Sequence[Any]) -> None:
	"""Write every field in which some row differs from what is stored; one statement, none without any."""
	now, then = ({row.name: _values(row) for row in each} for each in (rows, stored))
	fields = {
		field: None
		for name, values in now.items()
		for field, value in values.items()
		if value != then[name].get(field)
	}
	if fields:
		bulk.set_fields(
			doctype, {name: {field: values[field] for field in fields} for name, values in now.items()}
		)


def _values(row: Any) -> dict[str, Any]:
	return row.get_valid_dict(convert_dates_to_str=True, ignore_virtual=True)

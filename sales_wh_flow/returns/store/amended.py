"""Which documents others were amended from."""

from collections.abc import Iterable
from datetime import datetime

import frappe


def first_documents(doctype: str, amended: Iterable[str]) -> dict[str, tuple[str, datetime]]:
	"""{document: (the first it was amended from, when that was made)}; no statement for none."""
	names = tuple(sorted(set(amended)))
	if not names:
		return {}
	rows = frappe.db.sql(
		f"""with recursive chain as (
			select name document, name, amended_from, creation from `tab{doctype}` where name in %s
			union
			select chain.document, older.name, older.amended_from, older.creation
			from chain join `tab{doctype}` older on older.name = chain.amended_from
		) select document, name, creation from chain order by creation desc""",
		(names,),
	)
	return {document: (first, made) for document, first, made in rows}

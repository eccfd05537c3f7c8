"""Quality Inspections of goods that came back."""

from collections.abc import Iterable

import frappe


def results_of(names: Iterable[str | None]) -> dict[tuple[str, str, str], str]:
	"""{(inspection, item, Delivery Note): Accepted or Rejected} of those that are submitted; no statement for
	none.
	"""
	wanted = tuple(sorted({name for name in names if name}))
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select name, item_code, reference_name, status from `tabQuality Inspection`
		where name in %s and docstatus = 1 and reference_type = 'Delivery Note'""",
		(wanted,),
	)
	return {(name, item, note): status for name, item, note, status in rows}


def is_alive(name: str | None) -> bool:
	"""Whether an inspection is there and not cancelled."""
	return bool(name) and bool(
		frappe.db.sql("select 1 from `tabQuality Inspection` where name = %s and docstatus < 2", name)
	)

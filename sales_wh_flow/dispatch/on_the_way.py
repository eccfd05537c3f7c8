"""Goods for an internal customer of the same company stay the company's: their note moves them to a warehouse
on the way, which ERPNext asks for in each row and takes over from nowhere.
"""

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import FULFILMENT, is_on

_IN_TRANSIT = "default_in_transit_warehouse"


def name_targets(note) -> None:
	"""Rows of orders and of returns that name no target warehouse get one: the one they were sent to, else
	the In-Transit Warehouse of the warehouse they leave, or of the company.

	Raises: ValidationError naming the rows for which there is none.
	"""
	is_internal = note.get("is_internal_customer") and note.get("represents_company") == note.company
	if not (is_internal and is_on(FULFILMENT)):
		return
	rows = [row for row in note.items if not row.target_warehouse and (row.so_detail or row.dn_detail)]
	sent_to = _sent_to([row.dn_detail for row in rows if row.dn_detail])
	for row in rows:
		row.target_warehouse = (
			sent_to.get(row.dn_detail) or note.set_target_warehouse or _in_transit(note, row.warehouse)
		)
	refuse(
		RuleViolation("nowhere_on_the_way", idx=row.idx, warehouse=row.warehouse, company=note.company)
		for row in rows
		if not row.target_warehouse
	)


def _sent_to(rows: list[str]) -> dict[str, str | None]:
	"""{row of a Delivery Note: where it was sent}; no statement for no row."""
	if not rows:
		return {}
	found = {"name": ["in", rows]}
	return dict(frappe.get_all("Delivery Note Item", found, ["name", "target_warehouse"], as_list=True))


def _in_transit(note, warehouse: str | None) -> str | None:
	of_warehouse = frappe.get_cached_value("Warehouse", warehouse, _IN_TRANSIT) if warehouse else None
	return of_warehouse or frappe.get_cached_value("Company", note.company, _IN_TRANSIT)

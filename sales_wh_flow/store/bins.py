"""Reading what is free in Bins; writing a Bin column by column, whoever else writes it at the same moment."""

from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import flt

from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.store import bulk

PROJECTED = """actual_qty + ordered_qty + indented_qty + planned_qty - reserved_qty
	- reserved_qty_for_production - reserved_qty_for_sub_contract - reserved_qty_for_production_plan"""
"""ERPNext's projected quantity, as SQL over a Bin's row."""


def free(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What nothing is locked for in these Bins, in stock UOM; no statement for none."""
	wanted = tuple(keys)
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select item_code, warehouse, actual_qty - reserved_stock from `tabBin`
		where (item_code, warehouse) in %s""",
		(wanted,),
	)
	return {(item, warehouse): flt(qty) for item, warehouse, qty in rows}


def write(name: str, values: Mapping) -> None:
	"""Write these columns into a Bin; the projected quantity is added up from the row itself. One statement.

	MariaDB assigns from left to right: the sum is made of what was written before it.
	"""
	given = {column: value for column, value in values.items() if column != "projected_qty"}
	sets = [*(f"`{column}` = %s" for column in given)]
	if "projected_qty" in values:
		sets.append(f"projected_qty = {PROJECTED}")
	frappe.db.sql(
		f"update `tabBin` force index (primary) set {', '.join(sets)} where name = %s",
		(*given.values(), name),
	)
	bulk.forget_cached("Bin", [name])

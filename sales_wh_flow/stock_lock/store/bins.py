"""Writing a Bin column by column, whoever else writes it at the same moment."""

from collections.abc import Mapping
from typing import Any

import frappe

from sales_wh_flow.base import bulk

PROJECTED = """actual_qty + ordered_qty + indented_qty + planned_qty - reserved_qty
	- reserved_qty_for_production - reserved_qty_for_sub_contract - reserved_qty_for_production_plan"""
"""ERPNext's projected quantity, as SQL over a Bin's row."""


def write_bin(name: str, values: Mapping[str, Any]) -> None:
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

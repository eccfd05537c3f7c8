"""Warehouses as the checks see them."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class CheckedWarehouse:
	"""A warehouse as the checks see it. ``sellable_below``: leaves that sell, itself among them."""

	name: str
	company: str
	is_group: bool
	disabled: bool
	has_coordinates: bool
	is_sellable: bool = True
	sellable_below: int = 1


def warehouses(names: Iterable[str]) -> dict[str, CheckedWarehouse]:
	"""Those of the named warehouses that exist: at most one statement."""
	wanted = tuple({name for name in names if name})
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select name, company, is_group, disabled, swf_latitude <> 0 or swf_longitude <> 0, swf_is_sellable,
			(select count(*) from `tabWarehouse` leaf where leaf.lft >= warehouse.lft
				and leaf.rgt <= warehouse.rgt and leaf.is_group = 0 and leaf.disabled = 0
				and leaf.swf_is_sellable = 1)
		from `tabWarehouse` warehouse where name in %s""",
		(wanted,),
	)
	return {
		name: CheckedWarehouse(*(name, company, *map(bool, flags), below))
		for name, company, *flags, below in rows
	}

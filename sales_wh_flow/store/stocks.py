"""Warehouses, and what is free in them.

Plain reads: a draft's warehouses are a proposal. What is really there is decided when stock is locked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe

from sales_wh_flow.rules.facts import BinKey
from sales_wh_flow.store import there


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
		name: CheckedWarehouse(name, company, *map(bool, flags), below)
		for name, company, *flags, below in rows
	}


def free_stock(items: Iterable[str], names: Iterable[str]) -> dict[BinKey, float]:
	"""On hand and not locked, in stock UOM; pairs without a Bin are missing. At most one statement."""
	codes, places = tuple(set(items)), tuple(set(names))
	if not (codes and places):
		return {}
	rows = frappe.db.sql(
		f"""select bin.item_code, bin.warehouse, {there.sql("bin")} - bin.reserved_stock from `tabBin` bin
		where bin.item_code in %s and bin.warehouse in %s""",
		(codes, places),
	)
	return {(item, warehouse): qty for item, warehouse, qty in rows}


def free_of_bins(keys: Iterable[BinKey]) -> dict[BinKey, float]:
	"""What is on hand and not locked in these Bins, in stock UOM; never below zero. At most one statement."""
	wanted = set(keys)
	free = free_stock((item for item, _ in wanted), (warehouse for _, warehouse in wanted))
	return {key: max(free.get(key, 0.0), 0.0) for key in wanted}

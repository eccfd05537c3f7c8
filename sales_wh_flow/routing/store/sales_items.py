"""How items are sold: in which units, and whether the price hangs on the quantity of a row."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class SalesItem:
	"""An item's units. ``units``: {UOM: (stock units in one, whether it must be a whole number)}.

	``item_group``: the ``lft`` of its group in the tree; ``weight``: of one stock unit.
	"""

	is_stock_item: bool
	stock_uom: str
	sales_uom: str
	units: dict[str, tuple[float, bool]]
	item_group: int = 0
	brand: str = ""
	weight: float = 0.0


def sales_items(codes: Iterable[str]) -> dict[str, SalesItem]:
	"""Items by code: one statement."""
	wanted = tuple({code for code in codes if code})
	if not wanted:
		return {}
	rows = frappe.db.sql(
		"""select item.name, item.is_stock_item, item.stock_uom, coalesce(item.sales_uom, ''),
			stock.must_be_whole_number, coalesce(ig.lft, 0), coalesce(item.brand, ''), item.weight_per_unit,
			detail.uom, detail.conversion_factor, unit.must_be_whole_number
		from `tabItem` item
		left join `tabItem Group` ig on ig.name = item.item_group
		left join `tabUOM` stock on stock.name = item.stock_uom
		left join `tabUOM Conversion Detail` detail
			on detail.parent = item.name and detail.parenttype = 'Item'
		left join `tabUOM` unit on unit.name = detail.uom
		where item.name in %s""",
		(wanted,),
	)
	found: dict[str, SalesItem] = {}
	for name, is_stock_item, stock_uom, sales_uom, is_whole_stock, group, brand, weight, *unit in rows:
		uom, factor, is_whole = unit
		units = {stock_uom: (1.0, bool(is_whole_stock))}
		item = found.setdefault(
			name, SalesItem(bool(is_stock_item), stock_uom, sales_uom, units, group, brand, weight or 0.0)
		)
		if uom and uom != stock_uom:
			item.units[uom] = (factor, bool(is_whole))
	return found


def priced_by_quantity(codes: Iterable[str], company: str, day: str) -> set[str]:
	"""Those of the items whose price or free goods may change when a row is split or moved: one statement.

	That is where a Pricing Rule asks for a quantity, an amount or a warehouse or gives goods away, or where
	an Item Price is for full packing units.
	"""
	wanted = tuple(set(codes))
	if not wanted:
		return set()
	rows = frappe.db.sql(
		"""select item.name from `tabItem` item
		left join `tabItem Group` own on own.name = item.item_group
		where item.name in %(codes)s and exists (
			select 1 from `tabPricing Rule` rule
			where rule.disable = 0 and rule.selling = 1 and coalesce(rule.company, '') in ('', %(company)s)
				and (rule.min_qty > 0 or rule.max_qty > 0 or rule.min_amt > 0 or rule.max_amt > 0
					or rule.price_or_product_discount = 'Product' or coalesce(rule.warehouse, '') <> '')
				and coalesce(rule.valid_from, %(day)s) <= %(day)s
				and coalesce(rule.valid_upto, %(day)s) >= %(day)s
				and (
					exists (select 1 from `tabPricing Rule Item Code` target
						where target.parent = rule.name and target.item_code in (item.name, item.variant_of))
					or exists (select 1 from `tabPricing Rule Brand` target
						where target.parent = rule.name and target.brand = item.brand)
					or exists (select 1 from `tabPricing Rule Item Group` target
						join `tabItem Group` above on above.name = target.item_group
						where target.parent = rule.name and above.lft <= own.lft and above.rgt >= own.rgt)
				))
		union
		select item_code from `tabItem Price`
		where item_code in %(codes)s and selling = 1 and packing_unit > 0""",
		{"codes": wanted, "company": company, "day": day},
	)
	return {row[0] for row in rows}

"""Lines that nobody could serve are refused before anything is locked or routed.

ERPNext takes an order on a group of warehouses, which holds no stock, and names no row when it refuses a
disabled warehouse, another company's, or a negative quantity.
"""

from collections.abc import Iterable, Mapping

from frappe.utils import cint, flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order.store import lines, named_warehouses
from sales_wh_flow.order.store.named_warehouses import CheckedWarehouse
from sales_wh_flow.order.store.warehouses import WarehouseRow


def check_order_lines(doc) -> None:
	"""Raises: ValidationError naming every row of the order whose warehouse or quantity can't be used."""
	items = lines.items_of(row.item_code for row in doc.items)
	bundles = {row.parent_detail_docname for row in doc.get("packed_items") or ()}
	check_rows(
		doc,
		[
			row
			for row in doc.items
			if not cint(row.delivered_by_supplier)
			and (row.name in bundles or (row.item_code in items and items[row.item_code].is_stock_item))
		],
	)


def check_rows(doc, rows: Iterable, warehouses: Mapping[str, WarehouseRow] | None = None) -> None:
	"""Check warehouse and quantity of these rows of stock items. One statement for all warehouses, none
	when they are given.

	What routing may not choose, a user may not choose in its stead: given ones have to sell.

	Raises: ValidationError
	"""
	goods = list(rows)
	known = named_warehouses.warehouses(row.warehouse for row in goods) if warehouses is None else warehouses
	may_be_zero = cint(doc.get("has_unit_price_items"))
	problems = []
	for row in goods:
		qty = min(flt(row.qty), flt(row.get("stock_qty") or row.qty))
		if qty < 0 or (not qty and not may_be_zero):
			problems.append(RuleViolation("qty_not_positive", idx=row.idx, qty=qty, item=row.item_code))
		if row.warehouse and (problem := _warehouse_problem(doc, row, known.get(row.warehouse))):
			problems.append(problem)
	refuse(problems)


def _warehouse_problem(doc, row, warehouse: CheckedWarehouse | WarehouseRow | None) -> RuleViolation | None:
	data = {"idx": row.idx, "warehouse": row.warehouse, "item": row.item_code}
	if warehouse is None:
		return RuleViolation("unknown_warehouse", **data)
	if warehouse.company != doc.company:
		return RuleViolation(
			"warehouse_of_other_company", **data, other=warehouse.company, company=doc.company
		)
	if warehouse.is_group:
		return RuleViolation("group_warehouse", **data)
	if warehouse.disabled:
		return RuleViolation("disabled_warehouse", **data)
	if isinstance(warehouse, WarehouseRow) and not warehouse.is_sellable:
		return RuleViolation("warehouse_does_not_sell", **data)
	return None

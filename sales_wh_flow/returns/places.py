"""Where returned goods go, by the company's Return Places."""

import frappe

from sales_wh_flow.base import trees
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.returns.rules import places
from sales_wh_flow.returns.rules.facts import RESTOCK, Place, ShippedRow


def warehouse_for(decision: str, shipped: ShippedRow) -> str:
	"""The warehouse by rule; "" where the settings name none."""
	if not decision:
		return ""
	otherwise = frappe.get_cached_value("Company", shipped.company, "default_warehouse_for_sales_return")
	known = _places()
	groups = _groups_above(shipped.item_group) if any(it.item_group for it in known) else ()
	return places.place_for(
		known, decision, shipped.company, shipped.warehouse, otherwise or shipped.warehouse, groups
	)


def _groups_above(group: str) -> tuple[str, ...]:
	return trees.above("Item Group", [group]).get(group, ())


def problem_of(idx: int, decision: str, warehouse: str, shipped: ShippedRow) -> RuleViolation | None:
	"""Why goods of this decision can't go there."""
	where = {"idx": idx, "item": shipped.item_code}
	if not warehouse:
		return RuleViolation("no_return_place", **where, decision=decision, warehouse=shipped.warehouse)
	found = frappe.get_cached_value(
		"Warehouse", warehouse, ["company", "disabled", "is_group", "swf_is_sellable"], as_dict=True
	)
	if not found or found.disabled or found.is_group:
		return RuleViolation("return_place_is_gone", **where, warehouse=warehouse)
	if found.company != shipped.company:
		return RuleViolation(
			"return_place_of_other_company", **where, warehouse=warehouse, company=found.company
		)
	if decision != RESTOCK and found.swf_is_sellable:
		return RuleViolation("return_place_sells", **where, decision=decision, warehouse=warehouse)
	return None


def _places() -> tuple[Place, ...]:
	return tuple(
		Place(
			row.company,
			row.warehouse or "",
			row.restock_warehouse or "",
			row.quarantine_warehouse or "",
			row.scrap_warehouse or "",
			row.get("item_group") or "",
		)
		for row in flow_settings().get("return_places") or ()
	)

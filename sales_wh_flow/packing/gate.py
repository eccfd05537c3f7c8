"""Unpacked goods do not leave: asked wherever a document that takes goods of orders out is submitted."""

import frappe
from frappe import _

from sales_wh_flow.base.gate_findings import write_findings
from sales_wh_flow.base.hold_rows import hold_order_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.settings import OFF, packing_gate
from sales_wh_flow.base.step_gates import stop_or_warn
from sales_wh_flow.packing import lots
from sales_wh_flow.packing.leaving import goods_of, leaving_with, may_take_boxes
from sales_wh_flow.packing.rules.leaving import Lacking


def check_packed(doc) -> None:
	"""Before a Delivery Note, or an invoice that moves stock, is submitted.

	Raises: ValidationError naming every row with goods in no closed box, and every box that holds more than
	the document says, where the company blocks them.
	"""
	mode = packing_gate(doc.company)
	if mode == OFF:
		return
	goods = goods_of(doc)
	if not may_take_boxes(doc, goods):
		return
	hold_order_rows(it.sales_order for it in goods)
	found, inside = leaving_with(goods, doc.name)
	violations = [
		RuleViolation(
			"unpacked_goods",
			idx=it.idx,
			qty=float(qty),
			uom=_unit_of(it.item_code),
			item=it.item_code,
			order=it.sales_order,
		)
		for it, qty in found.unpacked
	]
	violations += [_lacking(it) for it in found.lacking]
	apart = lots.other_lots(doc, inside)
	violations += apart
	if not violations:
		return
	title = _("Unpacked Goods") if found.unpacked else _("Note and Boxes Differ")
	stop_or_warn(mode, violations, title=title)
	rows = [(it.sales_order, it.item_code, qty) for it, qty in found.unpacked]
	rows += [
		(it.goods.sales_order, it.goods.item_code, rounded(it.goods.qty_stock - it.noted_stock))
		for it in found.lacking
	]
	order_of = {it.sales_order_item: it.sales_order for it in goods}
	rows += [(order_of[it.data["line"]], it.data["item"], 0.0) for it in apart]
	write_findings("Unpacked Goods", mode, doc, rows)


def _lacking(it: Lacking) -> RuleViolation:
	values = {"box": it.box, "item": it.goods.item_code, "boxed": float(it.goods.qty_stock)}
	values["uom"] = _unit_of(it.goods.item_code)
	if not it.idx:
		return RuleViolation("box_on_no_row", **values)
	return RuleViolation("box_holds_more", idx=it.idx, noted=float(it.noted_stock), **values)


def _unit_of(item_code: str) -> str:
	"""The unit in which boxes count; a row may be in another."""
	return frappe.get_cached_value("Item", item_code, "stock_uom") or ""

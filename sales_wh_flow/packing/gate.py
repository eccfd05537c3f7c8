"""Unpacked goods do not leave: asked wherever a document that takes goods of orders out is submitted."""

from frappe import _

from sales_wh_flow.base.gate_findings import write_findings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.row_locks import lock_orders
from sales_wh_flow.base.settings import OFF, packing_gate
from sales_wh_flow.base.step_gates import stop_or_warn
from sales_wh_flow.packing.leaving import goods_of, leaving_with


def check_packed(doc) -> None:
	"""Before a Delivery Note, or an invoice that moves stock, is submitted.

	Raises: ValidationError naming every row with goods in no closed box, where the company blocks them.
	"""
	mode = packing_gate(doc.company)
	goods = goods_of(doc) if mode != OFF else ()
	if not goods:
		return
	lock_orders(it.sales_order for it in goods)
	unpacked = leaving_with(doc).unpacked
	if not unpacked:
		return
	violations = [
		RuleViolation("unpacked_goods", idx=it.idx, qty=float(qty), item=it.item_code, order=it.sales_order)
		for it, qty in unpacked
	]
	stop_or_warn(mode, violations, title=_("Unpacked Goods"))
	rows = [(it.sales_order, it.item_code, qty) for it, qty in unpacked]
	write_findings("Unpacked Goods", mode, doc, rows)

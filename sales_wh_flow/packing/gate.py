"""Unpacked goods do not leave: asked wherever a document that takes goods of orders out is submitted."""

import frappe
from frappe import _
from frappe.utils import now_datetime

from sales_wh_flow.base import bulk
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, text_of
from sales_wh_flow.base.row_locks import lock_orders
from sales_wh_flow.base.settings import BLOCK, OFF, SHADOW, packing_gate
from sales_wh_flow.packing.leaving import goods_of, leaving_with
from sales_wh_flow.packing.rules.leaving import LeavingGoods

_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "gate", "mode", "company"),
	*("document_type", "document", "customer", "sales_order", "item_code", "qty_stock", "actor"),
	"happened_on",
)


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
	if mode == BLOCK:
		refuse(violations)
	_write_down(doc, mode, unpacked)
	if mode != SHADOW:
		frappe.msgprint(
			"<br>".join(text_of(it) for it in violations),
			title=_("Unpacked Goods"),
			indicator="orange",
		)


def _write_down(doc, mode: str, unpacked: tuple[tuple[LeavingGoods, float], ...]) -> None:
	stamp, user = now_datetime(), frappe.session.user
	bulk.insert(
		"Gate Finding",
		_FIELDS,
		[
			(
				*(name, user, stamp, stamp, user, 0, 0, "Unpacked Goods", mode, doc.company),
				*(doc.doctype, doc.name, doc.customer, it.sales_order, it.item_code, qty, user, stamp),
			)
			for name, (it, qty) in zip(bulk.new_names(len(unpacked)), unpacked, strict=True)
		],
	)

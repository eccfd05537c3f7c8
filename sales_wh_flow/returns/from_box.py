"""Goods of a box that the customer did not accept are expected back: a Return Case of the box."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.base import hold_rows, said
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns import fill_case, open_case, sayings
from sales_wh_flow.returns.rules.facts import CANCELLED, OPEN
from sales_wh_flow.returns.store import cases
from sales_wh_flow.returns.store import shipped as store


def goods_were_refused(box, rows: Iterable) -> None:
	"""Hook swf_refused_goods: the case of the box says what is expected back; none where that was taken back.

	``rows``: sales_order_item, item_code, batch_no, refused_qty (in stock UOM) and refused_serials of each.
	Told again it is the same case; one of which something is posted is left to people.
	"""
	if not is_on(RETURNS) or not box.delivery_note:
		return
	before = cases.of_box(box.name)
	if before:
		case = hold_rows.held_document("Return Case", before)
		if case.state != OPEN:
			return
		case.update({"state": CANCELLED, "cancel_reason": said.keep(sayings.told_anew, box=box.name)})
		fill_case.save_as_flow(case)
	shipped = store.read_rows(store.rows_of_notes([box.delivery_note])).values()
	found = [part for row in rows for part in open_case.parts_of_note(row, list(shipped))]
	if found:
		case = frappe.new_doc("Return Case")
		alongside(case).from_box = box.name
		for part in found:
			case.append("rows", part)
		told = {part["reason"] for part in found}
		case.reason = told.pop() if len(told) == 1 else None
		# The driver, or the courier's message, has no right to cases; the receipt is what opens it.
		case.insert(ignore_permissions=True)

"""An invoice before its moment: passed, noted, warned about or refused, as the settings say."""

from collections import defaultdict

import frappe
from frappe import _

from sales_wh_flow.base import hold_rows, settings
from sales_wh_flow.base.gate_findings import write_findings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.settings import BLOCK, OFF, SHADOW
from sales_wh_flow.base.step_gates import stop_or_warn
from sales_wh_flow.base.timeline import note
from sales_wh_flow.billing import timeline
from sales_wh_flow.billing.judge import judge_orders
from sales_wh_flow.billing.rules.may_invoice import too_early


def check_moment(doc) -> None:
	"""Before an invoice is submitted. Raises: ValidationError naming order, row, quantities and policy.

	No statement where the gate is off, for credit notes, and for invoices that ship their goods themselves.
	"""
	mode = settings.flow_settings().get("early_invoices") or OFF
	if (
		mode == OFF
		or not settings.is_used(settings.BILLING)
		or doc.get("is_return")
		or doc.get("update_stock")
	):
		return
	if half := [it for it in doc.items if bool(it.get("sales_order")) != bool(it.get("so_detail"))]:
		problems = [
			RuleViolation(
				"half_a_link", idx=it.idx, item=it.item_code, order=it.get("sales_order") or it.so_detail
			)
			for it in half
		]
		stop_or_warn(mode, problems, title=_("Before Its Moment"), alert=True)
	wanted: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
	for row in doc.items:
		if row.get("sales_order") and row.get("so_detail"):
			wanted[row.sales_order][row.so_detail] += row.qty
	is_refused = mode == BLOCK
	if is_refused:  # of two at once, the second is looked at after the first
		hold_rows.hold_order_rows(wanted)
	found = [
		(it, rows)
		for order, it in judge_orders(wanted, are_held=is_refused).items()
		if (rows := too_early(it.order, it.policy, wanted[order]))
	]
	if found:
		_say(doc, mode, found)


def _say(doc, mode: str, found: list[tuple]) -> None:
	problems = [
		RuleViolation(
			"invoiced_too_early",
			order=it.order.order,
			idx=idx,
			wanted=wanted,
			allowed=allowed,
			policy=it.policy.name,
			moment=_(it.policy.moment),
		)
		for it, rows in found
		for idx, wanted, allowed in rows
	]
	stop_or_warn(mode, problems, title=_("Before Its Moment"), alert=True)
	beyond = [(it.order.order, None, row[1] - row[2]) for it, rows in found for row in rows]
	write_findings("Early Invoice", mode, doc, beyond)
	for it, rows in found:
		values = {"policy": it.policy.name, "rows": [list(row) for row in rows], "would": mode == SHADOW}
		order = frappe.get_doc("Sales Order", it.order.order)
		note(order, timeline.invoiced_early, invoice=doc.name, **values)

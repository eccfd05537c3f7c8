"""How an approval keeps the plan it was asked by: a row for everybody who may be asked."""

import frappe
from frappe.utils import flt

from sales_wh_flow.approval.rules.levels import Approver, Plan
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.base.alongside import alongside


def plan_of(request) -> Plan:
	"""The plan of an open approval as it is kept in its rows."""
	rows = tuple(
		Approver(
			row.level,
			row.kind,
			row.role or "",
			row.user or "",
			row.relation or "",
			flt(row.up_to_amount),
			row.on_behalf_of or "",
		)
		for row in request.deciders
	)
	return Plan(rows, _levels(request))


def _levels(request) -> tuple:
	"""The levels of the approval's rule, read once for each loaded approval."""
	beside = alongside(request)
	if beside.levels is None:
		beside.levels = asked_people.plans([request.rule])[request.rule].levels
	return beside.levels


def add_row(request, row: Approver, is_current: int = 0) -> None:
	"""Write an approver into an approval's rows; not saved. ``is_current``: 1 for who is asked now."""
	request.append(
		"deciders",
		{
			"level": row.level,
			"kind": row.kind,
			"role": row.role or None,
			"user": row.user or None,
			"relation": row.relation,
			"up_to_amount": row.up_to_base,
			"currency": frappe.get_cached_value("Company", request.company, "default_currency"),
			"on_behalf_of": row.on_behalf_of or None,
			"is_current": is_current,
		},
	)

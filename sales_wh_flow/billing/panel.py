"""The money of an order as its form shows it, to each reader what that reader may see."""

from collections.abc import Mapping

import frappe

from sales_wh_flow.base import settings
from sales_wh_flow.billing import sayings
from sales_wh_flow.billing.answers import BillingUnused, Debts, MoneyPanel, MoneyShown
from sales_wh_flow.billing.judge import judge_orders
from sales_wh_flow.billing.rules.may_invoice import MayInvoice
from sales_wh_flow.billing.store import due, papers
from sales_wh_flow.billing.store.money import kept_money


def money_panel(order) -> MoneyPanel | BillingUnused:
	"""What an order's form shows of its money; only that it is not used while Billing is off."""
	if not settings.is_used(settings.BILLING):
		return {"is_used": False}
	it = judge_orders([order.name], with_drafts=True)[order.name]
	drafts = due.draft_invoices_of([order.name]).get(order.name, [])
	return {
		**_debts(order, drafts),
		"is_used": True,
		"currency": frappe.get_cached_value("Company", order.company, "default_currency"),
		"may": {
			"code": it.answer.code,
			"text": why_in_words(it.answer),
			"rows": len(it.answer.qty),
			"policy": it.policy.name if it.policy else "",
			"moment": it.policy.moment if it.policy else "",
		},
		"may_draft": bool(it.answer.qty) and bool(frappe.has_permission("Sales Invoice", "create")),
		"may_promise": order.docstatus == 1 and bool(frappe.has_permission("Payment Promise", "create")),
		"promises": papers.promises_of([order.name])
		if frappe.has_permission("Payment Promise", "read")
		else [],
	}


def why_in_words(answer: MayInvoice) -> str:
	"""Why an order may be invoiced, or why not, for the session's user."""
	words = getattr(sayings, answer.code)
	return words(**answer.values)


def _debts(order, drafts: list[str]) -> Debts:
	"""What is for those alone who may read the customer's invoices."""
	kept = kept_money(order.name) or {}
	sees_debts = bool(frappe.has_permission("Sales Invoice", "read")) and bool(
		frappe.has_permission("Customer", "read", doc=order.customer)
	)
	figures = _figures(kept, sees_debts)
	if not sees_debts:
		return {"sees_debts": False, "figures": figures, "drafts": [], "invoices": [], "dunnings": []}
	invoices = papers.invoices_shown(order.name)
	return {
		"sees_debts": True,
		"figures": figures,
		"drafts": drafts,
		"invoices": invoices,
		"dunnings": papers.dunnings_of(it["name"] for it in invoices) if invoices else [],
	}


def _figures(kept: Mapping, sees_debts: bool) -> MoneyShown:
	figures: MoneyShown = {
		"may_be_invoiced": kept.get("may_be_invoiced"),
		"ordered": kept.get("ordered"),
		"invoiced": kept.get("invoiced"),
	}
	if not sees_debts:
		return figures
	return {
		**figures,
		"state": kept.get("state"),
		"paid": kept.get("paid"),
		"overdue": kept.get("overdue"),
		"due_on": kept.get("due_on"),
		"promised_until": kept.get("promised_until"),
		"paid_on": kept.get("paid_on"),
		"days_to_cash": kept.get("days_to_cash"),
	}

"""The money of an order as its form shows it, to each reader what that reader may see."""

from collections.abc import Mapping

import frappe
from frappe.utils import get_fullname

from sales_wh_flow.base import said, settings
from sales_wh_flow.base.may import may_read_field
from sales_wh_flow.billing import account, lower, sayings
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
	kept = kept_money(order.name) or {}
	may_draft, not_drafted = bool(it.answer.qty), None
	if may_draft:
		no_account = account.why_no_account([order.name])
		may_draft, not_drafted = not no_account, no_account or _still(kept.get("not_drafted"))
	told = [why_in_words(it.answer), said.worded(not_drafted), *_whose_hand(it.answer, drafts)]
	return {
		**_debts(order, drafts, kept),
		"is_used": True,
		"currency": frappe.get_cached_value("Company", order.company, "default_currency"),
		"may": {
			"code": it.answer.code,
			"text": " ".join(filter(None, told)),
			"rows": len(it.answer.qty),
			"policy": it.policy.name if it.policy else "",
			"moment": it.policy.moment if it.policy else "",
		},
		"may_draft": may_draft and bool(frappe.has_permission("Sales Invoice", "create")),
		"may_promise": order.docstatus == 1 and bool(frappe.has_permission("Payment Promise", "create")),
		"promises": papers.promises_of([order.name])
		if frappe.has_permission("Payment Promise", "read")
		else [],
	}


def why_in_words(answer: MayInvoice) -> str:
	"""Why an order may be invoiced, or why not, and what of it is too much, for the session's user."""
	told = [getattr(sayings, answer.code)(**answer.values)]
	if answer.too_high and answer.code != "draft_is_too_high":
		told.append(sayings.draft_is_too_high([list(row) for row in answer.too_high.values()]))
	if answer.to_credit and answer.code != "credit_is_due":
		told.append(sayings.credit_is_due([list(row) for row in answer.to_credit]))
	return " ".join(told)


def _whose_hand(answer: MayInvoice, drafts: list[str]) -> list[str]:
	"""Who lowers drafts of more than may be invoiced: the flow those that nobody has changed."""
	if not answer.too_high:
		return []
	own = lower.drafts_of_the_flow(drafts)
	told = [sayings.draft_will_be_lowered(own)] if own else []
	for draft, user in papers.last_saved_by(name for name in drafts if name not in own).items():
		told.append(sayings.draft_was_changed(draft, get_fullname(user)))
	return told


def _still(not_drafted: str | None) -> str | None:
	"""What kept the job from drafting, unless that is known to be mended."""
	is_mended = said.code_of(not_drafted).endswith(".account_in_other_currency")
	return None if is_mended else not_drafted


def _debts(order, drafts: list[str], kept: Mapping) -> Debts:
	"""What is for those alone who may read the customer's invoices. ``kept``: of the order's money."""
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
	seen = kept if may_read_field("Sales Order", "base_grand_total") else {}
	figures: MoneyShown = {
		"may_be_invoiced": seen.get("may_be_invoiced"),
		"ordered": seen.get("ordered"),
		"invoiced": seen.get("invoiced"),
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

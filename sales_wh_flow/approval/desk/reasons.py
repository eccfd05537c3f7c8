"""Why, or why not: what every active rule says of an order, in words."""

import frappe

from sales_wh_flow.approval import figure_rights, owed
from sales_wh_flow.approval.answers import RuleReason
from sales_wh_flow.approval.desk.answers import ExplainedRule
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.rules.needs import Verdict
from sales_wh_flow.approval.store import asked_people, requests
from sales_wh_flow.approval.store import rules as approval_rules
from sales_wh_flow.approval.words import rules as words

HIT, NOT_HIT, OUT_OF_SCOPE, ERROR = "Hit", "Not Hit", "Out of Scope", "Error"
NOT_ASKED = "Not Asked"


def explain_rules(doc) -> list[ExplainedRule]:
	"""Why, or why not, each enabled rule asks about an order, by the rule's name. A constant number of
	statements.
	"""
	known = approval_rules.enabled_rules()
	order = owed.facts_for(doc, known)
	currency = order.company_currency
	states = {approval.rule: approval.state for approval in requests.approvals_of_order(doc.name)}
	plans = asked_people.plans(rule.name for rule in known)
	kept = figure_rights.kept_criteria(doc, (rule.criterion for rule in known))
	rows: list[ExplainedRule] = []
	for rule in sorted(known, key=lambda rule: rule.name):
		found = rules.explain(order, rule)
		verdict = verdict_of(found)
		asks = verdict in (HIT, ERROR) and not rule.is_shadow
		rows.append(
			{
				"rule": rule.name,
				"criterion": rule.criterion,
				"explanation": words.rule_in_words(rule, plans[rule.name], _currency_of(rule) or currency),
				"verdict": verdict,
				"is_shadow": rule.is_shadow,
				**reason_in_words(rule, found, currency, kept),
				"state": states.get(rule.name, NOT_ASKED if asks else ""),
			}
		)
	return rows


def _currency_of(rule) -> str:
	return frappe.get_cached_value("Company", rule.company, "default_currency") if rule.company else ""


def reason_in_words(rule, found: Verdict, currency: str, kept: frozenset[str]) -> RuleReason:
	"""What was measured, what is allowed, and why or why not; without figures of the criteria in ``kept``."""
	why = words.verdict(rule, found, currency)
	if rule.criterion in kept and not found.outside:
		return {"measured": "", "allowed": "", "reason": figure_rights.without_figures(rule.criterion)}
	measured, allowed = (words.shown(it, found.unit, currency) for it in (found.measured, found.allowed))
	return {"measured": measured, "allowed": allowed, "reason": why}


def verdict_of(found: Verdict) -> str:
	"""What a rule says, in one word of the four."""
	if found.need:
		return ERROR if found.need.error else HIT
	return OUT_OF_SCOPE if found.outside else NOT_HIT

"""The Order Approval Rules as facts: one statement for all of them."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.utils import cint, flt

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, RuleScope
from sales_wh_flow.approval.rules.measure import COUNT_PENDING, LAST_PURCHASE, OF_LINES, OF_THE_ORDER
from sales_wh_flow.approval.rules.measure_returns import RETURN_OUTSIDE_POLICY
from sales_wh_flow.approval.rules.needs import OPEN, REJECTED
from sales_wh_flow.approval.store.links import ABOUT, IS_ABOUT, KIND

_SCOPE_LINKS = {
	"customer": "Customer",
	"customer_group": "Customer Group",
	"territory": "Territory",
	"sales_partner": "Sales Partner",
	"item_group": "Item Group",
	"brand": "Brand",
	"warehouse": "Warehouse",
}
"""Scope fields of a rule that name a record; a record may have been deleted by force. Without its
company a rule speaks of no order.
"""

_GONE = " ".join(
	f"when rule.{field} <> '' and not exists (select 1 from `tab{doctype}` known"
	f" where known.name = rule.{field}) then '{field}'"
	for field, doctype in _SCOPE_LINKS.items()
)

_SWITCHES = ", ".join(f"rule.{name}" for name in (*OF_LINES, *OF_THE_ORDER))

_RULES = f"""
select rule.name, rule.criterion, rule.threshold, rule.company, rule.customer_group, rule.allow_own_order,
	rule.measure, rule.comparison, rule.threshold_currency, rule.customer, rule.territory, rule.order_type,
	rule.sales_partner, rule.valid_from, rule.valid_to, rule.item_group, rule.brand, rule.warehouse,
	rule.count_pending, rule.cost_basis, {_SWITCHES}, rule.tolerance, rule.is_shadow,
	rule.version, rule.condition, case {_GONE} else '' end gone, other.currency, other.amount, (
		select coalesce(nullif(asked.role, ''), nullif(asked.user, ''), asked.relation)
		from `tabOrder Approval Rule Approver` asked where asked.parent = rule.name
		order by asked.level, asked.idx limit 1) asked
from `tabOrder Approval Rule` rule
left join `tabOrder Approval Amount` other on other.parent = rule.name
	and other.parenttype = 'Order Approval Rule'
where {{condition}} order by rule.name, other.idx"""


def enabled_rules() -> tuple[ApprovalRuleFacts, ...]:
	"""The rules that are asked about orders, by name."""
	return _rules(_enabled("<>"))


def enabled_rules_of_returns() -> tuple[ApprovalRuleFacts, ...]:
	"""The rules that are asked about goods that come back after their return window, by name."""
	return _rules(_enabled("="))


def _enabled(which: str) -> list[Any]:
	condition = f"rule.enabled = 1 and rule.criterion {which} %s"
	return frappe.db.sql(_RULES.format(condition=condition), RETURN_OUTSIDE_POLICY, as_dict=True)


def saved_rule(name: str) -> ApprovalRuleFacts | None:
	"""A rule as saved, enabled or not."""
	found = _rules(frappe.db.sql(_RULES.format(condition="rule.name = %s"), name, as_dict=True))
	return found[0] if found else None


def version_of(name: str) -> int:
	"""The version of a rule that counts today; 0 when it is switched off or gone."""
	rows = frappe.db.sql(
		"""select version from `tabOrder Approval Rule`
		where name = %s and enabled = 1 and (valid_to is null or valid_to >= %s)""",
		(name, frappe.utils.nowdate()),
	)
	return cint(rows[0][0]) if rows else 0


def waiting_behind(on: str, rule: str | None = None) -> list[tuple[str, str]]:
	"""(DocType, name) of the orders and Quotations of which something waits by a rule that changed since, is
	switched off, or was over by then; with a ``rule``, of which anything waits by it.
	"""
	rows = frappe.db.sql(
		f"""select distinct {KIND.format("approval")} kind, {ABOUT.format("approval")} about
		from `tabOrder Approval` approval
		join `tabOrder Approval Rule` rule on rule.name = approval.rule
		where approval.state in %(waiting)s and {IS_ABOUT.format("approval")} and (
			rule.name = %(rule)s or (%(rule)s is null and (
			rule.enabled = 0 or rule.valid_to < %(on)s
			or (approval.state = %(open)s and rule.version <> approval.rule_version))))
		order by kind, about""",
		{"waiting": (OPEN, REJECTED), "open": OPEN, "on": on, "rule": rule},
	)
	return [(kind, name) for kind, name in rows]


def is_asked_by(approval: str, version: int) -> None:
	"""The approval now waits by this version of its rule."""
	frappe.db.sql("update `tabOrder Approval` set rule_version = %s where name = %s", (version, approval))


def _rules(rows: Iterable[Any]) -> tuple[ApprovalRuleFacts, ...]:
	first: dict[str, Any] = {}
	amounts: dict[str, list[tuple[str, float]]] = {}
	for row in rows:
		first.setdefault(row.name, row)
		if row.currency:
			amounts.setdefault(row.name, []).append((row.currency, flt(row.amount)))
	return tuple(rule_facts(row, amounts.get(row.name, ())) for row in first.values())


def rule_facts(row: Any, amounts: Iterable[tuple[str, float]], asked: str = "") -> ApprovalRuleFacts:
	"""``row``: a row of the table, or the document in hand, as a form has it before it is saved."""
	return ApprovalRuleFacts(
		name=row.name or row.get("title") or "",
		criterion=row.criterion,
		threshold=flt(row.threshold),
		approver_role=row.get("asked") or asked,
		company=row.company or "",
		customer_group=row.customer_group or "",
		allows_own_order=bool(cint(row.allow_own_order)),
		measure=row.measure or "",
		comparison=row.comparison or "",
		currency=row.threshold_currency or "",
		amounts=tuple(amounts),
		scope=RuleScope(
			customer=row.customer or "",
			territory=row.territory or "",
			order_type=row.order_type or "",
			sales_partner=row.sales_partner or "",
			valid_from=frappe.utils.getdate(row.valid_from) if row.valid_from else None,
			valid_to=frappe.utils.getdate(row.valid_to) if row.valid_to else None,
			item_group=row.item_group or "",
			brand=row.brand or "",
			warehouse=row.warehouse or "",
		),
		options=_options(row),
		tolerance=flt(row.tolerance),
		is_shadow=bool(cint(row.is_shadow)),
		version=cint(row.version) or 1,
		condition=row.condition or "",
		gone=row.get("gone") or "",
	)


def _options(row: Any) -> tuple[str, ...]:
	given = {
		COUNT_PENDING: cint(row.count_pending),
		LAST_PURCHASE: row.cost_basis == "Last Purchase Rate",
		**{name: cint(row.get(name)) for name in (*OF_LINES, *OF_THE_ORDER)},
	}
	return tuple(name for name, is_on in given.items() if is_on)

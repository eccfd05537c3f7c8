"""What a set-up would have done to the company's own last orders. Reads only."""

from collections.abc import Callable, Iterable
from typing import Any

import frappe
from frappe import _

from sales_wh_flow.approval import owed
from sales_wh_flow.approval.desk import reasons
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import rules as approval_rules
from sales_wh_flow.first_steps import distances, past, records
from sales_wh_flow.first_steps.answers import CheckRow, Trial, TriedOrder
from sales_wh_flow.first_steps.rules import lock_trial, templates
from sales_wh_flow.first_steps.store import past_orders
from sales_wh_flow.order.store import sending as sending_warehouses
from sales_wh_flow.routing import supposed
from sales_wh_flow.stock_lock.store import free_stock


def of_template(template: templates.Template, company: str, figure: float | None) -> Trial:
	"""Which of the last orders it would have touched, and how; nothing is written."""
	names = past.last_orders(company)
	lacks = _unknown_distances(company, names) if template.key == templates.NEAREST else []
	found = _TRIALS[template.key](template, company, figure, names)
	heads = _heads(order for order, _words in found)
	return {
		"looked_at": len(names),
		"hit": len(found),
		"rows": [_tried(heads[order], words) for order, words in found],
		"note": _notes()[template.key],
		"lacks": lacks,
	}


def _heads(names: Iterable[str]) -> dict[str, Any]:
	fields = ["name", "customer_name", "transaction_date", "grand_total", "currency"]
	filters = {"name": ("in", [*names, ""])}
	rows = frappe.get_list("Sales Order", filters, fields, limit_page_length=past.MOST)
	return {row.name: row for row in rows}


def _tried(row: Any, words: str) -> TriedOrder:
	return {
		"sales_order": row.name,
		"customer_name": row.customer_name or "",
		"on": str(row.transaction_date),
		"value": row.grand_total,
		"currency": row.currency,
		"words": words,
	}


def _asked(template, company: str, figure: float | None, names: list[str]) -> list[tuple[str, str]]:
	(document,) = records.drafted(template, company, figure)
	rule = approval_rules.rule_facts(document, (), records.APPROVER)
	found = []
	for name in names:
		order = owed.facts_for(frappe.get_doc("Sales Order", name), [rule])
		verdict = rules.explain(order, rule)
		if reasons.verdict_of(verdict) in (reasons.HIT, reasons.ERROR):
			told = reasons.reason_in_words(rule, verdict, order.company_currency, frozenset())
			found.append((name, told["reason"]))
	return found


def _routed(template, company: str, _figure, names: list[str]) -> list[tuple[str, str]]:
	own = [one["name"] for one in records.made_by(template, company)]
	new = supposed.nearest_of(company, records.selling_warehouses(company))
	there, both = supposed.with_those_there(company, new, own)
	found = []
	for name in names:
		order = frappe.get_doc("Sales Order", name)
		before = {row.warehouse for row in order.items if row.warehouse}
		if there.policies:
			before = supposed.warehouses_by(frappe.get_doc("Sales Order", name), there) or before
		after = supposed.warehouses_by(order, both)
		if after and after != before:
			words = _("{0} instead of {1}").format(
				", ".join(sorted(after)), ", ".join(sorted(before)) or _("none")
			)
			found.append((name, words))
	return found


def _unknown_distances(company: str, names: list[str]) -> list[CheckRow]:
	sending = sending_warehouses.that_send(records.selling_warehouses(company))
	ship_tos = past_orders.ship_tos(names)
	blind, lost = distances.unknown_for(sending, ship_tos)
	return distances.said_of_trial(sending, blind, ship_tos, lost)


def _locked(_template, _company: str, _figure, names: list[str]) -> list[tuple[str, str]]:
	lines = past_orders.undelivered_lines(names)
	free = free_stock.free_of_bins(line.bin_key for line in lines)
	return [(held.order, _held_in_words(held)) for held in lock_trial.hold_in_turn(lines, free)]


def _held_in_words(held: lock_trial.LockedInTurn) -> str:
	words = _("{0} of {1} lines locked").format(held.full, held.lines)
	if held.lines == 1:
		words = _("locked in full") if held.full else _("waits for stock")
	if held.behind:
		behind = _("behind {0}").format(", ".join(held.behind[:3]))
		return ", ".join((words, behind))
	return words


def _sent(_template, _company: str, _figure, names: list[str]) -> list[tuple[str, str]]:
	sent = past_orders.shipments(names)
	return [(name, _("left without a courier")) for name in names if name in sent and not sent[name][1]]


_TRIALS: dict[str, Callable] = {
	templates.CREDIT: _asked,
	templates.DISCOUNT: _asked,
	templates.NEAREST: _routed,
	templates.LOCK: _locked,
	templates.COURIERS: _sent,
}


def _notes() -> dict[str, str]:
	"""How each trial was measured, so that nobody takes it for history."""
	return {
		templates.CREDIT: _("Measured by what customers owe today."),
		templates.DISCOUNT: _("Measured by the prices on the orders and today's price lists."),
		templates.NEAREST: _(
			"Planned with today's stock and the places of your warehouses, beside the rules you have."
		),
		templates.LOCK: _("Only what is still to be delivered, the oldest order first, with today's stock."),
		templates.COURIERS: _("Counted on the orders' Delivery Notes."),
	}

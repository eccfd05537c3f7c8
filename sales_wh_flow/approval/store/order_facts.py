"""A Sales Order as approval rules see it: read from the document in hand; the rest only where a rule asks.

Every function that reads the database says so; none needs a statement per line.
"""

import hashlib
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt, getdate

from sales_wh_flow.approval.rules import criteria
from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts
from sales_wh_flow.approval.store import customer_facts, exchange_rates, given_away, masters, price_facts
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts

TERMS = ("shipping_address_name", "customer_address", "payment_terms_template", "tc_name", "incoterm")
"""Header fields an approver decides on, besides customer, currency and the lines."""

NOTES = ("terms", "swf_special_instructions")
"""Texts that somebody may have written by hand."""


def facts_of_document(doc: Document) -> OrderFacts:
	"""The order and its lines, without a statement."""
	dates = [row.delivery_date for row in doc.items if row.delivery_date] or [doc.delivery_date]
	taxes = masters.inside_of(doc)
	return OrderFacts(
		name=doc.name or "",
		company=doc.company,
		customer=doc.customer,
		author=doc.owner or frappe.session.user,
		currency=doc.currency,
		total_base=_total_base(doc),
		terms=tuple((field, doc.get(field) or "") for field in TERMS),
		lines=tuple(_line(doc, row, taxes) for row in doc.items),
		company_currency=frappe.get_cached_value("Company", doc.company, "default_currency"),
		order_type=doc.order_type or "",
		sales_partner=doc.sales_partner or "",
		notes=_notes(doc),
		asked_on=getdate(),
		due=min((getdate(date) for date in dates if date), default=None),
	)


def with_trees(order: OrderFacts, doc: Document, rules: Iterable[ApprovalRuleFacts]) -> OrderFacts:
	"""The order with the groups, territories, item groups and warehouses that these rules ask for.

	One statement when they ask for any, else none.
	"""
	wanted = _nodes(doc, tuple(rules))
	parents = _parents(wanted) if wanted else {}
	order = replace(
		order,
		customer_groups=parents.get(("Customer Group", ""), ()),
		territories=parents.get(("Territory", ""), ()),
	)
	if not {"Item Group", "Warehouse", "Brand"} & wanted.keys():
		return order
	rows = {row.name or str(row.idx): row for row in doc.items}
	return _with_pricing(
		order,
		{
			name: {
				"item_groups": parents.get(("Item Group", row.item_group), ()),
				"brand": row.brand or "",
				"warehouses": parents.get(("Warehouse", row.warehouse), ()),
			}
			for name, row in rows.items()
		},
	)


def with_facts(order: OrderFacts, doc: Document, needed: Set[str]) -> OrderFacts:
	"""The order with what rules need to know; see ``approval.rules.criteria.facts_to_read``. Credit and
	special terms are left out.

	Amounts are those of the masters from here on: list prices net, and at the exchange rates of the house
	where those on the order are too far from them.
	"""
	rates = exchange_rates.rates(doc)
	wrong_rates = rates.wrong
	taxes = masters.inside_of(doc)
	known = masters.masters_of(doc, wrong_rates, rates.of) if needed & _NEEDS_PRICES else masters.Masters()
	listed = known.prices
	typed = rates.unknown.get(doc.currency)
	order = replace(
		order,
		unknown_rate=(doc.currency, typed) if typed else None,
		unknown_price_rate=exchange_rates.priced_at(doc, listed, rates),
	)
	if criteria.TYPED in needed:
		order = replace(order, typed=masters.differences_from_masters(doc, wrong_rates, known))
	if criteria.CUSTOMER in needed:
		order = replace(order, history=customer_facts.read_customer(order, getdate()))
	pricing: dict[str, dict[str, Any]] = {row.name or str(row.idx): {} for row in doc.items}
	if listed:
		for name, price in listed.items():
			pricing[name].update(listed_base=price.measure, agreed_base=price.agreed, worth_base=price.worth)
	if criteria.PRICING_RULES in needed:
		rate = wrong_rates.get(doc.currency, (0.0, flt(doc.conversion_rate) or 1.0))[1]
		for row, found in price_facts.explained_by_pricing_rules(doc, listed, taxes, rate).items():
			pricing[row].update(found)
	if needed & _NEEDS_GIVEN:
		order = replace(order, given=given_away.given_away_on(doc, order))
	if needed & {criteria.COSTS, criteria.STOCK}:
		for row, found in price_facts.costs_and_stock(doc).items():
			pricing[row].update(found)
	return _as_the_masters_say(_with_pricing(order, pricing), doc, taxes, wrong_rates)


_NEEDS_PRICES = {criteria.PRICE_LIST, criteria.TYPED}
_NEEDS_GIVEN = {criteria.PRICE_LIST, criteria.COSTS}


def _as_the_masters_say(order: OrderFacts, doc: Document, taxes: Any, wrong_rates: Any) -> OrderFacts:
	"""List prices net of tax, and every amount at the rate of the house."""
	typed = flt(doc.conversion_rate) or 1.0
	known = wrong_rates[doc.currency][1] if doc.currency in wrong_rates else typed
	if not taxes and typed == known:
		return order
	rows = {masters.name_of(row): row for row in doc.items}
	lines = tuple(_worth(line, rows[line.row], doc, taxes, known / typed) for line in order.lines)
	return replace(order, lines=lines, total_base=order.total_base * known / typed)


def _worth(line: LineFacts, row: Any, doc: Document, taxes: Any, factor: float) -> LineFacts:
	rate = flt(doc.conversion_rate) or 1.0

	def net(amount_base: masters.Amount, rate: float) -> masters.Amount:
		return amount_base if amount_base is None else masters.net(amount_base / rate, row, taxes) * rate

	pricing = line.pricing
	if pricing is not None:
		at = rate * factor
		pricing = replace(
			pricing,
			listed_base=net(pricing.listed_base, at),
			agreed_base=net(pricing.agreed_base, at),
			worth_base=net(pricing.worth_base, at),
		)
	return replace(
		line,
		amount_base=line.amount_base * factor,
		list_amount_base=net(line.list_amount_base, rate) * factor,
		pricing=pricing,
	)


def _with_pricing(order: OrderFacts, pricing: Mapping[str, Mapping[str, Any]]) -> OrderFacts:
	lines = (
		replace(line, pricing=replace(line.pricing or PriceFacts(), **pricing[line.row]))
		if pricing.get(line.row)
		else line
		for line in order.lines
	)
	return replace(order, lines=tuple(lines))


def _line(doc: Document, row: Any, taxes: Any) -> LineFacts:
	factor = flt(row.conversion_factor) or 1.0
	rate = flt(doc.conversion_rate) or 1.0
	discount_base = flt(row.get("distributed_discount_amount")) * rate
	amount_base = masters.net(flt(row.base_amount) / rate, row, taxes) * rate
	return LineFacts(
		row=row.name or str(row.idx),
		idx=cint(row.idx),
		item_code=row.item_code,
		qty_stock=flt(row.stock_qty) or flt(row.qty) * factor,
		warehouse=row.warehouse,
		rate_base=flt(row.base_rate) / factor,
		amount_base=amount_base - discount_base,
		list_amount_base=flt(row.base_price_list_rate) * flt(row.qty),
	)


def _total_base(doc: Document) -> float:
	"""The grand total in the company's currency, however the lines are split.

	Without taxes ERPNext's own base_grand_total is a sum of rounded rows: it moves by a cent when an order
	in a foreign currency is split, and an approved order would have to be approved again.
	"""
	return flt(flt(doc.grand_total) * flt(doc.conversion_rate or 1), doc.precision("base_grand_total"))


def _notes(doc: Document) -> tuple[tuple[str, str], ...]:
	"""What is written on the order, as short digests, and when it is to be paid."""
	texts = [(field, _digest(text)) for field in NOTES if (text := (doc.get(field) or "").strip())]
	rows = [
		f"{row.payment_term or ''} {flt(row.invoice_portion, 2):g} % {getdate(row.due_date)}{_early(row)}"
		for row in doc.get("payment_schedule") or ()
	]
	return (*texts, ("payment_schedule", "; ".join(rows))) if rows else tuple(texts)


def _early(row: Any) -> str:
	"""What paying a row of the payment schedule early is worth."""
	if not flt(row.discount):
		return ""
	return f" - {flt(row.discount):g} {row.discount_type or ''} {row.discount_date or ''}"


def _digest(text: str) -> str:
	return hashlib.sha256(text.encode()).hexdigest()[:12]


def _nodes(doc: Document, rules: tuple[ApprovalRuleFacts, ...]) -> dict[str, tuple[str, ...]]:
	"""{tree: the nodes of the order} for the trees that rules ask for."""
	asked = {
		"Customer Group": (doc.customer,) if any(rule.customer_group for rule in rules) else (),
		"Territory": (doc.customer,) if any(rule.scope.territory for rule in rules) else (),
		"Item Group": _distinct(doc, "item_group") if any(rule.scope.item_group for rule in rules) else (),
		"Warehouse": _distinct(doc, "warehouse") if any(rule.scope.warehouse for rule in rules) else (),
		"Brand": ("",) if any(rule.scope.brand for rule in rules) else (),
	}
	return {
		tree: names for tree, given in asked.items() if (names := tuple(it for it in given if it is not None))
	}


def _distinct(doc: Document, field: str) -> tuple[str, ...]:
	return tuple({row.get(field) for row in doc.items if row.get(field)})


# Group and territory are read from the customer: the order's own copies may be written by hand.
_OF_CUSTOMER = """select '{tree}', '', parent.name, parent.lft from `tabCustomer` customer
	join `tab{tree}` own on own.name = customer.{field}
	join `tab{tree}` parent on parent.lft <= own.lft and parent.rgt >= own.rgt
	where customer.name in %({tree})s"""
_CUSTOMER_TREES = {"Customer Group": "customer_group", "Territory": "territory"}


def _parents(wanted: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, str], tuple[str, ...]]:
	"""{(tree, node): the node and its parents up to the root}."""
	parts = [
		_OF_CUSTOMER.format(tree=tree, field=_CUSTOMER_TREES[tree])
		if tree in _CUSTOMER_TREES
		else f"""select '{tree}', own.name, parent.name, parent.lft from `tab{tree}` own
			join `tab{tree}` parent on parent.lft <= own.lft and parent.rgt >= own.rgt
			where own.name in %({tree})s"""
		for tree in wanted
		if tree != "Brand"
	]
	found: dict[tuple[str, str], list[tuple[int, str]]] = {}
	if parts:
		for tree, node, parent, lft in frappe.db.sql(" union all ".join(parts), wanted):
			found.setdefault((tree, node), []).append((lft, parent))
	return {key: tuple(name for _lft, name in sorted(nodes, reverse=True)) for key, nodes in found.items()}

"""Another item for what a line misses, with the customer's consent on record."""

from dataclasses import dataclass

import frappe
from frappe.utils import flt, get_fullname, now_datetime

from sales_wh_flow.base import control_fields, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.said import Kept
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import hold, refresh_status
from sales_wh_flow.order_changes import change_lines
from sales_wh_flow.order_changes.change_lines import NewLine
from sales_wh_flow.shortage import look, sayings, timeline
from sales_wh_flow.shortage.answers import ShownStandIn
from sales_wh_flow.shortage.rules import ways_out as rules
from sales_wh_flow.shortage.rules.ways_out import ShortLine
from sales_wh_flow.shortage.store import actions, item_alternatives
from sales_wh_flow.shortage.store.actions import Deed


@dataclass(frozen=True, slots=True)
class Consent:
	"""Who at the customer agreed, how, and when (text of a date and time; empty = now)."""

	by: str
	how: str
	on: str = ""


def take_substitute(order: str, row: str, item: str, price_rule: str, consent: Consent) -> str:
	"""Replace what a row misses by another item. Returns the name of the row that has the substitute.

	A submitted order is changed as Update Items changes it; a draft is saved. What is served of the row
	stays. Call it in a fresh transaction. Raises: ValidationError for an item that is no usable substitute, a
	missing consent, or a price rule that finds no price.
	"""
	doc = hold.hold_order(order)
	found = look.lines_to_settle(doc, [row])
	if found[0].bundle:
		refuse(
			RuleViolation(
				"substitute_of_component",
				idx=found[0].idx,
				item=found[0].item_code,
				bundle=found[0].bundle.item_code,
			)
		)
	(line,) = found
	offered = _offered(doc, found, line, item)
	if not (consent.by or "").strip() or not (consent.how or "").strip():
		refuse(RuleViolation("consent_missing", idx=line.idx, substitute=item))
	agreed_on = consent.on or str(now_datetime())
	agreed = said.keep(
		sayings.agreed,
		by=said.typed(consent.by),
		how=said.typed(consent.how),
		on=agreed_on,
		recorded_by=get_fullname(frappe.session.user),
	)
	old = next(one for one in doc.items if one.name == row)
	new = _new_line(doc, old, line, offered, price_rule, agreed)
	left = change_lines.left_of(old, line.missing_stock)
	name = _in_draft(doc, old, left, new) if doc.docstatus.is_draft() else _in_order(doc, old, left, new)
	actions.record(
		[
			Deed(
				sales_order=order,
				sales_order_item=row,
				item_code=line.item_code,
				warehouse=line.warehouse,
				action=rules.SUBSTITUTE,
				qty_stock=line.missing_stock,
				new_item=item,
				price_rule=price_rule,
				consent_by=consent.by.strip(),
				consent_how=consent.how.strip(),
				consent_on=agreed_on,
			)
		]
	)
	note(
		doc,
		timeline.substituted,
		idx=line.idx,
		item_code=line.item_code,
		qty=line.missing_stock,
		new_item=item,
		price_rule=price_rule,
		consent=agreed,
	)
	refresh_status.refresh_order(order)
	return name


def _offered(doc, found: tuple[ShortLine, ...], line: ShortLine, item: str) -> ShownStandIn:
	one = next((it for it in look.substitutes_of(doc, found)[line.row] if it["item_code"] == item), None)
	data = {"idx": line.idx, "item": line.item_code, "substitute": item}
	if one is None:
		refuse(RuleViolation("not_a_substitute", **data))
	if one["why_not"] == "disabled":
		refuse(RuleViolation("substitute_unusable", **data))
	if one["why_not"] == "uom":
		uom = next(row.stock_uom for row in doc.items if row.name == line.row)
		refuse(RuleViolation("substitute_uom", **data, uom=uom))
	return one


def _new_line(doc, old, line: ShortLine, offered: ShownStandIn, price_rule: str, agreed: Kept) -> NewLine:
	"""The substitute in the old row's unit where it has that one, else in the unit it is kept in."""
	try:
		rate_old_unit = rules.price(price_rule, offered["old_rate"], offered["list_rate"])
	except RuleViolation as violation:
		refuse(violation)
	known = item_alternatives.stand_ins([offered["item_code"]], str(doc.transaction_date))[
		offered["item_code"]
	]
	uom = old.uom if old.uom in known.factors else known.stock_uom
	factor = known.factors[uom]
	per_old_unit = offered["factor"]
	in_uom = factor / per_old_unit
	return NewLine(
		item_code=offered["item_code"],
		qty=flt(rounded(line.missing_stock * per_old_unit / factor), old.precision("qty")),
		rate=flt(rate_old_unit * in_uom, old.precision("rate")),
		uom=uom,
		factor=factor,
		warehouse=line.warehouse,
		delivery_date=old.delivery_date or doc.delivery_date,
		values={
			"swf_substitute_for": line.item_code,
			"swf_consent": agreed,
			**_list_price(doc, offered["list_rate"] * in_uom, rate_old_unit * in_uom),
		},
	)


def _list_price(doc, listed: float, rate: float) -> dict:
	"""The list price with the discount or margin that leads to the rate, as ERPNext keeps them."""
	if not listed:
		return {}
	is_above = rate > listed
	return {
		"price_list_rate": listed,
		"base_price_list_rate": listed * flt(doc.conversion_rate or 1),
		"discount_percentage": 0 if is_above else flt((1 - rate / listed) * 100, 6),
		"discount_amount": 0 if is_above else listed - rate,
		"margin_type": "Amount" if is_above else "",
		"margin_rate_or_amount": rate - listed if is_above else 0,
		"rate_with_margin": rate if is_above else 0,
	}


def _in_order(doc, old, left: float, new: NewLine) -> str:
	(name,) = change_lines.apply(doc.name, {old.name: left}, [new])
	return name


def _in_draft(doc, old, left: float, new: NewLine) -> str:
	doc.check_permission("write")
	doc.append(
		"items",
		{
			"item_code": new.item_code,
			"qty": new.qty,
			"uom": new.uom,
			"conversion_factor": new.factor,
			"rate": new.rate,
			"warehouse": new.warehouse,
			"delivery_date": new.delivery_date,
		},
	)
	added = doc.items[-1]
	control_fields.put(added, **new.values)
	if is_positive(left):
		old.qty = left
	else:
		doc.items.remove(old)
	for idx, row in enumerate(doc.items, start=1):
		row.idx = idx
	doc.save()
	return added.name

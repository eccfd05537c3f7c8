"""Ask for just what a line misses: a Material Request, or a draft Purchase Order to the default supplier.

What was asked for already is never asked for again; the order's row is locked meanwhile, so that two people
who press the button at once make one request.
"""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe.utils import getdate, nowdate

from sales_wh_flow.base import settings
from sales_wh_flow.base.may import may
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.timeline import note
from sales_wh_flow.order import hold
from sales_wh_flow.shortage import look, timeline
from sales_wh_flow.shortage.rules import ways_out as rules
from sales_wh_flow.shortage.rules.ways_out import Offer, ShortLine
from sales_wh_flow.shortage.store import actions, supply


def request(order: str, kind: str, rows: list[str] | None = None, *, is_automatic: bool = False) -> str:
	"""A Material Request of this kind (Purchase, Material Transfer, Manufacture) for what the rows miss, all
	waiting rows for None. Returns its name. Call it in a fresh transaction.

	Raises: ValidationError when nothing is missing, or nothing can be got this way.
	"""
	if kind not in (rules.PURCHASE, rules.TRANSFER, rules.MANUFACTURE):
		refuse(RuleViolation("unknown_action", action=kind, order=order))
	doc = hold.hold_submitted(order)
	chosen = _offered(doc, kind, rows)
	return make_request(doc, kind, chosen, is_automatic)


def order_from_suppliers(
	order: str, rows: list[str] | None = None, *, is_automatic: bool = False
) -> list[str]:
	"""Draft Purchase Orders for what the rows miss, one for each default supplier. Returns their names.

	Raises: ValidationError when nothing is missing, or no row's item has a default supplier.
	"""
	doc = hold.hold_submitted(order)
	by_supplier: dict[str, list[tuple[ShortLine, Offer]]] = defaultdict(list)
	for line, offer in _offered(doc, rules.ORDER, rows):
		by_supplier[line.supplier].append((line, offer))
	return [
		_purchase_order(doc, supplier, by_supplier[supplier], is_automatic)
		for supplier in sorted(by_supplier)
	]


def ask_by_policy(order: str, rows: Iterable[str]) -> list[str]:
	"""Material Requests for these rows, each kind of request as the item is got by default; what can't be
	got at all is left waiting. Returns their names.
	"""
	doc = hold.hold_submitted(order)
	wanted = set(rows)
	found = [line for line in look.missing_lines(doc) if line.row in wanted]
	sources = supply.sources((line.item_code for line in found), doc.company)
	kinds: dict[str, list[tuple[ShortLine, Offer]]] = defaultdict(list)
	for line in found:
		kind = rules.request_type(line, sources[line.item_code].request_type)
		if kind:
			kinds[kind].append((line, _offer(line, kind)))
	return [make_request(doc, kind, kinds[kind], is_automatic=True) for kind in sorted(kinds)]


def _offered(doc, action: str, rows: list[str] | None) -> list[tuple[ShortLine, Offer]]:
	"""The lines that can be served this way. A row that was asked for by name has to be among them."""
	found = [(line, _offer(line, action)) for line in look.lines_to_settle(doc, rows)]
	refused = [(line, offer) for line, offer in found if offer.why_not]
	if refused and (rows or len(refused) == len(found)):
		refuse(_why_not(line, offer) for line, offer in refused)
	return [(line, offer) for line, offer in found if not offer.why_not]


def _why_not(line: ShortLine, offer: Offer) -> RuleViolation:
	row = {"idx": line.idx, "item": line.item_code}
	return {
		"asked_already": RuleViolation("asked_already", **row),
		"not_purchased": RuleViolation("not_purchased", **row),
		"nothing_elsewhere": RuleViolation("nothing_elsewhere", **row),
		"no_bom": RuleViolation("no_bom", **row),
		"no_supplier": RuleViolation("no_supplier", **row),
	}[offer.why_not]


def _offer(line: ShortLine, action: str) -> Offer:
	return next(offer for offer in rules.offers(line) if offer.action == action)


def make_request(
	doc, kind: str, chosen: list[tuple[ShortLine, Offer]], is_automatic: bool, words=timeline.asked
) -> str:
	"""A Material Request for these lines, submitted where the settings say so and the user may; its name.

	``words``: what the order's timeline says of it, a function of ``timeline``.
	"""
	rows = _rows(doc)
	sources = supply.sources((line.item_code for line, _offer in chosen), doc.company)
	made = frappe.new_doc("Material Request")
	made.update(
		{
			"material_request_type": kind,
			"company": doc.company,
			"transaction_date": nowdate(),
			"schedule_date": _needed_by(rows[line.order_row] for line, _offer in chosen),
		}
	)
	for line, offer in chosen:
		for place, qty in offer.parts or ((None, offer.qty_stock),):
			made.append(
				"items",
				{
					**_row_values(line, rows, qty),
					"from_warehouse": place if kind == rules.TRANSFER else None,
					"bom_no": sources[line.item_code].bom if kind == rules.MANUFACTURE else None,
				},
			)
	# What a policy asks for by itself is asked for whoever submits the order; sales people may not buy.
	made.flags.ignore_permissions = is_automatic
	made.insert()
	if settings.flow_settings().submit_material_requests and (is_automatic or may(made, "submit")):
		made.submit()
	_note(doc, kind, chosen, made, words)
	return made.name


def _purchase_order(doc, supplier: str, chosen: list[tuple[ShortLine, Offer]], is_automatic: bool) -> str:
	rows = _rows(doc)
	made = frappe.new_doc("Purchase Order")
	made.update(
		{
			"supplier": supplier,
			"company": doc.company,
			"transaction_date": nowdate(),
			"schedule_date": _needed_by(rows[line.order_row] for line, _offer in chosen),
		}
	)
	for line, offer in chosen:
		values = _row_values(line, rows, offer.qty_stock)
		if line.bundle:  # as ERPNext links what it orders for a component
			values.update({"sales_order_item": None, "sales_order_packed_item": line.row})
			values["product_bundle"] = line.bundle.item_code
		made.append("items", values)
	# What a policy orders by itself is ordered whoever submits the order; a draft, which a buyer looks at.
	made.flags.ignore_permissions = is_automatic
	made.run_method("set_missing_values")
	made.insert()
	_note(doc, rules.ORDER, chosen, made, timeline.asked)
	return made.name


def _rows(doc) -> dict:
	"""{name: row} of the order's lines and components."""
	return {row.name: row for row in (*doc.items, *doc.packed_items)}


def _row_values(line: ShortLine, rows: dict, qty_stock: float) -> dict:
	"""A component is linked by its Packed Item: ERPNext would count it as so many bundles on the order's
	line, and looks for the Packed Item when it asks for the rest itself.
	"""
	goods, row = rows[line.row], rows[line.order_row]
	uom = goods.uom if line.bundle else row.stock_uom
	return {
		"item_code": line.item_code,
		"item_name": goods.item_name,
		"description": goods.description,
		"qty": qty_stock,
		"uom": uom,
		"stock_uom": uom,
		"conversion_factor": 1,
		"warehouse": line.warehouse,
		"schedule_date": _needed_by([row]),
		"sales_order": row.parent,
		"sales_order_item": goods.name,
		"project": row.get("project"),
	}


def _needed_by(rows) -> str:
	"""The earliest delivery date of the rows, today when that has passed: ERPNext refuses an earlier one."""
	days = [getdate(row.delivery_date) for row in rows if row.delivery_date]
	return str(max(min(days, default=getdate(nowdate())), getdate(nowdate())))


def _note(doc, action: str, chosen: list[tuple[ShortLine, Offer]], made, words) -> None:
	quantities = [(line, offer.qty_stock) for line, offer in chosen]
	actions.record_for(doc.name, quantities, action, made)
	note(doc, words, doctype=made.doctype, name=made.name, lines=actions.lines_to_tell(quantities))

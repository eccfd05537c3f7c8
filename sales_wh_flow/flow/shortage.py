"""What is missing for an order's lines, and what each way out would do. Looks, changes nothing."""

from dataclasses import replace

from frappe.utils import flt, nowdate

from sales_wh_flow import settings
from sales_wh_flow.messages import refuse
from sales_wh_flow.rules import allocation, expectation, shortage
from sales_wh_flow.rules.problems import RuleViolation
from sales_wh_flow.rules.quantities import is_positive, rounded
from sales_wh_flow.rules.shortage import ShortLine
from sales_wh_flow.store import incoming, item_alternatives, order_rows, shortage_actions, supply, waiting


def look(doc) -> dict:
	"""The lines that wait, with what can be done for each; for the dialog What Is Missing.

	Shape: {"lines": [{"row", "idx", "item_code", "item_name", "warehouse", "uom", "ordered", "missing",
	"asked", "expected", "consent", "actions": [{"action", "qty", "parts": [[place, qty]], "why_not"}],
	"substitutes": [{"item_code", "item_name", "uom", "free", "qty", "old_rate", "list_rate", "via",
	"why_not"}]}], "done": [Shortage Action], "backorders": [{"name", "docstatus", "swf_flow_status"}],
	"price_rules": [str], "is_draft": bool}. Quantities are in stock UOM; rates in the order's currency for
	one stock unit of the item ordered.
	"""
	found = lines(doc)
	rows = {row.name: row for row in doc.items}
	stand_ins = substitutes_of(doc, found)
	names = supply.sources((line.item_code for line in found), doc.company)
	days = expected(doc)
	is_draft = doc.docstatus.is_draft()
	return {
		"lines": [
			{
				"row": line.row,
				"idx": line.idx,
				"item_code": line.item_code,
				"item_name": names[line.item_code].name,
				"warehouse": line.warehouse,
				"uom": rows[line.row].stock_uom,
				"ordered": flt(rows[line.row].stock_qty),
				"missing": line.missing_stock,
				"asked": min(line.asked_stock, line.missing_stock),
				"expected": days.get(line.row),
				"consent": rows[line.row].get("swf_consent") or "",
				"actions": [_shown(offer, is_draft) for offer in shortage.offers(line)],
				"substitutes": stand_ins[line.row],
			}
			for line in found
		],
		"done": shortage_actions.of_order(doc.name),
		"backorders": order_rows.backorders([doc.name]),
		"price_rules": list(shortage.PRICE_RULES),
		"is_draft": is_draft,
	}


def lines(doc, wanted: list[str] | None = None) -> tuple[ShortLine, ...]:
	"""The order's lines that wait for stock, in line order; of a draft those that are short by what is free
	now. ``wanted``: names of rows, none for all.

	Raises: ValidationError where locks are switched off, or a wanted row waits for nothing.
	"""
	if not settings.is_on(settings.STOCK_LOCK):
		refuse(RuleViolation("switched_off", capability="Stock Lock"))
	missing = _missing_of_draft(doc) if doc.docstatus.is_draft() else _missing(doc)
	rows = [row for row in doc.items if is_positive(missing.get(row.name, 0.0))]
	if set(wanted or ()) - {row.name for row in rows}:
		refuse(RuleViolation("nothing_missing", order=doc.name))
	asked = supply.asked(doc.name)
	sources = supply.sources((row.item_code for row in rows), doc.company)
	free = supply.free_by_warehouse((row.item_code for row in rows), doc.company)
	found = [
		ShortLine(
			row=row.name,
			idx=row.idx,
			item_code=row.item_code,
			warehouse=row.warehouse,
			missing_stock=missing[row.name],
			ordered_stock=flt(row.stock_qty),
			asked_stock=asked.get(row.name, 0.0),
			supplier=sources[row.item_code].supplier,
			is_purchased=sources[row.item_code].is_purchased,
			has_bom=bool(sources[row.item_code].bom),
			is_whole=sources[row.item_code].is_whole,
		)
		for row in rows
	]
	shared = shortage.share_out(found, free)
	return tuple(line for line in shared if wanted is None or line.row in wanted)


def lines_to_settle(doc, wanted: list[str] | None) -> tuple[ShortLine, ...]:
	"""The same for whoever acts on them. Raises: ValidationError also when nothing is missing at all."""
	found = lines(doc, wanted)
	if not found:
		refuse(RuleViolation("nothing_missing", order=doc.name))
	return found


def substitutes_of(doc, found: tuple[ShortLine, ...]) -> dict[str, list[dict]]:
	"""{row: what may stand in for its item, with free stock in the row's warehouse and prices}."""
	alternatives = shortage.edges(item_alternatives.alternatives(line.item_code for line in found))
	origins = shortage_actions.replaced_items(doc.name)
	candidates = {
		line.row: shortage.substitutes(line.item_code, alternatives, _origins(line.item_code, origins))
		for line in found
	}
	codes = {one.item_code for ones in candidates.values() for one in ones}
	day = str(doc.transaction_date or nowdate())
	stock = item_alternatives.stand_ins(codes, nowdate())
	prices = item_alternatives.list_prices(codes, doc.selling_price_list, doc.price_list_currency, day)
	to_doc = flt(doc.plc_conversion_rate or 1) / flt(doc.conversion_rate or 1)
	free = supply.free_by_warehouse(codes, doc.company)
	rows = {row.name: row for row in doc.items}
	shown: dict[str, list[dict]] = {}
	for line in found:
		row = rows[line.row]
		shown[line.row] = []
		for one in candidates[line.row]:
			item = stock[one.item_code]
			factor = item.factors.get(row.stock_uom, 0.0)
			shown[line.row].append(
				{
					"item_code": one.item_code,
					"item_name": item.item_name,
					"uom": item.stock_uom,
					"free": free.get(one.item_code, {}).get(line.warehouse, 0.0),
					"free_anywhere": rounded(sum(free.get(one.item_code, {}).values())),
					"qty": rounded(line.missing_stock * factor),
					"factor": factor,
					"old_rate": flt(row.rate) / (flt(row.conversion_factor) or 1.0),
					"list_rate": prices.get(one.item_code, 0.0) * to_doc * factor,
					"via": list(one.via),
					"why_not": "" if item.is_usable and factor else ("uom" if item.is_usable else "disabled"),
				}
			)
	return shown


def _origins(item: str, origins: dict[str, list[str]]) -> set[str]:
	"""The items that led to this one by earlier substitutions; a circle of them ends the walk."""
	seen: set[str] = set()
	front = [item]
	while front:
		for before in origins.get(front.pop(), ()):
			if before not in seen:
				seen.add(before)
				front.append(before)
	return seen


def _missing(doc) -> dict[str, float]:
	"""{row: what it waits for}. Where orders or lines are locked whole or not at all, what lies free for them
	is not missing: they would get it as soon as the rest is there, or is taken out.
	"""
	lines = waiting.lines_of(doc.name)
	if settings.flow_settings().partial_lock in (None, "", allocation.WHAT_IS_THERE):
		return {line.row: line.qty_stock for line in lines}
	free = supply.free_by_warehouse((line.item_code for line in lines), doc.company)
	left = {item: dict(places) for item, places in free.items()}
	missing: dict[str, float] = {}
	for line in lines:
		there = left.get(line.item_code, {})
		taken = min(there.get(line.warehouse, 0.0), line.qty_stock)
		there[line.warehouse] = rounded(there.get(line.warehouse, 0.0) - taken)
		missing[line.row] = rounded(line.qty_stock - taken)
	return missing


def _missing_of_draft(doc) -> dict[str, float]:
	"""What is not free now in the row's own warehouse, earlier rows served first."""
	free = supply.free_by_warehouse((row.item_code for row in doc.items), doc.company)
	left = {item: dict(places) for item, places in free.items()}
	known = supply.sources((row.item_code for row in doc.items), doc.company)
	missing: dict[str, float] = {}
	for row in doc.items:
		if row.delivered_by_supplier or not row.warehouse or not _is_stocked(row, known):
			continue
		there = left.setdefault(row.item_code, {})
		taken = min(max(there.get(row.warehouse, 0.0), 0.0), flt(row.stock_qty))
		there[row.warehouse] = rounded(there.get(row.warehouse, 0.0) - taken)
		missing[row.name] = rounded(flt(row.stock_qty) - taken)
	return missing


def _is_stocked(row, known: dict[str, supply.Source]) -> bool:
	return row.item_code in known and known[row.item_code].is_stocked


def expected(doc) -> dict:
	"""{row: the day by which all it waits for is due}; nothing for a draft, which has no turn yet."""
	if doc.docstatus.is_draft():
		return {}
	own = waiting.lines_of(doc.name)
	items = {line.item_code for line in own}
	queue = waiting.lines_at(items, {line.warehouse for line in own})
	return expectation.expected(queue, incoming.of_items(items))


def _shown(offer: shortage.Offer, is_draft: bool) -> dict:
	if is_draft:
		offer = replace(offer, qty_stock=0.0, parts=(), why_not="draft")
	return {
		"action": offer.action,
		"qty": offer.qty_stock,
		"parts": [list(part) for part in offer.parts],
		"why_not": offer.why_not,
	}

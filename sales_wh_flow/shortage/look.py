"""What is missing for an order's lines, and what each way out would do. Looks, changes nothing."""

from dataclasses import replace
from datetime import date

from frappe.utils import flt, nowdate

from sales_wh_flow.base import said, settings
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order.store import rows as order_rows
from sales_wh_flow.shortage.answers import BundleShort, MissingOfOrder, ShortageDone, ShownStandIn, WayOut
from sales_wh_flow.shortage.rules import ways_out
from sales_wh_flow.shortage.rules.ways_out import ShortBundle, ShortLine
from sales_wh_flow.shortage.store import actions, item_alternatives, supply
from sales_wh_flow.stock_lock.rules import allocation, bundles, expectation
from sales_wh_flow.stock_lock.rules.facts import WaitingLine
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import incoming, waiting_lines


def look_at_missing(doc) -> MissingOfOrder:
	"""The lines that wait, with what can be done for each; for the dialog What Is Missing.

	A component of a product bundle is a line of its own.
	"""
	found = missing_lines(doc)
	rows = {row.name: row for row in (*doc.items, *doc.packed_items)}
	stand_ins = substitutes_of(doc, found)
	names = supply.sources((line.item_code for line in found), doc.company)
	days = expected_days(doc)
	is_draft = doc.docstatus.is_draft()
	return {
		"lines": [
			{
				"row": line.row,
				"idx": line.idx,
				"item_code": line.item_code,
				"item_name": names[line.item_code].name,
				"warehouse": line.warehouse,
				"uom": rows[line.row].uom if line.bundle else rows[line.row].stock_uom,
				"ordered": line.ordered_stock,
				"missing": line.missing_stock,
				"bundle": _shown_bundle(line.bundle),
				"asked": min(line.asked_stock, line.missing_stock),
				"expected": days.get(line.row),
				"consent": said.worded(rows[line.order_row].get("swf_consent")),
				"actions": [_shown(offer, is_draft) for offer in ways_out.offers(line)],
				"substitutes": stand_ins[line.row],
			}
			for line in found
		],
		"done": _done(doc.name),
		"backorders": order_rows.backorders([doc.name]),
		"price_rules": list(ways_out.PRICE_RULES),
		"is_draft": is_draft,
	}


def _done(order: str) -> list[ShortageDone]:
	found = actions.actions_of_order(order)
	said.word_rows(found, "reason")
	return found


def missing_lines(doc, wanted: list[str] | None = None) -> tuple[ShortLine, ...]:
	"""The order's lines and components that wait for stock, in line order; of a draft those that are short by
	what is free now. ``wanted``: names of rows, a bundle's for all its components; none for all.

	Raises: ValidationError where locks are switched off, or a wanted row waits for nothing.
	"""
	if not settings.is_on(settings.STOCK_LOCK):
		refuse(RuleViolation("switched_off", capability="Stock Lock"))
	queue = [] if doc.docstatus.is_draft() else waiting_lines.lines_of(doc.name)
	missing = _missing_of_draft(doc) if doc.docstatus.is_draft() else _missing(doc, queue)
	of_order = {row.name: row for row in doc.items}
	rows = [row for row in (*doc.items, *doc.packed_items) if is_positive(missing.get(row.name, 0.0))]
	short = _short_bundles(of_order, rows, queue, missing)
	if set(wanted or ()) - {row.name for row in rows} - set(short):
		refuse(RuleViolation("nothing_missing", order=doc.name))
	asked = ways_out.share_asked(
		((row.name, row.item_code, missing[row.name]) for row in rows), supply.requested_for(doc.name)
	)
	sources = supply.sources((row.item_code for row in rows), doc.company)
	free = supply.free_by_warehouse((row.item_code for row in rows), doc.company)
	found = [
		ShortLine(
			row=row.name,
			idx=of_order[row.get("parent_detail_docname") or row.name].idx,
			item_code=row.item_code,
			warehouse=row.warehouse,
			missing_stock=missing[row.name],
			ordered_stock=flt(row.qty if row.get("parent_detail_docname") else row.stock_qty),
			asked_stock=asked[row.name],
			supplier=sources[row.item_code].supplier,
			is_purchased=sources[row.item_code].is_purchased,
			has_bom=bool(sources[row.item_code].bom),
			is_whole=sources[row.item_code].is_whole,
			bundle=short.get(row.get("parent_detail_docname") or ""),
		)
		for row in rows
	]
	shared = ways_out.share_out(found, free)
	return tuple(line for line in shared if wanted is None or {line.row, line.order_row} & set(wanted))


def lines_to_settle(doc, wanted: list[str] | None) -> tuple[ShortLine, ...]:
	"""The lines that miss something, for whoever acts on them. Raises: ValidationError also when nothing is
	missing at all."""
	found = missing_lines(doc, wanted)
	if not found:
		refuse(RuleViolation("nothing_missing", order=doc.name))
	return found


def substitutes_of(doc, found: tuple[ShortLine, ...]) -> dict[str, list[ShownStandIn]]:
	"""{row: what may stand in for its item, with free stock in the row's warehouse and prices}; nothing for a
	component, which its Product Bundle names.
	"""
	shown: dict[str, list[ShownStandIn]] = {line.row: [] for line in found}
	found = tuple(line for line in found if not line.bundle)
	alternatives = ways_out.edges(item_alternatives.alternatives(line.item_code for line in found))
	origins = actions.replaced_items(doc.name)
	candidates = {
		line.row: ways_out.substitutes(line.item_code, alternatives, _origins(line.item_code, origins))
		for line in found
	}
	codes = {one.item_code for ones in candidates.values() for one in ones}
	day = str(doc.transaction_date or nowdate())
	stock = item_alternatives.stand_ins(codes, nowdate())
	prices = item_alternatives.list_prices(codes, doc.selling_price_list, doc.price_list_currency, day)
	to_doc = flt(doc.plc_conversion_rate or 1) / flt(doc.conversion_rate or 1)
	free = supply.free_by_warehouse(codes, doc.company)
	rows = {row.name: row for row in doc.items}
	for line in found:
		row = rows[line.row]
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


def _missing(doc, lines: list[WaitingLine]) -> dict[str, float]:
	"""{row: what it waits for and does not lie free for it}. Where orders, lines or bundles are locked whole
	or not at all, nothing that is free is missing: they would get it as soon as the rest is there, or is
	taken out.
	"""
	takes_all = settings.flow_settings().partial_lock in (None, "", allocation.WHAT_IS_THERE)
	soon = serve.would_get(doc.name, {line.bin_key for line in lines}) if lines else {}
	missing = {line.row: rounded(line.qty_stock - soon.get(line.row, 0.0)) for line in lines}
	together = [line for line in lines if line.bundle or not takes_all]
	free = supply.free_by_warehouse((line.item_code for line in together), doc.company)
	left = {item: dict(places) for item, places in free.items()}
	for line in together:
		there = left.get(line.item_code, {})
		taken = min(there.get(line.warehouse, 0.0), line.qty_stock)
		there[line.warehouse] = rounded(there.get(line.warehouse, 0.0) - taken)
		missing[line.row] = rounded(line.qty_stock - taken)
	return missing


def _short_bundles(
	of_order: dict, rows: list, queue: list[WaitingLine], missing: dict[str, float]
) -> dict[str, ShortBundle]:
	"""{order line: its bundles that can't be made} of components that miss something."""
	parts: dict[str, list] = {}
	for line in queue:
		if line.bundle:
			parts.setdefault(line.bundle, []).append(bundles.waiting_part(line))
	return {
		name: ShortBundle(
			row=name,
			item_code=of_order[name].item_code,
			warehouse=of_order[name].warehouse,
			missing_stock=bundles.missing_bundles(parts[name], missing) if name in parts else 0.0,
			ordered_stock=flt(of_order[name].stock_qty),
		)
		for name in {row.get("parent_detail_docname") for row in rows} - {None}
	}


def _missing_of_draft(doc) -> dict[str, float]:
	"""What is not free now in the row's own warehouse, earlier rows served first."""
	by_supplier = {row.name for row in doc.items if row.delivered_by_supplier}
	goods = [(row, flt(row.stock_qty)) for row in doc.items if row.name not in by_supplier]
	goods += [
		(row, flt(row.qty))
		for row in doc.packed_items
		if row.parent_detail_docname not in by_supplier and not row.swf_not_locked
	]
	free = supply.free_by_warehouse((row.item_code for row, _qty in goods), doc.company)
	left = {item: dict(places) for item, places in free.items()}
	known = supply.sources((row.item_code for row, _qty in goods), doc.company)
	missing: dict[str, float] = {}
	for row, qty in goods:
		if not row.warehouse or not _is_stocked(row, known):
			continue
		there = left.setdefault(row.item_code, {})
		taken = min(max(there.get(row.warehouse, 0.0), 0.0), qty)
		there[row.warehouse] = rounded(there.get(row.warehouse, 0.0) - taken)
		missing[row.name] = rounded(qty - taken)
	return missing


def _is_stocked(row, known: dict[str, supply.Source]) -> bool:
	return row.item_code in known and known[row.item_code].is_stocked


def expected_days(doc) -> dict[str, date | None]:
	"""{row: the day by which all it waits for is due}; nothing for a draft, which has no turn yet."""
	if doc.docstatus.is_draft():
		return {}
	own = waiting_lines.lines_of(doc.name)
	items = {line.item_code for line in own}
	queue = waiting_lines.lines_at(items, {line.warehouse for line in own})
	return expectation.expected(queue, incoming.of_items(items))


def _shown(offer: ways_out.Offer, is_draft: bool) -> WayOut:
	if is_draft:
		offer = replace(offer, qty_stock=0.0, parts=(), why_not="draft")
	return {
		"action": offer.action,
		"qty": offer.qty_stock,
		"parts": [list(part) for part in offer.parts],
		"why_not": offer.why_not,
	}


def _shown_bundle(bundle: ShortBundle | None) -> BundleShort | None:
	if bundle is None:
		return None
	return {
		"row": bundle.row,
		"item_code": bundle.item_code,
		"missing": bundle.missing_stock,
		"ordered": bundle.ordered_stock,
	}

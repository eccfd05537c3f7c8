"""What approval rules know of an order's rows: what Pricing Rules gave, what they cost, free stock.

Each function reads with one statement whatever the number of rows and answers by row name.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint, flt

from sales_wh_flow.approval.rules.inclusive_tax import Inside
from sales_wh_flow.approval.store.masters import Listed, name_of, net
from sales_wh_flow.order.store import gone
from sales_wh_flow.stock_lock.store import reservations


def explained_by_pricing_rules(
	doc: Document, listed: Mapping[str, Listed], taxes: Mapping[str, Inside], rate: float
) -> dict[str, dict[str, float]]:
	"""The net part of each row's discount that Pricing Rules gave, in company currency: for each row
	``explained_base``, and ``coupon_base`` by those that ask for a coupon.

	``listed``: what the row's quantity costs, in company currency, as prices are written. ``rate``: from the
	order's currency to the company's.
	"""
	names = {row.get("pricing_rule") for row in doc.get("pricing_rules") or ()}
	of_row = {name_of(row): _rule_names(row.get("pricing_rules")) for row in doc.items}
	names |= {name for found in of_row.values() for name in found}
	names.discard(None)
	if not names:
		return {}
	rules = {
		rule.name: rule
		for rule in frappe.db.sql(
			"""select name, apply_on, rate_or_discount, discount_percentage, discount_amount, rate,
				price_or_product_discount kind, coupon_code_based, same_item, free_item, free_qty,
				is_recursive, recurse_for
			from `tabPricing Rule` where name in %s""",
			(tuple(names),),
			as_dict=True,
		)
	}
	kinds = {
		"explained_base": [rule for rule in rules.values() if not cint(rule.coupon_code_based)],
		"coupon_base": [rule for rule in rules.values() if cint(rule.coupon_code_based)],
	}
	found: dict[str, dict[str, float]] = {name: {} for name in of_row}
	for field, of_kind in kinds.items():
		share = _explained_share_of_header(doc, of_kind)
		for row in doc.items:
			full = _full(listed.get(name_of(row), Listed()), row, rate)
			given = sum(_given(rule, row, full, doc) for rule in of_kind if rule.name in of_row[name_of(row)])
			header = flt(row.get("distributed_discount_amount")) * share
			found[name_of(row)][field] = (net(given, row, taxes) + header) * rate
	return found


def _full(listed: Listed, row: Any, rate: float) -> float:
	"""The row without a discount, in the order's currency."""
	if listed.measure is not None:
		return listed.measure / rate
	written = flt(row.price_list_rate) * flt(row.qty)
	return written or (0.0 if flt(row.amount) else (listed.worth or 0.0) / rate)


def costs_and_stock(doc: Document) -> dict[str, dict[str, Any]]:
	"""For each row ``valuation_base``, ``purchase_base`` (company currency) and ``missing_stock``.

	Two rows of an item share what is free. One more statement for a submitted order, which holds locks.
	"""
	codes = {row.item_code for row in doc.items if row.item_code}
	if not codes:
		return {}
	parts = _parts(doc)
	codes.update(part.item_code for found in parts.values() for part in found)
	places = {row.warehouse for row in (*doc.items, *(doc.get("packed_items") or ())) if row.warehouse}
	rows: list[Any] = rates_and_stock(codes, places, doc.company)
	items = {row.name: row for row in rows}
	bins = {(row.name, row.warehouse): row for row in rows if row.warehouse}
	free = {key: flt(row.actual_qty) - flt(row.reserved_stock) for key, row in bins.items()}
	held = _held(doc)
	return {
		name_of(row): {**_missing(row, items, free, held), **_cost_of(row, items, bins, parts)}
		for row in doc.items
		if row.item_code in items
	}


def rates_and_stock(items: Iterable[str], warehouses: Iterable[str], company: str) -> list[dict[str, Any]]:
	"""Items with their rates, a row for each of the warehouses that has a Bin of it, else one: one statement.

	Shape: {"name", "is_stock_item", "valuation_rate", "last_purchase_rate", "company_rate", "warehouse",
	"bin_rate", "actual_qty", "reserved_stock"}; the last four null without a Bin. ``company_rate``: what a
	unit is worth on average in all warehouses of the company.
	"""
	return frappe.db.sql(
		"""select item.name, item.is_stock_item, item.valuation_rate, item.last_purchase_rate, (
				select sum(other.stock_value) / nullif(sum(other.actual_qty), 0) from `tabBin` other
				join `tabWarehouse` place on place.name = other.warehouse and place.company = %s
				where other.item_code = item.name and other.actual_qty > 0) company_rate,
			bin.warehouse, bin.valuation_rate bin_rate, bin.actual_qty, bin.reserved_stock
		from `tabItem` item left join `tabBin` bin on bin.item_code = item.name and bin.warehouse in %s
		where item.name in %s""",
		(company, tuple(set(warehouses)) or ("",), tuple(set(items))),
		as_dict=True,
	)


def _missing(row: Any, items: Any, free: Any, held: Any) -> dict[str, Any]:
	item, key = items[row.item_code], (row.item_code, row.warehouse)
	asked = _qty(row) - gone.qty(row) * (flt(row.conversion_factor) or 1.0) - held.get(row.name, 0.0)
	got = min(max(free.get(key, 0.0), 0.0), max(asked, 0.0))
	free[key] = free.get(key, 0.0) - got
	is_ours = cint(item.is_stock_item) and not cint(row.delivered_by_supplier)
	return {"missing_stock": round(max(asked - got, 0.0), 6) if is_ours else 0.0}


def _cost_of(row: Any, items: Any, bins: Any, parts: Any) -> dict[str, Any]:
	"""What the row's quantity costs; None where goods of ours have no known cost."""
	if parts.get(name_of(row)):
		costs = [cost_of_unit(part.item_code, part.warehouse, items, bins) for part in parts[name_of(row)]]
		qtys = [flt(part.qty) for part in parts[name_of(row)]]
	else:
		costs, qtys = [cost_of_unit(row.item_code, row.warehouse, items, bins)], [_qty(row)]
	return {
		field: None if None in units else sum(cost * qty for cost, qty in zip(units, qtys, strict=True))
		for field, units in zip(("valuation_base", "purchase_base"), zip(*costs, strict=True), strict=True)
	}


def cost_of_unit(
	code: str, warehouse: str | None, items: Mapping[str, Any], bins: Mapping[tuple[str, str], Any]
) -> tuple[float | None, float | None]:
	"""(by valuation, by last purchase) of one stock unit: each looks further where its own figure is missing.

	None: nobody knows. A service has no cost unless somebody wrote one.
	"""
	item = items.get(code)
	if item is None:
		return None, None
	here = bins.get((code, warehouse or ""))
	valuation = (flt(here.bin_rate) if here else 0.0) or flt(item.company_rate) or flt(item.valuation_rate)
	purchase = flt(item.last_purchase_rate)
	unknown = None if cint(item.is_stock_item) else 0.0
	return (valuation or purchase or unknown), (purchase or valuation or unknown)


def _parts(doc: Document) -> dict[str, list[Any]]:
	"""The components of the bundles among the rows, as the order packs them; their quantities are whole."""
	found: dict[str, list[Any]] = {}
	for part in doc.get("packed_items") or ():
		found.setdefault(part.parent_detail_docname or "", []).append(part)
	return found


def _qty(row: Any) -> float:
	return flt(row.stock_qty) or flt(row.qty) * (flt(row.conversion_factor) or 1.0)


def _held(doc: Document) -> dict[str, float]:
	return reservations.by_row(reservations.open_of_order(doc.name) if doc.docstatus.is_submitted() else ())


def _given(rule: Any, row: Any, listed: float, doc: Document) -> float:
	"""What a Pricing Rule took off the row, in the order's currency, at most the whole row."""
	if rule.kind == "Product":
		return listed * _share_given_free(rule, row, doc)
	if rule.apply_on == "Transaction":
		return 0.0
	given = {
		"Discount Percentage": listed * flt(rule.discount_percentage) / 100,
		"Discount Amount": flt(rule.discount_amount) * flt(row.qty),
		"Rate": listed - flt(rule.rate) * flt(row.qty),
	}.get(rule.rate_or_discount, 0.0)
	return min(max(given, 0.0), listed)


def _share_given_free(rule: Any, row: Any, doc: Document) -> float:
	"""Which share of a row the rule gave for nothing: at most what its own free quantity is."""
	bought = {it.item_code: flt(it.qty) for it in doc.items if not cint(it.is_free_item)}
	is_its_item = row.item_code in bought if cint(rule.same_item) else row.item_code == rule.free_item
	if not (cint(row.is_free_item) and is_its_item and flt(row.qty) > 0):
		return 0.0
	times = 1.0
	if cint(rule.is_recursive):
		times = sum(bought.values()) // (flt(rule.recurse_for) or 1.0)
	return min((flt(rule.free_qty) or 1.0) * max(times, 1.0) / flt(row.qty), 1.0)


def _explained_share_of_header(doc: Document, rules: Any) -> float:
	"""Which share of the order's header discount Pricing Rules on the whole transaction gave."""
	header = sum(flt(row.get("distributed_discount_amount")) for row in doc.items)
	if header <= 0:
		return 0.0
	base = flt(doc.grand_total if doc.apply_discount_on == "Grand Total" else doc.total) or flt(doc.total)
	given = sum(
		flt(rule.discount_amount) or base * flt(rule.discount_percentage) / 100
		for rule in rules
		if rule.apply_on == "Transaction" and rule.kind == "Price"
	)
	return min(given / header, 1.0)


def _rule_names(text: str | None) -> tuple[str, ...]:
	"""ERPNext writes one name, or a JSON list of names."""
	if not text:
		return ()
	return tuple(json.loads(text)) if text.startswith("[") else (text,)

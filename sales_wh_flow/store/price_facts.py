"""What approval rules know of an order's rows: list price, what Pricing Rules gave, cost, free stock.

Each function reads with one statement whatever the number of rows and answers by row name.
"""

import json
from collections.abc import Iterable

import frappe
from frappe.utils import cint, flt, getdate

from sales_wh_flow.store import reservations


def by_price_list(doc) -> dict[str, float | None]:
	"""What each row costs by the order's price list today, in company currency; None without a price."""
	codes = tuple({row.item_code for row in doc.items if row.item_code})
	if not (codes and doc.selling_price_list):
		return {}
	rows = frappe.db.sql(
		"""select item_code, uom, price_list_rate from `tabItem Price`
		where price_list = %(price_list)s and selling = 1 and item_code in %(items)s
			and coalesce(customer, '') in ('', %(customer)s) and coalesce(batch_no, '') = ''
			and (valid_from is null or valid_from <= %(date)s)
			and (valid_upto is null or valid_upto >= %(date)s)
		order by coalesce(customer, '') desc, valid_from desc, modified desc""",
		{
			"price_list": doc.selling_price_list,
			"items": codes,
			"customer": doc.customer,
			"date": getdate(doc.transaction_date),
		},
	)
	prices: dict[tuple[str, str], float] = {}
	for item, uom, rate in rows:
		prices.setdefault((item, uom or ""), flt(rate))
	factor = flt(doc.plc_conversion_rate) or 1.0
	return {_name(row): _times(_listed(prices, row), factor) for row in doc.items}


def explained_by_pricing_rules(doc) -> dict[str, float]:
	"""The part of each row's discount that Pricing Rules gave, in company currency."""
	names = {row.get("pricing_rule") for row in doc.get("pricing_rules") or ()}
	of_row = {_name(row): _rule_names(row.get("pricing_rules")) for row in doc.items}
	names |= {name for found in of_row.values() for name in found}
	names.discard(None)
	if not names:
		return {}
	rules = {
		rule.name: rule
		for rule in frappe.db.sql(
			"""select name, apply_on, rate_or_discount, discount_percentage, discount_amount, rate
			from `tabPricing Rule` where name in %s and price_or_product_discount = 'Price'""",
			(tuple(names),),
			as_dict=True,
		)
	}
	rate = flt(doc.conversion_rate) or 1.0
	share = _explained_share_of_header(doc, rules.values())
	return {
		_name(row): sum(_given(rules[name], row) for name in of_row[_name(row)] if name in rules) * rate
		+ flt(row.get("distributed_discount_amount")) * rate * share
		for row in doc.items
	}


def costs_and_stock(doc) -> dict[str, dict]:
	"""For each row ``valuation_base``, ``purchase_base`` (company currency) and ``missing_stock``.

	Two rows of an item share what is free. One more statement for a submitted order, which holds locks.
	"""
	codes = tuple({row.item_code for row in doc.items if row.item_code})
	if not codes:
		return {}
	rows = rates_and_stock(codes, {row.warehouse for row in doc.items if row.warehouse})
	items = {row.name: row for row in rows}
	bins = {(row.name, row.warehouse): row for row in rows if row.warehouse}
	free = {key: flt(row.actual_qty) - flt(row.reserved_stock) for key, row in bins.items()}
	held = _held(doc)
	return {_name(row): _cost(row, items, bins, free, held) for row in doc.items}


def rates_and_stock(items: Iterable[str], warehouses: Iterable[str]) -> list[dict]:
	"""Items with their rates, a row for each of the warehouses that has a Bin of it, else one: one statement.

	Shape: {"name", "is_stock_item", "valuation_rate", "last_purchase_rate", "warehouse", "bin_rate",
	"actual_qty", "reserved_stock"}; the last four null without a Bin.
	"""
	return frappe.db.sql(
		"""select item.name, item.is_stock_item, item.valuation_rate, item.last_purchase_rate, bin.warehouse,
			bin.valuation_rate bin_rate, bin.actual_qty, bin.reserved_stock
		from `tabItem` item left join `tabBin` bin on bin.item_code = item.name and bin.warehouse in %s
		where item.name in %s""",
		(tuple(set(warehouses)) or ("",), tuple(set(items))),
		as_dict=True,
	)


def _cost(row, items, bins, free, held) -> dict:
	item, key = items.get(row.item_code), (row.item_code, row.warehouse)
	if item is None:
		return {}
	qty = flt(row.stock_qty) or flt(row.qty) * (flt(row.conversion_factor) or 1.0)
	valuation = flt(bins[key].bin_rate) if key in bins else 0.0
	asked = qty - flt(row.delivered_qty) * (flt(row.conversion_factor) or 1.0) - held.get(row.name, 0.0)
	got = min(max(free.get(key, 0.0), 0.0), max(asked, 0.0))
	free[key] = free.get(key, 0.0) - got
	is_ours = cint(item.is_stock_item) and not cint(row.delivered_by_supplier)
	return {
		"valuation_base": (valuation or flt(item.valuation_rate)) * qty,
		"purchase_base": flt(item.last_purchase_rate) * qty,
		"missing_stock": round(max(asked - got, 0.0), 6) if is_ours else 0.0,
	}


def _held(doc) -> dict[str, float]:
	return reservations.by_row(reservations.open_of_order(doc.name) if doc.docstatus.is_submitted() else ())


def _listed(prices: dict[tuple[str, str], float], row) -> float | None:
	"""The price of the row's quantity in price list currency: of its own UOM, else by stock unit."""
	for uom, qty in ((row.uom, row.qty), (row.stock_uom, row.stock_qty), ("", row.stock_qty)):
		if (row.item_code, uom or "") in prices:
			return prices[row.item_code, uom or ""] * flt(qty)
	return None


def _given(rule, row) -> float:
	"""What a Pricing Rule took off the row, in the order's currency, at most the whole row."""
	listed = flt(row.price_list_rate) * flt(row.qty)
	if rule.apply_on == "Transaction":
		return 0.0
	given = {
		"Discount Percentage": listed * flt(rule.discount_percentage) / 100,
		"Discount Amount": flt(rule.discount_amount) * flt(row.qty),
		"Rate": listed - flt(rule.rate) * flt(row.qty),
	}.get(rule.rate_or_discount, 0.0)
	return min(max(given, 0.0), listed)


def _explained_share_of_header(doc, rules) -> float:
	"""Which share of the order's header discount Pricing Rules on the whole transaction gave."""
	header = sum(flt(row.get("distributed_discount_amount")) for row in doc.items)
	if header <= 0:
		return 0.0
	base = flt(doc.grand_total if doc.apply_discount_on == "Grand Total" else doc.total) or flt(doc.total)
	given = sum(
		flt(rule.discount_amount) or base * flt(rule.discount_percentage) / 100
		for rule in rules
		if rule.apply_on == "Transaction"
	)
	return min(given / header, 1.0)


def _rule_names(text: str | None) -> tuple[str, ...]:
	"""ERPNext writes one name, or a JSON list of names."""
	if not text:
		return ()
	return tuple(json.loads(text)) if text.startswith("[") else (text,)


def _times(amount: float | None, factor: float) -> float | None:
	return None if amount is None else amount * factor


def _name(row) -> str:
	return row.name or str(row.idx)

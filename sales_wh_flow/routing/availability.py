"""Where the stock for lines is, while they are typed: here, elsewhere, on its way or short."""

from collections.abc import Sequence

import frappe
from frappe.utils import cstr, flt

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.routing.answers import LineStock
from sales_wh_flow.routing.rules import availability, promise
from sales_wh_flow.routing.store import sales_items, surroundings

_PLACES = 12
"""So many warehouses and deliveries are told of a line; the figures are of all."""


def show_availability(company: str, rows: Sequence[dict]) -> list[LineStock | None]:
	"""Where the stock of each row is; None for what is no stock item. What is free goes to the earlier rows
	first. Three statements. ``rows``: {"item_code", "warehouse", "qty"} each, in stock UOM.
	"""
	names = _seen(company)
	items = sales_items.sales_items(cstr(row.get("item_code")) for row in rows)
	goods = [code for code, item in items.items() if item.is_stock_item]
	bins = surroundings.stock(goods, names)
	free = {key: max(rounded(row.on_hand - row.owed), 0.0) for key, row in bins.items()}
	coming = {
		key: promise.less_earlier(row.incoming, row.owed - row.on_hand)
		for key, row in bins.items()
		if key[1] in names
	}
	found = []
	for row in rows:
		item = items.get(cstr(row.get("item_code")))
		found.append(_of_row(row, item.stock_uom, free, coming) if item and item.is_stock_item else None)
	return found


def _of_row(row: dict, uom: str, free: dict, coming: dict) -> LineStock:
	code, warehouse, needed = row["item_code"], cstr(row.get("warehouse")), flt(row.get("qty"))
	places = {name: qty for (item, name), qty in free.items() if item == code and is_positive(qty)}
	due = sorted(
		(day, qty, document, name)
		for (item, name), deliveries in coming.items()
		if item == code
		for day, qty, document in deliveries
	)
	here = places.get(warehouse, 0.0)
	told = availability.of_line(
		needed, here, sum(places.values()) - here, [(day, qty, document) for day, qty, document, _name in due]
	)
	lying = sorted(places.items(), key=lambda it: (it[0] != warehouse, -it[1], it[0]))
	if here:
		free[code, warehouse] = rounded(here - min(here, needed))
	return {
		"item_code": code,
		"uom": uom,
		"needed": needed,
		"missing": max(rounded(needed - here), 0.0),
		"state": told.state,
		"here": told.here,
		"elsewhere": told.elsewhere,
		"day": str(told.day or ""),
		"short": told.short,
		"places": [{"warehouse": name, "qty": qty} for name, qty in lying[:_PLACES]],
		"coming": [
			{"warehouse": name, "qty": qty, "due": str(day), "document": document}
			for day, qty, document, name in due[:_PLACES]
		],
	}


def _seen(company: str) -> set[str]:
	"""The company's warehouses that sell and that this user may see."""
	filters = {"company": company, "is_group": 0, "disabled": 0, "swf_is_sellable": 1}
	return set(frappe.get_list("Warehouse", filters, pluck="name", limit_page_length=0))

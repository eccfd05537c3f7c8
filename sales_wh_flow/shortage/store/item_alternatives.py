"""Which items stand in for others by ERPNext's Item Alternative, and what they cost."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import flt

_MOST_ROUNDS = 5
"""How many substitutes of substitutes are followed: each round is one statement."""


@dataclass(frozen=True, slots=True)
class StandIn:
	"""An item as a substitute. ``factors``: {UOM: stock units in one}."""

	item_code: str
	item_name: str
	stock_uom: str
	is_usable: bool
	factors: dict[str, float]


def alternatives(items: Iterable[str]) -> list[tuple[str, str, bool]]:
	"""(item, alternative, both ways) of everything that can be reached from these items; at most five
	statements, whatever circles the alternatives run in.
	"""
	known: set[tuple[str, str, bool]] = set()
	reached = {item for item in items if item}
	front = set(reached)
	for _round in range(_MOST_ROUNDS):
		if not front:
			break
		rows = frappe.db.sql(
			"""select item_code, alternative_item_code, two_way from `tabItem Alternative`
			where item_code in %(front)s or two_way = 1 and alternative_item_code in %(front)s""",
			{"front": tuple(front)},
		)
		known |= {(item, other, bool(both)) for item, other, both in rows if item and other}
		front = {name for item, other, _both in rows for name in (item, other) if name} - reached
		reached |= front
	return sorted(known)


def stand_ins(items: Iterable[str], day: str) -> dict[str, StandIn]:
	"""Items by code, as of a day. ``is_usable``: sold, kept in stock, not disabled, no template, not past its
	end of life. At most one statement.
	"""
	codes = tuple({item for item in items if item})
	if not codes:
		return {}
	rows = frappe.db.sql(
		"""select item.name, item.item_name, item.stock_uom,
			item.disabled = 0 and item.is_sales_item = 1 and item.is_stock_item = 1 and item.has_variants = 0
				and (item.end_of_life is null or item.end_of_life >= %(day)s),
			detail.uom, detail.conversion_factor
		from `tabItem` item
		left join `tabUOM Conversion Detail` detail
			on detail.parent = item.name and detail.parenttype = 'Item'
		where item.name in %(codes)s""",
		{"codes": codes, "day": day},
	)
	found: dict[str, StandIn] = {}
	for code, name, stock_uom, is_usable, uom, factor in rows:
		one = found.setdefault(code, StandIn(code, name, stock_uom, bool(is_usable), {stock_uom: 1.0}))
		if uom:
			one.factors[uom] = flt(factor) or 1.0
	return found


def list_prices(items: Iterable[str], price_list: str | None, currency: str, day: str) -> dict[str, float]:
	"""{item: list price of one stock unit} in the given currency, as valid on a day; items without one are
	missing. At most one statement.
	"""
	codes = tuple({item for item in items if item})
	if not (codes and price_list):
		return {}
	rows = frappe.db.sql(
		"""select price.item_code, price.price_list_rate / coalesce(nullif(detail.conversion_factor, 0), 1)
		from `tabItem Price` price
		left join `tabUOM Conversion Detail` detail on detail.parent = price.item_code
			and detail.parenttype = 'Item' and detail.uom = price.uom
		where price.item_code in %(codes)s and price.price_list = %(price_list)s and price.selling = 1
			and price.currency = %(currency)s and coalesce(price.customer, '') = ''
			and coalesce(price.batch_no, '') = ''
			and coalesce(price.valid_from, %(day)s) <= %(day)s
			and coalesce(price.valid_upto, %(day)s) >= %(day)s
		order by price.valid_from, price.creation""",
		{"codes": codes, "price_list": price_list, "currency": currency, "day": day},
	)
	return {item: flt(rate) for item, rate in rows}

"""The day each row is promised for, and what that rests on; written on a draft, kept once it is submitted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from frappe.utils import flt

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.routing import read_facts, words
from sales_wh_flow.routing.read_facts import RoutingFacts
from sales_wh_flow.routing.rules import ENOUGH, SHORT, RoutedPart, promise
from sales_wh_flow.routing.rules.promise import Promise


def write_promises(doc, facts: RoutingFacts, rows: Iterable) -> None:
	"""Bring promise, source and day of sending of these rows up to date; drafts only, by the caller."""
	goods = [row for row in rows if row.warehouse and flt(row.qty) > 0]
	for row, told in zip(goods, promise_rows(facts, goods, facts.free()), strict=True):
		row.swf_promised_on = told.arrives
		row.swf_ships_on = told.ships
		row.swf_promise_source = words.promised(told, row.delivery_date or doc.delivery_date)


def promise_rows(facts: RoutingFacts, rows: Sequence, free: Mapping[BinKey, float]) -> tuple[Promise, ...]:
	"""A promise for each row as it stands: what is free in its warehouse goes to the earlier rows first."""
	left = dict(free)
	parts = []
	for row in rows:
		key = (row.item_code, row.warehouse)
		needed = rounded(flt(row.stock_qty) or flt(row.qty) * (flt(row.conversion_factor) or 1.0))
		here = min(max(left.get(key, 0.0), 0.0), needed)
		left[key] = rounded(left.get(key, 0.0) - here)
		missing = rounded(needed - here)
		reason = SHORT if missing else ENOUGH
		parts.append(
			RoutedPart(
				read_facts.row_key(row),
				row.warehouse,
				needed,
				reason,
				0,
				missing_stock=missing,
				brought_to=row.swf_brought_to or None,
			)
		)
	items = {read_facts.row_key(row): row.item_code for row in rows}
	return promise.of_parts(parts, items, facts.calendars, facts.incoming(), facts.now, facts.ship_complete)


def last_day(promises: Iterable[Promise]) -> date | None:
	"""When the last of them is with the customer; None when one has no day."""
	days = [told.arrives for told in promises]
	return max(days) if days and None not in days else None


def last_leaving(promises: Iterable[Promise]) -> date | None:
	"""When the last of them leaves; None when one has no day."""
	days = [told.ships for told in promises]
	return max(days) if days and None not in days else None

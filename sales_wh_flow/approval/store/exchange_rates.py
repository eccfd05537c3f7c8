"""Exchange rates typed on an order, beside those that somebody recorded or ERPNext fetched."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, cint, flt

from sales_wh_flow.approval.store.fetched_rates import fetched
from sales_wh_flow.approval.store.masters import Listed, made_on, own_currency
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.settings import flow_settings

_ANY_DAY = "1900-01-01"


@dataclass(frozen=True, slots=True)
class Rates:
	"""Exchange rates that were typed on an order. ``wrong``: {currency: (typed, that of the house)} of those
	that are too far apart; ``unknown``: {currency: typed} of those that the house does not know. ``of``: what
	one unit of any currency is worth by the house; None = unknown.
	"""

	wrong: Mapping[str, tuple[float, float]]
	unknown: Mapping[str, float]
	of: Callable[[str], float | None] = lambda _currency: None


def rates(doc: Document) -> Rates:
	"""The rates of the order and of its price list, beside those of the house: on record, either way round,
	else as ERPNext fetched them.

	One statement where the order or its price list is in another currency than the books, unless this save
	has read them; one more for each currency that ``of`` is asked about beside.
	"""
	typed = _typed(doc)
	known = _known(doc, {currency for currency, _rate in typed}, alongside(doc).take("recorded_rates"))

	def of(currency: str) -> float | None:
		if currency not in known:
			known.update(_known(doc, [currency]))
		return known[currency]

	leeway = flt(flow_settings().approval_rate_tolerance) / 100
	wrong = {
		currency: (rate, house)
		for currency, rate in typed
		if (house := known[currency]) and abs(rate / house - 1) > leeway
	}
	return Rates(wrong, {currency: rate for currency, rate in typed if not known[currency]}, of)


def unrecorded(doc: Document) -> list[str]:
	"""The foreign currencies on an order that are on no record; one statement, or none. What it read serves
	the gate of the same save.
	"""
	typed = {currency for currency, _rate in _typed(doc)}
	recorded = rates_on_record(typed, own_currency(doc), made_on(doc))
	alongside(doc).recorded_rates = recorded
	return sorted(typed - recorded.keys())


def _typed(doc: Document) -> list[tuple[str, float]]:
	"""(currency, rate) of the price list, then of the order: two rates, in one currency too, and each is to
	be right. ERPNext's form alone keeps them equal.
	"""
	own = own_currency(doc)
	typed = [
		(doc.price_list_currency, flt(doc.plc_conversion_rate)),
		(doc.currency, flt(doc.conversion_rate)),
	]
	return [(currency, rate) for currency, rate in typed if currency and currency != own]


def _known(
	doc: Document, currencies: Iterable[str], recorded: Mapping[str, float] | None = None
) -> dict[str, float | None]:
	own, day = own_currency(doc), made_on(doc)
	known = rates_on_record(currencies, own, day) if recorded is None else recorded
	return {it: known[it] if it in known else fetched(it, own, day) for it in currencies}


def rates_on_record(currencies: Iterable[str], own: str, day: date) -> dict[str, float]:
	"""{currency: the last rate on record until that day}. One that the Accounts Settings call stale is none:
	ERPNext does not take it either. One statement, or none.
	"""
	wanted = tuple(currencies)
	if not wanted:
		return {}
	accounts = frappe.get_cached_doc("Accounts Settings")
	rows = frappe.db.sql(
		"""select from_currency, exchange_rate, date, 0 reversed from `tabCurrency Exchange`
		where to_currency = %(own)s and from_currency in %(wanted)s and for_selling = 1
			and date <= %(day)s and date > %(after)s and exchange_rate > 0
		union all
		select to_currency, 1 / exchange_rate, date, 1 from `tabCurrency Exchange`
		where from_currency = %(own)s and to_currency in %(wanted)s and for_selling = 1
			and date <= %(day)s and date > %(after)s and exchange_rate > 0
		order by reversed, date desc""",
		{
			"own": own,
			"wanted": wanted,
			"day": day,
			"after": _ANY_DAY if accounts.allow_stale else add_days(day, -cint(accounts.stale_days)),
		},
	)
	known: dict[str, float] = {}
	for currency, rate, _date, _reversed in rows:
		known.setdefault(currency, flt(rate))
	return known


def priced_at(doc: Document, listed: Mapping[str, Listed], found: Rates) -> tuple[str, float] | None:
	"""(currency, rate typed on the order) of the first that the house does not know and by which prices are
	compared with what is sold; None for none. The rate of a third currency, that of a customer's own list,
	stands nowhere on the order.
	"""
	own = own_currency(doc)
	for currency in sorted({price.currency for price in listed.values() if price.currency}):
		for one in (currency, doc.currency):
			if one in found.unknown:
				return one, found.unknown[one]
		if currency not in (own, doc.price_list_currency) and not found.of(currency):
			return currency, flt(doc.plc_conversion_rate)
	return None

"""Exchange rates typed on an order, beside those that somebody recorded."""

from collections.abc import Mapping
from dataclasses import dataclass

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from sales_wh_flow.approval.store.masters import Listed, made_on
from sales_wh_flow.base.settings import flow_settings


@dataclass(frozen=True, slots=True)
class Rates:
	"""Exchange rates that were typed on an order. ``wrong``: {currency: (typed, that of Currency Exchange)}
	of those that are too far apart; ``unknown``: {currency: typed} of those that are on no record.
	"""

	wrong: Mapping[str, tuple[float, float]]
	unknown: Mapping[str, float]


def rates(doc: Document) -> Rates:
	"""The rates of the order and of its price list, beside those on record, either way round.

	One statement where the order or its price list is in another currency than the books, else none.
	"""
	own = frappe.get_cached_value("Company", doc.company, "default_currency")
	typed = {doc.currency: flt(doc.conversion_rate), doc.price_list_currency: flt(doc.plc_conversion_rate)}
	typed = {currency: rate for currency, rate in typed.items() if currency and currency != own and rate > 0}
	if not typed:
		return Rates({}, {})
	rows = frappe.db.sql(
		"""select from_currency, exchange_rate, date, 0 reversed from `tabCurrency Exchange`
		where to_currency = %(own)s and from_currency in %(typed)s and for_selling = 1 and date <= %(day)s
			and exchange_rate > 0
		union all
		select to_currency, 1 / exchange_rate, date, 1 from `tabCurrency Exchange`
		where from_currency = %(own)s and to_currency in %(typed)s and for_selling = 1 and date <= %(day)s
			and exchange_rate > 0
		order by reversed, date desc""",
		{"own": own, "typed": tuple(typed), "day": made_on(doc)},
	)
	known: dict[str, float] = {}
	for currency, rate, _date, _reversed in rows:
		known.setdefault(currency, flt(rate))
	leeway = flt(flow_settings().approval_rate_tolerance) / 100
	wrong = {
		currency: (rate, known[currency])
		for currency, rate in typed.items()
		if currency in known and abs(rate / known[currency] - 1) > leeway
	}
	return Rates(wrong, {currency: rate for currency, rate in typed.items() if currency not in known})


def priced_at(
	doc: Document, listed: Mapping[str, Listed], unknown: Mapping[str, float]
) -> tuple[str, float] | None:
	"""(currency, rate typed on the order) of the first without a record by which prices are compared with
	what is sold; None for none. The rate of a third currency, a customer's own list's, stands nowhere.
	"""
	own = frappe.get_cached_value("Company", doc.company, "default_currency")
	for currency in sorted({price.currency for price in listed.values() if price.currency}):
		for one in (currency, doc.currency):
			if one in unknown:
				return one, unknown[one]
		if currency not in (own, doc.price_list_currency):
			return currency, flt(doc.plc_conversion_rate)
	return None

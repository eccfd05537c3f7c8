"""Amounts of companies that keep their books in different currencies, added up in one."""

from collections.abc import Collection, Mapping

import frappe
from frappe.utils import getdate

from sales_wh_flow.approval.store.exchange_rates import rates_on_record
from sales_wh_flow.approval.store.fetched_rates import fetched


def rates_to_one(currencies: Collection[str]) -> tuple[str, dict[str, float]]:
	"""(currency, {currency: today's worth of one unit in it}): the only one, else the site's own; those whose
	rate nobody knows are left out. One statement where there are several, else none.
	"""
	if len(currencies) < 2:
		return next(iter(currencies), ""), dict.fromkeys(currencies, 1.0)
	own, day = frappe.db.get_default("currency") or min(currencies), getdate()
	others = sorted(set(currencies) - {own})
	recorded = rates_on_record(others, own, day)
	known = {it: recorded.get(it) or fetched(it, own, day) for it in others}
	return own, {own: 1.0, **{it: rate for it, rate in known.items() if rate}}


def sum_in_one(amounts: Mapping[str, float]) -> tuple[str, float | None]:
	"""(currency, the sum of these amounts by currency in it); None where the rate of one is not known."""
	own, rates = rates_to_one(amounts)
	if not amounts.keys() <= rates.keys():
		return own, None
	return own, sum(amount * rates[currency] for currency, amount in amounts.items())

"""Exchange rates that ERPNext fetched, kept by the day; ERPNext itself forgets them within hours.

They lie in Redis and are a convenience, not a truth: where they are lost, somebody is asked.
"""

from datetime import date
from itertools import chain

from redis.exceptions import RedisError

import frappe
from frappe.utils import add_days, flt, getdate, nowdate

_KEY = "sales_wh_flow:fetched_rates"
"""Outlives ``clear_cache``: ``persistent_cache_keys`` in hooks.py."""
_ASKED = "sales_wh_flow:rate_asked_for"
_ASKED_AGAIN_S = 3600

OLDEST_DAYS = 7
"""How many days before the order a rate may be of."""
_FORGOTTEN_DAYS = 400


def fetched(currency: str, own: str, day: date) -> float | None:
	"""What one unit of ``currency`` was worth in ``own`` that day; else on the first day after it that is
	known, else on the last one of the week before it. None where nobody knows, or Redis is away.
	"""
	known = _kept(currency, own)
	of_day = known.get(day) or _of_erpnext(currency, own, day)
	if of_day:
		return of_day
	after = sorted(it for it in known if it > day)
	before = sorted((it for it in known if 0 < (day - it).days <= OLDEST_DAYS), reverse=True)
	return next((known[it] for it in chain(after, before)), None)


def keep_fetched(currency: str, own: str, day: date) -> bool:
	"""Keep what ERPNext fetched that day, if it did; whether the day's rate is kept now."""
	if day in _kept(currency, own):
		return True
	rate = _of_erpnext(currency, own, day)
	if rate:
		keep_rate(currency, own, day, rate)
	return bool(rate)


def keep_rate(currency: str, own: str, day: date, rate: float) -> None:
	"""One unit of ``currency`` was worth this much in ``own`` that day."""
	name = _name(currency, own)
	oldest = getdate(add_days(nowdate(), -_FORGOTTEN_DAYS))
	try:
		for old in (it for it in _kept(currency, own) if it < oldest):
			frappe.cache.hdel(name, old.isoformat())
		frappe.cache.hset(name, day.isoformat(), flt(rate))
	except RedisError:
		frappe.logger("sales_wh_flow").debug(f"the rate of {currency} could not be kept")


def is_asked_for(currency: str, own: str) -> bool:
	"""Whether the rate may be asked for: once an hour, so that a service which is away is not asked with
	every save.
	"""
	key = frappe.cache.make_key(f"{_ASKED}:{currency}:{own}")
	try:
		return bool(frappe.cache.set(key, 1, ex=_ASKED_AGAIN_S, nx=True))
	except RedisError:
		return False


def currencies_in_use(since: date) -> list[tuple[str, str]]:
	"""(currency, that of the company) of the orders made since then; one statement."""
	return [
		tuple(row)
		for row in frappe.db.sql(
			"""select distinct so.currency, company.default_currency from `tabSales Order` so
			join `tabCompany` company on company.name = so.company
			where so.currency != company.default_currency and so.creation >= %s
			order by so.currency""",
			since,
		)
	]


def _kept(currency: str, own: str) -> dict[date, float]:
	try:
		found = frappe.cache.hgetall(_name(currency, own)) or {}
	except RedisError:
		return {}
	return {getdate(frappe.as_unicode(day)): rate for day, rate in found.items()}


def _of_erpnext(currency: str, own: str, day: date) -> float | None:
	"""What ERPNext keeps of its last question for this day; it keeps nothing of its own of a currency that
	is pegged to another one.
	"""
	if frappe.get_cached_doc("Accounts Settings").get("allow_pegged_currencies_exchange_rates"):
		return None
	try:
		found = frappe.cache.get(f"currency_exchange_rate_{day.isoformat()}:{currency}:{own}")
	except RedisError:
		return None
	return flt(frappe.as_unicode(found)) or None if found else None


def _name(currency: str, own: str) -> str:
	return f"{_KEY}:{currency}:{own}"

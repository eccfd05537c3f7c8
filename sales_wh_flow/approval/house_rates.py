"""What foreign currencies are worth where nobody recorded it: what ERPNext fetches, kept from day to day.

The network is asked in the background alone: a gate decides by what is known.
"""

import frappe
from frappe.utils import add_days, flt, getdate, nowdate

from sales_wh_flow.approval.store import exchange_rates, fetched_rates, masters
from sales_wh_flow.base import background
from sales_wh_flow.base.settings import APPROVAL, is_on

_JOB = "sales_wh_flow.approval.jobs.fetch_rates"
_LONGEST_S = 60
"""ERPNext asks its service without a time limit; the job has one."""
_IN_USE_DAYS = 90


def keep_rates_of(doc) -> None:
	"""An order or a Quotation is saved: keep what ERPNext fetched for it, or have that fetched. No statement
	where nothing foreign is on it.
	"""
	if not is_on(APPROVAL):
		return
	own = masters.own_currency(doc)
	day = masters.made_on(doc)
	for currency in exchange_rates.unrecorded(doc):
		if not fetched_rates.keep_fetched(currency, own, day):
			background.run(
				_JOB,
				queue="short",
				timeout=_LONGEST_S,
				job_id=f"fetch_rates::{currency}::{own}",
				deduplicate=True,
				currency=currency,
				own=own,
			)


def fetch_asked_for(currency: str, own: str) -> list[tuple[str, str]]:
	"""The pair, once an hour: a save that failed has not used up the one question."""
	return [(currency, own)] if fetched_rates.is_asked_for(currency, own) else []


def fetch_rate(currency: str, own: str) -> float:
	"""Ask ERPNext what the currency is worth today and keep it; 0.0 where it does not know. What somebody
	recorded is not kept: it ends with its record.
	"""
	from erpnext.setup.utils import get_exchange_rate

	recorded = exchange_rates.rates_on_record([currency], own, getdate())
	if recorded:
		return recorded[currency]
	rate = flt(get_exchange_rate(currency, own, nowdate(), "for_selling"))
	if rate > 0:
		fetched_rates.keep_rate(currency, own, getdate(), rate)
	frappe.clear_messages()  # ERPNext's advice is for a form
	return rate


def in_use() -> list[tuple[str, str]]:
	"""(currency, that of the company) of what was sold in other currencies lately."""
	return fetched_rates.currencies_in_use(getdate(add_days(nowdate(), -_IN_USE_DAYS)))

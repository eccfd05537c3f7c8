"""The receivable account of an invoice: ERPNext takes no invoice in one currency on an account in another,
unless the account is in the company's and the customer owes something there already, or a setting allows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import cint

from erpnext.accounts.party import get_party_account

from sales_wh_flow.base import said
from sales_wh_flow.billing import sayings
from sales_wh_flow.billing.store import accounts
from sales_wh_flow.billing.store.accounts import OrderCurrency

_ALLOW = "allow_multi_currency_invoices_against_single_party_account"


@dataclass(frozen=True, slots=True)
class Account:
	"""On which account the customer of an order owes. ``why_not``: kept, why it takes no invoice of it."""

	name: str
	why_not: said.Kept | None = None


def owed_account(it: OrderCurrency) -> Account:
	"""ERPNext's own choice, where that takes the order's currency; else one in it that customer or group
	name.
	"""
	name = get_party_account("Customer", it.customer, it.company)
	kept_in = frappe.get_cached_value("Account", name, "account_currency") if name else it.currency
	if kept_in == it.currency:
		return Account(name)
	owed_in = accounts.owed_in(it.customer, it.company)
	is_own = kept_in == it.own
	if is_own and (owed_in or cint(frappe.db.get_single_value("Accounts Settings", _ALLOW))):
		return Account(name)
	if owed_in in (None, it.currency) and (
		other := accounts.account_in(it.currency, it.customer, it.company)
	):
		return Account(other)
	values = {"order": it.order, "customer": it.customer, "account": name, "currency": it.currency}
	return Account(name, said.keep(sayings.account_in_other_currency, **values, own=kept_in, is_own=is_own))


def why_no_account(orders: Iterable[str]) -> said.Kept | None:
	"""Why the accounts of the customers take no invoice of the orders, kept."""
	found = (owed_account(it).why_not for it in accounts.currencies_of(orders))
	return next((why for why in found if why), None)


def put_on_account(invoice, order: str) -> None:
	"""The invoice in memory is on the account of its order."""
	(it,) = accounts.currencies_of([order])
	found = owed_account(it)
	if found.name and not found.why_not:
		invoice.debit_to = found.name
		invoice.party_account_currency = frappe.get_cached_value("Account", found.name, "account_currency")

"""On which receivable accounts customers may owe, and in which currency orders are."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe


@dataclass(frozen=True, slots=True)
class OrderCurrency:
	"""Who owes for an order, and in what. ``own``: the currency of the company."""

	order: str
	customer: str
	company: str
	currency: str
	own: str


def currencies_of(orders: Iterable[str]) -> list[OrderCurrency]:
	"""By order; one statement, none for none."""
	names = tuple(sorted(set(orders)))
	if not names:
		return []
	rows = frappe.db.sql(
		"""select so.name, so.customer, so.company, so.currency, company.default_currency
		from `tabSales Order` so join `tabCompany` company on company.name = so.company
		where so.name in %s order by so.name""",
		(names,),
	)
	return [OrderCurrency(*row) for row in rows]


def account_in(currency: str, customer: str, company: str) -> str | None:
	"""A receivable account in the currency that the customer, or else its group, names for the company; one
	statement.
	"""
	rows = frappe.db.sql(
		"""select named.account from `tabParty Account` named
		join `tabAccount` account on account.name = named.account and account.account_currency = %(currency)s
			and account.account_type = 'Receivable' and account.disabled = 0
		join `tabCustomer` customer on customer.name = %(customer)s
		where named.company = %(company)s and (
			named.parenttype = 'Customer' and named.parent = customer.name
			or named.parenttype = 'Customer Group' and named.parent = customer.customer_group)
		order by named.parenttype = 'Customer' desc limit 1""",
		{"currency": currency, "customer": customer, "company": company},
	)
	return rows[0][0] if rows else None


def owed_in(customer: str, company: str) -> str | None:
	"""The currency of the account on which the customer was booked so far; one statement."""
	rows = frappe.db.sql(
		"""select account_currency from `tabGL Entry`
		where party_type = 'Customer' and party = %s and company = %s and docstatus = 1 and is_cancelled = 0
		limit 1""",
		(customer, company),
	)
	return rows[0][0] if rows else None

"""Somebody of Accounts takes in what drivers took at doors: it becomes Payment Entries, once."""

from collections.abc import Iterator, Sequence

import frappe
from frappe.utils import flt, today

from erpnext.accounts.doctype.sales_invoice.sales_invoice import get_bank_cash_account
from erpnext.accounts.party import get_party_account
from erpnext.setup.utils import get_exchange_rate

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.may import may
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.delivery.rules.money import DECIMALS
from sales_wh_flow.delivery.store import proofs as of_delivery
from sales_wh_flow.door_money.answers import HandedIn
from sales_wh_flow.door_money.rules.allocate import MoneyOfProof, OpenDebt, TakenFor, allocate, by_payment
from sales_wh_flow.door_money.store import owed as debts
from sales_wh_flow.door_money.store import taken


def hand_in(proofs: Sequence[str], orders: Sequence[str]) -> HandedIn:
	"""The money of these proofs is here: a Payment Entry for each customer and way of paying, against the
	invoices of the orders, else against the orders. Submitted where the settings say so and the session's
	user may, else a draft. ``orders``: those of the proofs, read before this transaction began: it must read
	nothing plainly until they are held.

	Raises: ValidationError naming a proof whose money was handed in before, or that says of none.
	"""
	names = sorted({*proofs})
	hold_rows.hold_order_rows(orders)
	rows, payments, later = taken.hold_proofs(names)
	refuse(_problems(rows, payments, later))
	owed: dict[tuple[str, str], list[OpenDebt]] = {}
	entries = [_payment(group, rows, owed) for group in by_payment(rows)]
	return {
		"payments": [entry.name for entry in entries],
		"posted": [entry.name for entry in entries if entry.docstatus == 1],
	}


def say_booked(proofs: Sequence[str], orders: Sequence[str], payment: str) -> HandedIn:
	"""The money of these proofs is in a Payment Entry that somebody made by hand. ``orders``: as ``hand_in``.

	Raises: ValidationError for a Payment Entry of somebody else, or over less than was taken.
	"""
	names = sorted({*proofs})
	hold_rows.hold_order_rows(orders)
	rows, payments, later = taken.hold_proofs(names)
	refuse(_problems(rows, payments, later))
	hold_rows.hold_document_row("Payment Entry", payment)
	entry = frappe.get_doc("Payment Entry", payment)
	entry.check_permission("read")
	refuse(
		RuleViolation("payment_of_another", proof=row.proof, payment=payment)
		for row in rows
		if (entry.payment_type, entry.docstatus, entry.company, entry.party_type, entry.party)
		!= ("Receive", 1, row.company, "Customer", row.customer)
	)
	amount = sum(row.amount for row in rows) + taken.in_payment(payment)
	if is_less(entry.base_received_amount, flt(amount, DECIMALS)):
		figures = {"amount": amount, "received": entry.base_received_amount}
		refuse(RuleViolation("payment_over_less", payment=payment, **figures))
	of_delivery.set_payment(names, payment)
	return {"payments": [payment], "posted": [payment]}


def _problems(rows: Sequence[MoneyOfProof], payments: dict, later: dict) -> Iterator[RuleViolation]:
	if not rows:
		yield RuleViolation("nothing_handed_in")
	for row in rows:
		if row.proof in later:
			yield RuleViolation("money_said_anew", proof=row.proof, later=later[row.proof])
		elif row.proof in payments:
			yield RuleViolation("money_is_in", proof=row.proof, payment=payments[row.proof])
		elif not is_positive(row.amount):
			yield RuleViolation("no_money_taken", proof=row.proof)


def _payment(rows: Sequence[MoneyOfProof], handed_in: Sequence[MoneyOfProof], owed: dict):
	"""``owed``: {(company, customer): what is owed still}, carried on from payment to payment."""
	first, amount = rows[0], flt(sum(row.amount for row in rows), DECIMALS)
	account = get_party_account("Customer", first.customer, first.company)
	drawer = get_bank_cash_account(first.mode, first.company)["account"]
	rate = _rate_of(account, first.company)
	if _currency_of(drawer) != _currency_of_company(first.company):
		refuse(RuleViolation("drawer_of_other_currency", mode=first.mode, account=drawer))
	paid = flt(amount / rate, DECIMALS)
	entry = frappe.new_doc("Payment Entry")
	entry.update(
		{
			"payment_type": "Receive",
			"company": first.company,
			"posting_date": today(),
			"mode_of_payment": first.mode,
			"party_type": "Customer",
			"party": first.customer,
			"paid_from": account,
			"paid_to": drawer,
			"paid_amount": paid,
			"received_amount": amount,
			"source_exchange_rate": rate,
			# ERPNext asks a number of what goes to a bank account; a card's slip is not always kept.
			"reference_no": first.reference or first.proof,
			"reference_date": today(),
		}
	)
	whose = (first.company, first.customer)
	if whose not in owed:
		orders = {order for row in handed_in if (row.company, row.customer) == whose for order in row.orders}
		owed[whose] = debts.owed_of(sorted(orders), account)
	claims = [TakenFor(flt(min(row.amount, row.due) / rate, DECIMALS), row.paid_orders) for row in rows]
	claims.append(TakenFor(paid, {order for row in rows for order in row.orders}))
	parts, owed[whose] = allocate(paid, claims, owed[whose])
	for part in parts:
		entry.append(
			"references",
			{
				"reference_doctype": part.doctype,
				"reference_name": part.name,
				"allocated_amount": part.amount,
			},
		)
	entry.insert()
	of_delivery.set_payment([row.proof for row in rows], entry.name)
	if flow_settings().get("submit_door_payments") and may(entry, "submit"):
		entry.submit()
	return entry


def _rate_of(account: str, company: str) -> float:
	"""The company's currency for one unit of the account's.

	Raises: ValidationError where there is none of today.
	"""
	currency, own = _currency_of(account), _currency_of_company(company)
	rate = flt(get_exchange_rate(currency, own, today()))
	if not rate:
		refuse(RuleViolation("no_rate_of_today", currency=currency, own=own, account=account))
	return rate


def _currency_of(account: str) -> str:
	"""Of an account; that of its company where it names none."""
	currency, company = frappe.get_cached_value("Account", account, ["account_currency", "company"])
	return currency or _currency_of_company(company)


def _currency_of_company(company: str) -> str:
	return frappe.get_cached_value("Company", company, "default_currency")


def follow_payment(entry) -> None:
	"""What amends a Payment Entry holds the money of the one that it amends."""
	if entry.amended_from:
		of_delivery.replace_payment(entry.amended_from, entry.name)


def forget_payment(entry) -> None:
	"""A Payment Entry is deleted: its money is to be handed in again."""
	of_delivery.replace_payment(entry.name, None)

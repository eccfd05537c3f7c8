"""What customers paid before the first order, as Payment Entries on their account."""

from datetime import date

import frappe

from sales_wh_flow_demo.dataset import Payment
from sales_wh_flow_demo.loading.records import Records, with_bar


def before_the_orders(records: Records) -> list[Payment]:
	"""What was paid up to the first order's day: later money pays for orders that a site writes today."""
	data = records.data
	last = data.orders[0].date if data.orders else date.max
	return [payment for payment in data.payments if payment.date <= last and payment.amount]


def make(records: Records) -> None:
	payments = before_the_orders(records)
	later = sum(bool(payment.amount) for payment in records.data.payments) - len(payments)
	if later:
		day = records.data.orders[0].date
		records.note(
			f"payments.csv: {later} payments after the first order's day {day} are left out, since a site"
			" dates its orders today"
		)
	for payment in with_bar("Payments", payments):
		_make_payment(records, payment)


def _make_payment(records: Records, payment: Payment) -> None:
	key = {"company": records.company, "reference_no": payment.name, "docstatus": 1}
	if frappe.db.exists("Payment Entry", key):
		return
	is_received = payment.amount > 0
	debtors = frappe.get_cached_value("Company", records.company, "default_receivable_account")
	money = records.account(account_type="Cash") or records.account(account_type="Bank")
	doc = frappe.get_doc(
		{
			"doctype": "Payment Entry",
			"company": records.company,
			"payment_type": "Receive" if is_received else "Pay",
			"posting_date": payment.date,
			"party_type": "Customer",
			"party": records.customer(payment.customer),
			"paid_from": debtors if is_received else money,
			"paid_to": money if is_received else debtors,
			"paid_amount": abs(payment.amount),
			"received_amount": abs(payment.amount),
			"source_exchange_rate": 1,
			"target_exchange_rate": 1,
			"reference_no": payment.name,
			"reference_date": payment.date,
		}
	)
	doc.insert().submit()
	records.made["Payment Entry"] = records.made.get("Payment Entry", 0) + 1

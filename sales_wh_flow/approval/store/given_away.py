"""What an order gives away beside the prices of its lines: negative charges and cash discounts."""

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from sales_wh_flow.approval.rules.facts import OrderFacts
from sales_wh_flow.approval.rules.measure import LEAVE_OUT_CASH_DISCOUNTS, LEAVE_OUT_NEGATIVE_CHARGES


def given_away_on(doc: Document, order: OrderFacts) -> tuple[tuple[str, float], ...]:
	"""(way, share of the worth of the lines), only what there is. Read from the document in hand."""
	worth = sum(line.amount_base for line in order.lines if line.amount_base > 0)
	shares = (
		(LEAVE_OUT_NEGATIVE_CHARGES, negative_charges(doc) / worth if worth else 0.0),
		(LEAVE_OUT_CASH_DISCOUNTS, cash_discount(doc)),
	)
	return tuple((way, share) for way, share in shares if share > 0)


def negative_charges(doc: Document) -> float:
	"""What charges take off, in company currency. Tax that is reckoned by its rate is no discount."""
	return -sum(
		amount
		for row in doc.get("taxes") or ()
		if (amount := flt(row.base_tax_amount_after_discount_amount) or flt(row.base_tax_amount)) < 0
		and (row.charge_type == "Actual" or not _is_tax(row.account_head))
	)


def _is_tax(account: str | None) -> bool:
	return bool(account) and frappe.get_cached_value("Account", account, "account_type") == "Tax"


def cash_discount(doc: Document) -> float:
	"""The share of the total that is not paid if every instalment is paid in time for its discount."""
	total = flt(doc.get("rounded_total")) or flt(doc.grand_total)
	share = 0.0
	for row in doc.get("payment_schedule") or ():
		if row.discount_type == "Percentage":
			share += flt(row.invoice_portion) * flt(row.discount) / 10000
		elif total > 0:
			share += flt(row.discount) / total
	return min(share, 1.0)

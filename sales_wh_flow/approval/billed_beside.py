"""What an invoice takes off beside its prices, beyond what its orders do: charges, cash discounts."""

from collections.abc import Collection
from dataclasses import dataclass

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from sales_wh_flow.approval.store import given_away
from sales_wh_flow.base.quantities import HALF_CENT


@dataclass(frozen=True, slots=True)
class Beside:
	"""Shares of what is billed: taken off by charges, and by cash discounts."""

	charges: float = 0.0
	cash: float = 0.0

	def __bool__(self) -> bool:
		return bool(self.charges or self.cash)


def taken_beside(invoice: Document, orders: Collection[str]) -> Beside:
	"""Of an invoice of these orders. What an order takes off as a whole may be billed at once.

	No statement for an invoice that takes nothing off so.
	"""
	charges, cash = given_away.negative_charges(invoice), given_away.cash_discount(invoice)
	if charges <= HALF_CENT and not cash:
		return Beside()
	sold = [frappe.get_doc("Sales Order", name) for name in sorted(orders)]
	worth = sum(max(0.0, flt(row.base_amount)) for row in invoice.items)
	more = charges - sum(given_away.negative_charges(order) for order in sold)
	earlier = cash - max(given_away.cash_discount(order) for order in sold)
	return Beside(more / worth if worth and more > HALF_CENT else 0.0, max(0.0, round(earlier, 6)))


def as_if_taken_beside(order: Document, beside: Beside) -> None:
	"""Let an order in memory take as much off, for the rules to see; it is never saved."""
	if beside.charges:
		amount = -beside.charges * sum(max(0.0, flt(row.base_amount)) for row in order.items)
		charge = {"charge_type": "Actual", "base_tax_amount": amount}
		order.append("taxes", {**charge, "base_tax_amount_after_discount_amount": amount})
	if beside.cash:
		percent = 100 * (given_away.cash_discount(order) + beside.cash)
		term = {"invoice_portion": 100, "discount_type": "Percentage", "discount": percent}
		order.set("payment_schedule", [{**term, "due_date": order.delivery_date}])

"""Charges and discounts of a fixed amount on orders, and on their notes and invoices."""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.utils import flt

Charge = tuple[str, str, str]
"""(account, description, cost center) of a charge of a fixed amount."""

LINKS = {"Delivery Note": "against_sales_order", "Sales Invoice": "sales_order"}
"""Where the rows of a document name their order."""


@dataclass(frozen=True, slots=True)
class FixedSums:
	"""Of one document. ``discount``: 0 where it is a percentage; ``amounts``: {(order, note that it invoices
	or ""): what the rows of it are worth}.
	"""

	name: str
	amounts: dict[tuple[str, str], float]
	charges: dict[Charge, float]
	discount: float


def of_orders(orders: Iterable[str]) -> list[FixedSums]:
	"""Of these orders themselves, by name; two statements."""
	rows = frappe.db.sql(
		"""select name, name, '', total, discount_amount, additional_discount_percentage
		from `tabSales Order` where name in %s order by name""",
		(tuple(orders),),
	)
	return _with_charges("Sales Order", rows)


def of_documents(doctype: str, orders: Iterable[str], but: str | None = None) -> list[FixedSums]:
	"""Of what bears rows of these orders and is neither cancelled nor a return, the oldest first; as last
	committed, two statements. ``but``: is left out.
	"""
	link = LINKS[doctype]
	note = "coalesce(row.delivery_note, '')" if doctype == "Sales Invoice" else "''"
	rows = frappe.db.sql(
		f"""select doc.name, row.{link}, {note}, sum(row.amount), doc.discount_amount,
			doc.additional_discount_percentage
		from `tab{doctype} Item` row join `tab{doctype}` doc on doc.name = row.parent
		where row.{link} in %s and doc.docstatus < 2 and doc.is_return = 0 and doc.name <> %s
		group by doc.name, row.{link}, {note} order by doc.creation, doc.name, row.{link}
		lock in share mode""",
		(tuple(orders), but or ""),
	)
	return _with_charges(doctype, rows)


def _with_charges(doctype: str, rows: Iterable[tuple]) -> list[FixedSums]:
	found: dict[str, FixedSums] = {}
	for name, order, note, amount, discount, percentage in rows:
		one = found.setdefault(name, FixedSums(name, {}, {}, 0.0 if flt(percentage) else flt(discount)))
		one.amounts[order, note] = flt(amount)
	charges = frappe.db.sql(
		"""select parent, account_head, coalesce(description, ''), coalesce(cost_center, ''), tax_amount
		from `tabSales Taxes and Charges` where parent in %s and parenttype = %s and charge_type = 'Actual'
		order by parent, idx lock in share mode""",
		(tuple(found) or ("",), doctype),
	)
	for name, *charge, amount in charges:
		of = found[name].charges
		of[tuple(charge)] = of.get(tuple(charge), 0.0) + flt(amount)
	return list(found.values())

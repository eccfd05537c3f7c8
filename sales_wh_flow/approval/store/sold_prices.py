"""At which prices orders sold what a document bills: net of tax, before the whole discount."""

from collections.abc import Collection, Iterable
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.approval.rules.sold import Sold


def order_rows(items: Iterable[Any]) -> dict[int, str]:
	"""{number of a row: the row of the order that it bills}: the one it names, or the one that its Delivery
	Note delivered, or the dearest of that item in the order it names.

	No statement where every row names its order's row, or no order at all.
	"""
	found = {row.idx: row.so_detail for row in items if row.get("so_detail")}
	half = [row for row in items if row.idx not in found and (row.get("dn_detail") or row.get("sales_order"))]
	if not half:
		return found
	rows = frappe.db.sql(
		"""select name, '', so_detail, 0 from `tabDelivery Note Item` where name in %s
		union all
		select parent, item_code, name, base_net_rate from `tabSales Order Item` where parent in %s""",
		[
			tuple(row.get(link) for row in half if row.get(link)) or ("",)
			for link in ("dn_detail", "sales_order")
		],
	)
	dearest: dict[tuple[str, str], tuple[float, str]] = {}
	for parent, item, name, rate in rows:
		if name:
			dearest[parent, item] = max(dearest.get((parent, item), (0.0, "")), (flt(rate), name))
	for row in half:
		by_note, by_item = (row.get("dn_detail") or "", ""), (row.get("sales_order") or "", row.item_code)
		if known := dearest.get(by_note) or dearest.get(by_item):
			found[row.idx] = known[1]
	return found


def sold_as(names: Collection[str]) -> dict[str, Sold]:
	"""{row of a Sales Order: how it was sold}; one statement."""
	if not names:
		return {}
	rows = frappe.get_all(
		"Sales Order Item", {"name": ("in", tuple(names)), "docstatus": 1}, ["*"], limit_page_length=0
	)
	currencies = _currencies({row.parent for row in rows})
	found = {}
	for row in rows:
		currency, rate = currencies[row.parent]
		price = price_of(row)
		found[row.name] = Sold(row.parent, row.idx, row.item_code, price, price * rate, currency)
	return found


def price_of(row: Any) -> float:
	"""Of one in the stock unit, in the document's currency: net of tax, before its whole discount."""
	qty = qty_of(row)
	return (flt(row.net_amount) + flt(row.get("distributed_discount_amount"))) / qty if qty else 0.0


def qty_of(row: Any) -> float:
	"""In the stock unit."""
	return flt(row.stock_qty) or flt(row.qty) * (flt(row.conversion_factor) or 1.0)


def billed_by(invoice: str | None, currency: str) -> dict[str, tuple[float, float]]:
	"""{row of an order: (net amount, quantity in the stock unit)} of a submitted invoice in this currency."""
	rows = frappe.db.sql(
		"""select line.so_detail, sum(line.net_amount + coalesce(line.distributed_discount_amount, 0)),
			sum(line.stock_qty)
		from `tabSales Invoice` invoice join `tabSales Invoice Item` line on line.parent = invoice.name
		where invoice.name = %s and invoice.docstatus = 1 and invoice.currency = %s
			and invoice.is_return = 0 and invoice.is_debit_note = 0
			and coalesce(line.so_detail, '') <> '' group by line.so_detail""",
		(invoice or "", currency),
	)
	return {name: (flt(amount), flt(qty)) for name, amount, qty in rows if flt(qty) > 0}


def discounts(orders: Collection[str]) -> float:
	"""What the orders take off as a whole, in the company's currency."""
	rows = frappe.get_all("Sales Order", {"name": ("in", tuple(orders))}, ["base_discount_amount"])
	return sum(flt(row.base_discount_amount) for row in rows)


def _currencies(orders: Collection[str]) -> dict[str, tuple[str, float]]:
	rows = frappe.get_all(
		"Sales Order", {"name": ("in", tuple(orders))}, ["name", "currency", "conversion_rate"]
	)
	return {row.name: (row.currency, flt(row.conversion_rate) or 1.0) for row in rows}
